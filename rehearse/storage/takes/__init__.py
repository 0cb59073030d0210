"""Recordings on disk: one folder per take, saved before anything else is done with them.

A take's folder contains the recording (``audio.wav`` or another suffix) and
``take.json``, the notes about it. The recording is written first: a folder without
readable notes is still a take. A recording in progress is written to
``audio.part.wav``, under a lock that is released when its process ends.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rehearse.audio.formats import SUFFIXES
from rehearse.audio.wav import mend
from rehearse.files.atomic_files import explain_write_errors, remove_folder, sync_folder, write_safely
from rehearse.model import Origin, Question
from rehearse.storage.takes import notes
from rehearse.storage.takes.names import is_take_file, is_take_id, listed, recorded_at, sound_in
from rehearse.storage.takes.notes import check_notes

__all__ = ["Take", "TakeStore", "check_notes", "is_take_file", "is_take_id"]

_PART = "audio.part.wav"
_LOCK = "recording.lock"
_NAME_LENGTH = 255
_STALE_SECONDS = 3600.0
"""A folder without sound not modified for this long belongs to no running process (house default)."""

# Global, not in a store: a lock that is garbage-collected is released, and pages create new stores at any time.
_running: dict[str, FileLock] = {}


@dataclass(frozen=True, slots=True)
class Take:
    """One recording on disk.

    Attributes:
        id: Time of recording and some random digits; safe as a folder name.
        folder: Contains all files of the take.
        audio: Path of the recording.
        question: As it was asked; None if there was none, or if the notes are lost.
        recorded_at: In UTC.
        origin: How it was recorded; its source is ``unknown`` if the notes are lost.
        name: Name of the uploaded file: untrusted text, never used as a path.
        error: Why the analysis failed; None if it did not.

    """

    id: str
    folder: Path
    audio: Path
    question: Question | None
    recorded_at: datetime
    origin: Origin = field(default_factory=Origin)
    name: str = ""
    error: str | None = None


class TakeStore:
    """The folder of takes.

    Attributes:
        root: Created, with mode 0700, when the first take is saved.

    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def save(
        self, data: bytes, *, suffix: str, question: Question | None = None, origin: Origin, name: str = ""
    ) -> Take:
        """Save a finished recording; once this returns, its bytes survive a power cut.

        Raises:
            ValueError: The recording is empty.
            OSError: The disk is full or the folder cannot be written; no partial take is left behind.

        """
        if not data:
            msg = f"{name or 'the recording'} is empty: record it again"
            raise ValueError(msg)
        ending = f".{suffix.lower().lstrip('.')}"
        with explain_write_errors(self.root):
            with self._new_folder() as folder:
                write_safely(folder / f"audio{ending if ending in SUFFIXES else '.bin'}", data)
            shown = "".join(filter(str.isprintable, name))[:_NAME_LENGTH]
            notes.write(folder, question=question, origin=origin, name=shown)
        return self._read(folder)

    def begin(self, question: Question | None, origin: Origin) -> Take:
        """Create a take for a live recording, to be written to its ``audio`` and then finished.

        Raises:
            OSError: The disk is full or the folder cannot be written.

        """
        with explain_write_errors(self.root), self._new_folder() as folder:
            lock = FileLock(folder / _LOCK, thread_local=False)  # a page may stop it from another thread
            lock.acquire()
            _running[folder.name] = lock
            notes.write(folder, question=question, origin=origin)
        return self._read(folder)

    def finish(self, take: Take) -> Take:
        """Finish a take after its live recording has stopped.

        Raises:
            ValueError: It contains no sound; the take is deleted.
            OSError: The folder cannot be written.

        """
        with explain_write_errors(self.root):
            found = _complete(take.folder) or sound_in(take.folder)
            _release(take.folder)
        if not found:
            self.delete(take.id)
            msg = "nothing was recorded: the microphone gave no sound before the recording was stopped"
            raise ValueError(msg)
        return self._read(take.folder)

    def recover(self) -> tuple[Take, ...]:
        """Finish live recordings left by killed processes, with as much sound as reached the disk.

        Recordings still in progress, here or in another process, are left alone.

        Raises:
            OSError: The folder cannot be written.

        """
        with explain_write_errors(self.root):
            return tuple(self._read(folder) for folder in self._folders() if _rescue(folder))

    def all(self) -> tuple[Take, ...]:
        """Return the finished takes, newest first."""
        return tuple(self._read(folder) for folder in self._folders() if sound_in(folder))

    def ids(self, *, besides: Container[str] = ()) -> tuple[str, ...]:
        """Return the ids of the finished takes, newest first, except those in ``besides``; notes are not read."""
        return tuple(folder.name for folder in self._folders() if folder.name not in besides and sound_in(folder))

    def files(self, take_id: str) -> tuple[Path, ...]:
        """Return the files of a finished take, its recording and its notes; empty if the id names none."""
        folder = self._folder(take_id)
        if folder is None or not sound_in(folder):
            return ()
        return tuple(sorted(path for path in listed(folder) if is_take_file(path.name)))

    def get(self, take_id: str) -> Take | None:
        """Return a finished take, or None if the id names none."""
        folder = self._folder(take_id)
        return self._read(folder) if folder and sound_in(folder) else None

    def fail(self, take_id: str, message: str | None) -> None:
        """Record why a take could not be analysed; None clears it. Does nothing if the take no longer exists.

        Raises:
            OSError: The folder cannot be written.

        """
        folder = self._folder(take_id)
        if folder:
            with explain_write_errors(folder):
                try:
                    notes.add(folder, error=message)
                except FileNotFoundError:
                    if folder.exists():
                        raise

    def forget_quotes(self, take_id: str) -> None:
        """Remove quotes of an answer from its follow-up questions, before it is deleted.

        Raises:
            OSError: A folder cannot be read or written.

        """
        for folder in self._folders():
            with explain_write_errors(folder), suppress(FileNotFoundError):  # another process may have deleted it
                notes.forget_quote(folder, take_id)

    def delete(self, take_id: str) -> None:
        """Delete a take, finished or not, with everything in its folder.

        Raises:
            OSError: The folder cannot be written.

        """
        folder = self._folder(take_id)
        if folder:
            with explain_write_errors(folder):
                _release(folder)
                remove_folder(folder)

    def clear(self) -> None:
        """Delete every take, finished or not.

        Raises:
            OSError: A folder cannot be written; deleting can be retried.

        """
        for folder in self._folders():
            self.delete(folder.name)

    def _folder(self, take_id: str) -> Path | None:
        folder = self.root / take_id if is_take_id(take_id) else None
        return folder if folder and folder.is_dir() else None

    def _folders(self) -> list[Path]:
        """Return the folders of takes, newest first."""
        found = self.root.iterdir() if self.root.is_dir() else ()
        return sorted((path for path in found if self._folder(path.name)), reverse=True)

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """Create a take's folder; it is deleted again if the block fails to write to it."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = datetime.now(UTC)
        folder = self.root / f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03}Z-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
        try:
            sync_folder(self.root)
            yield folder
        except OSError:
            _release(folder)
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _read(self, folder: Path) -> Take:
        stored = notes.read(folder)
        return Take(
            id=folder.name,
            folder=folder,
            audio=sound_in(folder) or folder / _PART,
            question=notes.question_in(stored),
            recorded_at=recorded_at(folder.name),
            origin=notes.origin_in(stored),
            name=notes.text_in(stored, "name") or "",
            error=notes.text_in(stored, "error"),
        )


def _complete(folder: Path) -> bool:
    """Turn a live recording's partial file into the take's recording; return False if there is none."""
    part = folder / _PART
    if not part.exists() or not mend(part):
        return False
    part.replace(folder / "audio.wav")
    sync_folder(folder)
    return True


def _rescue(folder: Path) -> bool:
    """Finish a recording left by a killed process; delete the take if it contains no sound."""
    if sound_in(folder):
        return False
    if (folder / _PART).exists():
        return _take_over(folder)
    # Another process may be writing an upload here, so only an old folder is known to be abandoned.
    with suppress(FileNotFoundError):  # another process may have deleted it
        if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
            remove_folder(folder)
    return False


def _take_over(folder: Path) -> bool:
    try:
        with FileLock(folder / _LOCK, timeout=0):
            rescued = _complete(folder)
            # Checked under the lock: another process may have just finished it.
            silent = not rescued and not sound_in(folder)
    except Timeout:
        return False
    if silent:
        remove_folder(folder)
    else:
        _release(folder)
    return rescued


def _release(folder: Path) -> None:
    lock = _running.pop(folder.name, None)
    if lock:
        lock.release()
    (folder / _LOCK).unlink(missing_ok=True)
