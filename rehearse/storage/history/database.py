"""The SQLite file: private, migrated, and with a readable message for every error."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from rehearse.files.atomic_files import explain_write_errors
from rehearse.storage.history.migrations import migrate


class Database:
    """One file that threads and processes may share: each transaction opens its own connection.

    Attributes:
        path: The file, created so that only its owner can read it.

    """

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        self.path = path
        self._busy_seconds = busy_seconds

    @contextmanager
    def transaction(self, mode: Literal["DEFERRED", "IMMEDIATE"] = "DEFERRED") -> Iterator[sqlite3.Connection]:
        """Open a connection to the migrated database inside a transaction, rolled back on error.

        Raises:
            ValueError: The file is damaged, or was written by a newer version of rehearse.
            OSError: The file cannot be read, created or written.

        """
        with _explained(self.path):
            _create(self.path)
            connecting = sqlite3.connect(self.path, timeout=self._busy_seconds, isolation_level=None)
            with closing(connecting) as connection:
                connection.row_factory = sqlite3.Row
                # SQLite's own NOCASE folds ASCII letters only.
                connection.create_function("casefold", 1, str.casefold, deterministic=True)
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")
                migrate(connection, f"the history {self.path}")
                with connection:
                    connection.execute(f"BEGIN {mode}")
                    yield connection

    def compact(self) -> None:
        """Rewrite the file without the deleted content.

        Raises:
            ValueError: As for ``transaction``.
            OSError: As for ``transaction``.

        """
        with _explained(self.path), closing(sqlite3.connect(self.path, timeout=self._busy_seconds)) as connection:
            # A temporary copy on disk would survive a crash in a folder that nobody looks into.
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("VACUUM")


def _create(path: Path) -> None:
    # SQLite would create the file with the umask's permissions, readable by others on most systems.
    with explain_write_errors(path.parent):
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise  # not caused by the file
        # The low byte of SQLite's extended codes is the primary one.
        kind, advice = _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _DAMAGED)
        msg = f"the history {path} {advice} ({error})"
        raise kind(msg) from error
    except UnicodeDecodeError as error:  # a damaged table name, or SQLite's own message about one
        kind, advice = _DAMAGED
        msg = f"the history {path} {advice}"
        raise kind(msg) from error


_DAMAGED = (ValueError, "is damaged: put a copy in its place, or move it away to start a new one")
_BUSY = (OSError, "is held by another program: close that and try again")
_CLOSED = (OSError, "cannot be used: check the permissions of its folder, or name another folder in REHEARSE_DATA")
_ADVICE: Mapping[int, tuple[type[Exception], str]] = {
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_IOERR: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_FULL: (OSError, "cannot grow: free some space on its disk and try again"),
}
"""Exception and advice by SQLite's primary result code; a missing table or column counts as damage too."""
