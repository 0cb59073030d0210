"""Write what thirty answers get: ``make docs`` puts it into ``docs/examples.md``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.feedback import follow_ups, give_feedback
from rehearse.model import Question
from rehearse.pipeline import process_text

CORPUS = Path(__file__).parent.parent / "benchmarks" / "coaching"
EVERY = 5
MOST = 30
HEAD = """# Thirty answers: what a coach says, what rehearse said before, and what it says now

Written by `make docs`. The answers are every fifth of the authors whose answers were never used for training, rules
or thresholds (`benchmarks/coaching/left_out`); they are invented, by authors who did not know what is looked for. The
coach's words were written down before the program saw the answers. "Before" is what was said by models that had
learned from the coaches' labels alone. The answers are text, so nothing is said of pace, pauses and fillers.
"""


def page() -> Iterator[str]:
    """Give the lines of the page."""
    yield from HEAD.splitlines()
    rows = [json.loads(line) for path in sorted((CORPUS / "left_out").glob("*.jsonl")) for line in _lines(path)]
    before = {row["id"]: row for row in map(json.loads, _lines(CORPUS / "before.jsonl"))}
    for number, row in enumerate(rows[::EVERY][:MOST], 1):
        yield from ("", f"## {number}. {row['job'].capitalize()} ({row['kind'].replace('_', ' ')})", "")
        yield from (f"*{row['question']}*", "", f"> {row['answer']}", "")
        yield from entry(row, before[row["id"]])


def entry(row: dict[str, Any], before: dict[str, Any]) -> Iterator[str]:
    """Give the lines on one answer: the coach, before, now."""
    question = Question(row["id"], row["question"], row["kind"])
    spoken_at = datetime.min.replace(tzinfo=UTC)
    attempt = process_text(row["answer"], kind=row["kind"], take_id=row["id"], spoken_at=spoken_at, question=question)
    findings = give_feedback(attempt)
    yield from ("| | coach | before | now |", "|---|---|---|---|")
    for kind, label in (("strength", "What worked"), ("change", "One change")):
        coach = row[kind]["sentence"] if row[kind] else None
        found = next((finding for finding in findings if finding.kind == kind), None)
        now = found and " ".join(filter(None, (found.message, found.starter)))
        yield f"| {label} | {_cell(coach)} | {_cell(before[kind])} | {_cell(now)} |"
    asked = [
        " ".join(questions) for questions in _questions(row, before, [one.question for one in follow_ups(attempt)])
    ]
    yield f"| They may ask | {' | '.join(map(_cell, asked))} |"


def _questions(row: dict[str, Any], before: dict[str, Any], now: list[str]) -> tuple[list[str], list[str], list[str]]:
    return [one["question"] for one in row["follow_ups"]], before["follow_ups"], now


def _cell(text: str | None) -> str:
    return text.replace("|", "/") if text else "-"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in page())
