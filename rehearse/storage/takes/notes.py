"""What is noted beside a recording: its question, where it came from, what went wrong."""

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
"""Its name in the take's folder."""

_SCHEMA = 1
_DIFFICULTIES = (1, 2, 3)
_LONGEST_SECONDS = 86_400
"""Of what a question plans: a day (house default)."""


@dataclass(frozen=True, slots=True)
class _Told:
    schema: Literal[1] = 1
    question: Question | None = None
    name: str = ""
    error: str | None = None
    source: str = "unknown"
    microphone: str | None = None
    parent: str | None = None
    round: str | None = None


def read(folder: Path) -> dict[str, object]:
    """Read the notes; empty where they are lost or unreadable, since the sound is what counts."""
    try:
        return _read(folder)
    except OSError:
        return {}


def write(folder: Path, *, question: Question | None, origin: Origin, name: str = "") -> None:
    """Note what is known when a recording is saved or begins."""
    asked = None if question is None else asdict(question)
    told = {"schema": _SCHEMA, "question": asked, **asdict(origin), "name": name}
    write_safely(folder / FILE, _encode(told))


def add(folder: Path, **told: object) -> None:
    """Note more, or change what was noted.

    Raises:
        OSError: What was noted cannot be read just now, and so is not written over; or it cannot be written.

    """
    write_safely(folder / FILE, _encode({**_read(folder), **told}))


def forget_quote(folder: Path, parent: str) -> None:
    """Take the words of a deleted answer out of a follow-up question to it.

    Raises:
        OSError: The notes cannot be read or written just now.

    """
    told = _read(folder)
    asked = told.get("question")
    if told.get("parent") == parent and isinstance(asked, dict) and isinstance(asked.get("prompt"), str):
        add(folder, question={**asked, "prompt": unquoted(asked["prompt"])})


def question_in(notes: dict[str, object]) -> Question | None:
    """Read the question as it was asked; fields of a newer version, and damaged ones, are passed over."""
    stored = notes.get("question")
    if not isinstance(stored, dict):
        return None
    found = {name: value for name, value in known_fields(Question, stored).items() if _fits(name, value)}
    return question_from(found) if {"id", "prompt", "kind"} <= found.keys() else None


def text_in(notes: dict[str, object], name: str) -> str | None:
    """Read a text, such as the name of the person's own file; None where there is none that can be shown."""
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
    return isinstance(value, str) and not any("\ud800" <= one <= "\udfff" for one in value)


def origin_in(notes: dict[str, object]) -> Origin:
    """Read where the recording came from; what is not noted is unknown."""
    known = {field.name for field in fields(Origin)}
    return Origin(**{key: value for key, value in notes.items() if key in known and _is_text(value)})


def check_notes(data: bytes) -> Question | None:
    """Look whether bytes from elsewhere are notes that can be read here; give the question in them.

    Raises:
        ValueError: They are not; the sentence names the first field that is wrong.

    """
    return read_strictly(_Told, data, "no notes of a recording").question


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
"""What the values of a question must be to be used; the others are texts."""
