"""Notes stored with a recording: its question, its origin, and any error."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, TypeGuard

from rehearse.files.atomic_files import write_safely
from rehearse.files.json_decode import known_fields, question_from, read_strictly
from rehearse.language.words import unquoted
from rehearse.model import QUESTION_KINDS, Origin, Question

FILE = "take.json"
"""Name of the notes in the take's folder."""

_SCHEMA = 1
_DIFFICULTIES = (1, 2, 3)
_LONGEST_SECONDS = 86_400
"""Longest answer or thinking time of a question, in seconds: a day (house default)."""


@dataclass(frozen=True, slots=True)
class _Notes:
    schema: Literal[1] = 1
    question: Question | None = None
    name: str = ""
    error: str | None = None
    source: str = "unknown"
    microphone: str | None = None
    parent: str | None = None
    round: str | None = None


def read(folder: Path) -> dict[str, object]:
    """Read the notes; empty if they are missing or unreadable, since the recording matters most."""
    try:
        return _read(folder)
    except OSError:
        return {}


def write(folder: Path, *, question: Question | None, origin: Origin, name: str = "") -> None:
    """Write the notes when a recording starts or is saved."""
    asked = None if question is None else asdict(question)
    notes = {"schema": _SCHEMA, "question": asked, **asdict(origin), "name": name}
    write_safely(folder / FILE, _encode(notes))


def add(folder: Path, **changes: object) -> None:
    """Add to or change the notes.

    Raises:
        OSError: The notes cannot be read, and so are not overwritten; or they cannot be written.

    """
    write_safely(folder / FILE, _encode({**_read(folder), **changes}))


def forget_quote(folder: Path, parent: str) -> None:
    """Remove quotes of a deleted answer from a follow-up question to it.

    Raises:
        OSError: The notes cannot be read or written.

    """
    notes = _read(folder)
    asked = notes.get("question")
    if notes.get("parent") == parent and isinstance(asked, dict) and isinstance(asked.get("prompt"), str):
        add(folder, question={**asked, "prompt": unquoted(asked["prompt"])})


def question_in(notes: dict[str, object]) -> Question | None:
    """Return the question as it was asked; damaged fields, and those of newer versions, are ignored."""
    stored = notes.get("question")
    if not isinstance(stored, dict):
        return None
    found = {name: value for name, value in known_fields(Question, stored).items() if _fits(name, value)}
    return question_from(found) if {"id", "prompt", "kind"} <= found.keys() else None


def text_in(notes: dict[str, object], name: str) -> str | None:
    """Return a text, such as the name of the uploaded file; None if there is none that can be shown."""
    value = notes.get(name)
    return value if _is_text(value) else None


def _fits(name: str, value: object) -> bool:
    return _FITTING.get(name, _is_text)(value)


def _is_range(value: object) -> bool:
    match value:
        case (first, last) if _is_seconds(first) and _is_seconds(last):
            return 0 < first <= last
    return False


def _are_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(map(_is_text, value))


def _is_seconds(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _LONGEST_SECONDS


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def origin_in(notes: dict[str, object]) -> Origin:
    """Return the origin of the recording; missing fields are unknown."""
    known = {field.name for field in fields(Origin)}
    return Origin(**{key: value for key, value in notes.items() if key in known and _is_text(value)})


def check_notes(data: bytes) -> Question | None:
    """Validate imported notes, and return the question in them.

    Raises:
        ValueError: They are not valid notes; the message names the first invalid field.

    """
    return read_strictly(_Notes, data, "no notes of a recording").question


def _read(folder: Path) -> dict[str, object]:
    try:
        notes = json.loads((folder / FILE).read_bytes())
    except (FileNotFoundError, RecursionError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _encode(notes: dict[str, object]) -> bytes:
    return json.dumps(notes, indent=1).encode()


_FITTING: Mapping[str, Callable[[object], bool]] = {
    "kind": lambda value: isinstance(value, str) and value in QUESTION_KINDS,
    "seconds": _is_range,
    "think_seconds": _is_seconds,
    "difficulty": lambda value: type(value) is int and value in _DIFFICULTIES,
    "listen_for": _are_texts,
    "probes": _are_texts,
    "parent_id": lambda value: value is None or _is_text(value),
    "is_probe": lambda value: isinstance(value, bool),
}
"""Validators for the fields of a stored question; all other fields must be texts."""
