"""The debrief in a browser: what it quotes is heard on one click, and a round ends only when it is meant to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from rehearse import interview
from rehearse.interview import SHORT, Round, Rounds
from rehearse.model import Origin
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests.browser.conftest import READY, RECORDING, SIDEWAYS, Open, settled
from tests.playing import case, first, spoken

STOCK = (
    "Last spring the stock room was losing things every week. I ran the stock room and I counted the shelves at the "
    "end of each shift. I wrote a list and I showed the night workers how to fill it in. Within six months I cut the "
    "losses by thirty percent."
)
BRIEF = "Well, on a late project I usually stay calm and try to keep everything in order."
FEW = "I would look at the shops that lost the most and talk to those who run them, and then I would look at the bread."
WANTS_A_PRESS = """
const play = HTMLMediaElement.prototype.play
let pressed = false
for (const name of ["keydown", "pointerdown"]) addEventListener(name, () => (pressed = true), true)
HTMLMediaElement.prototype.play = function () {
  return pressed ? play.call(this) : Promise.reject(new DOMException("", "NotAllowedError"))
}
"""
"""What a browser with a screen does; to one that is driven, each look at the page is a press."""
NOW = "() => document.querySelector('audio').currentTime"
PAUSED = "() => document.querySelector('audio').paused"
READY_TO_PLAY = "() => document.querySelector('audio')?.readyState >= 1"


def given(one: Round, store: TakeStore, history: History, *texts: str) -> Round:
    """Answer the questions of a round with these words, a moment ago, and end it."""
    places = [place for place, step in enumerate(one.steps) if step.part == "answer"]
    for place, text in zip(places, texts, strict=False):
        question, origin = one.steps[place].question, Origin("browser", round=one.id)
        take = store.save(RECORDING.read_bytes(), suffix=".flac", question=question, origin=origin)
        history.add(replace(spoken(text, question, take.id), origin=origin, spoken_at=datetime.now(UTC)))
        one = interview.adopt(one, [take])
    one = interview.finish(one)
    Rounds(history.documents).save(one)
    return one


@pytest.fixture
def panel(store: TakeStore, history: History) -> Round:
    asked = [question for question in shipped_questions() if question.kind == "panel"]
    return given(interview.plan_panel(asked, 3, limits=SHORT, chance=first), store, history, STOCK, BRIEF, BRIEF)


@pytest.fixture
def debrief(open_page: Open, panel: Round) -> Page:
    page = open_page(f"interview?round={panel.id}")
    page.get_by_role("heading", name="Debrief").wait_for(timeout=READY)
    return settled(page)


def starts(page: Page) -> float:
    """Give the second at which the moment in the address starts."""
    return float(page.evaluate("() => new URL(location.href).searchParams.get('at')"))


@pytest.mark.parametrize("place", ["best", "heard_manager", "repeat_"])
def test_what_the_debrief_quotes_plays_on_one_click_before_any_rating(debrief: Page, place: str) -> None:
    debrief.locator(f"[class*='st-key-link_{place}'] a").first.click()
    debrief.wait_for_url("**/feedback?*")
    debrief.wait_for_function(READY_TO_PLAY)
    start = starts(debrief)
    debrief.wait_for_function(f"() => document.querySelector('audio').currentTime > {start}")
    expect(debrief.locator(".moment:focus")).to_be_in_viewport()
    expect(debrief.locator(".st-key-player audio")).to_be_in_viewport()
    expect(debrief.locator(".st-key-findings")).to_be_visible()
    expect(debrief.locator(".st-key-rating")).to_have_count(0)
    debrief.wait_for_function(PAUSED)
    assert debrief.evaluate(NOW) > start, "it stops behind the moment"


def test_where_the_browser_wants_a_press_first_the_player_stands_at_the_moment(open_page: Open, panel: Round) -> None:
    page = open_page(f"feedback?take={panel.takes[0]}&at=12.3&until=14.0")
    page.add_init_script(WANTS_A_PRESS)
    page.reload()
    page.wait_for_function(READY_TO_PLAY)
    moment = page.locator(".moment:focus")
    expect(moment).to_be_in_viewport()
    page.wait_for_function(f"() => Math.abs(({NOW})() - 12.0) < 0.15")  # until the page no longer sends it back
    assert page.evaluate(PAUSED)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 12.5")
    page.wait_for_function(PAUSED)
    assert 14.0 < page.evaluate(NOW) < 15.5


def test_a_moment_that_was_heard_does_not_play_again_with_every_click(debrief: Page) -> None:
    debrief.locator("[class*='st-key-link_best'] a").click()
    debrief.wait_for_url("**/feedback?*")
    debrief.wait_for_function(READY_TO_PLAY)
    debrief.locator(".moment:focus").wait_for(timeout=READY)
    debrief.wait_for_function(f"() => document.querySelector('audio').currentTime > {starts(debrief)}")
    debrief.wait_for_function(PAUSED)
    debrief.get_by_text("All numbers, with their bands and sources").click()
    settled(debrief)
    debrief.get_by_text("Measurement", exact=True).first.wait_for(timeout=READY)
    debrief.wait_for_timeout(500)
    assert debrief.evaluate(PAUSED)


@pytest.mark.parametrize("query", ["at=soon", "at=-3", "at=1e9", "at=nan", "at=", "at=2&until=1"])
def test_an_address_with_an_odd_moment_still_shows_the_feedback(open_page: Open, panel: Round, query: str) -> None:
    page = open_page(f"feedback?take={panel.takes[0]}&{query}")
    expect(page.get_by_role("heading", name="What you said")).to_be_visible(timeout=READY)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_short_round_is_judged_by_its_own_time_on_every_page(open_page: Open, panel: Round) -> None:
    page = open_page(f"interview?round={panel.id}")
    page.get_by_role("heading", name="Debrief").wait_for(timeout=READY)
    assert "45 to 180" not in settled(page).inner_text("body")
    page.goto(f"{page.url.partition('/interview')[0]}/feedback?take={panel.takes[0]}&at=1")
    length = page.get_by_test_id("stMetric").filter(has_text="Answer length")
    expect(length).to_contain_text("within 15\N{EN DASH}30", timeout=READY)


def test_the_debrief_of_a_short_case_says_not_judged(open_page: Open, store: TakeStore, history: History) -> None:
    one = interview.ask(interview.plan_case(case(), 1), "Did it get dearer there?")
    one = given(interview.go_on(one), store, history, FEW)
    page = open_page(f"interview?round={one.id}")
    stage = page.get_by_role("listitem").filter(has_text="Recommendation")
    expect(stage).to_have_text(f"Recommendation: not judged (words: {len(FEW.split())} of 40 needed)", timeout=READY)
    expect(page.get_by_text("I didn't hear any")).to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="Clarifying")).to_contain_text("Did it get dearer there")
    expect(page.get_by_text("You asked about this")).to_be_visible()


def test_the_round_asks_before_it_ends_and_its_time_stands_still_meanwhile(open_page: Open, history: History) -> None:
    page = open_page("interview?mode=mock&think=3&answer=60")
    settled(page).get_by_text("Read the questions aloud").click(timeout=READY)
    settled(page).get_by_role("button", name="Start").click()
    page.locator(".interviewer[data-phase=think]").wait_for(timeout=READY)
    page.get_by_role("button", name="End the round").click()
    expect(page.get_by_role("dialog")).to_contain_text("cannot be resumed")
    page.wait_for_timeout(4000)
    expect(page.locator(".interviewer[data-phase=think]")).to_have_count(1)
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert Rounds(history.documents).all()[0].position == 0
    settled(page).get_by_role("button", name="End the round").click()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("heading", name="Debrief")).to_be_visible(timeout=READY)
    assert Rounds(history.documents).all()[0].position is None


def test_a_phone_needs_no_sideways_scroll_at_a_moment(open_page: Open, panel: Round) -> None:
    page = open_page(
        f"feedback?take={panel.takes[0]}&at=3&until=12",
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True,
    )  # fmt: skip
    expect(page.locator(".moment:focus")).to_be_in_viewport(timeout=READY)
    page.wait_for_function("() => document.querySelector('audio').currentTime > 4")
    assert page.evaluate(SIDEWAYS) <= 0
