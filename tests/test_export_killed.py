"""An export whose process is killed leaves nothing beside its target once rehearse starts again."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearse.app.archive import export
from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.landing import sweep
from rehearse.storage.takes import TakeStore
from tests.processes import in_process

KILLED = """
import sys, time
from pathlib import Path
from rehearse.app.archive import exporting
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

def in_the_middle(*_):
    print("in the middle", flush=True)
    time.sleep(60)

exporting._write_takes = in_the_middle
folder = Path(sys.argv[1])
exporting.export(TakeStore(folder / "takes"), History(folder / "history.db"), folder / "sets", Path(sys.argv[2]))
"""


@pytest.mark.parametrize("how", ["start", "export elsewhere"])
def test_what_a_killed_export_left_goes_with_the_next_start_or_export_but_not_while_it_runs(
    tmp_path: Path, how: str
) -> None:
    folder, downloads = tmp_path / "data", tmp_path / "downloads"
    downloads.mkdir()
    store, history = TakeStore(folder / "takes"), History(folder / "history.db")
    store.save(b"sound", suffix=".wav", origin=Origin("upload"))
    (downloads / "mine.zip.0123456789abcdef.tmp").write_bytes(b"somebody else's")
    with in_process(KILLED, folder, downloads / "answers.zip") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        sweep(folder)
        [partial] = downloads.glob("answers.zip.*.tmp")
        process.kill()
    assert partial.exists()
    if how == "start":
        sweep(folder)
    else:
        export(store, history, folder / "sets", tmp_path / "elsewhere.zip")
    assert [path.name for path in downloads.iterdir()] == ["mine.zip.0123456789abcdef.tmp"]
    assert not list(folder.glob(".export-*"))


def test_a_killed_export_onto_a_disk_that_is_away_is_cleared_once_the_disk_is_back(tmp_path: Path) -> None:
    folder, disk = tmp_path / "data", tmp_path / "stick"
    disk.mkdir()
    History(folder / "history.db")
    with in_process(KILLED, folder, disk / "answers.zip") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        process.kill()
    disk.rename(tmp_path / "away")
    sweep(folder)
    (tmp_path / "away").rename(disk)
    assert list(disk.iterdir())
    sweep(folder)
    assert not list(disk.iterdir())
