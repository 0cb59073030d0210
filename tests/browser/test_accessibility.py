"""axe-core over every page, light and dark: nothing serious in what we render."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rehearse.model import Origin, Question, Story
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import READY, RECORDING, Open, settled

SERIOUS = {"serious", "critical"}
SHELL: dict[str, str] = {}
"""Rules that Streamlit's own shell breaks, each with the reason why we cannot mend it. None does at present."""
QUESTION = Question("seen-by-axe", "Tell me about a time you were wrong.", "behavioral", competency="ownership")


@pytest.fixture(scope="module")
def newest(store: TakeStore, history: History) -> str:
    """Six answers to one question; the id of the newest."""
    for day in range(6):
        take = store.save(RECORDING.read_bytes(), suffix=".flac", question=QUESTION, origin=Origin("browser"))
        measured = {"speech_rate": 140.0 + day, "filled_pause_rate": 4.0, "answer_length": 60.0}
        spoken_at = factories.SPOKEN_AT + timedelta(days=day)
        history.add(
            factories.attempt(take.id, question=QUESTION, spoken_at=spoken_at, values=measured, story=Story("opinion"))
        )
    return take.id


def found(page: Page, **options: object) -> list[str]:
    """Run axe; give what is serious, each with the first elements that show it."""
    violations = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in violations
        if one["impact"] in SERIOUS and one["id"] not in SHELL
    ]


@pytest.mark.parametrize(
    "paths",
    [
        ("", "practice", "prepare", "interview"),
        ("feedback?take={id}", "compare?take={id}", "progress"),
        ("library", "settings", "your_data"),
    ],
)
def test_nothing_serious_is_found(open_page: Open, newest: str, address: str, paths: tuple[str, ...]) -> None:
    page = open_page(viewport={"width": 1280, "height": 1600})
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/{path.format(id=newest)}")
        page.get_by_test_id("stMainBlockContainer").get_by_role("heading").first.wait_for(timeout=READY)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=READY)
        page.wait_for_timeout(500)
        assert (path, found(page)) == (path, [])
        page.emulate_media(color_scheme="dark")
        expect(page.locator(".stApp")).to_have_css("background-color", "rgb(21, 25, 28)")
        page.wait_for_timeout(300)
        assert (path, found(page, runOnly=["color-contrast"])) == (path, [])


@pytest.mark.usefixtures("newest")
def test_every_chart_says_in_words_what_it_shows(open_page: Open) -> None:
    page = settled(open_page("progress"))
    charts = page.get_by_test_id("stVegaLiteChart")
    charts.nth(2).wait_for(timeout=READY)
    labels = charts.evaluate_all("charts => charts.map(chart => chart.getAttribute('aria-label') ?? '')")
    assert len(labels) >= 3
    said = ("answers, from", "Days practised", "A specific example in")
    assert all(any(words in label for words in said) for label in labels)
