"""How imports and exports land on the disk, and how the next start ends what a killed one began.

An import is put together in a folder of its own. Before it moves anything it notes what it will move; with the
answers, in one transaction, it writes that it has landed. Where a killed one has landed, what it moved away is
removed; where it has not, all of it is put back, so that no sound ever stands beside the answer to another.

An export is written beside its target. Where that is is noted in the profile's folder until it is done.
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
"""How the folder begins in which an import is put together."""

REPLACED = "replaced-"
"""How the name begins in there of what an import moved away to put something in its place."""

_EXPORT = ".export-"
"""How the folder begins that notes where an export is written."""
_PARTIAL = "partial"
_LOCK = "import.lock"
_MOVES = "moves.json"
_KIND = "import"
"""Of the document that says that an import has landed."""
_STALE_SECONDS = 3600.0
"""An import that lay untouched this long was killed (house default)."""


def import_lock(staging: Path, *, timeout: float = -1) -> FileLock:
    """Give the lock that an import holds while it runs; it ends with its process."""
    return FileLock(staging / _LOCK, timeout=timeout)


def note_moves(staging: Path, names: Iterable[str]) -> None:
    """Note the takes and question sets that an import is about to put in place.

    Raises:
        OSError: It cannot be written.

    """
    with explain_write_errors(staging):
        write_safely(staging / _MOVES, json.dumps(list(names)).encode())


def landing(staging: Path) -> Document:
    """Give the document that says, once it is written, that this import has landed."""
    return Document(_KIND, staging.name, datetime.now(UTC).isoformat(), {})


def forget_moves(staging: Path) -> None:
    """Note that everything is in place, and that nothing is to be put back."""
    (staging / _MOVES).unlink(missing_ok=True)


def sweep(folder: Path, *, older_than: float = _STALE_SECONDS) -> None:
    """Put back what killed imports moved away in a profile's folder, and remove what else they left.

    Args:
        folder: The profile's.
        older_than: Seconds for which something must lie untouched before it is removed.

    Raises:
        ValueError: The history, which says whether an import has landed, cannot be read.
        OSError: The folder cannot be written.

    """
    with explain_write_errors(folder):
        for left in folder.glob(f"{STAGING}*"):
            with suppress(Timeout, FileNotFoundError):  # another process sweeps too, or imports just now
                stale = time.time() - left.stat().st_mtime >= older_than
                with import_lock(left, timeout=0):
                    _end(left)
                if stale:
                    remove_folder(left)
    clear_exports(folder)


@contextmanager
def export_noted(folder: Path, partial: Path) -> Iterator[None]:
    """Note in a profile's folder that an export is written into a file, until the block ends.

    Raises:
        OSError: It cannot be noted.

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
    """Remove the files that killed exports of a profile left beside their targets."""
    for note in folder.glob(f"{_EXPORT}*"):
        # Another process clears too or exports just now; a disk that is not there now may be there the next time.
        with suppress(Timeout, OSError), import_lock(note, timeout=0):
            if _is_cleared(note):
                shutil.rmtree(note, ignore_errors=True)


def _is_cleared(note: Path) -> bool:
    """Remove the file that a note names; False where that has to wait."""
    if not (note / _PARTIAL).exists():  # just begun, or killed before it could write anything
        return time.time() - note.stat().st_mtime >= _STALE_SECONDS
    partial = Path(os.fsdecode((note / _PARTIAL).read_bytes()))
    if partial.parent.is_dir() and is_leftover(partial):
        partial.unlink(missing_ok=True)
    return partial.parent.is_dir()


def _end(left: Path) -> None:
    kept = left.parent / "history.db"
    documents = History(kept).documents if kept.exists() else None
    if (left / _MOVES).exists():
        if documents is None or documents.get(_KIND, left.name) is None:
            _put_back(left)
        forget_moves(left)
    if documents is not None:
        documents.delete(_KIND, left.name)
    for moved in left.glob(f"{REPLACED}*"):  # at once, lest it come back when its place is empty
        if moved.is_dir():
            remove_folder(moved)
        else:
            moved.unlink(missing_ok=True)


def _put_back(left: Path) -> None:
    """Undo the moves; whatever moment this is killed in, doing it again ends the same."""
    for name in json.loads((left / _MOVES).read_bytes()):
        is_take = is_take_id(name)
        target, moved = left.parent / ("takes" if is_take else "question_sets") / name, left / f"{REPLACED}{name}"
        if is_take and target.exists() and not (left / name).exists():
            target.rename(left / name)
        if moved.exists():
            moved.replace(target)
        if target.parent.is_dir():
            sync_folder(target.parent)
