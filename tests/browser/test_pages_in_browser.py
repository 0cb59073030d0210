"""What only a browser can show: words that play, hostile names that stay text, a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from rehearse.datatypes import Origin, Question, Span, Story
from rehearse.history import History
from rehearse.takes import Take, TakeStore
from tests import factories
from tests.browser.conftest import RECORDING, Open, only_local_hosts

READY = 20_000
HOSTILE = '<img src=x onerror="document.title=1"> **b** $x$ :smile: :red[r] [l](https://example.com) www.example.com'
PLAYER_TIME = "() => document.querySelector('audio').currentTime"
SIDEWAYS = (
    """() => Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth - e.clientWidth))"""
)


@pytest.fixture
def take(store: TakeStore, history: History) -> Take:
    """An analysed answer whose tenth word, an um, begins at 9 s."""
    question = Question("hostile", HOSTILE, "behavioral")
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=question, origin=Origin("upload"), name=HOSTILE)
    text = f"one two um four five six seven eight nine um eleven twelve {HOSTILE}"
    story = Story("story", Span(0, 1, HOSTILE), action=(Span(20, 21, HOSTILE),))
    seconds = len(text.split()) * 1.0
    history.add(factories.attempt(take.id, text=text, question=question, duration=seconds, story=story))
    return take


@pytest.fixture
def feedback(open_page: Open, take: Take) -> Page:
    page = open_page(f"feedback?take={take.id}")
    page.get_by_role("button", name="um, filled pause").first.wait_for(timeout=READY)
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    return page


def player_at(page: Page, seconds: float) -> None:
    page.wait_for_function(
        f"() => Math.abs(document.querySelector('audio').currentTime - {seconds}) < 0.5", timeout=5000
    )


def test_a_word_plays_from_its_own_moment(feedback: Page) -> None:
    feedback.evaluate("() => { const a = document.querySelector('audio'); a.play = () => Promise.resolve() }")
    feedback.get_by_role("button", name="eleven", exact=True).click()
    assert abs(feedback.evaluate(PLAYER_TIME) - 10.0) < 0.15
    feedback.get_by_role("button", name="four", exact=True).click()
    assert abs(feedback.evaluate(PLAYER_TIME) - 3.0) < 0.15


def test_the_keyboard_walks_through_words_and_fillers(feedback: Page) -> None:
    feedback.evaluate("() => { const a = document.querySelector('audio'); a.play = () => Promise.resolve() }")
    feedback.get_by_role("button", name="one", exact=True).focus()
    feedback.keyboard.press("ArrowRight")
    feedback.keyboard.press("f")
    expect(feedback.get_by_role("button", name="um, filled pause, at 2.0 seconds")).to_be_focused()
    feedback.keyboard.press("f")
    feedback.keyboard.press("Enter")
    assert abs(feedback.evaluate(PLAYER_TIME) - 9.0) < 0.15


def test_a_quote_plays_its_moment_and_stops_behind_it(feedback: Page) -> None:
    feedback.get_by_role("button", name="Play this moment, 0:20").last.click()
    feedback.wait_for_function("() => document.querySelector('audio').currentTime > 20.8", timeout=8000)
    feedback.wait_for_function("() => document.querySelector('audio').paused", timeout=8000)
    assert feedback.evaluate(PLAYER_TIME) < 22


def test_fillers_are_told_apart_by_shape_as_well_as_colour(feedback: Page) -> None:
    border = "element => getComputedStyle(element).borderTopStyle + getComputedStyle(element).borderTopWidth"
    filler = feedback.get_by_role("button", name="um, filled pause").first
    assert filler.evaluate(border) == "solid1px"
    assert filler.evaluate("e => getComputedStyle(e).borderTopColor") != "rgba(0, 0, 0, 0)"
    word = feedback.get_by_role("button", name="one", exact=True)
    assert word.evaluate("e => getComputedStyle(e).borderTopColor") == "rgba(0, 0, 0, 0)"


def test_the_word_being_heard_is_marked(feedback: Page) -> None:
    feedback.get_by_role("button", name="eight", exact=True).click()
    expect(feedback.locator(".word.now")).to_have_text("eight", timeout=5000)


@pytest.mark.parametrize("path", ["feedback?take={id}", "library"])
def test_hostile_words_and_names_stay_text_and_ask_nobody(open_page: Open, take: Take, path: str) -> None:
    page = open_page()
    with only_local_hosts(page):
        page.goto(f"{page.url}{path.format(id=take.id)}")
        page.get_by_test_id("stMainBlockContainer").get_by_text("<img src=x").first.wait_for(timeout=READY)
        page.wait_for_timeout(500)
        assert page.locator("img[src=x]").count() == 0
        assert page.locator("a[href*='example.com']").count() == 0
        assert page.locator(".katex").count() == 0
        assert page.title() != "1"


@pytest.mark.parametrize("path", ["", "feedback", "progress", "library"])
@pytest.mark.usefixtures("take")
def test_a_phone_needs_no_sideways_scroll(open_page: Open, path: str) -> None:
    page = open_page(path, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.get_by_test_id("stMainBlockContainer").get_by_role("button").first.wait_for(timeout=READY)
    page.wait_for_timeout(1000)
    assert page.evaluate(SIDEWAYS) <= 0
