"""The page Today: the first start, and the few minutes of a later day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rehearse.interview import SHORT, Rounds, plan_mock
from rehearse.interview.transitions import go_on
from rehearse.pages.home.first_start import EASY
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.preparation.interview import Interview
from tests.pages.driving import open_home, open_page, said, spoken
from tests.pages.preparing import keep, prepared
from tests.pages.test_agreed import USUALLY

TODAY = datetime.now(UTC).astimezone().date()


def test_the_first_start_says_in_one_sentence_what_this_is_and_begins_with_an_easy_question() -> None:
    at = open_home()
    assert at.title[0].value == "Say it out loud before it counts"
    assert at.markdown[0].value.endswith("Nothing leaves this computer.")
    at.button(key="start_first").click().run()
    easy = next(question for question in services().questions.questions if question.id == EASY)
    assert easy.prompt in said(at)


def test_the_sample_on_the_first_page_opens_with_its_feedback_at_once() -> None:
    at = open_home()
    at.button(key="sample").click().run()
    assert not at.exception
    assert "One thing to try" in said(at)
    assert open_home().title[0].value == "Say it out loud before it counts"


def test_the_day_of_the_interview_is_asked_for_first_and_counted_down_to() -> None:
    at = open_home()
    at.date_input(key="home_date").set_value(TODAY + timedelta(days=9)).run()
    assert not at.exception
    assert "9 days to the interview. A few minutes a day will do." in said(at)
    assert (prepared().interview.date, prepared().interview.planned_on) == (TODAY + timedelta(days=9), TODAY)


def test_a_later_day_begins_with_the_last_change_and_says_what_waits_besides() -> None:
    keep(Interview(date=TODAY + timedelta(days=3), planned_on=TODAY - timedelta(days=9)))
    spoken(USUALLY, seconds=50.0, spoken_at=datetime.now(UTC))
    shared = services()
    begun = plan_mock(shared.questions.questions, 5, limits=SHORT)
    first = replace(begun.steps[0], takes=("one",))
    Rounds(shared.history.documents).save(go_on(replace(begun, steps=(first, *begun.steps[1:]))))
    at = open_home()
    assert at.title[0].value == "3 days to the interview"
    assert "Pick one particular time and tell them what happened." in said(at)
    assert "Your mock interview: question 2 of 5 comes next." in said(at)
    assert "You practised today." in said(at)
    assert "Read about the company" in said(at)
    at.button(key="start_today").click().run()
    assert "This take: Pick one particular time and tell them what happened." in said(at).replace("**", "")


def test_an_address_of_a_question_from_before_there_was_this_page_still_leads_to_it() -> None:
    last = services().questions.questions[-1]
    at = open_page(routes.HOME, question=last.id)
    assert last.prompt in said(at)
