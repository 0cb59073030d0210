"""Settings as a person changes them: typed, kept over a reload, and readable on a narrow screen in the dark."""

from __future__ import annotations

from playwright.sync_api import expect

from rehearse.app.settings import Settings, read_settings, write_settings
from rehearse.storage.history import History
from tests.browser.conftest import READY, SIDEWAYS, Open, settled
from tests.waiting import until


def test_a_word_of_ones_own_is_typed_in_and_stays(open_page: Open, history: History) -> None:
    page = open_page("settings", viewport={"width": 390, "height": 844}, color_scheme="dark")
    try:
        field = page.get_by_role("combobox", name="Counted as filler words")
        field.click(timeout=READY)
        field.fill("Innit?")
        field.press("Enter")
        field.press("Escape")  # the list stays open for the next word
        expect(page.get_by_role("button", name="Remove innit", exact=True)).to_be_visible(timeout=READY)
        settled(page).get_by_text("Pace: words a minute").click()
        meant = Settings(("innit",), unjudged=frozenset({"pace"}))
        until(lambda: read_settings(history.documents) == meant)
        page.reload()
        expect(page.get_by_role("button", name="Remove innit", exact=True)).to_be_visible(timeout=READY)
        expect(page.get_by_role("switch", name="Pace: words a minute")).not_to_be_checked()
        assert page.evaluate(SIDEWAYS) == 0
        assert read_settings(history.documents) == meant
    finally:
        write_settings(history.documents, Settings())
