"""Queries for lists of attempts, which read only the columns they need."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rehearse.model import Attempt, TrendPoint
from rehearse.storage.history.damage import readable
from rehearse.storage.history.filters import Wanted
from rehearse.storage.history.row_codec import Row, attempt_from, time_from

Query = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line of a list: an attempt without its transcript.

    Attributes:
        id: The take's id.
        spoken_at: In UTC.
        question_id: None if the recording has no question; likewise
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
        title: The person's own title for it, as in ``About``; likewise ``rating``,
            ``told_before`` and ``tags``.
        rating: None if not rated.
        told_before: Whether the story was already told in the first interview.
        tags: In alphabetical order.

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
    title: str = ""
    rating: int | None = None
    told_before: bool = False
    tags: tuple[str, ...] = ()

    def row(self) -> dict[str, object]:
        """Return the columns of a table other than the measured values."""
        return {
            "id": self.id,
            "spoken_at": self.spoken_at.isoformat(),
            "question": self.question_id,
            "prompt": self.prompt,
            "kind": self.kind,
            "duration": self.duration,
            "model": self.model,
            "story": self.story_type,
            "title": self.title,
            "tags": ", ".join(self.tags),
            "rating": self.rating,
        }


def table(found: Sequence[AttemptSummary]) -> tuple[list[str], list[dict[str, object]]]:
    """Return the columns and rows of a spreadsheet, with a column for every measurement that occurs."""
    rows = [{**summary.row(), **summary.values} for summary in found]
    return list(dict.fromkeys(column for row in rows for column in row)), rows


def count(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """Count the matching attempts."""
    chosen, parameters = _chosen(wanted)
    return int(connection.execute(f"{chosen} SELECT count(*) FROM chosen", parameters).fetchone()[0])


def lacking(connection: sqlite3.Connection, versions: Mapping[str, int]) -> frozenset[str]:
    """Return the ids of attempts that lack any of these measurements, including the sample."""
    if not versions:
        return frozenset()
    rows = connection.execute(
        """SELECT id FROM attempt WHERE (
               SELECT count(*) FROM measurement JOIN json_each(:versions) AS wanted
                   ON measurement.metric = wanted.key AND measurement.version = wanted.value
               WHERE attempt_id = attempt.id) < :count""",
        {"versions": json.dumps(dict(versions)), "count": len(versions)},
    )
    return frozenset(row["id"] for row in rows)


def attempts(connection: sqlite3.Connection, wanted: Wanted, *, measured: bool = True) -> tuple[Attempt, ...]:
    """Read whole attempts, newest first; without their measurements unless ``measured``.

    Damaged attempts are skipped: ``summaries`` still lists them, and opening one reports the damage.
    """
    chosen, parameters = _chosen(wanted)
    measurements = _grouped(
        connection.execute(
            f"""{chosen} SELECT measurement.* FROM chosen JOIN measurement ON attempt_id = chosen.id
                WHERE :measured ORDER BY measurement.id""",
            {**parameters, "measured": measured},
        )
    )
    rows = connection.execute(
        f"""{chosen} SELECT attempt.*, origin.* FROM chosen JOIN attempt USING (id)
                JOIN origin ON attempt_id = id ORDER BY spoken_at DESC, id DESC""",
        parameters,
    )
    return tuple(_whole(rows, measurements))


def _whole(rows: Iterable[Row], measurements: Mapping[str, list[Row]]) -> Iterator[Attempt]:
    for row in rows:
        with suppress(ValueError), readable("an answer"):
            yield attempt_from(row, measurements.get(row["id"], []))


def summaries(
    connection: sqlite3.Connection, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> tuple[AttemptSummary, ...]:
    """Read attempts without transcripts, newest first."""
    chosen, parameters = _chosen(wanted, limit, offset)
    measured = connection.execute(
        f"""{chosen} SELECT measurement.attempt_id, metric, value FROM chosen JOIN measurement ON attempt_id = chosen.id
            ORDER BY measurement.id""",
        parameters,
    )
    values: dict[str, dict[str, float | None]] = {}
    for attempt_id, metric, value in measured:
        values.setdefault(attempt_id, {})[metric] = value if isinstance(value, int | float) else None
    tags = _grouped(connection.execute(f"{chosen} SELECT tag.* FROM chosen JOIN tag ON attempt_id = id", parameters))
    rows = connection.execute(
        f"""{chosen} SELECT id, spoken_at, question_id, prompt, kind, duration, story_type, model,
                source, parent, round, competency, coalesce(title, '') AS title, rating, told_before
            FROM chosen JOIN attempt USING (id) JOIN origin ON origin.attempt_id = id
                LEFT JOIN about ON about.attempt_id = id
            ORDER BY spoken_at DESC, id DESC""",
        parameters,
    )
    return tuple(_summary(row, values.get(row["id"], {}), tags.get(row["id"], [])) for row in rows)


def trend(connection: sqlite3.Connection, metric: str, wanted: Wanted) -> tuple[TrendPoint, ...]:
    """Return one metric over time, oldest first; attempts for which it is undefined are left out."""
    chosen, parameters = _chosen(wanted)
    rows = connection.execute(
        f"""{chosen} SELECT id AS attempt_id, spoken_at, value, version, model, kind,
                competency, source, microphone, program, parent
            FROM chosen JOIN attempt USING (id) JOIN origin ON origin.attempt_id = id
                JOIN (SELECT attempt_id AS measured, value, version FROM measurement
                      WHERE metric = :metric AND typeof(value) IN ('real', 'integer')) ON measured = id
            ORDER BY spoken_at, id, version""",
        {**parameters, "metric": metric},
    )
    with readable(f"a value of {metric}"):
        return tuple(TrendPoint(**{**row, "spoken_at": time_from(row["spoken_at"])}) for row in rows)


def _chosen(wanted: Wanted, limit: int | None = None, offset: int = 0) -> Query:
    """Define the matching attempts as the table ``chosen``, so that all parts of a query use the same ones."""
    conditions, parameters = wanted.where()
    text = f"""WITH chosen AS (
        SELECT id FROM attempt JOIN origin ON attempt_id = id WHERE {conditions}
        ORDER BY spoken_at DESC, id DESC LIMIT :limit OFFSET :offset)"""
    return text, {**parameters, "limit": -1 if limit is None else limit, "offset": offset}


def _summary(row: Row, values: Mapping[str, float | None], tags: Iterable[Row]) -> AttemptSummary:
    with readable(f"the answer {row['id']!r:.60}"):
        changed = {
            "spoken_at": time_from(row["spoken_at"]),
            "values": values,
            "told_before": bool(row["told_before"]),
            "tags": tuple(sorted((found["tag"] for found in tags), key=str.casefold)),
        }
        return AttemptSummary(**{**row, **changed})


def _grouped(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["attempt_id"], []).append(row)
    return groups
