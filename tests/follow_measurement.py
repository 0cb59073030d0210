"""Run in a checkout with one measurement more than this one: write, as JSON, what each surface shows of it."""

from __future__ import annotations

import io
import json
import runpy
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from rehearse.analysis.corrections import correct
from rehearse.app.workspace import open_workspace
from rehearse.cli import main
from rehearse.metrics import METRICS
from rehearse.pages.shared import routes
from rehearse.storage.profiles import named
from tests.pages.driving import open_page, unfolded


def printed(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(arguments) == 0
    return out.getvalue()


def written(path: Path, *arguments: str) -> str:
    printed(*arguments, str(path))
    return path.read_text(encoding="utf-8")


def tables(page: str, take: str, fold: str) -> str:
    at = unfolded(open_page(page, take=take), fold)
    return " ".join(str(table.value) for table in at.table)


def charted(name: str) -> list[str]:
    at = open_page(routes.PROGRESS)
    picker = next(box for box in at.selectbox if box.label == "Another measurement")
    picker.select(name).run()
    return [*picker.options, *(heading.value for heading in at.subheader)]


def corrected(take: str, name: str) -> float | None:
    history = open_workspace(named(None)).history
    history.revise(take, lambda attempt: correct(attempt, 0, "Certainly"))
    attempt = history.get(take)
    return attempt.values.get(name) if attempt else None


def follow(name: str, recording: str, take: str, folder: Path) -> dict[str, Any]:
    """Look for the measurement in every place; ``take`` was analysed before it was added."""
    label = METRICS[name].label
    open_workspace(named(None)).history.describe(take, rating=3)  # the page asks for it before it shows numbers
    history = [json.loads(line) for line in printed("history", "--json").splitlines()]
    return {
        "history": [row["measurements"].get(name, {}).get("value") for row in history],
        "history csv": name in written(folder / "history.csv", "history", "--csv").splitlines()[0],
        "history show": label in printed("history", "show", take),
        "json": json.loads(printed("analyze", "--json", recording))["measurements"][name]["value"],
        "csv": name in written(folder / "analyze.csv", "analyze", recording, "--csv").splitlines()[0],
        "report": label in written(folder / "report.html", "report", take, "--output"),
        "docs": f"### {label}: `{name}`" in list(runpy.run_path("docs/metrics.py")["page"]()),
        "feedback": label in tables(routes.FEEDBACK, take, "numbers"),
        "comparison": label in tables(routes.COMPARE, take, "all_differences"),
        "charts": charted(name).count(label),
        "after a correction": corrected(take, name),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(follow(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
