"""Validates imported values against what the rest of rehearse assumes about them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

from rehearse.interview import Round
from rehearse.interview.rounds import Step
from rehearse.model import QUESTION_KINDS, Attempt, Filler, Measurement, Question, Transcript, Word
from rehearse.preparation.interview import Interview
from rehearse.storage.takes import is_take_file

FIRST_YEAR, LAST_YEAR = 1970, 9000
"""Outside these years, some time zones cannot represent a time, and date arithmetic over weeks may overflow."""

LARGEST = 1e9
"""Larger than any number in rehearse: seconds, offsets, measured values (house default)."""

LONGEST_WORD = 500
"""Maximum characters of a word; a text answer may contain a URL (house default)."""

LONGEST_SECONDS = 86_400
"""Maximum seconds of a recording, a question's target length or a round's limits: a day (house default)."""

_METRIC = re.compile(r"[A-Za-z0-9_]+")
"""Metric names reach tables and terminals, so they may not contain anything that these would interpret."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_DIFFICULT = 3


def check_values(value: object, wrong: str) -> None:
    """Check that every value in a dataclass is one that rehearse could have written.

    Raises:
        ValueError: A value is invalid; the message is ``wrong`` followed by the first invalid field.

    """
    for path, problem in _problems(value, ""):
        msg = f"{wrong}: {path.lstrip('.') or 'the whole'}: {problem}"
        raise ValueError(msg)


def _problems(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each invalid field, and what is wrong with it."""
    for name, inner in _parts(value):
        yield from _problems(inner, f"{path}.{name}")
    rule = _RULES.get(type(value))
    for name, problem in rule(value) if rule else ():
        yield f"{path}.{name}", problem
    wrong = _plain_problem(value)
    if wrong:
        yield path, wrong


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in fields(value))
    elif isinstance(value, Mapping):
        yield from ((f"{key!s:.40}", inner) for key, inner in value.items())
    elif isinstance(value, tuple | list | frozenset):
        yield from ((str(number), inner) for number, inner in enumerate(value))


def _plain_problem(value: object) -> str | None:
    if isinstance(value, dt.date):
        return _time_problem(value)
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= LARGEST):
        return f"{value!r:.40} is not a possible number"
    if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
        return "it holds half a character"
    return None


def _time_problem(value: dt.date) -> str | None:
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return f"{value.isoformat()} is not a time that can be shown: it names no time zone"
    if not FIRST_YEAR <= value.year < LAST_YEAR:
        return f"{value.isoformat()} is not a time that can be shown"
    return None


def _word(word: Word) -> Iterator[tuple[str, str]]:
    if len(word.text.split()) != 1 or word.text != word.text.strip():
        yield "text", f"{word.text!r:.60} is not one word"
    if len(word.text) > LONGEST_WORD:
        yield "text", f"a word of {len(word.text)} characters"
    if not 0 <= word.start <= word.end:
        yield "start", f"a word from {word.start} to {word.end}"
    if word.probability is not None and not 0 <= word.probability <= 1:
        yield "probability", f"{word.probability} is not a probability"


def _transcript(transcript: Transcript) -> Iterator[tuple[str, str]]:
    if transcript.language is not None and not _LANGUAGE.fullmatch(transcript.language):
        yield "language", f"{transcript.language!r:.40} is not a language code"


def _filler(filler: Filler) -> Iterator[tuple[str, str]]:
    if not filler.text.strip():
        yield "text", "a filler without a word"
    if filler.probability is not None and not 0 <= filler.probability <= 1:
        yield "probability", f"{filler.probability} is not a probability"


def _measurement(measurement: Measurement) -> Iterator[tuple[str, str]]:
    if not _METRIC.fullmatch(measurement.metric):
        yield "metric", f"{measurement.metric!r:.60} is not the name of a measurement"
    if measurement.version < 1:
        yield "version", f"{measurement.version} is not a version"


def _question(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind not in QUESTION_KINDS:
        yield "kind", f"{question.kind!r:.40} is not a kind of question"
    for name in ("id", "prompt"):
        if not getattr(question, name).strip():
            yield name, "is empty"
    first, last = question.seconds
    if not 0 < first <= last <= LONGEST_SECONDS:
        yield "seconds", f"{first} to {last} is not a possible length for an answer"
    if not 0 <= question.think_seconds <= LONGEST_SECONDS:
        yield "think_seconds", f"{question.think_seconds} is not a possible time to think"
    if not 1 <= question.difficulty <= _MOST_DIFFICULT:
        yield "difficulty", f"{question.difficulty} is not between 1 and {_MOST_DIFFICULT}"


def _attempt(attempt: Attempt) -> Iterator[tuple[str, str]]:
    if attempt.audio is not None and not is_take_file(attempt.audio):
        yield "audio", f"{attempt.audio!r:.60} is not a name that a recording can have"
    if attempt.duration is not None and not 0 < attempt.duration <= LONGEST_SECONDS:
        yield "duration", f"{attempt.duration} seconds is not a possible length for a recording"
    words = len(attempt.transcript.words)
    for number, filler in enumerate(attempt.fillers):
        if filler.index is not None and not 0 <= filler.index <= filler.word_indices[-1] < words:
            yield f"fillers.{number}.index", f"{filler.index} is not one of {words} words"


def _step(step: Step) -> Iterator[tuple[str, str]]:
    for name, least in (("think_seconds", 0), ("limit_seconds", 1)):
        if not least <= getattr(step, name) <= LONGEST_SECONDS:
            yield name, f"{getattr(step, name)} is not a time"


def _round(interview_round: Round) -> Iterator[tuple[str, str]]:
    if not interview_round.steps:
        yield "steps", "a round without a question"
    elif interview_round.steps[-1].part == "clarify":
        yield "steps", "a round that ends before its case is answered"


def _interview(interview: Interview) -> Iterator[tuple[str, str]]:
    for number, person in enumerate(interview.people):
        if not person.name.strip():
            yield f"people.{number}.name", "is empty"


_RULES: Mapping[type, Callable[[Any], Iterator[tuple[str, str]]]] = cast(
    "Mapping[type, Callable[[Any], Iterator[tuple[str, str]]]]",
    {
        Attempt: _attempt,
        Filler: _filler,
        Interview: _interview,
        Measurement: _measurement,
        Question: _question,
        Round: _round,
        Step: _step,
        Transcript: _transcript,
        Word: _word,
    },
)
