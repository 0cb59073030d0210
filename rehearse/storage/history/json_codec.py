"""Whole answers as JSON: what is kept of a replaced analysis, and what an export carries."""

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
    """An analysis that a newer one replaced.

    Attributes:
        replaced_at: When, in UTC.
        attempt: As it was.

    """

    replaced_at: datetime
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the history keeps of one answer.

    Attributes:
        attempt: Its analysis.
        about: What the person wrote about it.
        earlier: The analyses that newer ones replaced, the first one first.

    """

    attempt: Attempt
    about: About = field(default_factory=About)
    earlier: tuple[Earlier, ...] = ()


def attempt_text(attempt: Attempt) -> str:
    """Write an attempt as JSON.

    Raises:
        ValueError: It holds a number that JSON has not.

    """
    return _text(attempt)


def attempt_in(text: str | bytes) -> Attempt:
    """Read an attempt as ``attempt_text`` writes it; fields of a newer rehearse are passed over.

    Raises:
        ValueError: It is none; the sentence names the first field that is wrong.

    """
    return _read(Attempt, text)


def entry_text(entry: Entry) -> str:
    """Write an entry as JSON.

    Raises:
        ValueError: It holds a number that JSON has not.

    """
    return _text(entry)


def entry_in(text: str | bytes) -> Entry:
    """Read an entry as ``entry_text`` writes it; fields of a newer rehearse are passed over.

    Raises:
        ValueError: It is none; the sentence names the first field that is wrong.

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
    msg = f"{type(value).__name__} is no part of an answer"
    raise TypeError(msg)


def _read(kind: type[_Whole], text: str | bytes) -> _Whole:
    value = read_strictly(kind, text, "no analysed answer")
    _text(value)  # refuses infinite and undefined numbers, which the reader lets through
    return value
