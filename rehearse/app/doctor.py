"""What may be wrong with an installation, and what to do about it: weights, devices, disk, permissions, versions."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from rehearse import weights
from rehearse.app.workspace import open_workspace
from rehearse.audio.microphone import microphone_name
from rehearse.files.paths import base_folder, models_folder
from rehearse.files.program import program_version
from rehearse.storage.profiles import profiles
from rehearse.transcription.card import card_problem
from rehearse.weights import NEEDED, models

LEAST_FREE = 1_000_000_000
"""Bytes that should be free for recordings (house default): nine hours of a computer's microphone."""
_LIBRARIES = (
    "av",
    "ctranslate2",
    "faster-whisper",
    "hibari-tts",
    "numpy",
    "onnxruntime",
    "soundfile",
    "spacy",
    "streamlit",
)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        state: ``ok``, ``wrong`` for what stops rehearse from working, or ``note`` for what only limits it.
        text: What was found, and what to do where it is not right.

    """

    name: str
    state: Literal["ok", "wrong", "note"]
    text: str


def examine() -> Iterator[Check]:
    """Look at everything, one check after another; no answer is changed, and nobody's words are in what is found."""
    for check in (_versions, _weights, _devices, _disk, _permissions, _history):
        yield from check()


def _versions() -> Iterator[Check]:
    running = (
        f"rehearse {program_version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )
    if sys.version_info < _PYTHON:
        yield Check("versions", "wrong", f"{running}: Python {'.'.join(map(str, _PYTHON))} or newer is needed")
        return
    found = {library: _version(library) for library in _LIBRARIES}
    missing = [library for library, number in found.items() if number is None]
    if missing:
        yield Check("versions", "wrong", f"{', '.join(missing)} missing: pip install --force-reinstall rehearse-aloud")
    yield Check("versions", "ok", running)
    yield Check("libraries", "ok", ", ".join(f"{name} {number}" for name, number in found.items() if number))


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _weights() -> Iterator[Check]:
    for name in models():
        if name not in NEEDED and not weights.is_present(name):
            continue
        try:
            folder = weights.verify(name)
        except (ValueError, OSError) as error:
            yield Check("weights", "wrong" if name in NEEDED else "note", str(error))
        else:
            yield Check("weights", "ok", f"{name}: every byte as pinned, in {folder}")


def _devices() -> Iterator[Check]:
    yield Check("processor", "ok", f"{_processors()} processors may be used")
    problem = card_problem()
    if problem is None:
        yield Check("graphics card", "ok", "batches use it with --device auto or cuda")
    else:
        yield Check("graphics card", "note", f"{problem}; everything works without one")
    try:
        yield Check("microphone", "ok", microphone_name() or "no name is known, it will be tried")
    except (ValueError, OSError) as error:
        yield Check("microphone", "note", f"{error}; the browser's microphone and uploads do not need it")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _disk() -> Iterator[Check]:
    for name, folder in (("recordings", base_folder()), ("weights", _existing(models_folder()))):
        free = shutil.disk_usage(folder).free
        text = f"{free / 1e9:.1f} GB free for {name} in {folder}"
        enough = free >= LEAST_FREE
        yield Check("disk", "ok" if enough else "wrong", text if enough else f"{text}: free some space")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def _permissions() -> Iterator[Check]:
    folder = base_folder()
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Check("permissions", "wrong", f"{folder} cannot be written: make it writable, or set REHEARSE_DATA")
    elif os.name == "posix" and folder.stat().st_mode & _OTHERS:
        yield Check("permissions", "note", f"other accounts may look into {folder}: chmod 700 {folder}")
    else:
        yield Check("permissions", "ok", f"{folder} is yours alone")


def _history() -> Iterator[Check]:
    for profile in profiles():
        if not (profile.folder / "history.db").exists():
            yield Check("history", "ok", f"{profile.name}: no answers yet")
            continue
        try:
            opened = open_workspace(profile)
            count = len(opened.history.ids())
        except (ValueError, OSError) as error:
            yield Check("history", "wrong", f"{profile.name}: {error}")
        else:
            waiting = len(set(opened.takes.ids()) - opened.history.ids())
            left = f", {waiting} not analysed yet" if waiting else ""
            text = f"{profile.name}: {count} answer{'s' * (count != 1)}{left}"
            yield Check("history", "ok", text)
