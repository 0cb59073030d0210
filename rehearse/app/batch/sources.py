"""What a batch is asked to measure: files, folders, patterns, manifests and addresses, as items in order."""

from __future__ import annotations

import glob
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rehearse import audio
from rehearse.app.batch import remote
from rehearse.model import Question

MANIFESTS = (".csv", ".tsv", ".jsonl", ".ndjson")
"""Suffixes of a table that names recordings."""


@dataclass(frozen=True, slots=True)
class Item:
    """One recording that is to be measured.

    Attributes:
        file: Its path or address, as it is written in the results.
        person: Who spoke; empty where that is not known.
        question: What was asked, with its kind; None where the kind is not known.
        asked: What was asked, as text; empty where that is not known.
        spoken_at: When it was spoken; None takes the time of the file.
        tags: As given.
        manifest: The table that names it, and the line; empty where a folder did.

    """

    file: str
    person: str = ""
    question: Question | None = None
    asked: str = ""
    spoken_at: datetime | None = None
    tags: tuple[str, ...] = ()
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be measured.

    Attributes:
        file: The recording, or the table in which it is named.
        error: One sentence.
        person: Who spoke; empty where that is not known.
        manifest: The table and line that name it; empty where a folder did.

    """

    file: str
    error: str
    person: str = ""
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """All that was asked for.

    Attributes:
        items: The recordings, in order, each once.
        problems: What cannot be used.
        notes: One sentence for each thing that was left out.

    """

    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Gathering:
    """Collects items, each file and question once."""

    items: dict[tuple[str, str], Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """Add an item, unless the same file with the same question is there already."""
        self.items.setdefault((item.file, item.asked), item)

    def listing(self) -> Listing:
        """Return what was collected."""
        return Listing(tuple(self.items.values()), tuple(self.problems), tuple(self.notes))


def add_source(into: Gathering, source: str, question: Question | None, *, by_folder: bool) -> None:
    """Add the recordings of a file, folder, pattern or address that is no manifest.

    Args:
        into: Where they are added.
        source: As a person wrote it.
        question: What was asked in all of them, where it is known.
        by_folder: Whether the name of a recording's folder is its person.

    """
    if remote.is_address(source):
        files: Sequence[str] = remote.recordings(source)
        skipped: list[Path] = []
    else:
        paths = _paths(source)
        files = [str(file) for path in paths for file in audio.recordings(path)]
        skipped = [file for path in paths for file in audio.left_out(path)]
    for file in files:
        person = remote.folder_of(file) if by_folder else ""
        into.add(Item(file, person, question, question.prompt if question else ""))
    if not files:
        into.problems.append(Problem(source, f"{source}: no recordings there; name a folder, a file or a manifest"))
    into.notes.extend(_left_out(skipped))


def settled(listing: Listing, seconds: float) -> Listing:
    """Leave out the recordings that were written to within the last seconds, which may still be growing."""
    now = time.time()

    def is_whole(item: Item) -> bool:
        try:
            return remote.is_address(item.file) or now - Path(item.file).stat().st_mtime >= seconds
        except OSError:
            return False

    return replace(listing, items=tuple(item for item in listing.items if is_whole(item)))


def is_manifest(source: str) -> bool:
    """Whether a source is a table that names recordings."""
    return Path(source).suffix.lower() in MANIFESTS


def _paths(source: str) -> Iterator[Path] | list[Path]:
    path = Path(source).expanduser()
    if path.exists() or not glob.has_magic(source):
        return [path]
    return [Path(found) for found in sorted(glob.glob(str(path), recursive=True))]  # noqa: PTH207 - absolute ones too


def _left_out(files: Sequence[Path]) -> Iterator[str]:
    if files:
        endings = ", ".join(sorted({file.suffix.lower() or "none" for file in files}))
        count = f"{len(files)} file{'s' * (len(files) != 1)}"
        yield f"{count} left out, not named like recordings (endings: {endings}); name a file itself to have it read"
