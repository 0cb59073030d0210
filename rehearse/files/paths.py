"""Locations of the person's data, the model weights, and the files shipped with rehearse."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from rehearse.files.atomic_files import explain_write_errors

_PACKAGE = Path(__file__).parent.parent


def base_folder() -> Path:
    """Return the folder of all user data; ``REHEARSE_DATA`` overrides it.

    Created with mode 0700 if it does not exist.

    Raises:
        OSError: The folder cannot be created.

    """
    folder = Path(os.environ.get("REHEARSE_DATA") or platformdirs.user_data_dir("rehearse", appauthor=False))
    with explain_write_errors(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def models_folder() -> Path:
    """Return the folder of verified weights; ``REHEARSE_MODELS`` overrides it. Not created."""
    own = os.environ.get("REHEARSE_MODELS")
    return Path(own) if own else Path(platformdirs.user_cache_dir("rehearse", appauthor=False)) / "models"


def shipped(name: str) -> Path:
    """Return the path of a file or folder shipped with rehearse, such as ``question_sets``.

    It is inside an installed package, or at the top of a checkout.
    """
    inside = _PACKAGE / "shipped" / name
    return inside if inside.exists() else _PACKAGE.parent / name
