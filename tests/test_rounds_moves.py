"""Whatever happens in a round, no recording is lost and the next question comes."""

from __future__ import annotations

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
from tests.playing import LEARNT, OPEN_END, STEPS, answered, case, first, spoken
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


def test_an_open_answer_is_probed_once_and_next() -> None:
    one = interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 30))
    one = answered(one, "take-1")
    attempts = {"take-1": factories.attempt("take-1")}
    probed = interview.probe(one, attempts)
    assert probed.current is not None
    assert probed.current.parent == "take-1"
    assert probed.current.question.prompt == factories.QUESTION.probes[0]
    assert (probed.current.think_seconds, probed.current.limit_seconds) == (1, 30)
    assert len(probed.steps) == 6
    probed = answered(probed, "take-2")
    again = interview.probe(probed, {**attempts, "take-2": factories.attempt("take-2")})
    assert again == probed, "neither the same answer nor the answer to a probe is probed"


@pytest.mark.parametrize("text", ["", "Um, uh."])
def test_an_answer_without_words_is_not_probed(text: str) -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 30)), "take-1")
    silent = factories.attempt("take-1", text=text, story=Story(None))
    assert silent.question is not None
    assert silent.question.probes
    assert interview.probe(one, {"take-1": silent}) == one


def test_an_answer_that_was_cut_off_is_not_asked_for_its_end() -> None:
    told = replace(spoken(OPEN_END, LEARNT, "take-1"), duration=30.0)
    asked = []
    for limit in (30, 60):
        one = answered(interview.plan_mock(shipped_questions(), 5, limits=Limits(1, limit)), "take-1")
        due = interview.probe(one, {"take-1": told}).current
        asked.append(due is not None and "happened in the end" in due.question.prompt)
    assert asked == [False, True]


def test_the_same_follow_up_question_is_asked_once_in_a_round() -> None:
    one = interview.plan_mock(shipped_questions(), 5, limits=Limits(1, 30))
    one = answered(one, "take-1")
    told = spoken(STEPS, factories.QUESTION, "take-1")
    probed = answered(interview.probe(one, {"take-1": told}), "follow-up")
    both = {"take-1": told, "take-2": replace(told, id="take-2")}
    deeper = interview.probe(answered(probed, "take-2"), both)
    assert deeper.current is not None
    assert deeper.current.parent == "take-2"
    prompts = [step.question.prompt for step in deeper.steps]
    assert len(set(prompts)) == len(prompts)


def test_questions_are_counted_as_they_were_planned() -> None:
    one = answered(interview.plan_mock(shipped_questions(), 5), "take-1")
    one = interview.probe(answered(one, "take-2"), {"take-1": factories.attempt("take-1")})
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
