"""What is kept of an answer as a whole: analyses that were replaced, and everything for another computer."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from rehearse.model import Filler, Origin, Span
from rehearse.storage.history import About, Document, Earlier, Entry, History, entry_in, entry_text
from tests.factories import attempt
from tests.test_history import attempts

ENTRY = Entry(
    replace(attempt(), origin=Origin("computer", "Desk", "a-parent", "a-round"), program="1.2", speech=Span(0.5, 9.0)),
    About("Mine", "A note", ("a", "b"), 3, told_before=True),
    (
        Earlier(datetime(2025, 4, 1, tzinfo=UTC), attempt(model="tiny.en")),
        Earlier(datetime(2025, 5, 1, tzinfo=UTC), attempt(model="base.en", text="Other words")),
    ),
)


def rows(history):
    with closing(sqlite3.connect(history.path)) as connection:
        return [line for line in connection.iterdump() if line.startswith("INSERT")]


def test_a_replaced_analysis_is_kept_only_where_it_is_wanted(history):
    history.add(attempt(), keep_replaced=True)
    history.add(attempt(text="Corrected."))
    assert history.earlier("take-1") == ()
    history.add(attempt(model="base.en"), keep_replaced=True)
    (earlier,) = history.earlier("take-1")
    assert earlier.attempt == attempt(text="Corrected.")
    assert abs((datetime.now(UTC) - earlier.replaced_at).total_seconds()) < 5


def test_the_analysis_replaced_last_comes_first(history):
    for model in ("tiny.en", "base.en", "small.en"):
        history.add(attempt(model=model), keep_replaced=True)
    assert [earlier.attempt.model for earlier in history.earlier("take-1")] == ["base.en", "tiny.en"]


def test_deleting_an_answer_leaves_no_earlier_analysis_of_it(history):
    with history.restoring([ENTRY], []):
        pass
    history.delete(ENTRY.attempt.id)
    assert rows(history) == []


def test_an_entry_restored_elsewhere_gives_the_same_rows(history, tmp_path):
    with history.restoring([ENTRY], [Document("round", "r", "2025-04-01T00:00:00+00:00", {"a": [1, None]})]):
        pass
    other = History(tmp_path / "other.db")
    with other.restoring([entry_in(entry_text(history.entry("take-1")))], history.documents.everything()):
        pass
    assert rows(other) == rows(history)
    assert history.entry("take-1") == ENTRY
    assert other.summaries(text="mine ward")[0].id == "take-1"


def test_an_entry_restored_replaces_all_that_was_there(history):
    history.add(attempt(), keep_replaced=True)
    history.add(attempt(), keep_replaced=True)
    history.describe("take-1", title="Old", tags=("old",))
    with history.restoring([Entry(attempt())], []):
        pass
    assert history.entry("take-1") == Entry(attempt())


def test_what_is_restored_goes_again_where_something_fails(history):
    with pytest.raises(KeyError), history.restoring([ENTRY], [Document("a", "b", "now", {})]):
        raise KeyError
    assert rows(history) == []


@given(attempts)
@settings(max_examples=40, deadline=None)
def test_any_attempt_comes_back_from_json(spoken):
    assert entry_in(entry_text(Entry(spoken))) == Entry(spoken)


def test_what_the_person_said_of_words_and_fillers_comes_back_from_json():
    judged = Filler("filled_pause", "um", Span(1, 2), verdict="dismissed")
    words = tuple(replace(word, recognised="warp") for word in attempt().transcript.words)
    spoken = replace(attempt(), fillers=(judged,), transcript=replace(attempt().transcript, words=words))
    assert entry_in(entry_text(Entry(spoken))).attempt == spoken


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"duration":12.5', '"duration":"long"', r"attempt\.duration: Input should be a valid number"),
        ('"duration":12.5', '"duration":NaN', "not JSON compliant"),
        ('"duration":12.5', '"duration":1e999', "not JSON compliant"),
        ('"kind":"filled_pause"', '"kind":"sigh"', r"attempt\.fillers\.0\.kind"),
        ('"id":"take-1",', "", r"attempt\.id: Field required"),
        ('"id":"take-1"', '"id":["take-1"]', r"attempt\.id"),
        ('"rating":3', '"rating":9', "a rating is a whole number"),
        ('"model":"base.en"', '"model":"base.en","id":"take-2"', "of another answer"),
        ("{", "", "the whole: Invalid JSON"),
    ],
)
def test_an_entry_that_is_wrong_is_refused_with_the_field(old, new, sentence):
    text = entry_text(ENTRY)
    assert old in text
    with pytest.raises(ValueError, match=sentence):
        entry_in(text.replace(old, new, 1))


def test_fields_of_a_newer_version_are_passed_over():
    text = entry_text(ENTRY).replace('{"attempt":{', '{"later":[1],"attempt":{"later":{"x":2},', 1)
    assert entry_in(text) == ENTRY


def test_clearing_leaves_no_row_and_no_word_in_the_folder(history):
    with history.restoring([ENTRY], [Document("round", "r", "now", {"secret": "zeppelin"})]):
        pass
    history.describe("take-1", note="xylophone")
    history.clear()
    assert rows(history) == []
    left = b"".join(file.read_bytes() for file in history.path.parent.iterdir())
    assert not [word for word in (b"zeppelin", b"xylophone", b"waiting", b"a-round") if word in left]
    history.add(attempt())
    assert history.ids() == {"take-1"}


def test_corrections_that_an_older_rehearse_stored_can_still_be_taken_back(tmp_path: Path) -> None:
    words = tuple(replace(word, recognised="warp") for word in attempt().transcript.words)
    corrected = replace(attempt(), transcript=replace(attempt().transcript, words=words))
    text = entry_text(Entry(corrected)).replace('"recognised"', '"heard"')
    assert '"heard"' in text
    assert entry_in(text).attempt == corrected
    history = History(tmp_path / "old.db")
    history.add(corrected)
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.execute("UPDATE attempt SET transcript = replace(transcript, '\"recognised\"', '\"heard\"')")
    assert history.get(corrected.id) == corrected
