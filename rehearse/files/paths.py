"""Where rehearse keeps its files, and where it finds those it ships."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from rehearse.files.atomic_files import explain_write_errors

_PACKAGE = Path(__file__).parent.parent


def base_folder() -> Path:
    """Folder of everything that people keep here; ``REHEARSE_DATA`` overrides it.

    Created with mode 0700 where it does not exist.

    Raises:
        OSError: It cannot be created.

    """
    place = Path(os.environ.get("REHEARSE_DATA") or platformdirs.user_data_dir("rehearse", appauthor=False))
    with explain_write_errors(place):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def models_folder() -> Path:
    """Folder of checked weights; ``REHEARSE_MODELS`` overrides it. Not created."""
    own = os.environ.get("REHEARSE_MODELS")
    return Path(own) if own else Path(platformdirs.user_cache_dir("rehearse", appauthor=False)) / "models"


def shipped(name: str) -> Path:
    """Find a file or folder that comes with rehearse, such as ``question_sets``.

    An installed package carries it inside itself, a checkout at its top.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.exists() else _PACKAGE.parent / name
