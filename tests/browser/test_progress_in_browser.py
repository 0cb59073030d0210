"""What only a browser can show of progress: dots that open, answers side by side, a narrow screen."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from rehearse.model import Origin, Question
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import READY, RECORDING, Open, only_local_hosts

HOSTILE = '<img src=x onerror="document.title=1"> **b** $x$ :smile: [l](https://example.com) \u202eabc'
FAR_AHEAD = timedelta(days=20_000)
SIDEWAYS = "() => Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth - e.clientWidth))"


@pytest.fixture(scope="module")
def pair(store: TakeStore, history: History) -> tuple[str, str]:
    """Two answers to a question of their own, of a kind that no other test practises."""
    question = Question("side-by-side", HOSTILE, "technical")
    ids = []
    for day, text in enumerate((f"I rang the old ward {HOSTILE}", f"I rang the new ward {'x' * 10_000}")):
        take = store.save(RECORDING.read_bytes(), suffix=".flac", question=question, origin=Origin("browser"))
        spoken_at = factories.SPOKEN_AT + FAR_AHEAD + timedelta(days=day)
        measured = {"speech_rate": 150.0 + day}
        history.add(factories.attempt(take.id, text=text, question=question, spoken_at=spoken_at, values=measured))
        ids.append(take.id)
    return ids[0], ids[1]


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_dot_opens_its_answer_and_going_back_stays_on_progress(open_page: Open, pair: tuple[str, str]) -> None:
    page = open_page("progress")
    page.get_by_test_id("stVegaLiteChart").first.wait_for(timeout=READY)
    choose(page, "Kind of question", "Technical")
    dots = page.locator("[aria-label^='Speech rate of 2 answers'] path[aria-roledescription='circle']")
    expect(dots).to_have_count(2, timeout=READY)
    dots.first.click()
    page.wait_for_url(f"**/feedback?take={pair[0]}", timeout=READY)
    page.go_back()
    page.get_by_test_id("stVegaLiteChart").first.wait_for(timeout=READY)
    assert "/progress" in page.url


@pytest.mark.parametrize("look", [{}, {"viewport": {"width": 390, "height": 844}, "is_mobile": True}])
def test_the_answers_of_one_evening_stand_apart_from_the_first_evening_on(
    open_page: Open, history: History, look: dict[str, object]
) -> None:
    question = Question("one-evening", "What would you say now?", "loose_end")
    start = factories.SPOKEN_AT + 2 * FAR_AHEAD
    for number in range(12):
        moment = start + timedelta(minutes=6 * number)
        history.add(
            factories.attempt(f"evening-{number}", question=question, spoken_at=moment, values={"speech_rate": 150.0})
        )
    page = open_page("progress", **look)
    page.get_by_test_id("stVegaLiteChart").first.wait_for(timeout=READY)
    choose(page, "Kind of question", "Loose end")
    dots = page.locator("[aria-label^='Speech rate of 12 answers'] path[aria-roledescription='circle']")
    expect(dots).to_have_count(12, timeout=READY)
    lefts = [box["x"] for dot in dots.all() if (box := dot.bounding_box())]
    assert all(right - left > 10 for left, right in pairwise(lefts))


def test_two_hostile_answers_side_by_side_stay_text_on_a_phone(open_page: Open, pair: tuple[str, str]) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    with only_local_hosts(page):
        page.goto(urljoin(page.url, f"compare?take={pair[1]}"))
        words = page.locator(".side")
        expect(words).to_have_count(2, timeout=READY)
        expect(words.first).to_contain_text("<img src=x")
        assert page.locator("img[src=x], a[href*='example.com'], .katex").count() == 0
        assert page.title() != "1"
        assert page.evaluate(SIDEWAYS) <= 0
    expect(words.first.locator("del").first).to_contain_text("dropped: old")
    expect(words.last.locator("ins").first).to_contain_text("added: new")
    expect(page.locator("audio")).to_have_count(2)
