"""What results depend on beside the recording: weights, code and libraries, each by its content.

Two fingerprints are kept apart, so that a changed measurement or coaching rule does not cost the transcription
again: one of all that the recogniser's output depends on, one of all that is derived from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import rehearse
from rehearse import weights
from rehearse.transcription import Computing
from rehearse.weights import PARSER, models

_PACKAGE = Path(rehearse.__file__).parent
_LENGTH = 16
"""Hexadecimal digits of a fingerprint; more would tell no more apart."""
_RECOGNISED = ("audio", "transcription", "language/words.py")
"""What the recogniser's output depends on, below the package."""
_DERIVED = (
    "analysis", "app/batch/derived.py", "app/batch/rows.py", "audio", "coaching", "events", "feedback", "language",
    "metrics", "model", "pipeline.py", "progress/measurement_error.py", "progress/measurement_error.toml", "story",
)  # fmt: skip
"""What is derived from it depends on."""
_LIBRARIES_OF_RECOGNISED = ("av", "ctranslate2", "faster-whisper", "numpy", "onnxruntime", "tokenizers")
_LIBRARIES_OF_DERIVED = ("av", "numpy", "spacy", "textstat")


def recognised_with(model: str, computing: Computing, together: int = 1) -> str:
    """Return the fingerprint of all that turns a recording into the recogniser's output.

    Args:
        model: A model of the manifest, or a folder of weights.
        computing: Where it is computed, and how: the last digits may differ.
        together: Recordings whose windows are transcribed together: likewise.

    """
    how = f"{computing.device} {computing.precision} {together}"
    return _fingerprint(_RECOGNISED, _LIBRARIES_OF_RECOGNISED, (weights_of(model), how))


def derived_with() -> str:
    """Return the fingerprint of all that turns the recogniser's output into measurements and findings."""
    return _fingerprint(_DERIVED, _LIBRARIES_OF_DERIVED, (weights_of(PARSER),))


def reported_with() -> str:
    """Return the fingerprint of what a report is made with."""
    return _fingerprint(("app/batch/reports.py", "views"), ("jinja2",), ())


@cache
def weights_of(model: str) -> str:
    """Return the SHA-256 over the hashes of all files of a model."""
    known = models().get(model)
    pinned = {file.name: file.sha256 for file in known.files} if known else {}
    if not known or None in pinned.values():
        folder = weights.resolve(model)
        pinned = {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in _files(folder)
        }
    lines = "\n".join(f"{name} {digest}" for name, digest in sorted(pinned.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def digest(*parts: object) -> str:
    """Return a fingerprint of values that have a ``repr``, in this order."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_LENGTH]


@cache
def _fingerprint(parts: tuple[str, ...], libraries: tuple[str, ...], more: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for path in sorted(file for part in parts for file in _files(_PACKAGE / part)):
        found.update(f"{path.relative_to(_PACKAGE).as_posix()}\n".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    found.update(repr([(name, _version(name)) for name in libraries]).encode())
    found.update(repr(more).encode())
    return found.hexdigest()[:_LENGTH]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    yield from sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
