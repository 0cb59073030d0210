"""Rehearse interview answers aloud, and measure them on your own computer.

>>> import rehearse
>>> "process" in rehearse.__all__
True
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from rehearse.files import telemetry

# Here, because whatever the entry point, this runs before any library that would send telemetry.
telemetry.forbid()

_MODULES = {
    "History": "rehearse.storage.history",
    "TakeStore": "rehearse.storage.takes",
    "Workspace": "rehearse.app.workspace",
    "give_feedback": "rehearse.feedback",
    "load": "rehearse.audio",
    "load_question_set": "rehearse.questions",
    "open_workspace": "rehearse.app.workspace",
    "process": "rehearse.pipeline",
    "whisper": "rehearse.transcription",
}

__all__ = [
    "History",
    "TakeStore",
    "Workspace",
    "give_feedback",
    "load",
    "load_question_set",
    "open_workspace",
    "process",
    "whisper",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import rehearse`` is fast."""
    if name not in _MODULES:
        msg = f"module 'rehearse' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_MODULES[name]), name)
