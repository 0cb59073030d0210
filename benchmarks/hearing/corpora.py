"""The recordings that the head learns from, and which of them are left out together."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from benchmarks.hearing import rooms

Role = Literal["human", "read", "synthetic"]
COPIES = 3
"""Altered copies of each human recording: another pitch and speed, room, noise, level and codec."""
_FAMILIES = ("horse", "aws", "mfa", "ami", "libri")
_NASAL = "mn"


@dataclass(frozen=True, slots=True)
class Item:
    """One recording.

    Attributes:
        path: The file.
        corpus: What is left out together: one project's recordings, one speaker's, all synthetic ones.
        role: Human speech, read speech or training voices.
        events: Filled pauses with their times; None where only their number is known, so that none is learned from.
        copy: 0 for the recording itself, else which altered copy.

    """

    path: Path
    corpus: str
    role: Role
    events: tuple[dict[str, Any], ...] | None
    copy: int = 0

    def load(self) -> tuple[rooms.Sound, tuple[dict[str, Any], ...]]:
        """Sound at 16 kHz and its filled pauses."""
        from rehearse import audio

        sound, events = audio.load(self.path).samples, self.events or ()
        if not self.copy:
            return sound, events
        from scipy.signal import resample_poly

        rng = random.Random(f"{self.path.name} {self.copy}")
        altered = resample_poly(sound, round(200 / rng.uniform(0.9, 1.1)), 200).astype(np.float32)
        scale = len(altered) / len(sound)
        moved = tuple({**e, "start": e["start"] * scale, "end": e["end"] * scale} for e in events)
        return rooms.recorded(rooms.in_a_room(altered, rng), rng, None), moved


def gather(data: Path) -> Iterator[Item]:
    """Find all recordings in ``voices``, ``human``, ``read`` and ``synthetic``, each with a ``truth*.json``."""
    for folder in ("voices", "human", "read", "synthetic"):
        role: Role = "human" if folder in ("voices", "human") else "read" if folder == "read" else "synthetic"
        for truth in sorted((data / folder).glob("truth*.json")):
            for row in json.loads(truth.read_text()):
                path, pauses = _existing(data / folder / row["file"]), row["filled_pauses"]
                if path is None:
                    continue
                events = tuple(pauses) if all(isinstance(pause, dict) for pause in pauses) else None
                corpus = family(row["file"]) if role == "human" else role
                yield Item(path, corpus, "read" if corpus == "libri" else role, events)


def with_copies(items: list[Item]) -> list[Item]:
    """Add the altered copies of human speech whose events are known."""
    extra = [
        Item(item.path, item.corpus, item.role, item.events, copy)
        for item in items
        for copy in range(1, COPIES + 1)
        if item.role == "human" and item.events is not None
    ]
    return [*items, *extra]


def labels(events: tuple[dict[str, Any], ...], first: float, count: int) -> npt.NDArray[np.uint8]:
    """Per frame of 20 ms: 0 nothing, 1 a filled pause without a nasal (uh), 2 with one (um). Shape: (count,)."""
    times = first + (np.arange(count) + 0.5) * 0.02
    found = np.zeros(count, np.uint8)
    for event in events:
        nasal = event["text"][-1] in _NASAL
        found[(times >= event["start"]) & (times <= event["end"])] = 2 if nasal else 1
    return found


def _existing(path: Path) -> Path | None:
    """The file, or the same as Ogg."""
    return next((found for found in (path, path.with_suffix(".ogg")) if found.exists()), None)


def family(name: str) -> str:
    """Which recordings are left out together with this file."""
    return next((family for family in _FAMILIES if name.startswith(family)), "others")
