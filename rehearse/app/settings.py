"""What the person chose once and for all: kept beside the attempts, so that exporting and deleting reach it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from rehearse import weights
from rehearse.events.markers import MARKERS, chosen_markers, marker
from rehearse.metrics import DELIVERY
from rehearse.storage.history import Documents

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

    def counting(self, names: Iterable[str]) -> Settings:
        """Count just these markers, shipped ones and the person's own.

        Raises:
            ValueError: One is no short phrase or is counted as something else, or there are none or too many.

        """
        wanted = dict.fromkeys(map(marker, names))
        added = tuple(name for name in wanted if name not in MARKERS)
        if len(added) > MOST_MARKERS:
            msg = f"there is room for {MOST_MARKERS} words of your own: remove one first"
            raise ValueError(msg)
        removed = tuple(name for name in MARKERS if name not in wanted)
        chosen_markers(added, removed)  # refuses what leaves nothing to look for
        return replace(self, added=added, removed=removed)


def recognisers() -> dict[str, weights.Model]:
    """Give the models that can listen, by name, here or not: never a folder that a document names."""
    return {name: model for name, model in weights.models().items() if model.role == "recogniser"}


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
    own = [text for text in _texts(data, "added") if _is_marker(text)]
    removed = _texts(data, "removed")
    counting = [*(name for name in MARKERS if name not in removed), *own[:MOST_MARKERS]]
    return Settings(
        unjudged=frozenset(_texts(data, "unjudged")) & DELIVERY.keys(),
        speak=data.get("speak") is not False,
        model=model if isinstance(model, str) and model in recognisers() else None,
    ).counting(counting or MARKERS)


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


def _texts(data: Mapping[str, Any], name: str) -> Sequence[str]:
    found = data.get(name)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _is_marker(text: str) -> bool:
    """Whether a word that was kept is still one to look for: the rules may have come to count it as something else."""
    with suppress(ValueError):
        return bool(marker(text))
    return False
