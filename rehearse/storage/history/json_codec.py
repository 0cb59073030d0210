"""Whole answers as JSON: for replaced analyses, and for exports."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from rehearse.files.json_decode import read_strictly
from rehearse.model import Attempt
from rehearse.storage.history.user_notes import About, checked

_Whole = TypeVar("_Whole", "Attempt", "Entry")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An analysis that was replaced by a newer one.

    Attributes:
        replaced_at: When it was replaced, in UTC.
        attempt: The analysis before it was replaced.

    """

    replaced_at: datetime
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the history stores about one answer.

    Attributes:
        attempt: Its analysis.
        about: What the person wrote about it.
        earlier: The analyses that were replaced, oldest first.

    """

    attempt: Attempt
    about: About = field(default_factory=About)
    earlier: tuple[Earlier, ...] = ()


def attempt_text(attempt: Attempt) -> str:
    """Serialise an attempt as JSON.

    Raises:
        ValueError: It contains a number that JSON cannot represent.

    """
    return _text(attempt)


def attempt_in(text: str | bytes) -> Attempt:
    """Parse an attempt serialised by ``attempt_text``; unknown fields from newer versions are ignored.

    Raises:
        ValueError: The text is not an attempt; the message names the first invalid field.

    """
    return _read(Attempt, text)


def entry_text(entry: Entry) -> str:
    """Serialise an entry as JSON.

    Raises:
        ValueError: It contains a number that JSON cannot represent.

    """
    return _text(entry)


def entry_in(text: str | bytes) -> Entry:
    """Parse an entry serialised by ``entry_text``; unknown fields from newer versions are ignored.

    Raises:
        ValueError: The text is not an entry; the message names the first invalid field.

    """
    entry = _read(Entry, text)
    if any(earlier.attempt.id != entry.attempt.id for earlier in entry.earlier):
        msg = "no analysed answer: an earlier analysis in it is of another answer"
        raise ValueError(msg)
    measured = [(measurement.metric, measurement.version) for measurement in entry.attempt.measurements]
    if len(set(measured)) < len(measured):
        msg = "no analysed answer: it has one measurement twice"
        raise ValueError(msg)
    return replace(entry, about=checked(entry.about))


def _text(value: Attempt | Entry) -> str:
    return json.dumps(asdict(value), default=_time_text, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _time_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    msg = f"{type(value).__name__} is not part of an answer"
    raise TypeError(msg)


def _read(kind: type[_Whole], text: str | bytes) -> _Whole:
    value = read_strictly(kind, text, "no analysed answer")
    _text(value)  # raises for infinities and NaN, which the reader accepts
    return value
