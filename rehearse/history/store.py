"""History: what was practised, when, and how it measured."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from rehearse.datatypes import Attempt, TrendPoint
from rehearse.history import about, lists
from rehearse.history.about import About, Changes
from rehearse.history.codec import Row, attempt_from, attempt_row, measurement_row, origin_row, searched_row
from rehearse.history.database import Database
from rehearse.history.documents import Documents
from rehearse.history.lists import AttemptSummary
from rehearse.history.wanted import Filter, Wanted, searchable
from rehearse.places import data_folder

BUSY_SECONDS = 10.0
"""How long to wait for another writer; one attempt is written in milliseconds (house default)."""


class History:
    """The attempts in one SQLite file.

    Threads and processes may share the file, and threads one History: each
    call opens its own connection. The file is created readable for its owner
    alone. What is deleted is overwritten in the file.

    Lists take the fields of ``Wanted``: ``history.count(kind="case", text="ward")``.
    """

    def __init__(self, path: Path | None = None, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the history, by default in the data folder.

        Raises:
            ValueError: The file is damaged, or a newer rehearse wrote it.
            OSError: It cannot be read or created.

        """
        self._database = Database(data_folder() / "history.db" if path is None else path, busy_seconds=busy_seconds)
        with self._database.transaction():
            pass

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def documents(self) -> Documents:
        """What else is kept here: rounds, preparation, settings."""
        return Documents(self._database)

    def add(self, attempt: Attempt) -> None:
        """Store an attempt; one with the same id is replaced, and what the person wrote about it stays."""
        with self._database.transaction("IMMEDIATE") as connection:
            _add(connection, attempt)

    def about(self, attempt_id: str) -> About:
        """Give what the person wrote about an attempt; empty where they wrote nothing."""
        with self._database.transaction() as connection:
            return about.read(connection, attempt_id)

    def describe(self, attempt_id: str, **changes: Unpack[Changes]) -> About:
        """Change what is written about an attempt, and return it; what is not named stays as it is.

        Raises:
            ValueError: The id is unknown, something is too long, or the rating is none.

        """
        with self._database.transaction("IMMEDIATE") as connection:
            if not connection.execute("SELECT 1 FROM attempt WHERE id = ?", (attempt_id,)).fetchone():
                msg = f"there is no answer {attempt_id!r:.60} to write about: it may have been deleted"
                raise ValueError(msg)
            told = about.checked(replace(about.read(connection, attempt_id), **changes))
            about.write(connection, attempt_id, told)
            searched = {"attempt_id": attempt_id, "written": searchable(told.title, told.note, *told.tags)}
            connection.execute("UPDATE searched SET written = :written WHERE attempt_id = :attempt_id", searched)
        return told

    def tags(self) -> tuple[str, ...]:
        """List the tags in use, the one most used first."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT tag FROM tag GROUP BY tag COLLATE NOCASE ORDER BY count(*) DESC, tag")
            return tuple(row["tag"] for row in rows)

    def delete(self, attempt_id: str) -> None:
        """Remove an attempt with all its rows; an unknown id changes nothing."""
        with self._database.transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM attempt WHERE id = ?", (attempt_id,))

    def get(self, attempt_id: str) -> Attempt | None:
        """Find one attempt; None where the id is unknown."""
        with self._database.transaction() as connection:
            return _get(connection, attempt_id)

    def ids(self) -> frozenset[str]:
        """List the ids of all attempts, the sample's too."""
        with self._database.transaction() as connection:
            return frozenset(row["id"] for row in connection.execute("SELECT id FROM attempt"))

    def count(self, **wanted: Unpack[Filter]) -> int:
        """Count attempts."""
        with self._database.transaction() as connection:
            return lists.count(connection, Wanted(**wanted))

    def attempts(self, **wanted: Unpack[Filter]) -> tuple[Attempt, ...]:
        """Read whole attempts, newest first. For long lists prefer ``summaries``."""
        with self._database.transaction() as connection:
            return lists.attempts(connection, Wanted(**wanted))

    def summaries(
        self, *, limit: int | None = None, offset: int = 0, **wanted: Unpack[Filter]
    ) -> tuple[AttemptSummary, ...]:
        """Read attempts without transcripts, newest first: ``limit`` of them after the first ``offset``."""
        with self._database.transaction() as connection:
            return lists.summaries(connection, Wanted(**wanted), limit, offset)

    def trend(self, metric: str, **wanted: Unpack[Filter]) -> tuple[TrendPoint, ...]:
        """Follow one metric over time, oldest first.

        An attempt for which it is undefined gives no point. Versions and
        models are mixed here: draw no line from one to another.
        """
        with self._database.transaction() as connection:
            return lists.trend(connection, metric, Wanted(**wanted))


def _get(connection: sqlite3.Connection, attempt_id: str) -> Attempt | None:
    row = connection.execute(
        "SELECT * FROM attempt JOIN origin ON attempt_id = id WHERE id = ?", (attempt_id,)
    ).fetchone()
    measured = connection.execute("SELECT * FROM measurement WHERE attempt_id = ? ORDER BY id", (attempt_id,))
    return attempt_from(row, measured) if row else None


def _add(connection: sqlite3.Connection, attempt: Attempt) -> None:
    _write(connection, "attempt", attempt_row(attempt), key="id")
    _write(connection, "origin", origin_row(attempt), key="attempt_id")
    _write(connection, "searched", searched_row(attempt), key="attempt_id")
    connection.execute("DELETE FROM measurement WHERE attempt_id = ?", (attempt.id,))
    connection.executemany(
        """INSERT INTO measurement (attempt_id, metric, version, value, spans)
           VALUES (:attempt_id, :metric, :version, :value, :spans)""",
        [measurement_row(attempt.id, measurement) for measurement in attempt.measurements],
    )


def _write(connection: sqlite3.Connection, table: str, row: Row, *, key: str) -> None:
    """Insert a row, or update the one with its key, so that what hangs on it is not deleted with it."""
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    changed = ", ".join(f"{name} = excluded.{name}" for name in row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changed}",
        row,
    )
