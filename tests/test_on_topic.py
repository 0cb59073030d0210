"""Whether an answer surely was to another question: said seldom, and then rightly."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rehearse.app.batch import analyze_answers
from rehearse.feedback import ORDER, give_feedback
from rehearse.model import Question
from rehearse.pipeline import process_text
from rehearse.questions import shipped_questions
from rehearse.story import Elsewhere, find_elsewhere, find_story
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


def elsewhere(answer: str, question: Question | None) -> Elsewhere | None:
    transcript = written(answer)
    return find_elsewhere(transcript, find_story(transcript, question.kind if question else None), question)


@pytest.fixture(scope="module")
def known() -> dict[str, Question]:
    return {question.id: question for question in shipped_questions()}


def test_it_is_nearly_always_right_to_say_that_another_question_was_answered(known: dict[str, Question]) -> None:
    said = {True: 0, False: 0}
    for row in rows("asked.jsonl"):
        pairs = [(row["question"], row["answers"]), *((other, False) for other in row["not"])]
        for asked, answers in pairs:
            said[answers] += elsewhere(row["answer"], known[asked]) is not None
    assert said[False] >= 10
    assert said[False] / (said[True] + said[False]) >= 0.97


def test_an_answer_to_its_own_question_is_never_said_to_be_to_another() -> None:
    for row in rows("answers.jsonl"):
        question = Question(row["id"], row["question"], row["kind"])
        assert elsewhere(row["answer"], question) is None, row["id"]


def test_it_quotes_the_answer_and_names_what_was_not_heard() -> None:
    found = elsewhere(WILL, MARKDOWN)
    assert found is not None
    assert WILL[int(found.quote.start) : int(found.quote.end)] == found.quote.text
    assert "seasonal" in found.missing
    assert not set(found.missing) & set(WILL.split())


@pytest.mark.parametrize(
    "answer",
    [
        WILL.replace("a client", "a seasonal client"),  # one word of the question is enough to leave it alone
        " ".join(WILL.split()[:20]),
        "",
    ],
)
def test_where_it_is_not_sure_nothing_is_said(answer: str) -> None:
    assert elsewhere(answer, MARKDOWN) is None
    assert elsewhere(WILL, None) is None


def test_it_is_the_first_thing_to_be_changed() -> None:
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    answer = process_text(WILL, kind="technical", take_id="take", spoken_at=spoken_at, question=MARKDOWN)
    findings = give_feedback(answer)
    first = next(finding for finding in findings if finding.kind == "change")
    assert first.topic == ORDER[0] == "question"
    assert "seems to answer another question: of “" in first.message
    assert first.starter.startswith("“You asked")


def test_an_answer_that_came_as_text_with_its_question_is_judged_against_it() -> None:
    line = json.dumps({"id": "a", "question": MARKDOWN.prompt, "kind": "technical", "answer": WILL})
    (row,) = analyze_answers([line])
    assert "question" in [finding["measurement"] for finding in row["findings"]]
