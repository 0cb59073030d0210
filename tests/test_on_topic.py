"""Whether an answer surely was to another question: said seldom, and then rightly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rehearse.app.batch import analyze_answers
from rehearse.feedback import CHANGE_STATEMENTS, ORDER, follow_ups, give_feedback
from rehearse.model import Attempt, Question
from rehearse.pipeline import process_text
from rehearse.questions import shipped_questions
from rehearse.story import find_story, is_elsewhere
from tests.factories import written

DATA = Path(__file__).parent / "data"
MARKDOWN = Question(
    "markdown",
    "A seasonal line has sold half of what was planned, and four weeks are left. When do you lower the price?",
    "technical",
    listen_for=("the rate of sale against the weeks left", "margin today"),
)
WILL = (
    "I was a trainee, and a client had come in about his father's will and was convinced that we were all on his "
    "sister's "
    "side. I asked him to sit down, I read him the will twice, and he thanked me at the door."
)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def elsewhere(answer: str, question: Question | None) -> bool:
    transcript = written(answer)
    return is_elsewhere(transcript, find_story(transcript, question.kind if question else None), question)


def judged(answer: str, question: Question) -> Attempt:
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    return process_text(answer, kind=question.kind, take_id="take", spoken_at=spoken_at, question=question)


@pytest.fixture(scope="module")
def known() -> dict[str, Question]:
    return {question.id: question for question in shipped_questions()}


def test_it_is_nearly_always_right_to_say_that_another_question_was_answered(known: dict[str, Question]) -> None:
    said = {True: 0, False: 0}
    for row in rows("asked.jsonl"):
        pairs = [(row["question"], row["answers"]), *((other, False) for other in row["not"])]
        for asked, answers in pairs:
            said[answers] += elsewhere(row["answer"], known[asked])
    assert said[False] >= 10
    assert said[False] / (said[True] + said[False]) >= 0.97


def test_an_answer_to_its_own_question_is_never_said_to_be_to_another() -> None:
    for row in rows("answers.jsonl"):
        question = Question(row["id"], row["question"], row["kind"], listen_for=("what was decided",))
        assert not elsewhere(row["answer"], question), row["id"]


@pytest.mark.parametrize(
    "answer",
    [
        WILL.replace("a client", "a seasonal client"),  # one word of the question is enough to leave it alone
        " ".join(WILL.split()[:20]),
        "",
    ],
)
def test_where_it_is_not_sure_nothing_is_said(answer: str) -> None:
    assert elsewhere(WILL, MARKDOWN)
    assert not elsewhere(answer, MARKDOWN)
    assert not elsewhere(WILL, None)
    assert not elsewhere(WILL, replace(MARKDOWN, listen_for=()))


def test_it_is_the_first_thing_to_be_changed() -> None:
    first = next(finding for finding in give_feedback(judged(WILL, MARKDOWN)) if finding.kind == "change")
    assert first.topic == ORDER[0] == "off_question"
    assert MARKDOWN.prompt in first.message
    assert [WILL[int(span.start) : int(span.end)] for span in first.spans] == [span.text for span in first.spans]
    assert first.spans[0].text.rstrip(",.") in first.message
    assert "your question" in first.starter


@pytest.mark.parametrize(
    ("answer_id", "asked"), [("heldout-08", "case-empty-buses"), ("dev-05", "loose-end-part-left-out")]
)
def test_an_answer_whose_form_and_words_are_anothers_is_asked_back_to_the_question_and_not_praised(
    known: dict[str, Question], answer_id: str, asked: str
) -> None:
    answer = next(row["answer"] for row in rows("asked.jsonl") if row["id"] == answer_id)
    found = give_feedback(judged(answer, known[asked]))
    assert [finding.code for finding in found if finding.topic in CHANGE_STATEMENTS] == ["off_question"]
    assert not any(finding.topic == "story" for finding in found)


def test_the_question_is_asked_again_after_an_answer_to_another_one() -> None:
    assert follow_ups(judged(WILL, MARKDOWN))[0].question == f"Let me ask that again: {MARKDOWN.prompt}"


def test_an_answer_that_came_as_text_is_judged_against_the_question_it_came_with() -> None:
    row = next(row for row in rows("../../benchmarks/coaching/answers/a03.jsonl") if row["id"] == "a03-22")
    line = {name: row[name] for name in ("id", "question", "kind", "answer")}
    (given,) = analyze_answers([json.dumps(line)])
    change = next(finding for finding in given["findings"] if finding["kind"] == "change")
    assert change["measurement"] == "off_question"
    assert "“Tell me about a time you got feedback that was hard to hear.”" in change["message"]
