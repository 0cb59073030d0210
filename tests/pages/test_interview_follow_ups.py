"""Follow-up questions on the page Interview: of an earlier answer, and within a mock interview."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from rehearse import pipeline
from rehearse.model import Attempt, Origin, Question, Recording
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from tests import factories
from tests.pages.driving import open_page, record, shown, taken, wav
from tests.pages.interviewing import QUICK, analysed, started, the_round
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


def test_a_mock_interview_comes_back_to_an_answer_that_has_been_understood_meanwhile(
    analysis: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def process(recording: Recording, *, take_id: str, question: Question, **_: Any) -> Attempt:
        assert analysis.wait(PATIENCE)
        return factories.attempt(take_id, question=question, duration=recording.duration)

    monkeypatch.setattr(pipeline, "process", process)
    at = started("mock")
    first = the_round().steps[0].question.probes[0]

    def answer() -> None:
        analysis.clear()
        record(at, wav())
        analysis.set()
        until(lambda: not services().worker.pending())

    answer()
    assert at.title[0].value != plain(first), "it is understood only after the next question has come"
    answer()
    assert at.title[0].value == plain(f"Let me come back to something you said earlier. {first}")
    assert "A follow-up question" in shown(at).replace("\\", "")
    assert "a follow-up to question 1 of 6" in at.get("progress")[0].proto.text
    answer()
    assert "a follow-up to question 2 of 6" in at.get("progress")[0].proto.text
    assert "A follow-up to question 2 of 6 comes next" in shown(open_page(routes.INTERVIEW, round=the_round().id))
    assert services().store.all()[0].origin.parent == the_round().takes[0]
    at.button(key="end").click().run()
    at.button(key="end_yes").click().run()
    assert "2 of 6 questions and 1 of 2 follow-up questions answered" in shown(analysed(at)).replace("\\", "")


def test_without_an_answer_there_is_nothing_to_follow_up() -> None:
    at = open_page(routes.INTERVIEW, mode="follow_up")
    assert "practise a question first" in at.info[0].value
    assert at.button(key="begin").disabled
