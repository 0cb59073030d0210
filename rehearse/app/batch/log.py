"""``batch.log``: what became of each recording and when, without a word of what was said in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from rehearse.app.batch.run import Done
from rehearse.app.batch.store import explained
from rehearse.files.terminal import escaped

FILE = "batch.log"


class BatchLog:
    """A file to which each run adds one line a recording: time, state, seconds, start of the SHA-256, file, error."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        with explained(self._path.parent):
            self._file = self._path.open("a", encoding="utf-8", errors="backslashreplace")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, found: Done) -> None:
        """Add one recording."""
        if self._file is None:
            return
        digest = found.sha256[:12] if found.sha256 else "-"
        parts = [
            f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            found.state,
            f"{found.seconds:.1f}",
            digest,
            found.item.file,
        ]
        self._file.write("\t".join(escaped(part) for part in [*parts, found.error or ""]).rstrip() + "\n")
        self._file.flush()
