"""Writing files that must not be lost."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.tmp$")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where a disk is full, or what a person may put on it."""
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
    if error.errno in NO_ROOM:
        return f"there is no room left on the disk for {folder}: free some space, then try again"
    if error.errno in _NO_RIGHT:
        return f"{folder} cannot be written: make it writable, or name another folder in REHEARSE_DATA"
    return f"{folder} cannot be written ({error.strerror}): check that disk, or name another folder in REHEARSE_DATA"


def assert_file(path: Path) -> None:
    """Make sure that reading a path comes to an end; one that is not there is left to whoever opens it.

    Raises:
        ValueError: It is a pipe, a socket or a device.

    """
    if path.exists() and not path.is_file() and not path.is_dir():
        msg = f"{path} is a pipe or a device, which may never end: save it as a file, then name that"
        raise ValueError(msg)


def write_safely(path: Path, data: bytes) -> None:
    """Replace ``path`` in one step; the bytes have reached the disk on return.

    Raises:
        OSError: They have not; what was at ``path`` before is still there.

    """
    partial = new_beside(path)
    try:
        with partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)


def new_beside(path: Path) -> Path:
    """Name a file in the same folder to be written before it takes the place of ``path``.

    It is nobody else's: two writers of one file must not write into each other's.
    """
    # Cut, because a name that is nearly as long as names can be has no room for more.
    return path.with_name(f"{path.name[:50]}.{secrets.token_hex(8)}.tmp")


def leftovers(folder: Path) -> tuple[Path, ...]:
    """List what killed writers left in a folder."""
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(path for path in found if _LEFTOVER.search(path.name))


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; Windows does so by itself and cannot open folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all in it; what another process removes meanwhile is gone all the same.

    Raises:
        OSError: Something in it cannot be removed.

    """
    while folder.exists():
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
