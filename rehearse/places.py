"""Where rehearse keeps its files, and where it finds those it ships."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


def data_folder() -> Path:
    """Folder of takes and history; ``REHEARSE_DATA`` overrides it.

    Created with mode 0700 where it does not exist.
    """
    place = Path(os.environ.get("REHEARSE_DATA") or platformdirs.user_data_dir("rehearse", appauthor=False))
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


@contextmanager
def explain_write_errors(folder: Path) -> Iterator[None]:
    """Turn the system's errors while writing below ``folder`` into one sentence that says what to do.

    Raises:
        OSError: In place of the system's; an ``OSError`` that is a sentence already passes unchanged.

    """
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(_sentence(error, folder)) from error


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in _NO_ROOM:
        return f"there is no room left on the disk for {folder}: free some space, then try again"
    if error.errno in _NO_RIGHT:
        return f"{folder} cannot be written: make it writable, or name another folder in REHEARSE_DATA"
    return f"{folder} cannot be written ({error.strerror}): check that disk, or name another folder in REHEARSE_DATA"
