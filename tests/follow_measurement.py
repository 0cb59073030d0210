"""Run in a checkout with one measurement more than this one: print, as JSON, what each surface shows of it."""

from __future__ import annotations

import io
import json
import runpy
import sys
from contextlib import redirect_stdout
from pathlib import Path

from rehearse.analysis.corrections import correct
from rehearse.app.workspace import open_workspace
from rehearse.cli import main
from rehearse.metrics import METRICS
from rehearse.pages.shared import routes
from rehearse.storage.profiles import named
from tests.pages.driving import open_page, unfolded

NAME, RECORDING, EARLIER, FOLDER = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])
LABEL = METRICS[NAME].label


def printed(*arguments: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(arguments) == 0
    return out.getvalue()


def written(name: str, *arguments: str) -> str:
    path = FOLDER / name
    printed(*arguments, str(path))
    return path.read_text(encoding="utf-8")


def tables(page: str, fold: str) -> str:
    at = unfolded(open_page(page, take=EARLIER), fold)
    return " ".join(str(table.value) for table in at.table)


def documented() -> str:
    return "\n".join(runpy.run_path("docs/metrics.py")["page"]())


def charted() -> list[str]:
    at = open_page(routes.PROGRESS)
    picker = next(box for box in at.selectbox if box.label == "Another measurement")
    picker.select(NAME).run()
    return [*picker.options, *(heading.value for heading in at.subheader)]


def corrected() -> float | None:
    history = open_workspace(named(None)).history
    history.revise(EARLIER, lambda attempt: correct(attempt, 0, "Certainly"))
    attempt = history.get(EARLIER)
    return attempt.values.get(NAME) if attempt else None


history = [json.loads(line) for line in printed("history", "--json").splitlines()]
shown = {
    "history": [row["measurements"].get(NAME, {}).get("value") for row in history],
    "history csv": NAME in written("history.csv", "history", "--csv").splitlines()[0],
    "history show": LABEL in printed("history", "show", EARLIER)
    or NAME in printed("history", "show", EARLIER, "--json"),
    "json": json.loads(printed("analyze", "--json", RECORDING))["measurements"][NAME]["value"],
    "csv": NAME in written("analyze.csv", "analyze", RECORDING, "--csv").splitlines()[0],
    "report": LABEL in written("report.html", "report", EARLIER, "--output"),
    "docs": f"### {LABEL}: `{NAME}`" in documented(),
    "feedback": LABEL in tables(routes.FEEDBACK, "numbers"),
    "comparison": LABEL in tables(routes.COMPARE, "all_differences"),
    "charts": charted().count(LABEL),
    "after a correction": corrected(),
}
sys.stdout.write(json.dumps(shown))
