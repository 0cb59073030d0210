"""One row per answer, in input order; an answer that fails gives a row with its error."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from rehearse.events.markers import MARKERS
from rehearse.feedback import follow_ups, give_feedback
from rehearse.files.atomic_files import assert_file
from rehearse.metrics import METRICS
from rehearse.model import Attempt, FeedbackContext, Filler, Finding, Question, Span, Story
from rehearse.pipeline import analyse_take, process_text
from rehearse.transcription import Transcriber

SCHEMA = 1
"""Incremented when a field is renamed or removed."""

Row = dict[str, Any]
"""One JSON object."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller wants counted and judged.

    Attributes:
        markers: Discourse markers to count.
        unjudged: Families of ``metrics.DELIVERY`` that are measured but not judged.

    """

    markers: Collection[str] = MARKERS
    unjudged: Collection[str] = ()


AS_BUILT = Choices()


def analyze_files(
    files: Sequence[Path],
    transcriber: Transcriber,
    *,
    question: Question | None = None,
    choices: Choices = AS_BUILT,
    progress: Callable[[float], None] | None = None,
) -> Iterator[Row]:
    """Analyse recordings one by one, yielding each row as soon as it is ready.

    Args:
        files: Recordings, in the order wanted.
        transcriber: Transcribes them.
        question: The question asked in all of them, where it is known.
        choices: What is counted and judged.
        progress: Called with the fraction of the current file that has been transcribed, 0 to 1.

    """
    for file in files:
        try:
            yield _recording_row(file, transcriber, question, choices, progress)
        except (ValueError, OSError) as error:
            yield {"file": str(file), "error": str(error)}


def analyze_answers(
    lines: Sequence[str], *, question: Question | None = None, choices: Choices = AS_BUILT
) -> Iterator[Row]:
    """Analyse text answers, one JSON object per line; a line that fails gives a row with its error.

    Args:
        lines: Each with "answer"; "id", "kind" and "question" (as it was asked) are optional.
        question: Used for lines that give neither a question nor a different kind; its kind is used for lines
            that give no kind.
        choices: What is counted and judged.

    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line_row(number, line, question, choices)


def _line_row(number: int, line: str, question: Question | None, choices: Choices) -> Row:
    name = None
    try:
        given = _read(line)
        name = _id(given)
        return {"line": number, **_text_row(given, question, choices)}
    except ValueError as error:
        return {"id": name, "line": number, "error": f"line {number}: {error}"}


def _recording_row(
    file: Path,
    transcriber: Transcriber,
    question: Question | None,
    choices: Choices,
    progress: Callable[[float], None] | None,
) -> Row:
    assert_file(file)
    attempt = analyse_take(
        file,
        transcriber=lambda: transcriber,
        take_id=file.name,
        question=question,
        markers=choices.markers,
        progress=lambda step, fraction: progress(fraction) if progress and step == "transcribe" else None,
    )
    return recording_row(str(file), attempt, choices)


def recording_row(file: str, attempt: Attempt, choices: Choices = AS_BUILT) -> Row:
    """Return the row of an analysed recording.

    Args:
        file: Its path, as it was given.
        attempt: Its analysis.
        choices: What is counted and judged.

    """
    return {
        "schema": SCHEMA,
        "file": file,
        "sha256": attempt.sha256,
        "model": attempt.model,
        "duration": _rounded(attempt.duration),
        "quality": list(attempt.quality),
        "transcript": _transcript(attempt),
        "fillers": [_timed_filler(filler) for filler in attempt.fillers],
        "pauses": [
            {"start": _time(p.span.start), "end": _time(p.span.end), "inside_sentence": p.inside_sentence}
            for p in attempt.pauses
        ],
        **_judged(attempt, choices),
    }


def _text_row(given: Any, question: Question | None, choices: Choices) -> Row:
    if not isinstance(given, dict) or not isinstance(given.get("answer"), str):
        msg = 'expected a JSON object with an "answer" that is text'
        raise ValueError(msg)  # noqa: TRY004 - a person's bad input is a ValueError throughout
    asked = _asked(given, question)
    kind = asked.kind or None
    attempt = process_text(
        given["answer"],
        kind=kind,
        take_id=str(given.get("id")),
        spoken_at=datetime.now(UTC),
        question=asked if asked.prompt and kind else None,
        markers=choices.markers,
    )
    fillers = [
        {"kind": f.kind, "text": f.text, "index": f.index, "status": f.status, "probability": f.probability}
        for f in attempt.fillers
    ]
    head = {"schema": SCHEMA, "id": given.get("id"), "answer": given["answer"], "fillers": fillers}
    return {**head, **_judged(attempt, choices)}


