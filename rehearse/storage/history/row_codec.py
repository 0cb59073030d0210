"""Conversion between attempts and database rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rehearse.files.json_decode import question_from, with_todays_names
from rehearse.model import Attempt, Filler, Measurement, Origin, Pause, Question, Span, Story, Transcript, Word
from rehearse.storage.history.filters import searchable, utc_text

Row = Mapping[str, Any]


def attempt_row(attempt: Attempt) -> dict[str, Any]:
    """Convert an attempt, without its measurements, to the columns of its row.

    Raises:
        ValueError: ``spoken_at`` has no time zone.

    """
    question = attempt.question
    return {
        "id": attempt.id,
        "spoken_at": utc_text(attempt.spoken_at),
        "question_id": question and question.id,
        "kind": question and question.kind,
        "prompt": question and question.prompt,
        "story_type": attempt.story.type,
        "duration": attempt.duration,
        "model": attempt.model,
        "audio": attempt.audio,
        "sha256": attempt.sha256,
        "question": _text(question),
        "story": _text(attempt.story),
        "pauses": _text(attempt.pauses),
        "fillers": _text(attempt.fillers),
        "transcript": _text(attempt.transcript),
        "quality": _text(attempt.quality),
        "speech": _text(attempt.speech),
    }


def origin_row(attempt: Attempt) -> dict[str, Any]:
    """Convert an attempt's origin to the columns of its row."""
    competency = attempt.question.competency if attempt.question else ""
    return {
        "attempt_id": attempt.id,
        **asdict(attempt.origin),
        "program": attempt.program,
        "competency": competency or None,
        "pauses_known": attempt.pauses_known,
    }


def searched_row(attempt: Attempt) -> dict[str, Any]:
    """Convert the question and transcript to the row used for searching."""
    prompt = attempt.question.prompt if attempt.question else ""
    return {"attempt_id": attempt.id, "spoken": searchable(prompt, attempt.transcript.text)}


def measurement_row(attempt_id: str, measurement: Measurement) -> dict[str, Any]:
    """Convert one measurement to the columns of its row."""
    return {
        "attempt_id": attempt_id,
        "metric": measurement.metric,
        "version": measurement.version,
        "value": measurement.value,
        "spans": _text(measurement.spans),
    }


def attempt_from(row: Row, measurements: Iterable[Row]) -> Attempt:
    """Rebuild an attempt from its row and the rows of its measurements, in order."""
    transcript = json.loads(row["transcript"])
    return Attempt(
        id=row["id"],
        question=_question(json.loads(row["question"])),
        spoken_at=time_from(row["spoken_at"]),
        duration=row["duration"],
        model=row["model"],
        transcript=Transcript(
            **{**transcript, "words": tuple(Word(**with_todays_names(word)) for word in transcript["words"])}
        ),
        fillers=tuple(_filler(filler) for filler in json.loads(row["fillers"])),
        pauses=tuple(Pause(**{**pause, "span": Span(**pause["span"])}) for pause in json.loads(row["pauses"])),
        measurements=tuple(_measurement(found) for found in measurements),
        story=_story(json.loads(row["story"])),
        audio=row["audio"],
        sha256=row["sha256"],
        quality=tuple(json.loads(row["quality"])),
        speech=(speech := json.loads(row["speech"])) and Span(**speech),
        origin=Origin(row["source"], row["microphone"], row["parent"], row["round"]),
        program=row["program"],
        pauses_known=None if row["pauses_known"] is None else bool(row["pauses_known"]),
    )


def time_from(text: str) -> datetime:
    """Parse a time written by ``attempt_row``, in UTC."""
    return datetime.fromisoformat(text)


def _text(value: object) -> str:
    return json.dumps(value, default=asdict, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _spans(values: Sequence[Row]) -> tuple[Span, ...]:
    return tuple(Span(**value) for value in values)


def _measurement(row: Row) -> Measurement:
    return Measurement(row["metric"], row["value"], _spans(json.loads(row["spans"])), row["version"])


def _filler(value: Row) -> Filler:
    return Filler(**{**value, "span": Span(**value["span"]), "evidence": tuple(value["evidence"])})


def _story(value: Row) -> Story:
    evidence = value["evidence"] and Span(**value["evidence"])
    parts = {name: _spans(part) for name, part in value.items() if isinstance(part, list)}
    return Story(**{**value, **parts, "evidence": evidence})


def _question(value: Row | None) -> Question | None:
    return None if value is None else question_from(value)
