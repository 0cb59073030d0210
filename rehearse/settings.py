"""What the person chose once and for all: kept beside the attempts, so that exporting and deleting reach it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rehearse.events.markers import MARKERS, chosen_markers, marker
from rehearse.history import Documents
from rehearse.metrics import DELIVERY

KIND = "settings"
NAME = "person"
MOST_MARKERS = 50
"""Markers of the person's own; each is looked for in every answer (house default)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices; as built, nothing is changed.

    Attributes:
        added: Discourse markers of the person's own, in the order they were added.
        removed: Markers of ``MARKERS`` that are not counted.
        unjudged: Families of ``DELIVERY`` that are measured but not judged.
        speak: Whether a question is read out by the browser's own voice.
        model: Name of the Whisper weights that listen; None for the default.

    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unjudged: frozenset[str] = field(default_factory=frozenset)
    speak: bool = True
    model: str | None = None

    @property
    def markers(self) -> tuple[str, ...]:
        """What is looked for in an answer."""
        return chosen_markers(self.added, self.removed)

    def with_marker(self, text: str) -> Settings:
        """Count one more marker; one that was removed comes back.

        Raises:
            ValueError: It is no short phrase, is counted as something else, or there are too many.

        """
        name = marker(text)
        if name in MARKERS:
            return replace(self, removed=tuple(other for other in self.removed if other != name))
        if name not in self.added and len(self.added) >= MOST_MARKERS:
            msg = f"there are {MOST_MARKERS} words of your own already: remove one first"
            raise ValueError(msg)
        return replace(self, added=tuple(dict.fromkeys([*self.added, name])))

    def without_marker(self, name: str) -> Settings:
        """Count one marker no longer; one that is not counted changes nothing."""
        removed = dict.fromkeys([*self.removed, name]) if name in MARKERS else self.removed
        return replace(self, added=tuple(other for other in self.added if other != name), removed=tuple(removed))


def families(text: str) -> frozenset[str]:
    """Read families to leave unjudged from a list with commas.

    Raises:
        ValueError: One is not in ``DELIVERY``.

    >>> sorted(families("pace, fillers"))
    ['fillers', 'pace']

    """
    named = frozenset(name.strip().lower() for name in text.split(",") if name.strip())
    unknown = sorted(named - DELIVERY.keys())
    if unknown:
        msg = f"{unknown[0]!r} is nothing that can be left unjudged: choose from {', '.join(DELIVERY)}"
        raise ValueError(msg)
    return named


def read_settings(documents: Documents) -> Settings:
    """Read the choices; what was never chosen, and what this rehearse does not know, is as built."""
    data = documents.get(KIND, NAME) or {}
    model = data.get("model")
    settings = Settings(
        unjudged=frozenset(_texts(data, "unjudged")) & DELIVERY.keys(),
        speak=data.get("speak") is not False,
        model=model if isinstance(model, str) else None,
    )
    for text in _texts(data, "added"):
        settings = _also(settings, text)
    for name in _texts(data, "removed"):
        settings = settings.without_marker(name) if name in MARKERS else settings
    return settings


def write_settings(documents: Documents, settings: Settings) -> None:
    """Keep the choices."""
    documents.put(
        KIND,
        NAME,
        {
            "added": list(settings.added),
            "removed": list(settings.removed),
            "unjudged": sorted(settings.unjudged),
            "speak": settings.speak,
            "model": settings.model,
        },
    )


def _texts(data: Mapping[str, Any], name: str) -> Collection[str]:
    found = data.get(name)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _also(settings: Settings, text: str) -> Settings:
    """Add a marker that was kept, unless the rules have come to count it as something else."""
    try:
        return settings.with_marker(text)
    except ValueError:
        return settings
