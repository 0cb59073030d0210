"""Run rounds on the page Interview."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from rehearse.interview import Round, Rounds
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests.pages.driving import open_page
from tests.waiting import until

QUICK = {"think": "0", "answer": "5"}


def kept() -> Rounds:
    return Rounds(services().history.documents)


def the_round() -> Round:
    [one] = kept().all()
    return one


def started(mode: str, **choices: int) -> AppTest:
    at = open_page(routes.INTERVIEW, mode=mode, **QUICK)
    for key, value in choices.items():
        at.segmented_control(key=f"length_{key}").set_value(value).run()
    at.button(key="begin").click().run()
    assert not at.exception
    return at


def analysed(at: AppTest) -> AppTest:
    until(lambda: not services().worker.pending())
    return at.run()
