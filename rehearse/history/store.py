"""History: what was practised, when, and how it measured."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rehearse.datatypes import Attempt, TrendPoint
from rehearse.history.codec import Row, attempt_from, attempt_row, measurement_row, origin_row, time_from
from rehearse.history.database import Database
from rehearse.history.documents import Documents
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
        source: As in ``Origin``; likewise ``parent`` and ``round``.
        parent: Id of the take whose follow-up question it answers.
        round: Id of the round it belongs to.
        competency: What the question probes; None where it is not known.
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
    source: str
    parent: str | None
    round: str | None
    competency: str | None
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
            _write(connection, "attempt", attempt_row(attempt), key="id")
            _write(connection, "origin", origin_row(attempt), key="attempt_id")
            connection.execute("DELETE FROM measurement WHERE attempt_id = ?", (attempt.id,))
            connection.executemany(
                """INSERT INTO measurement (attempt_id, metric, version, value, spans)
                   VALUES (:attempt_id, :metric, :version, :value, :spans)""",
                [measurement_row(attempt.id, measurement) for measurement in attempt.measurements],
            )

    def delete(self, attempt_id: str) -> None:
        """Remove an attempt with all its rows; an unknown id changes nothing."""
        with self._database.transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM attempt WHERE id = ?", (attempt_id,))

    def get(self, attempt_id: str) -> Attempt | None:
        """Find one attempt; None where the id is unknown."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT * FROM attempt JOIN origin ON attempt_id = id WHERE id = ?", (attempt_id,)
            ).fetchone()
            measured = connection.execute("SELECT * FROM measurement WHERE attempt_id = ? ORDER BY id", (attempt_id,))
            return attempt_from(row, measured) if row else None

    def ids(self) -> frozenset[str]:
        """List the ids of all attempts."""
        with self._database.transaction() as connection:
            return frozenset(row["id"] for row in connection.execute("SELECT id FROM attempt"))

    def attempts(self, question_id: str | None = None, kind: str | None = None) -> tuple[Attempt, ...]:
        """Read whole attempts, newest first. For long lists prefer ``summaries``."""
        wanted = {"question_id": question_id, "kind": kind}
        with self._database.transaction() as connection:
            rows = connection.execute(
                """SELECT * FROM attempt JOIN origin ON attempt_id = id
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
        with self._database.transaction() as connection:
            rows = connection.execute(
                """SELECT id, spoken_at, question_id, prompt, kind, duration, story_type, model,
                          source, parent, round, competency
                   FROM attempt JOIN origin ON attempt_id = id
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
        with self._database.transaction() as connection:
            rows = connection.execute(
                """SELECT attempt.id AS attempt_id, spoken_at, value, version, model, kind,
                          competency, source, microphone, program
                   FROM measurement JOIN attempt ON attempt.id = measurement.attempt_id
                        JOIN origin ON origin.attempt_id = attempt.id
                   WHERE metric = :metric AND value IS NOT NULL AND (:kind IS NULL OR kind = :kind)
                   ORDER BY spoken_at, attempt.id, version""",
                {"metric": metric, "kind": kind},
            ).fetchall()
        return tuple(TrendPoint(**{**row, "spoken_at": time_from(row["spoken_at"])}) for row in rows)


def _write(connection: sqlite3.Connection, table: str, row: Row, *, key: str) -> None:
    """Insert a row, or update the one with its key, so that what hangs on it is not deleted with it."""
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    changed = ", ".join(f"{name} = excluded.{name}" for name in row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changed}",  # noqa: S608 - names of our own columns
        row,
    )


def _summary(row: Row, measured: Iterable[Row]) -> AttemptSummary:
    values = {found["metric"]: found["value"] for found in measured}
    return AttemptSummary(**{**row, "spoken_at": time_from(row["spoken_at"]), "values": values})


def _grouped(measured: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in measured:
        groups.setdefault(row["attempt_id"], []).append(row)
    return groups