def _asked(given: Row, question: Question | None) -> Question:
    """Return the question that a line gives, with missing fields from the common question; empty where unknown."""
    prompt, kind = _optional(given, "question", "Why us?"), _optional(given, "kind", "behavioral")
    kind = kind or (question.kind if question else "")
    if question and not prompt and kind == question.kind:
        return question
    return Question(str(given.get("id")), prompt, kind)


def _optional(given: Row, name: str, example: str) -> str:
    value = given.get(name)
    if not isinstance(value, str | None):
        msg = f'"{name}" has to be text such as "{example}" (got {value!r:.60})'
        raise ValueError(msg)  # noqa: TRY004 - a person's bad input is a ValueError throughout
    return value or ""


def _id(given: Any) -> str | float | None:
    """Return the id of a line, so that errors in the rest of it can be reported with its id."""
    name: str | float | None = given.get("id") if isinstance(given, dict) else None
    if isinstance(name, dict | list):
        msg = '"id" has to be text or a number'
        raise ValueError(msg)  # noqa: TRY004 - a person's bad input is a ValueError throughout
    return name


def _read(line: str) -> Any:
    try:
        return json.loads(line, parse_constant=_number, parse_float=_number)
    except json.JSONDecodeError:
        msg = 'not JSON; write one object per line, such as {"id": 1, "answer": "..."}'
        raise ValueError(msg) from None
    except RecursionError:
        msg = "nested too deeply to be read; keep the answer and its id at the outermost level"
        raise ValueError(msg) from None


def _number(text: str) -> float:
    """Parse a number; rejects infinities and NaN, which would make the output row invalid JSON."""
    number = float(text)
    if not isfinite(number):
        msg = f"{text} is not a number that JSON can hold"
        raise ValueError(msg)
    return number


def _transcript(attempt: Attempt) -> Row:
    words = [
        {"text": w.text, "start": _time(w.start), "end": _time(w.end), "probability": w.probability}
        for w in attempt.counted_transcript.words
    ]
    return {"text": attempt.counted_transcript.text, "language": attempt.counted_transcript.language, "words": words}


def _timed_filler(filler: Filler) -> Row:
    return {
        "kind": filler.kind,
        "text": filler.text,
        "start": _time(filler.span.start),
        "end": _time(filler.span.end),
        "evidence": list(filler.evidence),
        "probability": filler.probability,
        "status": filler.status,
    }


def _judged(attempt: Attempt, choices: Choices) -> Row:
    """Return the fields common to recordings and texts: measurements, story, findings, follow-up questions."""
    findings = give_feedback(attempt, FeedbackContext(frozenset(choices.unjudged)))
    probes = follow_ups(attempt)
    return {
        "measurements": {
            m.metric: {"value": _rounded(m.value), "unit": METRICS[m.metric].unit, "version": m.version}
            for m in attempt.measurements
        },
        "story": _story(attempt.story),
        "findings": [_finding(finding) for finding in findings],
        "follow_ups": [{"question": f.question, "gap": f.gap, "span": _span(f.span)} for f in probes],
    }


def _story(story: Story) -> Row:
    parts: Mapping[str, tuple[Span, ...]] = {
        "situation": story.situation,
        "task": story.task,
        "action": story.action,
        "result": story.result,
        "quantified": story.quantified,
        "reflection": story.reflection,
    }
    return {
        "type": story.type,
        "evidence": _span(story.evidence) if story.evidence else None,
        **{name: [_span(span) for span in spans] for name, spans in parts.items()},
        "ownership": story.ownership,
    }


def _finding(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "measurement": finding.topic,
        "kind": finding.kind,
        "message": finding.message,
        "starter": finding.starter,
        "spans": [_span(span) for span in finding.spans],
    }


def _span(span: Span) -> Row:
    return {"text": span.text, "start": _time(span.start), "end": _time(span.end)}


def _time(seconds: float) -> float:
    return round(seconds, 3)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
