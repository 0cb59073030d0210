"""Empty pages and the library, over a real store and history in a folder of their own."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rehearse.model import Origin, Span, Story
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.storage.history import History
from tests.pages.driving import HOSTILE, open_app, open_page, shown, taken, wav


def test_words_and_names_of_a_hostile_answer_stay_text() -> None:
    take_id = taken(services(), text=HOSTILE, name=HOSTILE, story=Story("opinion", Span(0, 1, HOSTILE)))
    at = open_page(routes.FEEDBACK, take=take_id)
    assert "<img" not in shown(at).replace("\\<", "")
    at = open_page(routes.LIBRARY)
    assert "\\<img" in shown(at)
    assert "<img" not in shown(at).replace("\\<", "")


def test_progress_and_library_begin_with_one_sentence_and_one_button() -> None:
    for page in (routes.FEEDBACK, routes.PROGRESS, routes.LIBRARY):
        at = open_page(page)
        assert at.button[0].label == "Practise a question"


def test_a_sample_answer_opens_with_its_feedback_at_once_and_only_once_is_stored() -> None:
    for _ in range(2):
        at = open_page(routes.PROGRESS)
        at.button[1].click().run()
        assert not at.exception
        assert "One thing to try" in shown(at)
        [take] = services().store.all()
        assert take.origin.source == "sample"
        assert services().worker.pending() == ()
    assert services().history.summaries() == ()


def test_without_a_sample_only_practice_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.app.sample.shipped", lambda _: tmp_path / "nothing")
    assert [button.label for button in open_page(routes.PROGRESS).button] == ["Practise a question"]


def test_the_library_lists_what_failed_and_what_waits_and_opens_the_rest() -> None:
    shared = services()
    done = taken(shared)
    failed = shared.store.save(b"noise", suffix=".wav", origin=Origin("upload"), name="noise.wav")
    shared.store.fail(failed.id, "noise.wav: no sound could be decoded")
    waiting = shared.store.save(wav(), suffix=".wav", origin=Origin("browser"))
    at = open_page(routes.LIBRARY)
    assert [at.button(key=f"analyse_{take.id}").label for take in (failed, waiting)] == ["Try again", "Analyse"]
    assert "no sound could be decoded" in at.error[0].value
    at.button(key=f"open_{done}").click().run()
    assert "a deadline moved" in shown(at)


def test_deleting_says_what_goes_and_leaves_no_file_and_no_row(data: Path) -> None:
    take_id = taken(services())
    at = open_page(routes.LIBRARY)
    at.button(key=f"delete_{take_id}").click().run()
    assert "recording, its transcript and its numbers" in shown(at)
    assert services().store.get(take_id) is not None
    at.button(key="delete_yes").click().run()
    assert services().history.ids() == frozenset()
    assert list((data / "takes").iterdir()) == []


def test_a_long_library_comes_in_pages() -> None:
    for _ in range(25):
        services().store.save(b"x", suffix=".wav", origin=Origin("browser"))
    at = open_page(routes.LIBRARY)
    assert len([button for button in at.button if str(button.key).startswith("delete_")]) == 20
    at.button(key="older_waiting").click().run()
    assert "Page 2 of 2" in shown(at)
    assert len([button for button in at.button if str(button.key).startswith("delete_")]) == 5
    at.button(key="newer_waiting").click().run()
    assert "Page 1 of 2" in shown(at)


def test_a_history_from_a_newer_version_is_one_sentence(data: Path) -> None:
    import sqlite3

    History(data / "history.db")
    with closing(sqlite3.connect(data / "history.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    at = open_app()
    assert "update rehearse" in at.error[0].value
