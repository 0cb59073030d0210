"""Write what ten answers are told: ``make docs`` puts it into ``docs/examples.md``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rehearse.feedback import give_feedback
from rehearse.model import Question
from rehearse.pipeline import process_text
from rehearse.story import follow_ups

ANSWERS = Path(__file__).parent.parent / "tests" / "data" / "answers.jsonl"
CHOSEN = {
    "dev-168": "A whole example",
    "dev-007": "An example whose end is missing",
    "dev-015": "An example told with we alone",
    "dev-159": "Many occasions, none in particular",
    "dev-056": "A description of oneself",
    "dev-127": "A plan where an occasion was asked for",
    "dev-072": "A plan where a plan was asked for, without reasons and as a recogniser writes it",
    "dev-122": "A technical explanation",
    "dev-052": "A case without a recommendation",
    "dev-135": "The candidate's own questions",
}
HEAD = """# Ten answers and what they are told

Written by `make docs`; the answers are from `tests/data/answers.jsonl`. They came as text, so nothing is said of their
sound: a
recording gets the moment behind each quote, and what pace, pauses and fillers give. Where nothing worth changing was
found,
nothing is said. The sentence starter is for the next take; the question is what an interviewer may ask next.
"""


def page() -> Iterator[str]:
    """Give the lines of the page."""
    yield from HEAD.splitlines()
    rows = {row["id"]: row for row in map(json.loads, ANSWERS.read_text(encoding="utf-8").splitlines())}
    for number, (key, title) in enumerate(CHOSEN.items(), 1):
        yield from ("", f"## {number}. {title}")
        yield from entry(rows[key]["question"], rows[key]["kind"], rows[key]["answer"])


def entry(question: str, kind: str, answer: str) -> Iterator[str]:
    """Give the lines of one answer: what a person sees first."""
    asked = Question("example", question, kind)
    told = process_text(
        answer, kind=kind, take_id="example", spoken_at=datetime.min.replace(tzinfo=UTC), question=asked
    )
    findings = give_feedback(told)
    yield from ("", f"*{question}* ({kind.replace('_', ' ')})", "", f"> {answer}", "")
    for wanted, label in (("strength", "What worked"), ("change", "One change")):
        found = next((finding for finding in findings if finding.kind == wanted), None)
        if found:
            yield f"- {label}: {found.message}"
            if found.starter:
                yield f"- Start with: {found.starter}"
    for probe in follow_ups(told.story, told.transcript, kind):
        yield f"- They may ask next: {probe.question}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in page())
