"""Whatever happens in a round, no recording is lost and the next question comes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import interview
from rehearse.interview.limits import Limits
from rehearse.model import Origin, Story
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.playing import BLAME, BLAME_AGAIN, HARDEST, LEARNT, NO_TEST, STEPS, STORY, answered, case, first, spoken
from tests.processes import kill_once_it_says


def taken(store: TakeStore, one: interview.Round, place: int) -> Take:
    step = one.steps[place]
    origin = Origin("browser", parent=step.parent, round=one.id)
    return store.save(b"sound", suffix=".wav", question=step.question, origin=origin)


def test_an_answer_leads_to_the_next_question_and_the_last_one_to_the_end() -> None:
    one = interview.plan_one_way(shipped_questions(), 3)
    for place in range(3):
        assert one.position == place
        one = answered(one, f"take-{place}")
    assert one.position is None
    assert one.current is None
    assert one.takes == ("take-0", "take-1", "take-2")


def test_the_same_recording_is_taken_once() -> None:
    one = answered(interview.plan_one_way(shipped_questions(), 3), "take-0")
    assert answered(one, "take-0") == one


def test_an_answer_that_was_spoken_in_another_tab_goes_to_its_own_question() -> None:
    one = answered(interview.plan_one_way(shipped_questions(), 3), "take-1", place=1)
    assert one.position == 0
    assert answered(one, "take-0").position == 2


def test_clarifying_questions_come_as_often_as_one_likes() -> None:
    one = interview.plan_case(case(), 1)
    one = interview.ask(answered(answered(one, "a"), "b"), "  Is it all \n branches? ")
    assert one.position == 0
    assert one.steps[0].takes == ("a", "b")
    assert one.steps[0].asked == ("a", "b", "Is it all branches?")
    assert interview.ask(one, "  ") == one
    assert interview.go_on(one).position == 1


def test_notes_stay_with_their_question() -> None:
    one = interview.go_on(interview.plan_case(case(), 1))
    one = answered(interview.write(one, "six branches"), "take")
    assert one.steps[1].notes == "six branches"


def test_a_round_can_be_ended_at_any_question() -> None:
    one = interview.finish(answered(interview.plan_mock(shipped_questions(), 6), "take"))
    assert one.position is None
    assert one.takes == ("take",)
    assert one.probes == 0


def test_a_recording_whose_round_was_not_written_is_found_again(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    one = interview.plan_panel(shipped_questions(), 4, chance=first)
    saved = taken(store, one, 0)
    other = store.save(b"x", suffix=".wav", question=one.steps[1].question, origin=Origin("browser"))
    adopted = interview.adopt(one, store.all())
    assert adopted.takes == (saved.id,)
    assert adopted.position == 1
    assert other.id not in adopted.takes
    assert interview.adopt(adopted, store.all()) == adopted


def test_what_a_killed_process_recorded_answers_the_question_that_was_due(tmp_path: Path) -> None:
    code = """
