"""Crash-safe imports and exports: the next start completes or undoes what a killed process began.

An import is assembled in a staging folder. Before moving anything, it records what it will move; in the same
transaction as the answers, it writes a document saying that it has landed. If a killed import has landed, the files
it moved away are deleted; if not, all of its moves are undone, so that a recording is never paired with the answer
to another.

An export is written next to its target. The path is recorded in the profile's folder until it is complete.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rehearse.files.atomic_files import explain_write_errors, is_leftover, remove_folder, sync_folder, write_safely
from rehearse.storage.history import Document, History
from rehearse.storage.takes import is_take_id

STAGING = ".import-"
"""Prefix of the staging folder of an import."""

REPLACED = "replaced-"
"""Prefix, inside the staging folder, of files and folders that an import has replaced."""

_EXPORT = ".export-"
"""Prefix of the folder that records where an export is being written."""
_PARTIAL = "partial"
_LOCK = "import.lock"
_MOVES = "moves.json"
_KIND = "import"
"""Kind of the document that says that an import has landed."""
_STALE_SECONDS = 3600.0
"""An import not modified for this long was killed (house default)."""


def import_lock(staging: Path, *, timeout: float = -1) -> FileLock:
    """Return the lock that an import holds while it runs; it is released when the process ends."""
    return FileLock(staging / _LOCK, timeout=timeout)


def note_moves(staging: Path, names: Iterable[str]) -> None:
    """Record the takes and question sets that an import is about to move into position.

    Raises:
        OSError: The record cannot be written.

    """
    with explain_write_errors(staging):
        write_safely(staging / _MOVES, json.dumps(list(names)).encode())


def landing(staging: Path) -> Document:
    """Return the document that, once written, says that this import has landed."""
    return Document(_KIND, staging.name, datetime.now(UTC).isoformat(), {})


def forget_moves(staging: Path) -> None:
    """Record that all moves are complete and must not be undone."""
    (staging / _MOVES).unlink(missing_ok=True)


def sweep(folder: Path, *, older_than: float = _STALE_SECONDS) -> None:
    """Undo or complete the moves of killed imports in a profile's folder, and delete their leftovers.

    Args:
        folder: The profile's folder.
        older_than: Seconds since the last modification before a leftover is deleted.

    Raises:
        ValueError: The history, which says whether an import has landed, cannot be read.
        OSError: The folder cannot be written.

    """
    with explain_write_errors(folder):
        for left in folder.glob(f"{STAGING}*"):
            with suppress(Timeout, FileNotFoundError):  # another process is sweeping or importing
                stale = time.time() - left.stat().st_mtime >= older_than
                with import_lock(left, timeout=0):
                    _end(left)
                if stale:
                    remove_folder(left)
    clear_exports(folder)


@contextmanager
def export_noted(folder: Path, partial: Path) -> Iterator[None]:
    """Record in a profile's folder that an export is being written to a file, until the block ends.

    Raises:
        OSError: The record cannot be written.

    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    note = Path(tempfile.mkdtemp(prefix=_EXPORT, dir=folder))
    try:
        with import_lock(note):
            write_safely(note / _PARTIAL, os.fsencode(partial.absolute()))
            yield
    finally:
        shutil.rmtree(note, ignore_errors=True)


def clear_exports(folder: Path) -> None:
    """Delete the partial files that killed exports of a profile left next to their targets."""
    for note in folder.glob(f"{_EXPORT}*"):
        # Another process may be clearing or exporting; a disk that is missing now may be present next time.
        with suppress(Timeout, OSError), import_lock(note, timeout=0):
            if _is_cleared(note):
                shutil.rmtree(note, ignore_errors=True)


def _is_cleared(note: Path) -> bool:
    """Delete the partial file that a note names; return False if that has to wait."""
    if not (note / _PARTIAL).exists():  # just started, or killed before it wrote anything
        return time.time() - note.stat().st_mtime >= _STALE_SECONDS
    partial = Path(os.fsdecode((note / _PARTIAL).read_bytes()))
    if partial.parent.is_dir() and is_leftover(partial):
        partial.unlink(missing_ok=True)
    return partial.parent.is_dir()


def _end(left: Path) -> None:
    history_file = left.parent / "history.db"
    documents = History(history_file).documents if history_file.exists() else None
    if (left / _MOVES).exists():
        if documents is None or documents.get(_KIND, left.name) is None:
            _put_back(left)
        forget_moves(left)
    if documents is not None:
        documents.delete(_KIND, left.name)
    for moved in left.glob(f"{REPLACED}*"):  # now, so that it is not restored later when its target is missing
        if moved.is_dir():
            remove_folder(moved)
        else:
            moved.unlink(missing_ok=True)


def _put_back(left: Path) -> None:
    """Undo the moves; idempotent, so it can be repeated if it is killed at any point."""
    for name in json.loads((left / _MOVES).read_bytes()):
        is_take = is_take_id(name)
        target, moved = left.parent / ("takes" if is_take else "question_sets") / name, left / f"{REPLACED}{name}"
        if is_take and target.exists() and not (left / name).exists():
            target.rename(left / name)
        if moved.exists():
            moved.replace(target)
        if target.parent.is_dir():
            sync_folder(target.parent)
