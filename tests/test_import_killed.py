"""An import whose process is killed: nothing can be seen of it, and importing once more brings all of it in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rehearse.app.archive import Imported, export, restore_file
from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.landing import sweep
from rehearse.storage.retention import delete_answer, delete_everything
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.processes import in_process, kill_once_it_says

KILLED = """
import sys, time
from pathlib import Path
from rehearse.app.archive import importing
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

def in_the_middle(*_):
    print("in the middle", flush=True)
    time.sleep(60)

importing._move = in_the_middle
folder = Path(sys.argv[1])
importing.restore_file(TakeStore(folder / "takes"), History(folder / "history.db"), folder / "sets", Path(sys.argv[2]))
"""

REPLACING = """
import sys, time
from pathlib import Path
from rehearse.app.archive import importing
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

really, forget = Path.rename, importing.forget_moves

def rename(self, target):
    moved = really(self, target)
    if target.name == sys.argv[3]:
        print("moved away", flush=True)
        time.sleep(60)
    return moved

def forgotten(staging):
    if sys.argv[3] == "moves.json":
        print("moved away", flush=True)
        time.sleep(60)
    forget(staging)

Path.rename = rename
importing.forget_moves = forgotten
folder = Path(sys.argv[1])
store, history = TakeStore(folder / "takes"), History(folder / "history.db")
importing.restore_file(store, history, folder / "question_sets", Path(sys.argv[2]), replace=True)
"""


def exported(folder: Path, *, answer: str | None = None) -> tuple[TakeStore, Take, Path]:
    """Keep one recording, analysed or not, and export it."""
    store, history = TakeStore(folder / "takes"), History(folder / "history.db")
    take = store.save(b"sound", suffix=".wav", origin=Origin("upload"))
    if answer:
        history.add(factories.attempt(take.id, text=answer))
    export(store, history, folder / "question_sets", folder / "answers.zip")
    return store, take, folder / "answers.zip"


def test_sound_that_a_killed_import_moved_away_comes_back_with_the_next_start(tmp_path: Path) -> None:
    store, take, zipped = exported(tmp_path)
    with in_process(REPLACING, tmp_path, zipped, f"replaced-{take.id}") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "moved away\n"
        sweep(tmp_path, older_than=0.0)
        assert store.ids() == (), "the import is still running"
        process.kill()
    sweep(tmp_path)
    assert store.get(take.id) == take
    assert take.audio.read_bytes() == b"sound"


def test_a_question_set_that_a_killed_import_moved_away_comes_back_too(tmp_path: Path) -> None:
    mine = tmp_path / "question_sets" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("Why us?\n", encoding="utf-8")
    _, _, zipped = exported(tmp_path)
    kill_once_it_says("moved away", REPLACING, tmp_path, zipped, "replaced-mine.txt")
    sweep(tmp_path)
    assert mine.read_text(encoding="utf-8") == "Why us?\n"


@pytest.mark.parametrize("moment", ["replaced", "in place", "landed"])
def test_a_killed_import_never_puts_new_sound_beside_the_old_answer_nor_brings_deleted_sound_back(
    tmp_path: Path, moment: str
) -> None:
    store, take, zipped = exported(tmp_path, answer="The new answer.")
    history = History(tmp_path / "history.db")
    take.audio.write_bytes(b"older")
    history.add(factories.attempt(take.id, text="The older answer."))
    fresh = store.save(b"fresh", suffix=".wav", origin=Origin("upload"))
    killed_at = {"replaced": f"replaced-{take.id}", "in place": take.id, "landed": "moves.json"}[moment]
    kill_once_it_says("moved away", REPLACING, tmp_path, zipped, killed_at)
    sweep(tmp_path)
    sweep(tmp_path)
    kept = history.get(take.id)
    assert kept is not None
    pair = take.audio.read_bytes(), kept.transcript.text
    assert pair == ((b"sound", "The new answer.") if moment == "landed" else (b"older", "The older answer."))
    assert history.documents.everything() == ()
    delete_answer(store, history, take.id)
    sweep(tmp_path)
    assert store.ids() == (fresh.id,)


def test_deleting_an_answer_that_a_killed_import_moved_away_deletes_it_for_good(tmp_path: Path) -> None:
    store, take, zipped = exported(tmp_path, answer="An answer.")
    history = History(tmp_path / "history.db")
    kill_once_it_says("moved away", REPLACING, tmp_path, zipped, f"replaced-{take.id}")
    delete_answer(store, history, take.id)
    sweep(tmp_path)
    assert (store.ids(), history.ids()) == ((), frozenset())


def test_the_next_import_first_brings_back_what_a_killed_one_moved_away(tmp_path: Path) -> None:
    store, take, zipped = exported(tmp_path)
    kill_once_it_says("moved away", REPLACING, tmp_path, zipped, f"replaced-{take.id}")
    done = restore_file(store, History(tmp_path / "history.db"), tmp_path / "question_sets", zipped)
    assert done == Imported(answers=0, takes=0, documents=0, question_sets=0, skipped=1)
    assert store.get(take.id) == take


def test_what_a_killed_import_moved_away_is_deleted_with_everything_else(tmp_path: Path) -> None:
    store, take, zipped = exported(tmp_path)
    kill_once_it_says("moved away", REPLACING, tmp_path, zipped, f"replaced-{take.id}")
    delete_everything(store, History(tmp_path / "history.db"), tmp_path / "question_sets")
    assert not list(tmp_path.rglob("*.wav"))


def test_a_killed_import_shows_nothing_and_can_be_done_again(tmp_path: Path) -> None:
    store, history = TakeStore(tmp_path / "here" / "takes"), History(tmp_path / "here" / "history.db")
    take = store.save(b"sound", suffix=".wav", origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    zipped, there = tmp_path / "answers.zip", tmp_path / "there"
    export(store, history, tmp_path / "here" / "sets", zipped)
    other, copied = TakeStore(there / "takes"), History(there / "history.db")

    kill_once_it_says("in the middle", KILLED, there, zipped)
    assert (copied.ids(), other.ids()) == (frozenset(), ())

    restore_file(other, copied, there / "sets", zipped)
    assert copied.get(take.id) == history.get(take.id)
    assert other.ids() == (take.id,)
    [left] = there.glob(".import-*")
    sweep(there)
    assert left.exists(), "an import may still be running"
    os.utime(left, (0, 0))
    sweep(there)
    assert not left.exists()
