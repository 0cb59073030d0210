"""What a question asks for, held against an answer: found with its words, not there, or left to the person."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.feedback import ListeningPoint, listening_points
from rehearse.model import Question
from rehearse.pipeline import process_text
from rehearse.questions import shipped_questions

KNOWN = {question.id: question for question in shipped_questions()}
ASKED = [
    row
    for row in map(json.loads, (Path(__file__).parent / "data/asked.jsonl").read_text(encoding="utf-8").splitlines())
    if row["answers"]
]


def held(answer: str, question: Question | None) -> tuple[ListeningPoint, ...]:
    kind = question.kind if question else None
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    return listening_points(process_text(answer, kind=kind, take_id="t", spoken_at=spoken_at, question=question))


def by_text(answer: str, question_id: str) -> dict[str, ListeningPoint]:
    return {point.text: point for point in held(answer, KNOWN[question_id])}


def test_a_point_that_the_answer_has_is_shown_with_its_words() -> None:
    row = next(row for row in ASKED if row["question"] == "behavioral-angry-with-you")
    points = by_text(row["answer"], row["question"])
    assert tuple(points) == KNOWN[row["question"]].listen_for
    spoken = points["what you said first"]
    assert spoken.is_found
    assert spoken.span is not None
    assert spoken.span.text.startswith("I said I was sorry for that word")


def test_what_is_said_of_no_particular_time_has_neither_act_nor_end() -> None:
    answer = (
        "I always think that communication is the key to everything. You've got to be calm and respect the other"
        " person's view, and I'm a people person, so I'd always sit down like adults. It's about teamwork."
    )
    points = by_text(answer, "behavioral-hardest-colleague")
    assert [point.is_found for point in points.values()] == [False, False, False]
    assert all(point.span is None for point in points.values())


def test_points_of_no_plain_sort_are_left_to_the_person() -> None:
    points = by_text(
        "I'd think the night staff, and I'd start by doing a week of nights with them before I ask for anything.",
        "role-depth-hardest-department",
    )
    assert points["why that group has good reasons of its own"] == ListeningPoint(
        "why that group has good reasons of its own", is_found=None
    )


def test_of_answers_to_the_shipped_questions_hardly_a_point_is_denied_and_each_quote_is_the_speakers_own() -> None:
    points = [(row["answer"], point) for row in ASKED for point in held(row["answer"], KNOWN[row["question"]])]
    assert [point.text for _, point in points if point.is_found is False] == []
    found = [(answer, point.span) for answer, point in points if point.is_found]
    assert len(found) >= 10
    assert all(span is not None and span.text in answer for answer, span in found)


@pytest.mark.parametrize(
    "question", [None, Question("mine", "Why you?", "motivation"), KNOWN["behavioral-angry-with-you"]]
)
def test_without_points_or_an_answer_there_is_nothing_to_hold_against_each_other(question: Question | None) -> None:
    assert held("Um.", question) == ()
