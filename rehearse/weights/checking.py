"""Verifies copies of weights against their pinned sizes and hashes."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from rehearse.weights.manifest import Model, PinnedFile


def fault(pin: PinnedFile, path: Path) -> str | None:
    """Return what is wrong with a file, or None if it matches its pin."""
    if not path.is_file():
        return f"{pin.name} is missing"
    size = path.stat().st_size
    if size != pin.size:
        return f"{pin.name} has {size:,} bytes instead of {pin.size:,}"
    if pin.sha256 is not None and _sha256(path) != pin.sha256:
        return f"{pin.name} does not match its SHA-256"
    return None


def first_fault(model: Model, folder: Path, *, trust_stamp: bool = True) -> str | None:
    """Return what is wrong with a copy, or None if every file matches its pin.

    For a valid copy, a stamp (size, time and inode of each file) is written next to
    its folder, so that gigabytes are hashed once and not at every start.

    Args:
        model: What the folder should contain.
        folder: The copy.
        trust_stamp: If False, every file is hashed again.

    """
    stamp = folder.with_name(f"{folder.name}.verified")
    marks = _marks(model, folder)
    if trust_stamp and stamp.is_file() and stamp.read_text(encoding="utf-8") == marks:
        return None
    found = next(filter(None, (fault(pin, folder / pin.name) for pin in model.files)), None)
    if found is None:
        # A shared folder may be read-only; the hashes are then computed each time.
        with contextlib.suppress(OSError):
            stamp.write_text(marks, encoding="utf-8")
    return found


def _marks(model: Model, folder: Path) -> str:
    states = ((pin, (folder / pin.name).stat()) for pin in model.files if (folder / pin.name).is_file())
    return json.dumps([[pin.name, pin.sha256, it.st_size, it.st_mtime_ns, it.st_ino] for pin, it in states])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
