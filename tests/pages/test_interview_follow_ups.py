"""Follow-up questions on the page Interview: of an earlier answer, and within a mock interview or a panel."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import Any

import pytest

from rehearse import pipeline
from rehearse.model import Attempt, Origin, Question, Recording
from rehearse.pages.interview import round_state
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from tests.pages.driving import open_page, record, said, shown, taken, wav
from tests.pages.interviewing import QUICK, analysed, started, the_round
from tests.playing import BLAME, spoken
from tests.waiting import PATIENCE, until


@pytest.mark.usefixtures("analysis")
def test_follow_up_questions_dig_into_the_answer_that_is_named() -> None:
    older = taken(services())
    taken(services())
    at = open_page(routes.INTERVIEW, mode="follow_up", follow=older, **QUICK)
    at.button(key="begin").click().run()
    assert "What would you do differently" in at.title[0].value, "its question comes with this one"
    record(at, wav())
    take = services().store.all()[0]
    assert take.origin == Origin("browser", parent=older, round=the_round().id)


@pytest.fixture
def blaming(analysis: Event, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Understand in each answer the same words, which others did everything in; but only once this is set."""

    def process(recording: Recording, *, take_id: str, question: Question, **_: Any) -> Attempt:
        assert analysis.wait(PATIENCE)
        return replace(spoken(BLAME, question, take_id), duration=recording.duration)

    monkeypatch.setattr(pipeline, "process", process)
    return analysis


@pytest.mark.usefixtures("blaming")
@pytest.mark.parametrize("mode", ["mock", "panel"])
def test_the_answer_just_given_is_followed_up_in_its_own_words_and_the_debrief_counts_it(mode: str) -> None:
    at = started(mode)
    asker = the_round().steps[0].asker
    record(at, wav())
    follow_up = the_round().steps[1]
    assert at.title[0].value == plain(follow_up.question.prompt)
    assert "“They never do what they promise”" in follow_up.question.prompt
    assert (follow_up.parent, follow_up.asker) == (the_round().takes[0], asker)
    assert "A follow-up question" in said(at)
    assert f"a follow-up to question 1 of {the_round().size}" in at.get("progress")[0].proto.text
    record(at, wav())
    assert services().store.all()[0].origin.parent == the_round().takes[0]
    at.button(key="end").click().run()
    at.button(key="end_yes").click().run()
    debrief = said(analysed(at))
    assert "1 of 1 follow-up question answered" in debrief
    assert "They'll come back to this" not in debrief, "they have"


@pytest.mark.usefixtures("blaming")
def test_somebody_who_wants_no_follow_up_questions_gets_none() -> None:
    at = open_page(routes.INTERVIEW, mode="panel", **QUICK)
    at.toggle(key="responds").set_value(False).run()
    at.button(key="begin").click().run()
    planned = the_round().steps
    record(at, wav())
    until(lambda: not services().worker.pending())
    record(at, wav())
    assert [step.question for step in the_round().steps] == [step.question for step in planned]


def test_an_answer_that_is_understood_too_late_is_come_back_to(blaming: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(round_state, "PATIENCE", 0.1)
    at = started("mock")
    blaming.clear()
    record(at, wav())
    assert "question 2 of 6" in at.get("progress")[0].proto.text, "nobody waits longer"
    blaming.set()
    until(lambda: not services().worker.pending())
    blaming.clear()
    record(at, wav())
    blaming.set()
    assert at.title[0].value.startswith("Let me come back to something you said earlier")
    assert "a follow-up to question 1 of 6" in at.get("progress")[0].proto.text
    assert "A follow-up to question 1 of 6 comes next" in shown(open_page(routes.INTERVIEW, round=the_round().id))


def test_without_an_answer_there_is_nothing_to_follow_up() -> None:
    at = open_page(routes.INTERVIEW, mode="follow_up")
    assert "practise a question first" in at.info[0].value
    assert at.button(key="begin").disabled
