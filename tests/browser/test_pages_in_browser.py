"""What holds for the pages in a browser: hostile names stay text, and a narrow screen is enough."""

from __future__ import annotations

import pytest

from rehearse.model import Origin, Question, Span, Story
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.browser.conftest import HOSTILE, READY, RECORDING, SIDEWAYS, Open, shows_hostile_text_as_it_is


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


@pytest.mark.usefixtures("take")
def test_hostile_words_and_names_stay_text_and_ask_nobody(open_page: Open) -> None:
    shows_hostile_text_as_it_is(open_page(), "library")


@pytest.mark.parametrize("path", ["", "feedback", "progress", "library"])
@pytest.mark.usefixtures("take")
def test_a_phone_needs_no_sideways_scroll(open_page: Open, path: str) -> None:
    page = open_page(path, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page.get_by_test_id("stMainBlockContainer").get_by_role("button").first.wait_for(timeout=READY)
    page.wait_for_timeout(1000)
    assert page.evaluate(SIDEWAYS) <= 0
