"""What Practice shows of the answers that are analysed: in any tab, after any reload, and no longer than needed."""

from __future__ import annotations

from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from rehearse.model import Origin
from rehearse.pages.practice.analysis_status import MOST_ENDED
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.storage.takes import Take
from tests import factories
from tests.pages.driving import open_app, open_page, record, shown, wav
from tests.waiting import ended, until


def submitted(*, round_id: str | None = None) -> Take:
    shared = services()
    origin = Origin("browser", round=round_id)
    take = shared.store.save(wav(), suffix=".wav", question=factories.QUESTION, origin=origin)
    shared.worker.submit(take)
    return take


def feedback_links(at: AppTest) -> list[str]:
    return [link.proto.query_string for link in at.get("page_link") if "Read the feedback" in link.proto.label]


def bars(at: AppTest) -> list[str]:
    return [bar.proto.text for bar in at.get("progress")]


def test_a_reload_finds_the_progress_the_stop_and_then_the_way_to_the_feedback_again(analysis: Event) -> None:
    analysis.clear()
    at = record(open_app(), wav(2))
    at.button(key="analyse").click().run()
    [take] = services().store.all()
    reloaded = open_app()
    assert len(bars(reloaded)) == 1
    assert reloaded.button(key=f"cancel_{take.id}").label == "Stop the analysis"
    analysis.set()
    ended(services().worker, take)
    assert take.id in feedback_links(open_app())[0]


def test_the_stop_of_another_tab_stops_the_analysis(analysis: Event) -> None:
    analysis.clear()
    take = submitted()
    open_app().button(key=f"cancel_{take.id}").click().run()
    analysis.set()
    assert ended(services().worker, take).state == "cancelled"
    at = open_app()
    assert "Stopped. The recording is safe, below." in shown(at)
    assert at.expander[0].label == "Recordings without feedback: 1"


def test_feedback_that_was_opened_in_any_tab_is_offered_no_more(analysis: Event) -> None:
    first, second = submitted(), submitted()
    ended(services().worker, second)
    assert [first.id in link for link in feedback_links(open_app())] == [False, True], "newest first"
    open_page(routes.FEEDBACK, take=second.id)
    [left] = feedback_links(open_app())
    assert first.id in left
    analysis.clear()
    services().worker.submit(second)
    assert len(bars(open_app())) == 1, "an answer that is analysed again is shown again"
    analysis.set()
    ended(services().worker, second)


@pytest.mark.usefixtures("analysis")
def test_answers_whose_feedback_nobody_opens_do_not_pile_up() -> None:
    takes = [submitted() for _ in range(MOST_ENDED + 3)]
    ended(services().worker, takes[-1])
    links = feedback_links(open_app())
    assert len(links) == MOST_ENDED
    assert all(take.id in link for take, link in zip(reversed(takes), links, strict=False))


def test_answers_of_a_round_are_not_shown_and_what_waits_for_them_says_so(analysis: Event) -> None:
    analysis.clear()
    asked = submitted(round_id="20250314T092653-00000000")
    until(lambda: (job := services().worker.status(asked.id)) is not None and job.state == "running")
    answer = submitted()
    at = open_app()
    assert bars(at) == ["Waiting for an answer of your interview"]
    analysis.set()
    ended(services().worker, answer)
    [link] = feedback_links(open_app())
    assert answer.id in link


@pytest.mark.usefixtures("analysis")
def test_an_answer_that_was_deleted_is_shown_no_more() -> None:
    take = submitted()
    ended(services().worker, take)
    services().delete(take.id)
    assert feedback_links(open_app()) == []


def test_a_recording_that_was_stopped_gives_way_to_the_next_answer(analysis: Event) -> None:
    analysis.clear()
    stopped = submitted()
    services().worker.cancel(stopped.id)
    analysis.set()
    answer = submitted()
    assert ended(services().worker, answer).state == "done"
    assert "Stopped." not in shown(open_app())
