"""The labelled answers beside this file, with what raters thought of all that could be said of them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rehearse.analysis.assemble import answer_from_text
from rehearse.coaching import features
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.evidence import Evidence, gather
from rehearse.coaching.lines import Line, find_lines
from rehearse.coaching.thoughts import Words, find_thoughts
from rehearse.model import QUESTION_KINDS, Question
from rehearse.story import find_story

HERE = Path(__file__).parent
CODES = {
    "own_deed": "deed", "result": "deed", "fair": "deed", "telling_detail": "deed", "direct_answer": "reasoned",
}  # fmt: skip
"""Codes of praise with too few examples of their own, and where they count."""

Row = dict[str, float]
RatedStatement = tuple[str, tuple[int, int] | None, bool, str]
"""Code, indices of the first and last word quoted, whether the best line is named, and the rating."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A labelled answer, ready to learn from.

    Attributes:
        row: As it is stored.
        evidence: On the answer to its own question.
        rows: Features of its units.
        other: Its evidence and features as an answer to a question of another kind.
        roles: True role of each unit.
        faulty: Whether the coach quoted the unit with the change.
        lines: What raters thought of each of its lines as praise (B best, U useful, L useless, W wrong).
        advice: What a rater thought of advice: code, words quoted, whether the best line was named, and the judgement.
        questions: The same for questions.

    """

    row: dict[str, Any]
    evidence: Evidence
    rows: list[Row]
    other: tuple[Evidence, list[Row]]
    roles: list[str]
    faulty: list[bool]
    lines: dict[Line, str]
    advice: list[RatedStatement]
    questions: list[RatedStatement]

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.row["author"])

    @property
    def praise(self) -> str:
        """Code of the praise, or ``NOTHING``."""
        code = self.row["strength"]["code"] if self.row["strength"] else NOTHING
        return CODES.get(code, code)

    @property
    def change(self) -> str:
        """Code of the change, or ``NOTHING``."""
        return str(self.row["change"]["code"]) if self.row["change"] else NOTHING


def labelled(path: Path) -> list[Labelled]:
    """Read the labelled answers of one author."""
    return [_labelled(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def _labelled(line: str) -> Labelled:
    row = json.loads(line)
    transcript = answer_from_text(row["answer"], row["kind"]).transcript
    question = Question(row["id"], row["question"], row["kind"])
    evidence = gather(transcript, find_story(transcript, row["kind"]), row["kind"], question)
    kind = random.Random(row["id"]).choice([kind for kind in QUESTION_KINDS if kind != row["kind"]])
    other = gather(transcript, find_story(transcript, kind), kind, None)
    bounds = [(transcript.words[u.first].start, transcript.words[u.last].end) for u in evidence.units]
    roles = [max(row["spans"], key=lambda span: _overlap(span["start"], span["end"], *b))["job"] for b in bounds]
    thoughts = find_thoughts(evidence)
    faulty = _quoted(row, evidence, thoughts)
    beside = (other, features.of_units(other))
    lines = {line: rating for line in find_lines(evidence, thoughts) if (rating := _rating_of(row["id"], line))}
    advice, questions = (_rated(row["id"], evidence, name) for name in ("advice", "questions"))
    return Labelled(row, evidence, features.of_units(evidence), beside, roles, faulty, lines, advice, questions)


@cache
def ratings(name: str) -> dict[str, dict[str, Any]]:
    """Read what raters thought, by the id of the answer: of ``lines``, ``advice``, ``questions``, or ``whole``."""
    path = HERE / "ratings" / f"{name}.jsonl"
    return {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def _rating_of(answer_id: str, line: Line) -> str:
    rated = ratings("lines").get(answer_id)
    if rated is None or [line.span.start, line.span.end] not in rated["lines"]:
        return ""
    return str(rated["ratings"][rated["lines"].index([line.span.start, line.span.end])])


def _rated(answer_id: str, evidence: Evidence, name: str) -> list[RatedStatement]:
    rated = ratings(name).get(answer_id, {"statements": (), "ratings": ""})
    found: list[RatedStatement] = []
    for statement, rating in zip(rated["statements"], rated["ratings"], strict=True):
        words = _words(evidence, *statement["quote"]) if statement["quote"] else None
        found.append((statement["code"], words, statement["names_best"], rating))
    return found


def _words(evidence: Evidence, start: int, end: int) -> tuple[int, int]:
    inside = [i for i, word in enumerate(evidence.transcript.words) if word.start >= start and word.end <= end]
    return inside[0], inside[-1]


def _quoted(row: dict[str, Any], evidence: Evidence, thoughts: Sequence[Words | None]) -> list[bool]:
    """Return for each unit whether the coach quoted most of what would be quoted for it with the change."""
    quote = row["change"]["quote"] if row["change"] else None
    if not quote:
        return [False] * len(thoughts)
    start = row["answer"].find(quote)
    found = []
    for unit, words in zip(evidence.units, thoughts, strict=True):
        span = evidence.transcript.span(*(words or (unit.first, unit.last)))
        shared = _overlap(span.start, span.end, start, start + len(quote))
        found.append(shared > (span.end - span.start) / 2)
    return found


def _overlap(start: float, end: float, low: float, high: float) -> float:
    return min(end, high) - max(start, low)
