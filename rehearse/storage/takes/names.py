"""Names of take folders and the files in them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from rehearse.audio.formats import SUFFIXES
from rehearse.storage.takes import notes

_STORED_SUFFIXES = SUFFIXES | {".bin"}
"""A recording with any other suffix is stored as ``.bin``, which decodes just as well."""
_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{8}", re.ASCII)


def is_take_id(text: str) -> bool:
    """Whether a text is a take's id, and so safe as a folder name."""
    try:
        return _ID.fullmatch(text) is not None and bool(recorded_at(text))
    except ValueError:
        return False


def recorded_at(take_id: str) -> datetime:
    """Parse the time of recording from a take's id, in UTC.

    Raises:
        ValueError: The id does not contain a valid time.

    """
    # ``strptime`` takes fifteen times as long, and listing takes calls this for each of them.
    return datetime.fromisoformat(f"{take_id[:15]}.{take_id[15:18]}+00:00")


def is_take_file(name: str) -> bool:
    """Whether a finished take's folder may contain a file with this name."""
    return name == notes.FILE or (name.startswith("audio.") and name.removeprefix("audio") in _STORED_SUFFIXES)


def listed(folder: Path) -> tuple[Path, ...]:
    """Return the files in a take's folder; empty if another process has deleted it."""
    try:
        return tuple(folder.iterdir())
    except FileNotFoundError:
        return ()


def sound_in(folder: Path) -> Path | None:
    """Return the path of a finished take's recording, or None."""
    return next((path for path in listed(folder) if path.name != notes.FILE and is_take_file(path.name)), None)
