"""The loop over two takes in a browser, and the first start: by keyboard alone, on a phone, in the dark."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rehearse.analysis.corrections import remeasure
from rehearse.model import Origin, Question, Span
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import ALLOWED, DEVICE, READY, RECORDING, SIDEWAYS, Chromium, Open
from tests.browser.test_accessibility import found
from tests.pages.test_agreed import ONCE, USUALLY
from tests.served import served

QUESTION = Question("asked-twice", "Tell me about a time when a deadline moved.", "behavioral")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "color_scheme": "dark"}


def spoken(store: TakeStore, history: History, text: str, day: int) -> str:
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=QUESTION, origin=Origin("browser"))
    spoken_at = factories.SPOKEN_AT + timedelta(days=day)
    attempt = factories.attempt(take.id, text=text, question=QUESTION, duration=31.0, spoken_at=spoken_at)
    history.add(remeasure(replace(attempt, speech=Span(0.0, 31.0))))
    return take.id


def test_the_change_is_pinned_above_the_recorder_and_the_next_feedback_plays_both_moments(
    open_page: Open, store: TakeStore, history: History
) -> None:
    first = spoken(store, history, USUALLY, 1)
    page = open_page(f"feedback?take={first}")
    page.get_by_role("button", name="Try it now").press("Enter", timeout=READY)
    pinned = page.locator(".st-key-this_take")
    expect(pinned).to_contain_text("This take: Pick one particular time and tell them what happened.", timeout=READY)
    box, recorder = pinned.bounding_box(), page.get_by_role("button", name="Record", exact=True).bounding_box()
    assert box is not None
    assert recorder is not None
    assert box["y"] < recorder["y"]

    second = spoken(store, history, ONCE, 2)
    page = open_page(f"feedback?take={second}", **PHONE)
    expect(page.get_by_role("heading", name="You did what we agreed")).to_be_visible(timeout=READY)
    players = {"before": f".st-key-heard_{first} audio", "now": ".st-key-player audio"}
    for player in players.values():
        page.wait_for_function(f"() => document.querySelector('{player}')?.readyState >= 1")
    for which, player in players.items():
        page.locator(f".st-key-moment_{which} button").press("Enter")
        page.wait_for_function(f"() => !document.querySelector('{player}').paused")
    assert page.evaluate(f"() => document.querySelector('{players['before']}').paused"), "both at once"
    assert page.evaluate(SIDEWAYS) <= 0
    assert found(page) == []


@pytest.fixture
def first_start(chromium: Chromium) -> Iterator[BrowserContext]:
    """A computer on which nobody has practised yet."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as pages:
        context = chromium((ALLOWED, DEVICE)).new_context(**PHONE)
        context.new_page().goto(pages.way_in())
        yield context
        context.close()


def test_a_first_start_leads_to_an_easy_question_and_to_a_sample_that_opens_at_once(
    first_start: BrowserContext,
) -> None:
    page: Page = first_start.pages[0]
    expect(page.get_by_text("Nothing leaves this computer.")).to_be_visible(timeout=READY)
    expect(page.get_by_text("When is your interview?")).to_be_visible()
    expect(page.get_by_role("button", name="See a sample answer")).to_be_visible()
    page.wait_for_timeout(500)
    assert found(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("button", name="See a sample answer").press("Enter")
    expect(page.get_by_text("One thing to try")).to_be_visible(timeout=READY)
    page.go_back()
    page.get_by_role("button", name="Start").press("Enter", timeout=READY)
    page.get_by_role("button", name="Record", exact=True).wait_for(timeout=READY)
