"""How a take's folder and the files in it are called."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from rehearse.audio.formats import SUFFIXES
from rehearse.storage.takes import notes

_KEPT = SUFFIXES | {".bin"}
"""A take of any other ending is kept as ``.bin``, which decodes just as well."""
_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{8}", re.ASCII)


def is_take_id(text: str) -> bool:
    """Whether a text is a take's id, and so is safe as a folder's name."""
    try:
        return _ID.fullmatch(text) is not None and bool(recorded_at(text))
    except ValueError:
        return False


def recorded_at(take_id: str) -> datetime:
    """Read from a take's id when it was recorded, in UTC.

    Raises:
        ValueError: There is no such moment.

    """
    # ``strptime`` takes fifteen times as long, and a list of takes asks for each of them.
    return datetime.fromisoformat(f"{take_id[:15]}.{take_id[15:18]}+00:00")


def is_take_file(name: str) -> bool:
    """Whether the folder of a finished take may hold a file of this name."""
    return name == notes.FILE or (name.startswith("audio.") and name.removeprefix("audio") in _KEPT)


def listed(folder: Path) -> tuple[Path, ...]:
    """List the files in a take's folder; none where another process has deleted it."""
    try:
        return tuple(folder.iterdir())
    except FileNotFoundError:
        return ()


def sound_in(folder: Path) -> Path | None:
    """Find the sound of a finished take in its folder."""
    return next((path for path in listed(folder) if path.name != notes.FILE and is_take_file(path.name)), None)
