"""Atomic, durable writes."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.tmp$")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where a disk is full, or what a person may put on it."""
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_MOST_TRIES = 20
"""How often a folder that is being written into is emptied before giving up (house default)."""


@contextmanager
def explain_write_errors(folder: Path) -> Iterator[None]:
    """Turn system errors while writing below ``folder`` into one sentence that says what to do.

    Raises:
        OSError: Replaces the system's error; an ``OSError`` that is already a sentence is re-raised unchanged.

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


def is_pipe_or_device(path: Path) -> bool:
    """Return whether reading a path may never end, because it is a pipe, a socket or a device."""
    return path.exists() and not path.is_file() and not path.is_dir()


def assert_file(path: Path) -> None:
    """Make sure that reading a path comes to an end; one that is not there is left to whoever opens it.

    Raises:
        ValueError: It is a pipe, a socket or a device.

    """
    if is_pipe_or_device(path):
        msg = f"{path} is a pipe or a device, which may never end: save it as a file, then name that"
        raise ValueError(msg)


def write_safely(path: Path, data: bytes) -> None:
    """Replace ``path`` atomically; the bytes have reached the disk when this returns.

    Raises:
        OSError: The data could not be written; any previous file at ``path`` is unchanged.

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
    """Return a path in the same folder for a temporary file that will replace ``path``.

    The name is unique: two writers of one file must not write to the same temporary file.
    """
    # Truncated, because the name may already be nearly as long as the file system allows.
    return path.with_name(f"{path.name[:50]}.{secrets.token_hex(8)}.tmp")


def leftovers(folder: Path) -> tuple[Path, ...]:
    """Return the temporary files that killed writers left in a folder."""
    found = folder.iterdir() if folder.is_dir() else ()
    return tuple(path for path in found if is_leftover(path))


def is_leftover(path: Path) -> bool:
    """Whether a file has a name like those from ``new_beside``."""
    return _LEFTOVER.search(path.name) is not None


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; Windows does this itself and cannot open folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_folder(folder: Path) -> None:
    """Delete a folder and its contents; another process may be deleting them or writing in it at the same time.

    Raises:
        OSError: Something in it cannot be deleted.

    """
    written_into = 0
    while folder.exists():
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            written_into += 1
            if error.errno != errno.ENOTEMPTY or written_into == _MOST_TRIES:
                raise
