"""Two processes that delete, list or measure the same takes: what one has deleted is no error for the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from rehearse.model import Origin
from rehearse.storage import profiles
from rehearse.storage.history import History
from rehearse.storage.landing import sweep
from rehearse.storage.retention import disk_use
from rehearse.storage.takes import Take, TakeStore


def recorded(store: TakeStore) -> Take:
    return store.save(b"sound", suffix=".wav", origin=Origin("upload"))


@pytest.fixture
def deleted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another process delete every folder just before it is deleted here."""
    really = shutil.rmtree

    def once_more(path: Path) -> None:
        really(path)
        really(path)

    monkeypatch.setattr(shutil, "rmtree", once_more)


class Emptied(TakeStore):
    """Another process deletes all takes as soon as their folders are listed here."""

    def _folders(self) -> list[Path]:
        found = super()._folders()
        for folder in found:
            shutil.rmtree(folder)
        return found


@pytest.mark.usefixtures("deleted_twice")
def test_a_take_that_two_processes_delete_at_once_is_gone_and_no_error(store: TakeStore) -> None:
    first, second = recorded(store), recorded(store)
    store.delete(first.id)
    assert store.ids() == (second.id,)
    store.clear()
    assert store.ids() == ()


@pytest.mark.usefixtures("deleted_twice")
def test_what_a_killed_import_left_may_be_swept_by_two_processes_at_once(tmp_path: Path) -> None:
    (tmp_path / ".import-killed").mkdir()
    sweep(tmp_path, older_than=0.0)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("deleted_twice")
def test_a_profile_may_be_removed_by_two_processes_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    profiles.remove(profiles.create("Ana"))
    assert [profile.key for profile in profiles.profiles()] == [profiles.FIRST]


def test_takes_that_are_deleted_while_they_are_listed_are_left_out(tmp_path: Path) -> None:
    store = TakeStore(tmp_path / "takes")
    recorded(store)
    assert Emptied(store.root).all() == ()
    recorded(store)
    assert Emptied(store.root).ids() == ()
    store.begin(None, Origin("computer"))
    assert Emptied(store.root).recover() == ()
    (store.root / "20250314T092653000Z-00000000").mkdir()
    assert Emptied(store.root).recover() == ()
    assert not list(store.root.iterdir())


@pytest.mark.parametrize("folder", ["takes", "the take's own"])
def test_takes_that_are_deleted_while_they_are_measured_take_no_room(
    store: TakeStore, history: History, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    take = recorded(store)
    where = store.root if folder == "takes" else take.folder
    really = os.scandir

    def meanwhile(path: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        found = list(really(path))
        if Path(path) == where:
            monkeypatch.undo()
            store.delete(take.id)
        return nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", meanwhile)
    assert disk_use(store, history).sound == 0


def test_noting_a_failure_of_a_take_that_is_deleted_just_then_changes_nothing(
    store: TakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = recorded(store)
    really = Path.read_bytes

    def meanwhile(path: Path) -> bytes:
        told = really(path)
        shutil.rmtree(path.parent)
        return told

    monkeypatch.setattr(Path, "read_bytes", meanwhile)
    store.fail(take.id, "no sound")
    assert not take.folder.exists()


def test_a_profile_goes_although_another_window_still_writes_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    profile = profiles.create("Zoë")
    really = shutil.rmtree
    written: list[Path] = []

    def just_written_into(path: Path) -> None:
        if not written:
            written.append(path / "draft.txt")
            written[0].write_text("still here", encoding="utf-8")
            path.rmdir()
        really(path)

    monkeypatch.setattr(shutil, "rmtree", just_written_into)
    profiles.remove(profile)
    assert written
    assert not profile.folder.exists()
