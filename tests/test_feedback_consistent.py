"""The same words are never praised and criticised."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from rehearse import interview
from rehearse.feedback import give_feedback
from rehearse.feedback.coach import coach_praise
from rehearse.metrics import METRICS
from rehearse.model import NO_LIMITS, Attempt, Finding, Question, Span
from rehearse.pipeline import process_text
from rehearse.questions import shipped_questions
from tests import factories
from tests.playing import STORY, answered, first, spoken

ANSWERS = [
    json.loads(line)
    for name in ("answers", "answers_heldout")
    for line in (Path(__file__).parent / f"data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
]
ABOUT_CAKE = (
    "Last spring the oven at the village bakery broke before the wedding. I baked the cake at my neighbour's and I"
    " drove it over in the rain, and I kept the cream cold with ice from the fish shop. In the end the bride cried and"
    " all forty of the guests had a slice."
)
PRICES = Question(
    "prices",
    "How would you calculate the tariff of a heating network?",
    "technical",
    listen_for=("what the pipes cost",),
)


def contradictions(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    strengths = [one for one in found if one.kind == "strength"]
    changes = [one for one in found if one.kind == "change" and one.topic not in GAPS]
    return [
        (strength.message, change.message)
        for strength, change in product(strengths, changes)
        if strength.topic not in GAPS and any(one.overlaps(other) for one in strength.spans for other in change.spans)
    ]


GAPS = {
    "filled_pause_rate", "filled_pauses_per_100_words", "discourse_marker_rate", "longest_pause", "long_pauses",
}  # fmt: skip


@pytest.mark.parametrize("medium", ["text", "sound"])
def test_no_answer_has_the_same_words_praised_and_criticised(medium: str) -> None:
    found, praised = [], 0
    for answer in ANSWERS[::4]:
        asked = Question("q", answer["question"], answer["kind"]) if answer.get("question") else None
        attempt = (
            spoken(answer["answer"], asked)
            if medium == "sound"
            else process_text(
                answer["answer"], kind=answer["kind"], take_id="t", spoken_at=factories.SPOKEN_AT, question=asked
            )
        )
        feedback = give_feedback(attempt)
        praised += any(one.kind == "strength" and one.topic == "story" for one in feedback)
        found += contradictions(feedback)
    assert found == []
    assert praised > len(ANSWERS[::4]) / 5, "other words are praised where there are some"


def test_the_result_of_an_answer_to_another_question_is_not_praised() -> None:
    found = give_feedback(spoken(ABOUT_CAKE, PRICES))
    assert next(one.code for one in found if one.kind == "change") == "off_question"
    assert not [one for one in found if one.kind == "strength" and one.topic == "story"]


@pytest.mark.parametrize(
    "asked",
    [
        "How do you decide here which patients are moved to the new ward first?",
        "How did the last person in this job hand over the unit, and what would they change?",
    ],
)
def test_a_question_that_asks_how_is_not_said_to_take_a_yes(asked: str) -> None:
    found = give_feedback(spoken(asked, Question("own", "What would you like to ask us?", "own_question")))
    assert [one.code for one in found if one.topic not in METRICS] == ["good_question"]


def test_a_mistake_is_not_praised_as_a_step_to_keep() -> None:
    told = (
        "I sent the payroll file for March to the wrong office. I had picked the wrong name from the list and I did not"
        " read it again. Forty people got their money two days late. I rang the bank and I rang every one of them."
    )
    asked = Question("q", "Tell me about a mistake you made at work and what you learned from it.", "behavioral")
    praised = [one for one in give_feedback(spoken(told, asked)) if one.kind == "strength"]
    of_mistake = [one for one in praised if "wrong" in one.message or "did not read" in one.message]
    assert {one.code for one in of_mistake} <= {"honest"}, "that it is said straight may be praised"


def test_where_words_are_criticised_they_are_not_praised_but_others_may_be() -> None:
    told = spoken(STORY, factories.QUESTION)
    praise = coach_praise(told, lambda _: True, NO_LIMITS)
    assert praise is not None
    other = coach_praise(told, lambda span: not span.overlaps(praise.spans[0]), NO_LIMITS)
    assert other is None or not other.spans[0].overlaps(praise.spans[0])


def test_a_debrief_praises_nothing_that_it_criticises() -> None:
    asked = [question for question in shipped_questions() if question.kind == "panel"]
    one = interview.plan_panel(asked, 3, chance=first)
    texts = [*(answer["answer"] for answer in ANSWERS[:2]), ABOUT_CAKE]
    attempts: dict[str, Attempt] = {}
    for place, text in enumerate(texts):
        question = one.steps[place].question
        one = answered(one, f"take-{place}", place)
        attempts[f"take-{place}"] = spoken(text, question, f"take-{place}")
    told = interview.debrief(one, attempts)
    praised = [(line.attempt.id, line.strength) for line in told.lines if line.attempt and line.strength]
    praised += [(told.best[0].id, told.best[1])] if told.best else []
    criticised = [(line.attempt.id, line.change) for line in told.lines if line.attempt and line.change]
    criticised += [(attempt.id, finding) for repeat in told.repeats for attempt, finding in repeat.shown]
    assert praised
    assert criticised
    for (attempt, strength), (other, change) in product(praised, criticised):
        assert attempt != other or contradictions((strength, change)) == []


def test_what_was_said_to_another_question_answers_no_concern_of_the_panel() -> None:
    asked = [question for question in shipped_questions() if question.kind == "panel"]
    one = answered(interview.plan_panel(asked, 3, chance=first), "a", 0)
    step = replace(one.steps[0], question=replace(one.steps[0].question, kind="technical", prompt=PRICES.prompt))
    one = replace(one, steps=(step, *one.steps[1:]))
    told = interview.debrief(one, {"a": spoken(ABOUT_CAKE, PRICES, "a")})
    assert [concern.span for concern in told.concerns] == [None] * len(told.concerns)
    assert told.best is None or told.best[1].topic != "story"


def test_an_um_says_nothing_against_the_sentence_around_it() -> None:
    told = "In March the list broke. I um rang um the um caretaker and um I um counted um the tickets. " * 3
    found = give_feedback(spoken(told, None))
    assert any(one.topic == "filled_pause_rate" and one.kind == "change" for one in found)
    assert any(one.topic == "story" and one.kind == "strength" and Span(0, 99).overlaps(one.spans[0]) for one in found)
