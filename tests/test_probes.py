from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rehearse.language.words import quotation
from rehearse.model import Span, Story
from rehearse.story import FollowUp, find_story, follow_ups
from tests.factories import written
from tests.test_expectations import ANYWHERE, NO_ADVICE, NO_PLAN, NO_REASON, ONE_WAY, QUEUE

ANSWERS = Path(__file__).parent / "data" / "answers.jsonl"
OPEN_END = (
    "Last March our booking page broke the night before the school concert. It was my job to get the tickets out. "
    "I rang the caretaker, because he had the spare key, and I printed the whole list at the office."
)
SHARED = (
    "In the second week of the pilot we found that the labels were wrong, and we had to fix them by Friday because the "
    "shop was waiting. We reprinted the whole batch, we drove it to the shop, and the shop opened on time."
)
TOLD_IN_FULL = (
    "In the spring I was on the night desk in Leeds, and a guest had lost his passport. I had to get him on a plane by "
    "six. I rang the consulate and drove him there myself, because no taxi would come, and he caught his plane."
)


def asked(answer: str, kind: str | None = "behavioral") -> tuple[FollowUp, ...]:
    transcript = written(answer)
    return follow_ups(find_story(transcript, kind), transcript, kind)


def all_answers() -> list[dict[str, Any]]:
    return [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]


def test_an_open_end_is_asked_for_first() -> None:
    first = asked(OPEN_END)[0]
    assert first.gap == "result"
    assert first.question.startswith("You said “I printed the whole list at the office”.")


def test_a_shared_deed_asks_for_the_speakers_own_part() -> None:
    first = asked(SHARED)[0]
    assert first.gap == "own_part"
    assert re.search("reprinted|drove", first.question)


def test_nothing_is_asked_for_twice_nor_where_nothing_is_open() -> None:
    assert asked(TOLD_IN_FULL) == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            "I usually talk to people when they complain, and I always find a solution for them in the end.",
            "one occasion",
        ),
        ("I'm a very calm person. I'm organised, I like lists and I'm patient with everybody.", "one particular day"),
        ("I think teams should meet less. Meetings are a habit and most habits are expensive.", "What have you seen"),
        ("I would take him aside first and I'd ask him what happened, and I would listen to him.", "one occasion"),
    ],
)
def test_an_answer_without_an_occasion_is_asked_for_one(answer: str, words: str) -> None:
    (only,) = asked(answer)
    assert only.gap == "episode"
    assert words in only.question


def test_other_kinds_of_question_have_their_own_probes() -> None:
    plan = "I would put the orders on a queue, and I'd keep the old path running for a week beside the new one."
    assert [one.gap for one in asked(plan, "technical")] == ["limits"]
    assert [one.gap for one in asked(plan, "panel")] == ["objection"]
    assert [one.gap for one in asked(plan, "situational")] == ["choice"]


@pytest.mark.parametrize(
    ("answer", "kind", "gaps"),
    [
        (NO_ADVICE, "case", ["recommendation", "clarification"]),
        (ONE_WAY, "technical", ["alternative", "limits"]),
        (NO_REASON, "situational", ["choice"]),
        (ANYWHERE, "motivation", ["employer", "episode"]),
        (NO_PLAN, "role_depth", ["priorities", "measure"]),
        (QUEUE, "technical", ["alternative"]),
    ],
)
def test_what_a_kind_of_question_asks_for_and_is_missing_is_asked_for_first(
    answer: str, kind: str, gaps: list[str]
) -> None:
    assert [one.gap for one in asked(answer, kind)] == gaps


def test_a_trade_off_that_was_told_is_asked_one_step_further() -> None:
    (only,) = asked(QUEUE, "technical")
    assert only.question.startswith("You said “The trade-off is that the stock on the page is a minute old”.")
    assert only.question.endswith("When would you choose the other way?")


def test_no_gap_is_asked_for_twice() -> None:
    for answer in all_answers():
        gaps = [one.gap for one in asked(answer["answer"], answer["kind"])]
        assert len(set(gaps)) == len(gaps)


@pytest.mark.parametrize("answer", ["", "Um.", "I don't know."])
def test_an_answer_that_cannot_be_judged_is_not_probed(answer: str) -> None:
    assert asked(answer) == ()


def test_the_candidates_own_question_is_not_probed() -> None:
    assert asked("What does a bad week look like in this team, and who decides what gets built?", "own_question") == ()


@pytest.mark.parametrize(
    ("said", "quote"), [("I rang", False), ("Um, so I rang him", False), ("I rang him twice", True)]
)
def test_a_few_words_are_not_quoted_in_a_question(said: str, quote: bool) -> None:
    story = Story("story", Span(0.0, 1.0, said), action=(Span(0.0, 1.0, said),))
    questions = [one.question for one in follow_ups(story, written(f"{said}, because it was late."), "behavioral")]
    assert questions
    assert all(("You said" in question) is quote for question in questions)


def test_every_probe_quotes_the_answer_and_there_are_at_most_two() -> None:
    for answer in all_answers():
        probes = asked(answer["answer"], answer["kind"])
        assert len(probes) <= 2
        assert len({probe.span for probe in probes}) == len(probes)
        for probe in probes:
            found = re.match(r"You said “(.+?)(?: …)?”\. (.+\?)$", probe.question)
            if found is None:
                assert len(quotation(probe.span.text).split()) < 4, "only a few words are no quote"
                continue
            quoted = [word.strip(".,;:!?-") for word in found[1].split()]
            said = [word.strip(".,;:!?-") for word in answer["answer"].split()]
            assert [word for word in quoted if word not in said] == []
            assert answer["answer"][int(probe.span.start) : int(probe.span.end)]


def test_no_probe_suggests_its_answer() -> None:
    leading = re.compile(r"\b(?:right|didn't you|isn't it|so it|surely|must have|don't you)\b", re.IGNORECASE)
    for answer in all_answers()[::3]:
        for probe in asked(answer["answer"], answer["kind"]):
            assert not leading.search(probe.question.rpartition("”")[2])
