"""An import whose process is killed: nothing can be seen of it, and importing once more brings all of it in."""

from __future__ import annotations

import os
from pathlib import Path

from rehearse.datatypes import Origin
from rehearse.exchange import export, restore_file
from rehearse.history import History
from rehearse.keeping import sweep
from rehearse.takes import TakeStore
from tests import factories
from tests.processes import kill_once_it_says

KILLED = """
import sys, time
from pathlib import Path
from rehearse.exchange import reading
from rehearse.history import History
from rehearse.takes import TakeStore

def in_the_middle(*_):
    print("in the middle", flush=True)
    time.sleep(60)

reading._move = in_the_middle
folder = Path(sys.argv[1])
reading.restore_file(TakeStore(folder / "takes"), History(folder / "history.db"), folder / "sets", Path(sys.argv[2]))
"""


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
