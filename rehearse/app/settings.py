"""The person's settings, stored with the attempts so that exporting and deleting include them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from rehearse import weights
from rehearse.events.markers import MARKERS, chosen_markers, marker
from rehearse.metrics import DELIVERY
from rehearse.storage.history import Documents

Reader = Literal["interviewer", "browser"]
"""Who reads questions aloud: the voices that come with rehearse, or the browser's own."""

KIND = "settings"
NAME = "person"
MOST_MARKERS = 50
"""Maximum number of the person's own markers; each is searched for in every answer (house default)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The person's choices; the defaults change nothing.

    Attributes:
        added: The person's own discourse markers, in the order they were added.
        removed: Markers in ``MARKERS`` that are not counted.
        unjudged: Families of ``DELIVERY`` that are measured but not judged.
        speak: Whether questions are read aloud.
        reader: Who reads them.
        model: Name of the Whisper weights to use; None for the default.
        length_cue: Whether the recorder says when the comfortable length is passed.

    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unjudged: frozenset[str] = field(default_factory=frozenset)
    speak: bool = True
    reader: Reader = "interviewer"
    model: str | None = None
    length_cue: bool = False

    @property
    def markers(self) -> tuple[str, ...]:
        """The discourse markers to count in an answer."""
        return chosen_markers(self.added, self.removed)

    def counting(self, names: Iterable[str]) -> Settings:
        """Return settings that count exactly these markers, whether built in or the person's own.

        Raises:
            ValueError: A marker is not a short phrase or is counted as something else, or there are none or too many.

        """
        wanted = dict.fromkeys(map(marker, names))
        added = tuple(name for name in wanted if name not in MARKERS)
        if len(added) > MOST_MARKERS:
            msg = f"there is room for {MOST_MARKERS} words of your own: remove one first"
            raise ValueError(msg)
        removed = tuple(name for name in MARKERS if name not in wanted)
        chosen_markers(added, removed)  # raises if no markers are left
        return replace(self, added=added, removed=removed)


def recognisers() -> dict[str, weights.Model]:
    """Return the speech recognition models by name, downloaded or not; never a folder named in a document."""
    return {name: model for name, model in weights.models().items() if model.role == "recogniser"}


def families(text: str) -> frozenset[str]:
    """Parse a comma-separated list of families to leave unjudged.

    Raises:
        ValueError: A family is not in ``DELIVERY``.

    >>> sorted(families("pace, fillers"))
    ['fillers', 'pace']

    """
    named = frozenset(name.strip().lower() for name in text.split(",") if name.strip())
    unknown = sorted(named - DELIVERY.keys())
    if unknown:
        msg = f"{unknown[0]!r} cannot be left unjudged: choose from {', '.join(DELIVERY)}"
        raise ValueError(msg)
    return named


def read_settings(documents: Documents) -> Settings:
    """Read the settings; missing and unknown values become the defaults."""
    data = documents.get(KIND, NAME) or {}
    model = data.get("model")
    own = [text for text in _texts(data, "added") if _is_marker(text)]
    removed = _texts(data, "removed")
    counting = [*(name for name in MARKERS if name not in removed), *own[:MOST_MARKERS]]
    return Settings(
        unjudged=frozenset(_texts(data, "unjudged")) & DELIVERY.keys(),
        speak=data.get("speak") is not False,
        reader=next((name for name in get_args(Reader) if name == data.get("reader")), "interviewer"),
        model=model if isinstance(model, str) and model in recognisers() else None,
        length_cue=data.get("length_cue") is True,
    ).counting(counting or MARKERS)


def write_settings(documents: Documents, settings: Settings) -> None:
    """Store the settings."""
    documents.put(
        KIND,
        NAME,
        {
            "added": list(settings.added),
            "removed": list(settings.removed),
            "unjudged": sorted(settings.unjudged),
            "speak": settings.speak,
            "reader": settings.reader,
            "model": settings.model,
            "length_cue": settings.length_cue,
        },
    )


def _texts(data: Mapping[str, Any], name: str) -> Sequence[str]:
    found = data.get(name)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _is_marker(text: str) -> bool:
    """Whether a stored word is still a valid marker: newer rules may count it as something else."""
    with suppress(ValueError):
        return bool(marker(text))
    return False
