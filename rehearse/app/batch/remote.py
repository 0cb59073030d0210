"""Recordings at an address (``s3://``, ``https://``, ``sftp://``), through fsspec: fetched, measured, deleted.

Only what a person names is fetched, and nothing is sent there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from rehearse.audio.formats import SUFFIXES

_MARK = "://"


def is_address(source: str) -> bool:
    """Whether a source is an address rather than a path.

    >>> is_address("s3://answers/anna.flac"), is_address("C:/answers/anna.flac")
    (True, False)
    """
    return _MARK in source


def folder_of(file: str) -> str:
    """Return the name of a recording's folder.

    >>> folder_of("answers/anna/1.flac"), folder_of("1.flac")
    ('anna', '')
    """
    return PurePosixPath(file.replace("\\", "/")).parent.name


def recordings(address: str) -> list[str]:
    """List the recordings at an address, sorted; an address of one file is that file, whatever its ending.

    Raises:
        ValueError: What is needed for such addresses is not installed.
        OSError: The address cannot be read.

    """
    with _explained(address):
        system, path = _system(address)
        if not system.isdir(path):
            return [address]
        scheme = address.partition(_MARK)[0]
        found = sorted(str(name) for name in system.find(path))
        return [
            f"{scheme}{_MARK}{name.lstrip('/')}" for name in found if PurePosixPath(name).suffix.lower() in SUFFIXES
        ]


@contextmanager
def local(file: str) -> Iterator[Path]:
    """Give the path of a recording's bytes: its own, or that of a copy that is deleted afterwards.

    Raises:
        ValueError: What is needed for such addresses is not installed.
        OSError: The recording cannot be read.

    """
    if not is_address(file):
        yield Path(file)
        return
    # Its name is only a hint for the decoder, so nothing of the address but its ending becomes part of a path.
    ending = PurePosixPath(file).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        copy = Path(folder) / f"recording{ending if ending in SUFFIXES else ''}"
        with _explained(file):
            system, path = _system(file)
            with system.open(path, "rb") as there, copy.open("wb") as here:
                shutil.copyfileobj(there, here)
        yield copy


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        msg = f"{address}: addresses need another package; pip install 'rehearse-aloud[remote]'"
        raise ValueError(msg) from None
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        msg = f"{address}: {error}"
        raise ValueError(msg) from None
    return system, str(path)


@contextmanager
def _explained(address: str) -> Iterator[None]:
    """Turn what a library of addresses raises, which may be anything, into one sentence."""
    try:
        yield
    except FileNotFoundError:
        msg = f"{address}: nothing there"
        raise FileNotFoundError(msg) from None
    except (ValueError, OSError) as error:
        if address in str(error):
            raise
        msg = f"{address}: cannot be read ({error})"
        raise OSError(msg) from error
    except Exception as error:
        msg = f"{address}: cannot be read ({type(error).__name__}: {error}); check the address and your access to it"
        raise OSError(msg) from error
