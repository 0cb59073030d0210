"""A damaged history or note is one sentence, or passed over; nothing else is lost with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.model import Origin
from rehearse.storage import profiles
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories

DEEP = "[" * 100_000
ID, OTHER = "20250314T092653000Z-00000000", "20250314T092653000Z-00000001"


@pytest.fixture
def full(history: History) -> History:
    for attempt_id in (ID, OTHER):
        history.add(factories.attempt(attempt_id))
        history.add(factories.attempt(attempt_id), keep_replaced=True)
        history.describe(attempt_id, title="Mine", tags=("a",))
    history.documents.put("round", "r", {"id": "r"})
    return history


def run(path: Path, *statements: str, **values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement, values)


def everything_read(history: History) -> list[Callable[[], object]]:
    return [
        lambda: History(history.path),
        lambda: history.get(ID),
        lambda: history.entry(ID),
        lambda: history.earlier(ID),
        lambda: history.about(ID),
        history.ids,
        history.tags,
        history.competencies,
        history.summaries,
        history.attempts,
        lambda: history.trend("speech_rate"),
        lambda: history.documents.get("round", "r"),
        lambda: history.documents.all("round"),
        history.documents.everything,
        lambda: history.describe(ID, title="x"),
        lambda: history.delete(ID),
    ]


def sentences(read: Callable[[], object]) -> list[str]:
    """Give what a person is told where something cannot be read; anything but a sentence fails the test."""
    try:
        read()
    except ValueError as error:
        return [str(error)]
    return []


@pytest.mark.parametrize("column", ["transcript", "question", "story", "pauses", "fillers", "quality", "speech"])
@pytest.mark.parametrize("damage", [DEEP, "{", "5", '"x"', "[[5]]", '{"words": 5}', b"\xff", ""])
def test_a_damaged_answer_is_named_in_one_sentence_and_the_others_are_still_read(
    full: History, column: str, damage: object
) -> None:
    run(full.path, f"UPDATE attempt SET {column} = :damage WHERE id = :id", damage=damage, id=ID)  # noqa: S608 - ours
    for read in everything_read(full)[:-1]:
        sentences(read)
    assert full.get(OTHER) is not None
    assert {one.id for one in full.summaries()} == {ID, OTHER}
    assert OTHER in {one.id for one in full.attempts()}
    for sentence in sentences(lambda: full.get(ID)):  # some damage only leaves a part empty
        assert sentence.startswith((f"the answer '{ID}' in the history is damaged: delete it", "the history "))
    full.delete(ID)
    assert full.ids() == {OTHER}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE measurement",
        "DROP TABLE document",
        "DROP TABLE origin",
        "ALTER TABLE attempt DROP COLUMN speech",
        "ALTER TABLE attempt RENAME COLUMN transcript TO words",
        "ALTER TABLE origin RENAME COLUMN microphone TO device",
        "ALTER TABLE about RENAME COLUMN title TO name",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 3",
        "PRAGMA user_version = -5",
        "UPDATE attempt SET spoken_at = 'soon'",
        "UPDATE attempt SET spoken_at = x'ff'",
        "UPDATE attempt SET duration = 'long'",
        "UPDATE measurement SET value = 'fast', version = 'first'",
        "UPDATE tag SET tag = x'ff00'",
        "UPDATE about SET title = 5, note = x'ff', rating = 'good'",
        "UPDATE earlier SET attempt = '{'",
        "UPDATE earlier SET replaced_at = 'then'",
        "UPDATE document SET data = '['",
        "UPDATE document SET data = '5'",
    ],
)
def test_a_history_of_other_tables_or_values_is_one_sentence_wherever_it_is_read(full: History, statement: str) -> None:
    run(full.path, statement)
    for read in everything_read(full):
        for sentence in sentences(read):
            assert "history" in sentence
            assert "\n" not in sentence


def test_a_history_whose_tables_names_are_no_text_is_one_sentence_without_words_of_a_codec(full: History) -> None:
    data = full.path.read_bytes()
    for name in (b"CREATE TABLE attempt", b"attempt_id", b"searched"):
        full.path.write_bytes(data.replace(name, b"\xe4" * len(name)))
        for read in everything_read(full):
            assert not any("codec" in sentence or "\n" in sentence for sentence in sentences(read))


@pytest.mark.parametrize(
    "notes",
    [
        DEEP,
        "{",
        "5",
        '{"question": ' + "[" * 900 + "]" * 900 + "}",
        '{"question": {"id": 5, "prompt": "Why?", "kind": "case"}}',
        '{"question": {"id": "a", "prompt": "Why?", "kind": ["case"]}}',
        '{"question": {"id": "a", "prompt": "Why?", "kind": "duel"}}',
        '{"name": {"a": 1}, "error": [1], "source": 5, "parent": {}, "round": []}',
        '{"name": "half \\ud83d"}',
    ],
)
def test_sound_with_damaged_notes_is_still_a_recording(store: TakeStore, notes: str) -> None:
    take = store.save(b"sound", suffix=".wav", question=factories.QUESTION, origin=Origin("browser"), name="a.wav")
    (take.folder / "take.json").write_text(notes)
    found = store.get(take.id)
    assert found is not None
    assert (found.question, found.name, found.error) == (None, "", None)
    assert found.origin == Origin()
    store.fail(take.id, "It broke.")
    kept = store.get(take.id)
    assert kept is not None
    assert kept.error == "It broke."
    assert json.loads((take.folder / "take.json").read_bytes())["error"] == "It broke."


def test_a_question_keeps_what_of_it_is_sound(store: TakeStore) -> None:
    take = store.save(b"sound", suffix=".wav", question=factories.QUESTION, origin=Origin("browser"))
    notes = json.loads((take.folder / "take.json").read_bytes())
    notes["question"] |= {"seconds": ["x", 5], "difficulty": "hard", "probes": 5, "think_seconds": -1}
    (take.folder / "take.json").write_text(json.dumps(notes))
    found = store.get(take.id)
    assert found is not None
    assert found.question is not None
    assert (found.question.prompt, found.question.seconds) == (factories.QUESTION.prompt, (60, 120))
    assert found.question.listen_for == factories.QUESTION.listen_for


def test_a_damaged_history_is_one_sentence_at_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    History(tmp_path / "history.db")
    run(tmp_path / "history.db", "DROP TABLE attempt")
    assert main(["history"]) == 1
    assert capsys.readouterr().err.startswith(f"rehearse: the history {tmp_path / 'history.db'} is damaged: put a copy")


def test_a_profile_that_a_full_disk_could_not_name_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="no room left on the disk"):
            profiles.create("Anna")
    assert [one.key for one in profiles.profiles()] == [profiles.FIRST]
    assert not list((tmp_path / "profiles").iterdir())
    assert profiles.create("Anna").name == "Anna"
