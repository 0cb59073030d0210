"""Finished work of a batch, in one SQLite file beside its results, so that nothing is done twice.

A run that is killed loses only the recordings in hand: each result is committed when it comes.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

FILE = "work.db"
_LOCK = "work.lock"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS recognised (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS derived (key TEXT PRIMARY KEY, attempt BLOB, row BLOB, error TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS written (file TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of one recording.

    Attributes:
        row: Its row as JSON; None if it has an error.
        error: Why it cannot be measured, in one sentence; None if it was.

    """

    row: str | None
    error: str | None


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the system's errors while writing results into one sentence that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        msg = f"{folder} cannot be written ({error.strerror}): make room there, or name another folder with --out"
        raise OSError(msg) from error


class WorkStore:
    """The finished work in one folder; threads may share it, and a second process is refused."""

    def __init__(self, folder: Path) -> None:
        """Open or create the store.

        Raises:
            ValueError: The file is damaged, or another batch is writing into the folder.
            OSError: The folder cannot be written.

        """
        with explained(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._running = FileLock(folder / _LOCK, thread_local=False)
            try:
                self._running.acquire(timeout=0)
            except Timeout:
                msg = f"another batch is writing into {folder}: wait until it ends, or name another folder with --out"
                raise ValueError(msg) from None
        self._path = folder / FILE
        self._lock = threading.Lock()
        with self._explained():
            self._connection = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
            self._path.chmod(0o600)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file and let another batch in."""
        with self._lock:
            self._connection.close()
        self._running.release()

    def recognised(self, key: str) -> bytes | None:
        """Return the recogniser's output, or None if it is not stored."""
        found = self._first("SELECT data FROM recognised WHERE key = ?", key)
        return found[0] if found else None

    def has_recognised(self, key: str) -> bool:
        """Whether the recogniser's output is stored."""
        return self._first("SELECT 1 FROM recognised WHERE key = ?", key) is not None

    def derived(self, key: str) -> Stored | None:
        """Return the row or error of a recording, or None if it is not stored."""
        found = self._first("SELECT row, error FROM derived WHERE key = ?", key)
        return Stored(found[0] and zlib.decompress(found[0]).decode(), found[1]) if found else None

    def has_derived(self, key: str) -> bool:
        """Whether a recording is finished."""
        return self._first("SELECT 1 FROM derived WHERE key = ?", key) is not None

    def attempt(self, key: str) -> str | None:
        """Return the attempt as JSON, or None if it is not stored."""
        found = self._first("SELECT attempt FROM derived WHERE key = ?", key)
        return zlib.decompress(found[0]).decode() if found and found[0] else None

    def add(self, key: str, attempt: str, row: str, recognised: tuple[str, bytes] | None = None) -> None:
        """Store the result of one recording in one transaction; the second name and bytes are the recogniser's."""
        with self._explained(), self._lock, self._connection:
            self._connection.execute("BEGIN")
            if recognised is not None:
                self._connection.execute("INSERT OR REPLACE INTO recognised VALUES (?, ?)", recognised)
            self._connection.execute(
                "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, NULL)",
                (key, zlib.compress(attempt.encode()), zlib.compress(row.encode())),
            )

    def refuse(self, key: str, error: str) -> None:
        """Store why a recording cannot be measured, so that it is not tried again with the same program."""
        with self._explained(), self._lock:
            self._connection.execute("INSERT OR REPLACE INTO derived VALUES (?, NULL, NULL, ?)", (key, error))

    def is_written(self, file: str, digest: str) -> bool:
        """Whether a file was last written from the same content."""
        found = self._first("SELECT digest FROM written WHERE file = ?", file)
        return found is not None and found[0] == digest

    def note_written(self, file: str, digest: str) -> None:
        """Record from what a file was written."""
        with self._explained(), self._lock:
            self._connection.execute("INSERT OR REPLACE INTO written VALUES (?, ?)", (file, digest))

    def _first(self, query: str, value: str) -> tuple[Any, ...] | None:
        with self._explained(), self._lock:
            found: tuple[Any, ...] | None = self._connection.execute(query, (value,)).fetchone()
        return found

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            msg = f"{self._path} cannot be used ({error}): make room on that disk and make it writable"
            raise OSError(msg) from error
        except sqlite3.DatabaseError as error:
            msg = f"{self._path} is damaged ({error}): delete it, and everything is measured again"
            raise ValueError(msg) from error