import pathlib, sys, time
from rehearse.model import Origin, Story
from rehearse.storage.history import History
from rehearse.interview import Rounds
from rehearse.storage.takes import TakeStore
from tests.processes import grow
root = pathlib.Path(sys.argv[1])
[one] = Rounds(History(root / "history.db").documents).all()
grow(TakeStore(root).begin(one.current.question, Origin("computer", round=one.id)), seconds=2.0)
print("recording", flush=True)
time.sleep(60)
"""
    kept = interview.Rounds(History(tmp_path / "history.db").documents)
    one = interview.go_on(interview.plan_panel(shipped_questions(), 3))
    kept.save(one)
    kill_once_it_says("recording", code, tmp_path)
    store = TakeStore(tmp_path)
    (take,) = store.recover()
    found = kept.get(one.id)
    assert found is not None
    resumed = interview.adopt(found, store.all())
    assert resumed.takes == (take.id,)
    assert resumed.position == 2


def test_a_second_recording_of_an_answered_question_stays_out_of_the_round(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    one = interview.plan_panel(shipped_questions(), 4, chance=first)
    one = answered(one, taken(store, one, 0).id)
    taken(store, one, 0)
    assert interview.adopt(one, store.all()) == one


def test_an_answer_that_leaves_a_gap_is_followed_up_once_and_next_in_its_own_words() -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 30)), "take-1")
    attempts = {"take-1": spoken(STEPS, factories.QUESTION, "take-1")}
    probed = interview.probe(one, attempts)
    assert probed.current is not None
    assert probed.current.parent == "take-1"
    [quote] = re.findall("“(.+?)”", probed.current.question.prompt)
    assert quote in STEPS
    assert probed.current.question.prompt == interview.words_of(probed, probed.current)
    assert (probed.current.think_seconds, probed.current.limit_seconds) == (1, 30)
    assert len(probed.steps) == 6
    probed = answered(probed, "take-2")
    again = interview.probe(probed, {**attempts, "take-2": spoken(BLAME, factories.QUESTION, "take-2")})
    assert again == probed, "neither the same answer nor the answer to a follow-up question is followed up"


def test_each_member_of_a_panel_follows_up_their_own_question_at_most_twice_in_a_round() -> None:
    one = interview.plan_panel(shipped_questions(), 4, chance=first, limits=Limits(1, 60))
    asked, told = [], {}
    while one.current is not None:
        asker, take = one.current.asker, f"take-{len(one.takes)}"
        told[take] = spoken((BLAME, BLAME_AGAIN)[len(asked) % 2], one.current.question, take)
        is_planned = one.current.parent is None
        one = interview.probe(answered(one, take), told)
        if is_planned and one.current is not None and one.current.parent == take:
            assert one.current.asker == asker
            asked.append(one.current.question.prompt)
    assert len(asked) == 2
    assert one.size == 4


def test_what_was_understood_too_late_is_come_back_to_after_the_next_answer() -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 60)), "take-1")
    one = answered(one, "take-2")
    late = {"take-1": spoken(BLAME, factories.QUESTION, "take-1"), "take-2": spoken(STORY, LEARNT, "take-2")}
    due = interview.probe(one, late)
    assert due.current is not None
    assert due.current.parent == "take-1"
    words = interview.words_of(due, due.current)
    assert words == f"Let me come back to something you said earlier. {due.current.question.prompt}"


@pytest.mark.parametrize("text", ["", "Um, uh.", "I don't know."])
def test_an_answer_of_no_or_few_words_is_not_followed_up(text: str) -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 30)), "take-1")
    silent = factories.attempt("take-1", text=text, story=Story(None))
    assert interview.probe(one, {"take-1": silent}) == one


def test_neither_an_answer_in_another_language_nor_one_that_was_cut_off_is_followed_up() -> None:
    told = spoken(BLAME, factories.QUESTION, "take-1")
    assert told.duration is not None
    foreign = replace(told, transcript=replace(told.transcript, language="de"))
    followed_up = []
    for attempt, limit in ((told, 60), (foreign, 60), (told, round(told.duration))):
        one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, limit)), "take-1")
        followed_up.append(interview.probe(one, {"take-1": attempt}) != one)
    assert followed_up == [True, False, False]


def test_an_answer_that_was_cut_off_is_not_asked_for_its_end() -> None:
    told = replace(spoken(NO_TEST, HARDEST, "take-1"), duration=30.0)
    for cut in (False, True):
        assert any("that it's working" in prompt for prompt in interview.probes_of(told, cut=cut)) is not cut


def test_the_same_follow_up_question_is_asked_once_in_a_round() -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 60)), "take-1")
    told = spoken(BLAME, factories.QUESTION, "take-1")
    probed = interview.probe(one, {"take-1": told})
    assert probed != one
    repeated = answered(answered(probed, "follow-up"), "take-2")
    assert interview.probe(repeated, {"take-1": told, "take-2": replace(told, id="take-2")}) == repeated


def test_questions_are_counted_as_they_were_planned() -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5), "take-1")
    one = interview.probe(answered(one, "take-2"), {"take-1": spoken(BLAME, factories.QUESTION, "take-1")})
    joined, coming = one.steps[2], one.steps[3]
    assert one.is_joined(joined)
    assert one.size == 5
    assert (one.number(joined), one.number(coming)) == (1, 3)


def test_asking_about_a_case_is_no_question_of_the_round() -> None:
    one = interview.plan_case(case(), 1)
    assert one.size == 2
    assert [one.number(step) for step in one.steps] == [1, 1, 2]


def test_digging_goes_on_into_the_answers_to_follow_up_questions() -> None:
    one = replace(interview.plan_follow_up(factories.attempt("old"), 1), probes=1)
    one = answered(one, "new")
    deeper = interview.probe(one, {"new": spoken(STEPS, factories.QUESTION, "new")})
    assert deeper.current is not None
    assert deeper.current.parent == "new"
