"""The library in a real browser: find an answer, take everything elsewhere and back, leave nothing behind."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from rehearse.app.up_to_date import bring_up_to_date
from rehearse.model import Origin, Recording
from rehearse.storage import profiles
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import READY, RECORDING, ROOT, Open
from tests.sounds import write_wav
from tests.waiting import until


@dataclass
class Place:
    """A profile of this test's own, so that deleting everything disturbs no other test."""

    folder: Path

    def rows(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "history.db")) as connection:
            found = [line for line in connection.iterdump() if line.startswith("INSERT")]
        # A measurement that was made again has another number in the table.
        return [re.sub(r'(?<=INTO "measurement" VALUES\()\d+', "", line) for line in found]

    def files(self) -> dict[str, bytes]:
        found = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "history.db"]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}


@pytest.fixture
def place(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("REHEARSE_DATA", str(data))
    before, profile = profiles.last_used(), profiles.create("Zoë")
    store, history = TakeStore(profile.folder / "takes"), History(profile.folder / "history.db")
    for text in ("The waiting list fell by a third.", "We counted every xylophone in the ward."):
        take = store.save(RECORDING.read_bytes(), suffix=".flac", question=factories.QUESTION, origin=Origin("upload"))
        history.add(factories.attempt(take.id, text=text))
    history.describe(take.id, title="My xylophones", note="Say it sooner", tags=("music",), rating=5)
    history.documents.put("draft", "r", {"about": "xylophones"})
    profiles.remember(profile)
    yield Place(profile.folder)
    profiles.remember(before)
    profiles.remove(profile)


def main(page: Page) -> Page:
    page.get_by_test_id("stMainBlockContainer").get_by_role("heading").first.wait_for(timeout=READY)
    return page


def test_an_answer_is_found_by_its_words_and_named(open_page: Open, place: Place) -> None:
    page = main(open_page("library"))
    answers = page.locator("[class*=st-key-take_]")
    expect(answers).to_have_count(2, timeout=READY)
    page.get_by_placeholder("Words you said").fill("every xylophone")
    page.keyboard.press("Enter")
    expect(answers).to_have_count(1, timeout=READY)
    answers.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Your name for it").fill("Counting")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Counting", exact=True)).to_be_visible(timeout=READY)
    assert [summary.title for summary in History(place.folder / "history.db").summaries(text="counting")] == [
        "Counting"
    ]


def test_twenty_recordings_at_once_are_analysed_but_the_broken_and_the_cancelled_one(
    open_page: Open, place: Place, tmp_path: Path
) -> None:
    files = [tmp_path / f"answer-{number:02}.wav" for number in range(20)]
    for number, file in enumerate(files):
        write_wav(file, Recording(np.zeros(8000 + number, np.float32), 16_000))
    for file in files[:2]:  # as long as these are listened to, the last one waits
        file.write_bytes((ROOT / "tests/data/recordings/synthetic/long_answer.flac").read_bytes())
    files[3].write_bytes(b"RIFF, but no sound")
    page = main(open_page("library"))
    page.get_by_text("Add recordings").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)
    page.get_by_role("button", name="Save and analyse 20 recordings").click()
    newest = page.locator("[class*=st-key-take_]").filter(has_text="answer-19.wav")
    newest.get_by_role("button", name="Cancel").click()
    newest.get_by_role("button", name="Analyse").wait_for(timeout=READY)
    history = History(place.folder / "history.db")
    until(lambda: history.count() == 20)
    broken = page.locator("[class*=st-key-take_]").filter(has_text="answer-03.wav")
    expect(broken.get_by_text("answer-03.wav: no sound could be decoded")).to_be_visible(timeout=READY)
    expect(broken.get_by_role("button", name="Try again")).to_be_visible()
    newest.get_by_role("button", name="Analyse").click()
    until(lambda: history.count() == 21)
    expect(page.get_by_text("21 answers with feedback")).to_be_visible(timeout=READY)


def test_deleting_the_sound_alone_closes_the_question_and_keeps_the_words(open_page: Open, place: Place) -> None:
    page = main(open_page("library"))
    answers = page.locator("[class*=st-key-take_]")
    answers.first.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Delete only the recording").click()
    expect(answers.filter(has_text="without its recording")).to_have_count(1, timeout=READY)
    expect(dialog).to_have_count(0, timeout=READY)
    assert len(History(place.folder / "history.db").summaries()) == 2


def test_everything_goes_out_is_deleted_and_comes_back_the_same(open_page: Open, place: Place, tmp_path: Path) -> None:
    # The pages measure earlier answers anew once they are opened; what comes back is compared with that.
    bring_up_to_date(History(place.folder / "history.db"), TakeStore(place.folder / "takes"))
    files, rows = place.files(), place.rows()
    page = main(open_page("your_data"))
    with page.expect_download(timeout=READY) as download:
        page.get_by_role("button", name="Download everything").click()
    exported = tmp_path / download.value.suggested_filename
    download.value.save_as(exported)
    assert exported.match("rehearse-*.zip")

    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    page.get_by_text("Every answer you record is stored here").wait_for(timeout=READY)
    assert place.rows() == []
    assert set(place.files()) == {"profile.json"}
    left = [path.read_bytes() for path in place.folder.rglob("*") if path.is_file()]
    assert not any(word in data for data in left for word in (b"xylophone", b"waiting", b"sooner"))

    page.goto(f"{page.url.rsplit('/', 1)[0]}/your_data")
    main(page).get_by_label("Or its path on this computer").fill(str(exported))
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("items imported: 2 recordings, 2 analysed answers").wait_for(timeout=READY)
    assert place.rows() == rows
    assert place.files() == files


@pytest.mark.parametrize("path", ["library", "your_data"])
@pytest.mark.usefixtures("place")
def test_a_phone_in_the_dark_needs_no_sideways_scroll(open_page: Open, path: str) -> None:
    page = main(
        open_page(path, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, color_scheme="dark")
    )
    page.get_by_label("Profile").first.wait_for(timeout=READY)
    page.wait_for_timeout(500)
    wider = "() => Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth - e.clientWidth))"
    assert page.evaluate(wider) <= 0
