"""What was agreed after one answer: pinned before the next one, and looked back on after it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from rehearse.model import Attempt
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import component, open_page, said, spoken

USUALLY = (
    "I think I am the kind of person who usually stays calm when plans change. What I normally do is talk to everybody,"
    " and I always try to keep the team informed. In general I find that people appreciate it when you are honest with"
    " them about a date. So usually I would sit down with the team and we would go through the list, and normally we"
    " find a way."
)
ONCE = (
    "Last spring the new ward was to open in May, and in March the builders told us it would be April. I was the charge"
    " nurse. I rang the supplier the same evening and asked for the beds three weeks early. I moved four people from"
    " the day shift, and I wrote the new rota myself. We opened on the second of April, and not one operation was"
    " cancelled."
)
UMS = ONCE.replace(" the ", " the um ")
ONE_TIME = "pick one particular time and tell them what happened"


def take(text: str, day: int) -> Attempt:
    return spoken(text, seconds=50.0, spoken_at=factories.SPOKEN_AT + timedelta(days=day))


def test_what_the_feedback_asked_for_is_pinned_above_the_recorder_of_the_next_take() -> None:
    first = take(USUALLY, 1)
    at = open_page(routes.FEEDBACK, take=first.id)
    assert "Pick one particular time and tell them what happened." in [
        header.value.replace("\\", "") for header in at.header
    ]
    again = open_page(routes.PRACTICE, again=first.id)
    assert "This take: Pick one particular time and tell them what happened." in said(again).replace("**", "")
    assert "You could say: “One time that stands out is …, when …”" in said(again)
    take(ONCE, 2)
    assert "particular time" not in said(open_page(routes.PRACTICE, again=first.id))


@pytest.mark.parametrize(("second", "heading"), [(ONCE, "You did what we agreed"), (USUALLY, "Not this time")])
def test_the_next_feedback_opens_with_whether_it_was_done_and_plays_both_moments(second: str, heading: str) -> None:
    take(USUALLY, 1)
    at = open_page(routes.FEEDBACK, take=take(second, 2).id)
    assert at.header[0].value.endswith(heading)
    assert f"We agreed: {ONE_TIME}." in said(at)
    assert "people appreciate it when you are honest" in component(at, '"Before"')
    [moment] = json.loads(component(at, '"Now"'))["rows"][0]["moments"]
    assert moment["quote"] in second
    assert moment["quote"].startswith(("I ", "In general I "))
    assert ("Still the one thing to try" in said(at)) == (second == USUALLY)


def test_ums_that_were_left_out_are_counted_before_and_now() -> None:
    take(UMS, 1)
    at = open_page(routes.FEEDBACK, take=take(ONCE, 2).id)
    assert at.header[0].value.endswith("You did what we agreed")
    assert "Filled pauses: 10.8 per min before, 0 per min now." in said(at).replace("**", "")


@pytest.mark.parametrize("second", ["I rang him.", ""])
def test_nothing_is_said_of_an_agreement_where_the_answer_cannot_be_judged(second: str) -> None:
    take(USUALLY, 1)
    at = open_page(routes.FEEDBACK, take=take(second, 2).id)
    assert "We agreed" not in said(at)


def test_two_answers_side_by_side_begin_with_what_was_agreed_between_them() -> None:
    take(USUALLY, 1)
    later = take(ONCE, 2)
    at = open_page(routes.COMPARE, take=later.id)
    assert at.header[0].value.endswith("You did what we agreed")


def test_of_an_earlier_recording_that_is_gone_only_the_words_are_shown() -> None:
    first = take(USUALLY, 1)
    services().store.delete(first.id)
    text = said(open_page(routes.FEEDBACK, take=take(ONCE, 2).id))
    assert "**Before** “In general I find that people appreciate it when you are honest with them about a date”" in text
