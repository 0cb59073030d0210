"""History: what was practised, when, and what was measured."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from rehearse.model import Attempt, TrendPoint
from rehearse.storage.history import queries, user_notes
from rehearse.storage.history.damage import readable
from rehearse.storage.history.database import Database
from rehearse.storage.history.documents import Document, Documents, write_document
from rehearse.storage.history.filters import Filter, Wanted, searchable, utc_text
from rehearse.storage.history.json_codec import Earlier, Entry, attempt_in, attempt_text
from rehearse.storage.history.queries import AttemptSummary
from rehearse.storage.history.quoted import forget_earlier, forget_in_documents, has_parent, without_quote
from rehearse.storage.history.row_codec import (
    Row,
    attempt_from,
    attempt_row,
    measurement_row,
    origin_row,
    searched_row,
    time_from,
)
from rehearse.storage.history.user_notes import About, Changes

BUSY_SECONDS = 10.0
"""How long to wait for another writer; one attempt is written in milliseconds (house default)."""


class History:
    """The attempts in one SQLite file.

    Threads and processes may share the file, and threads may share a History: each
    call opens its own connection. The file is created so that only its owner can read
    it. Deleted content is overwritten in the file.

    Lists accept the fields of ``Wanted``: ``history.count(kind="case", text="ward")``.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the history.

        Raises:
            ValueError: The file is damaged, or was written by a newer version of rehearse.
            OSError: The file cannot be read or created.

        """
        self._database = Database(path, busy_seconds=busy_seconds)
        with self._database.transaction():
            pass

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def documents(self) -> Documents:
        """The documents stored with the attempts: rounds, preparation, settings."""
        return Documents(self._database)

    def add(self, attempt: Attempt, *, keep_replaced: bool = False, wanted: Callable[[], bool] = lambda: True) -> bool:
        """Store an attempt, replacing any with the same id; what the person wrote about it is unchanged.

        If a follow-up question quotes an answer that is not in the history (it was deleted), the quote is removed.

        Args:
            attempt: The attempt to store.
            keep_replaced: Whether a replaced attempt is added to the ``earlier`` ones.
            wanted: Called while the database is locked against other writers; if it returns False,
                nothing is stored and False is returned.

        """
        with self._database.transaction("IMMEDIATE") as connection:
            if not wanted():
                return False
            replaced = _get(connection, attempt.id) if keep_replaced else None
            if replaced is not None:
                _keep(connection, Earlier(datetime.now(UTC), replaced))
            _add(connection, attempt if has_parent(connection, attempt) else without_quote(attempt))
        return True

    def revise(self, attempt_id: str, change: Callable[[Attempt], Attempt]) -> bool:
        """Replace an attempt by the result of ``change``, while the database is locked against other writers.

        If the attempt no longer exists, nothing is stored and False is returned.
        """
        with self._database.transaction("IMMEDIATE") as connection:
            attempt = _get(connection, attempt_id)
            if attempt is None:
                return False
            _add(connection, change(attempt))
        return True

    def earlier(self, attempt_id: str) -> tuple[Earlier, ...]:
        """Return the replaced analyses of a take, newest first."""
        with self._database.transaction() as connection:
            return _earlier(connection, attempt_id)

    def entry(self, attempt_id: str) -> Entry | None:
        """Return everything stored about an answer, or None if the id is unknown."""
        with self._database.transaction() as connection:
            attempt = _get(connection, attempt_id)
            if attempt is None:
                return None
            replaced = tuple(reversed(_earlier(connection, attempt_id)))
            return Entry(attempt, user_notes.read(connection, attempt_id), replaced)

    @contextmanager
    def restoring(self, entries: Iterable[Entry], documents: Iterable[Document]) -> Iterator[None]:
        """Write entries and documents, replacing those with the same names; committed only if the block succeeds."""
        with self._database.transaction("IMMEDIATE") as connection:
            for entry in entries:
                _restore(connection, entry)
            for document in documents:
                write_document(connection, document)
            yield

    def about(self, attempt_id: str) -> About:
        """Return what the person wrote about an attempt; empty if they wrote nothing."""
        with self._database.transaction() as connection:
            return user_notes.read(connection, attempt_id)

    def describe(self, attempt_id: str, **changes: Unpack[Changes]) -> About:
        """Change what is written about an attempt and return it; fields not named are unchanged.

        Raises:
            ValueError: The id is unknown, a text is too long, or the rating is invalid.

        """
        with self._database.transaction("IMMEDIATE") as connection:
            if not connection.execute("SELECT 1 FROM attempt WHERE id = ?", (attempt_id,)).fetchone():
                msg = f"there is no answer {attempt_id!r:.60} to write about: it may have been deleted"
                raise ValueError(msg)
            about = user_notes.checked(replace(user_notes.read(connection, attempt_id), **changes))
            _describe(connection, attempt_id, about)
        return about

    def tags(self) -> tuple[str, ...]:
        """Return the tags in use, most used first."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT tag FROM tag GROUP BY casefold(tag) ORDER BY count(*) DESC, tag")
            return tuple(row["tag"] for row in rows)

    def competencies(self) -> tuple[str, ...]:
        """Return the competencies of the answered questions, in alphabetical order."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT DISTINCT competency FROM origin WHERE competency <> '' ORDER BY 1")
            return tuple(row["competency"] for row in rows)

    def delete(self, attempt_id: str) -> None:
        """Delete an attempt with all its rows, and remove its words from follow-up questions that quote it."""
        with self._database.transaction("IMMEDIATE") as connection:
            _forget(connection, attempt_id)
            _delete(connection, attempt_id)

    def clear(self) -> None:
        """Delete everything, including documents; nothing remains in the file."""
        with self._database.transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM attempt")
            connection.execute("DELETE FROM document")
        self._database.compact()

    def get(self, attempt_id: str) -> Attempt | None:
        """Return one attempt, or None if the id is unknown."""
        with self._database.transaction() as connection:
            return _get(connection, attempt_id)

    def ids(self) -> frozenset[str]:
        """Return the ids of all attempts, including the sample."""
        with self._database.transaction() as connection:
            return frozenset(
                row["id"] for row in connection.execute("SELECT id FROM attempt WHERE typeof(id) = 'text'")
            )

    def lacking(self, versions: Mapping[str, int]) -> frozenset[str]:
        """Return the ids of attempts that lack any of these measurements.

        Args:
            versions: The formula's version by metric; a value from another version does not count.

        """
        with self._database.transaction() as connection:
            return queries.lacking(connection, versions)

    def count(self, **wanted: Unpack[Filter]) -> int:
        """Count attempts."""
        with self._database.transaction() as connection:
            return queries.count(connection, Wanted(**wanted))

    def attempts(self, *, measured: bool = True, **wanted: Unpack[Filter]) -> tuple[Attempt, ...]:
        """Read whole attempts, newest first; ``measured=False`` skips measurements, twice as fast for long lists.

        If the transcripts are not needed either, prefer ``summaries``.
        """
        with self._database.transaction() as connection:
            return queries.attempts(connection, Wanted(**wanted), measured=measured)

    def summaries(
        self, *, limit: int | None = None, offset: int = 0, **wanted: Unpack[Filter]
    ) -> tuple[AttemptSummary, ...]:
        """Read attempts without transcripts, newest first: at most ``limit``, skipping the first ``offset``."""
        with self._database.transaction() as connection:
            return queries.summaries(connection, Wanted(**wanted), limit, offset)

    def trend(self, metric: str, **wanted: Unpack[Filter]) -> tuple[TrendPoint, ...]:
        """Return one metric over time, oldest first.

        Attempts for which it is undefined are left out. Versions and models
        are mixed here: do not draw a line from one to another.
        """
        with self._database.transaction() as connection:
            return queries.trend(connection, metric, Wanted(**wanted))


def _get(connection: sqlite3.Connection, attempt_id: str) -> Attempt | None:
    row = connection.execute(
        "SELECT * FROM attempt JOIN origin ON attempt_id = id WHERE id = ?", (attempt_id,)
    ).fetchone()
    measured = connection.execute("SELECT * FROM measurement WHERE attempt_id = ? ORDER BY id", (attempt_id,))
    with readable(f"the answer {attempt_id!r:.60}"):
        return attempt_from(row, measured) if row else None


def _earlier(connection: sqlite3.Connection, attempt_id: str) -> tuple[Earlier, ...]:
    rows = connection.execute("SELECT * FROM earlier WHERE attempt_id = ? ORDER BY id DESC", (attempt_id,))
    with readable(f"an earlier analysis of the answer {attempt_id!r:.60}"):
        return tuple(Earlier(time_from(row["replaced_at"]), attempt_in(row["attempt"])) for row in rows)


def _keep(connection: sqlite3.Connection, earlier: Earlier) -> None:
    connection.execute(
        "INSERT INTO earlier (attempt_id, replaced_at, attempt) VALUES (?, ?, ?)",
        (earlier.attempt.id, utc_text(earlier.replaced_at), attempt_text(earlier.attempt)),
    )


def _describe(connection: sqlite3.Connection, attempt_id: str, about: About) -> None:
    user_notes.write(connection, attempt_id, about)
    searched = {"attempt_id": attempt_id, "written": searchable(about.title, about.note, *about.tags)}
    connection.execute("UPDATE searched SET written = :written WHERE attempt_id = :attempt_id", searched)


def _restore(connection: sqlite3.Connection, entry: Entry) -> None:
    _delete(connection, entry.attempt.id)
    _add(connection, entry.attempt)
    if entry.about != About():
        _describe(connection, entry.attempt.id, entry.about)
    for earlier in entry.earlier:
        _keep(connection, earlier)


def _delete(connection: sqlite3.Connection, attempt_id: str) -> None:
    connection.execute("DELETE FROM attempt WHERE id = ?", (attempt_id,))


def _forget(connection: sqlite3.Connection, attempt_id: str) -> None:
    for row in connection.execute("SELECT attempt_id FROM origin WHERE parent = ?", (attempt_id,)).fetchall():
        follow_up = _get(connection, row["attempt_id"])
        if follow_up is not None:
            _add(connection, without_quote(follow_up))
    forget_earlier(connection, attempt_id)
    forget_in_documents(connection, attempt_id)


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
    """Insert a row, or update the row with its key, so that rows referring to it are not deleted."""
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    changed = ", ".join(f"{name} = excluded.{name}" for name in row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changed}",
        row,
    )
