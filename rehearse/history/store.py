"""History: what was practised, when, and how it measured."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from rehearse.datatypes import Attempt, TrendPoint
from rehearse.disk import explain_write_errors
from rehearse.history.codec import Row, attempt_from, attempt_row, measurement_row, time_from
from rehearse.history.migrations import migrate
from rehearse.places import data_folder

BUSY_SECONDS = 10.0
"""How long to wait for another writer; one attempt is written in milliseconds (house default)."""


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line of a list: an attempt without its transcript.

    Attributes:
        id: The take's id.
        spoken_at: In UTC.
        question_id: None where the recording names no question; likewise
            ``prompt`` and ``kind``.
        prompt: The question as it was asked.
        kind: The question's kind.
        duration: Seconds of the recording; None for text.
        story_type: As in ``Story.type``.
        model: Name of the Whisper weights; None for text.
        values: The measured values by metric; None where undefined.

    """

    id: str
    spoken_at: datetime
    question_id: str | None
    prompt: str | None
    kind: str | None
    duration: float | None
    story_type: str | None
    model: str | None
    values: Mapping[str, float | None]


class History:
    """The attempts in one SQLite file.

    Threads and processes may share the file, and threads one History: each
    call opens its own connection. The file is created readable for its owner
    alone. What is deleted is overwritten in the file.
    """

    def __init__(self, path: Path | None = None, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open or create the history, by default in the data folder.

        Raises:
            ValueError: The file is damaged, or a newer rehearse wrote it.
            OSError: It cannot be read or created.

        """
        self.path = data_folder() / "history.db" if path is None else path
        self._busy_seconds = busy_seconds
        with self._transaction():
            pass

    def add(self, attempt: Attempt) -> None:
        """Store an attempt; one with the same id is replaced whole."""
        row = attempt_row(attempt)
        measured = [measurement_row(attempt.id, measurement) for measurement in attempt.measurements]
        with self._transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM attempt WHERE id = ?", (attempt.id,))
            connection.execute(
                """INSERT INTO attempt VALUES (:id, :spoken_at, :question_id, :kind, :prompt, :story_type, :duration,
                   :model, :audio, :sha256, :question, :story, :pauses, :fillers, :transcript, :quality)""",
                row,
            )
            connection.executemany(
                """INSERT INTO measurement (attempt_id, metric, version, value, spans)
                   VALUES (:attempt_id, :metric, :version, :value, :spans)""",
                measured,
            )

    def delete(self, attempt_id: str) -> None:
        """Remove an attempt with all its rows; an unknown id changes nothing."""
        with self._transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM attempt WHERE id = ?", (attempt_id,))

    def get(self, attempt_id: str) -> Attempt | None:
        """Find one attempt; None where the id is unknown."""
        with self._transaction() as connection:
            row = connection.execute("SELECT * FROM attempt WHERE id = ?", (attempt_id,)).fetchone()
            measured = connection.execute("SELECT * FROM measurement WHERE attempt_id = ? ORDER BY id", (attempt_id,))
            return attempt_from(row, measured) if row else None

    def ids(self) -> frozenset[str]:
        """List the ids of all attempts."""
        with self._transaction() as connection:
            return frozenset(row["id"] for row in connection.execute("SELECT id FROM attempt"))

    def attempts(self, question_id: str | None = None, kind: str | None = None) -> tuple[Attempt, ...]:
        """Read whole attempts, newest first. For long lists prefer ``summaries``."""
        wanted = {"question_id": question_id, "kind": kind}
        with self._transaction() as connection:
            rows = connection.execute(
                """SELECT * FROM attempt
                   WHERE (:question_id IS NULL OR question_id = :question_id) AND (:kind IS NULL OR kind = :kind)
                   ORDER BY spoken_at DESC, id DESC""",
                wanted,
            ).fetchall()
            measured = _grouped(
                connection.execute(
                    """SELECT measurement.* FROM measurement JOIN attempt ON attempt.id = attempt_id
                       WHERE (:question_id IS NULL OR question_id = :question_id) AND (:kind IS NULL OR kind = :kind)
                       ORDER BY measurement.id""",
                    wanted,
                )
            )
        return tuple(attempt_from(row, measured.get(row["id"], [])) for row in rows)

    def summaries(self, question_id: str | None = None, kind: str | None = None) -> tuple[AttemptSummary, ...]:
        """Read the attempts without transcripts, newest first."""
        wanted = {"question_id": question_id, "kind": kind}
        with self._transaction() as connection:
            rows = connection.execute(
                """SELECT id, spoken_at, question_id, prompt, kind, duration, story_type, model FROM attempt
                   WHERE (:question_id IS NULL OR question_id = :question_id) AND (:kind IS NULL OR kind = :kind)
                   ORDER BY spoken_at DESC, id DESC""",
                wanted,
            ).fetchall()
            measured = _grouped(
                connection.execute(
                    """SELECT attempt_id, metric, value FROM measurement JOIN attempt ON attempt.id = attempt_id
                       WHERE (:question_id IS NULL OR question_id = :question_id) AND (:kind IS NULL OR kind = :kind)
                       ORDER BY version, measurement.id""",
                    wanted,
                )
            )
        return tuple(_summary(row, measured.get(row["id"], [])) for row in rows)

    def trend(self, metric: str, *, kind: str | None = None) -> tuple[TrendPoint, ...]:
        """Follow one metric over time, oldest first.

        An attempt for which it is undefined gives no point. Versions and
        models are mixed here: draw no line from one to another.
        """
        with self._transaction() as connection:
            rows = connection.execute(
                """SELECT attempt_id, spoken_at, value, version, model, kind
                   FROM measurement JOIN attempt ON attempt.id = attempt_id
                   WHERE metric = :metric AND value IS NOT NULL AND (:kind IS NULL OR kind = :kind)
                   ORDER BY spoken_at, attempt_id, version""",
                {"metric": metric, "kind": kind},
            ).fetchall()
        return tuple(TrendPoint(**{**row, "spoken_at": time_from(row["spoken_at"])}) for row in rows)

    @contextmanager
    def _transaction(self, mode: Literal["DEFERRED", "IMMEDIATE"] = "DEFERRED") -> Iterator[sqlite3.Connection]:
        with _explained(self.path):
            _create(self.path)
            connecting = sqlite3.connect(self.path, timeout=self._busy_seconds, isolation_level=None)
            with closing(connecting) as connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("PRAGMA secure_delete = ON")
                migrate(connection, f"the history {self.path}")
                with connection:
                    connection.execute(f"BEGIN {mode}")
                    yield connection


def _summary(row: Row, measured: Iterable[Row]) -> AttemptSummary:
    values = {found["metric"]: found["value"] for found in measured}
    return AttemptSummary(**{**row, "spoken_at": time_from(row["spoken_at"]), "values": values})


def _grouped(measured: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in measured:
        groups.setdefault(row["attempt_id"], []).append(row)
    return groups


def _create(path: Path) -> None:
    # SQLite would create the file with the umask's rights, readable for others on most systems.
    with explain_write_errors(path.parent):
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        # The low byte of SQLite's extended codes is the primary one.
        kind, advice = _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, (None, ""))
        if kind is None:
            raise
        msg = f"the history {path} {advice} ({error})"
        raise kind(msg) from error


_DAMAGED = (ValueError, "is damaged: put a copy in its place, or move it away to start a new one")
_BUSY = (OSError, "is held by another program: close that and try again")
_CLOSED = (OSError, "cannot be used: check the rights of its folder, or name another one in REHEARSE_DATA")
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
"""What to tell the person, by SQLite's primary result code."""
