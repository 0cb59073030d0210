"""A round asks what was planned, and is found again as it was left."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from rehearse import interview
from rehearse.interview import limits_from
from rehearse.interview.cases import _all_facts
from rehearse.interview.limits import Limits
from rehearse.interview.panel import MEMBERS, REPHRASED, concern_of
from rehearse.model import Question, Story
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from tests import factories
from tests.playing import STEPS, case, spoken


def drawn(seed: int) -> Callable[[Sequence[Question]], Question]:
    return random.Random(seed).choice


@pytest.fixture
def kept(history: History) -> interview.Rounds:
    return interview.Rounds(history.documents)


# Plans


@pytest.mark.parametrize("length", [5, 6, 7, 8])
def test_a_mock_interview_opens_mixes_and_ends_with_a_question_of_ones_own(length: int) -> None:
    one = interview.plan_mock(shipped_questions(), length)
    kinds = [step.question.kind for step in one.steps]
    assert len(kinds) == length
    assert kinds[0] in {"motivation", "loose_end"}
    assert kinds[-1] == "own_question"
    assert {"behavioral", "role_depth", "situational"} <= set(kinds)
    assert {step.question.field for step in one.steps} == {""}
    assert len({step.question.id for step in one.steps}) == length


def test_a_field_brings_its_own_questions_and_no_others() -> None:
    for seed in range(5):
        one = interview.plan_mock(shipped_questions(), 8, field="nursing", chance=drawn(seed))
        assert {step.question.field for step in one.steps} <= {"", "nursing"}
        assert any(step.question.field == "nursing" and step.question.kind == "technical" for step in one.steps)


def test_too_few_questions_are_told_with_a_remedy() -> None:
    with pytest.raises(ValueError, match="too few questions for a round of 5: add some"):
        interview.plan_mock(shipped_questions()[:3], 5)


def test_a_kind_without_questions_is_replaced_by_another() -> None:
    behavioral = [question for question in shipped_questions() if question.kind == "behavioral"]
    assert len(interview.plan_mock(behavioral, 5).steps) == 5


@pytest.mark.parametrize("length", [3, 4, 5, 6])
@pytest.mark.parametrize("seed", range(6))
def test_a_panel_takes_turns_and_one_member_asks_something_again(length: int, seed: int) -> None:
    one = interview.plan_panel(shipped_questions(), length, chance=drawn(seed))
    askers = [step.asker for step in one.steps]
    assert len(askers) == length
    assert all(before != after for before, after in pairwise(askers))
    assert len(set(askers)) >= min(length, 4)
    assert one.steps[-1].again == one.steps[0].question.id
    assert one.steps[-1].asker != one.steps[0].asker
    assert len({step.question.id for step in one.steps}) == length


def test_every_question_of_the_panel_is_shipped_and_asked_by_its_member() -> None:
    known = {question.id: question for question in shipped_questions()}
    opens = {"manager": "The hiring manager", "peer": "A future colleague", "executive": "The chief executive"}
    asked = [(member.name, name) for member in MEMBERS for name in member.questions]
    for member, name in [*asked, *((member, again) for _, member, again in REPHRASED)]:
        assert known[name].kind == "panel"
        if name.startswith(f"panel-{member}"):
            assert known[name].prompt.startswith(opens[member])


def test_a_one_way_interview_gives_every_question_the_same_limits() -> None:
    one = interview.plan_one_way(shipped_questions(), 5)
    assert {(step.think_seconds, step.limit_seconds) for step in one.steps} == {(30, 120)}
    assert one.probes == 0


def test_a_case_begins_with_questions_and_goes_on_with_new_facts() -> None:
    one = interview.plan_case(case(), 2)
    assert [step.part for step in one.steps] == ["clarify", "answer", "answer", "answer"]
    assert one.steps[0].question.kind == "own_question"
    assert one.steps[1].question == case()
    assert one.steps[1].think_seconds > case().think_seconds
    assert [step.question.prompt for step in one.steps[2:]] == list(case().probes)


def test_follow_up_questions_quote_the_answer_and_name_its_take() -> None:
    one = interview.plan_follow_up(spoken(STEPS, factories.QUESTION, "take-9"), 2)
    assert {step.parent for step in one.steps} == {"take-9"}
    assert one.steps[0].question.prompt == factories.QUESTION.probes[0]
    assert "“I would follow the correct procedure" in one.steps[-1].question.prompt


def test_an_answer_that_leaves_nothing_to_ask_is_told() -> None:
    attempt = factories.attempt(question=None, story=Story(None))
    with pytest.raises(ValueError, match="choose another one"):
        interview.plan_follow_up(attempt, 2)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (("2", "4"), Limits(2, 4)),
        (("0", "0"), Limits(0, 1)),
        (("9999", "9999"), Limits(300, 600)),
        (("-3", "1e9"), Limits()),
        (("²", "9" * 50), Limits()),
        (("", "<b>"), Limits()),
    ],
)
def test_limits_from_an_address_stay_within_bounds(text: tuple[str, str], limits: Limits) -> None:
    assert limits_from(*text) == limits


# The store


def test_a_round_comes_back_as_it_was_left(kept: interview.Rounds) -> None:
    one = interview.plan_case(case(), 2)
    for left in (
        one,
        interview.ask(one, "Ünïcode <b>?"),
        interview.write(interview.go_on(one), "a\nb"),
        interview.finish(one),
    ):
        kept.save(left)
        assert kept.get(one.id) == left
    assert kept.all() == (interview.finish(one),)


def test_a_deleted_round_is_gone(kept: interview.Rounds) -> None:
    one = interview.plan_case(case(), 1)
    kept.save(one)
    kept.delete(one.id)
    assert kept.get(one.id) is None
    assert kept.all() == ()


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"mode": "riddle"},
        {"id": "x", "mode": "mock", "began_at": "yesterday", "steps": []},
        {"id": "x", "mode": "mock", "began_at": "2025-01-01T00:00:00", "steps": [{"question": {"id": "x"}}]},
        {"id": "x", "mode": "mock", "began_at": "2025-01-01T00:00:00", "steps": "none"},
    ],
)
def test_a_round_of_another_version_hides_no_other(
    history: History, kept: interview.Rounds, broken: dict[str, object]
) -> None:
    history.documents.put("round", "x", broken)
    good = interview.plan_case(case(), 1)
    kept.save(good)
    assert kept.get("x") is None
    assert kept.all() == (good,)


def test_fields_of_a_newer_version_are_passed_over(history: History, kept: interview.Rounds) -> None:
    one = interview.plan_case(case(), 1)
    kept.save(one)
    stored = history.documents.get("round", one.id)
    assert stored is not None
    history.documents.put("round", one.id, {**stored, "mood": "calm"})
    assert kept.get(one.id) == one


# Cases


def test_every_shipped_case_with_numbers_has_facts_to_ask_for() -> None:
    cases = [question for question in shipped_questions() if question.kind == "case"]
    without = {question.id for question in cases if not interview.facts_of(question.id)}
    assert without == {"case-forty-five-seconds"}, "it asks about the speaker's own work"
    for question in cases:
        facts = interview.facts_of(question.id)
        assert facts == () or len(facts) >= 5
        for fact in facts:
            assert fact.says.endswith(".")
            assert fact.asks
            assert all(start == start.lower() for start in fact.asks)


def test_facts_belong_to_shipped_cases() -> None:
    assert set(_all_facts()) <= {question.id for question in shipped_questions()}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Does it hit all branches alike?", "thirty-four branches"),
        ("Have any competitors opened nearby?", "supermarket"),
        ("Did you raise your prices?", "four percent"),
    ],
)
def test_a_clarifying_question_is_answered_from_the_case(asked: str, told: str) -> None:
    [fact] = interview.replies([asked], interview.facts_of("case-forty-bakeries"))
    assert told in fact.says


def test_what_nobody_knows_is_not_told() -> None:
    assert interview.replies(["How is the weather?"], interview.facts_of("case-forty-bakeries")) == ()
    assert interview.replies(["Anything?"], interview.facts_of("my-own-case")) == ()


def test_several_questions_in_one_breath_are_each_answered_once() -> None:
    facts = interview.facts_of("case-forty-bakeries")
    told = interview.replies(["Which branches? And the prices?", "Are all branches the same?"], facts)
    assert len(told) == 2


# What belongs together


def test_a_question_of_a_round_leads_back_to_its_own() -> None:
    for step in interview.plan_case(case(), 2).steps:
        assert step.question.root_id == case().id


def test_a_story_without_own_deed_speaks_to_no_manager() -> None:
    moved = "Last spring {} led the move to the new ward and the waiting list fell by a third.".format
    assert concern_of(MEMBERS[0], [spoken(moved("we"), factories.QUESTION)]).span is None
    found = concern_of(MEMBERS[0], [spoken(moved("I"), factories.QUESTION)]).span
    assert found is not None
    assert "the waiting list fell by a third" in found.text
