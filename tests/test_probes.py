"""Follow-up questions: what an interviewer would ask, and what is never asked."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.feedback import FollowUp, follow_ups
from rehearse.feedback.follow_up_statements import QUESTIONS
from rehearse.feedback.follow_ups import MOST
from rehearse.feedback.quoting import cleaned
from rehearse.model import Question
from rehearse.pipeline import process_text

ANSWERS = [
    json.loads(line) for line in (Path(__file__).parent / "data/answers.jsonl").read_text(encoding="utf-8").splitlines()
]


def asked(answer: str, kind: str | None = "behavioral", prompt: str = "") -> tuple[FollowUp, ...]:
    question = Question("q", prompt, kind or "behavioral") if prompt else None
    spoken_at = datetime(2025, 3, 14, tzinfo=UTC)
    return follow_ups(process_text(answer, kind=kind, take_id="take", spoken_at=spoken_at, question=question))


@pytest.mark.parametrize(
    ("answer", "kind", "prompt", "gap"),
    [
        (
            "I usually talk to people when they complain, and I always find a solution for them in the end.",
            "behavioral",
            "Tell me about a time you dealt with a complaint.",
            "one_occasion",
        ),
        (
            "Nothing really comes to mind, no, I can't think of a time when that happened, sorry.",
            "behavioral",
            "Tell me about a time you were wrong.",
            "nearest_example",
        ),
        (
            "I've always admired the company, you have a great reputation and it's a great team and I want to grow.",
            "motivation",
            "Why do you want to work here?",
            "specific_reason",
        ),
    ],
)
def test_the_gap_that_matters_most_is_asked_about_first(answer: str, kind: str, prompt: str, gap: str) -> None:
    assert asked(answer, kind, prompt)[0].gap == gap


def test_every_question_quotes_a_whole_thought_or_nothing_and_there_are_at_most_two() -> None:
    for answer in ANSWERS[::2]:
        found = asked(answer["answer"], answer["kind"], answer.get("question", ""))
        assert len(found) <= MOST
        assert len({one.gap for one in found}) == len(found)
        for one in found:
            assert one.question.endswith(("?", ".")), one.question
            for quote in re.findall("“(.+?)”", one.question):
                assert len(quote.split()) >= 4 or quote == answer.get("question")
                assert quote == cleaned(one.span.text)


def test_no_question_suggests_its_answer() -> None:
    leading = re.compile(r"\b(?:right|didn't you|isn't it|so it|surely|must have|don't you)\b", re.IGNORECASE)
    worded = [wording for one in QUESTIONS.values() for wording in (*one.wordings, *one.bare)]
    assert [wording for wording in worded if leading.search(wording)] == []


@pytest.mark.parametrize("answer", ["", "Um.", "I don't know."])
def test_an_answer_that_cannot_be_judged_is_not_probed(answer: str) -> None:
    assert asked(answer) == ()


def test_the_candidates_own_question_is_not_probed() -> None:
    assert asked("What does a bad week look like in this team, and who decides what gets built?", "own_question") == ()
