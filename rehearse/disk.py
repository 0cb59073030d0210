"""Writing files that must not be lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


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


def write_safely(path: Path, data: bytes) -> None:
    """Replace ``path`` in one step; the bytes have reached the disk on return.

    Raises:
        OSError: They have not; what was at ``path`` before is still there.

    """
    partial = path.with_name(f"{path.name}.tmp")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows does so by itself and cannot open folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
