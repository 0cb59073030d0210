"""Two writers of one file: each writes a whole one, and nobody's own file is touched."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rehearse.app.archive import export
from rehearse.files.atomic_files import leftovers, write_safely
from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.retention import delete_everything
from rehearse.storage.takes import TakeStore
from tests.factories import QUESTION
from tests.processes import kill_once_it_says


def test_many_writers_of_one_file_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "told.json"
    texts = [bytes([65 + number]) * 20_000 for number in range(4)]

    def again_and_again(text: bytes) -> None:
        for _ in range(20):
            write_safely(path, text)
            assert path.read_bytes() in texts

    with ThreadPoolExecutor() as pool:
        list(pool.map(again_and_again, texts))
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_as_readable_as_any_other_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_safely(tmp_path / "told.json", b"{}")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "told.json").stat().st_mode) == 0o640


def test_a_file_of_any_name_that_a_folder_can_have_is_written(tmp_path: Path) -> None:
    for name in ("x" * 251 + ".txt", "\U0001f680" * 62 + ".txt"):
        write_safely(tmp_path / name, b"Why us?")
        assert (tmp_path / name).read_bytes() == b"Why us?"


def test_a_file_of_the_person_that_ends_in_tmp_is_left_alone(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    own = tmp_path / "answers.zip.tmp"
    own.write_bytes(b"mine")
    export(store, history, tmp_path / "question_sets", tmp_path / "answers.zip")
    write_safely(tmp_path / "answers.zip", b"again")
    assert own.read_bytes() == b"mine"
    assert leftovers(tmp_path) == ()


WRITING = """
import os, sys, time
from pathlib import Path
from rehearse.files import atomic_files

def written(_):
    print("half written", flush=True)
    time.sleep(60)

os.fsync = written
atomic_files.write_safely(Path(sys.argv[1]), b"Why xylophones?")
"""


def test_what_a_killed_writer_leaves_is_no_take_no_question_set_and_goes_with_everything(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    take = store.save(b"sound", suffix=".wav", question=QUESTION, origin=Origin("upload"))
    sets = tmp_path / "question_sets"
    sets.mkdir()
    (sets / "mine.txt").write_text("Why us?\n", encoding="utf-8")
    for path in (take.audio, take.folder / "take.json", sets / "mine.txt"):
        kill_once_it_says("half written", WRITING, path)
    assert len(leftovers(take.folder)) == 2
    assert [path.name for path in store.files(take.id)] == ["audio.wav", "take.json"]
    assert store.all() == (take,)
    assert export(store, history, sets, tmp_path / "answers.zip").question_sets == 1
    delete_everything(store, history, sets)
    assert not list(sets.iterdir())


def test_a_failure_noted_twice_at_once_loses_no_question(store: TakeStore) -> None:
    take = store.save(b"sound", suffix=".wav", question=QUESTION, origin=Origin("upload"))

    def again_and_again(message: str) -> None:
        for _ in range(20):
            TakeStore(store.root).fail(take.id, message * 500)
            found = store.get(take.id)
            assert found is not None
            assert found.question == QUESTION

    with ThreadPoolExecutor() as pool:
        list(pool.map(again_and_again, ("no sound ", "no words ")))


def test_notes_that_cannot_be_read_just_now_are_not_written_over(
    store: TakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = store.save(b"sound", suffix=".wav", question=QUESTION, origin=Origin("upload"))

    def held(_: Path) -> bytes:
        raise OSError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", held)
        with pytest.raises(OSError, match="cannot be written"):
            store.fail(take.id, "no sound")
    assert store.get(take.id) == take
