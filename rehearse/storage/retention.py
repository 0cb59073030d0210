"""Disk use, an optional rule that deletes old recordings, and deleting data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rehearse.files.atomic_files import explain_write_errors, leftovers
from rehearse.questions import set_files
from rehearse.storage.history import Document, Documents, History
from rehearse.storage.landing import sweep
from rehearse.storage.takes import TakeStore

LONGEST_DAYS = 3650
"""Maximum number of days in the rule that deletes old recordings (house default)."""

_GIGABYTE, _MEGABYTE = 1e9, 1e6
_WHOLE_FROM = 10
_KIND, _NAME = "settings", "old_sound"


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Disk space used by a profile, in bytes.

    Attributes:
        sound: Recordings and their notes.
        history: Transcripts, measurements, and everything the person wrote.

    """

    sound: int
    history: int

    @property
    def total(self) -> int:
        """Bytes in total."""
        return self.sound + self.history


def disk_use(store: TakeStore, history: History) -> DiskUse:
    """Measure the disk space used by a profile."""
    return DiskUse(sum(_sizes(store.root)), history.path.stat().st_size)


def readable_size(size: int) -> str:
    """Format a number of bytes for people.

    >>> readable_size(999), readable_size(1_250_000), readable_size(73_400_000_000)
    ('less than 1 MB', '1.2 MB', '73 GB')
    """
    unit, name = (_GIGABYTE, "GB") if size >= _GIGABYTE else (_MEGABYTE, "MB")
    value = size / unit
    return "less than 1 MB" if value < 1 else f"{value:.1f} {name}" if value < _WHOLE_FROM else f"{value:.0f} {name}"


def old_sound_days(documents: Documents) -> int | None:
    """Return after how many days recordings are deleted; None (the default) if never."""
    days = (documents.get(_KIND, _NAME) or {}).get("days")
    return days if isinstance(days, int) and 1 <= days <= LONGEST_DAYS else None


def deletes(document: Document) -> bool:
    """Whether a document is a rule that deletes data: only the person may set one, never an imported file."""
    return (document.kind, document.name) == (_KIND, _NAME)


def keep_sound(documents: Documents, days: int | None) -> None:
    """Set the rule: recordings are deleted after this many days; None means never.

    Raises:
        ValueError: The number of days is out of range.

    """
    if days is None:
        documents.delete(_KIND, _NAME)
        return
    if not 1 <= days <= LONGEST_DAYS:
        msg = f"sound can go after 1 to {LONGEST_DAYS} days (got {days})"
        raise ValueError(msg)
    documents.put(_KIND, _NAME, {"days": days})


def delete_sound(store: TakeStore, history: History, take_id: str) -> None:
    """Delete a take's recording, but not its transcript and measurements.

    A take without a question is identified only by its file name, so that becomes its title.

    Raises:
        ValueError: The take is not analysed: nothing would be left of it.
        OSError: The folder cannot be written.

    """
    attempt, take = history.get(take_id), store.get(take_id)
    if attempt is None:
        msg = f"{take_id} is not analysed: without its recording nothing would be left of it"
        raise ValueError(msg)
    if take and take.name and attempt.question is None and not history.about(take_id).title:
        history.describe(take_id, title=take.name[:200])
    store.delete(take_id)


def delete_answer(store: TakeStore, history: History, take_id: str) -> None:
    """Delete an answer's recording, transcript and measurements, and quotes of it in follow-up questions.

    Raises:
        OSError: Something cannot be written; the answer is then still listed, so deleting can be retried.

    """
    sweep(store.root.parent)  # first, because it restores what killed imports moved away
    store.forget_quotes(take_id)
    # Delete the recording first: a process still analysing it stores the answer only while its take exists.
    store.delete(take_id)
    history.delete(take_id)


def old_sound(store: TakeStore, history: History, now: datetime) -> tuple[str, ...]:
    """Return the ids of takes whose recordings the rule would delete.

    Recordings that are not analysed are never included, however old: nothing would be left of them.
    """
    days = old_sound_days(history.documents)
    if days is None:
        return ()
    with_sound = set(store.ids())
    old = history.summaries(until=now - timedelta(days=days), samples=True)
    return tuple(summary.id for summary in old if summary.id in with_sound)


def apply_rule(store: TakeStore, history: History, now: datetime) -> tuple[str, ...]:
    """Delete the recordings covered by the rule, and return the ids of their takes.

    Raises:
        OSError: A folder cannot be written.

    """
    gone = old_sound(store, history, now)
    for take_id in gone:
        delete_sound(store, history, take_id)
    return gone


def delete_everything(store: TakeStore, history: History, question_sets: Path) -> None:
    """Delete every recording, transcript, measurement, note and document of a profile, and its own question sets.

    Raises:
        OSError: Something cannot be deleted; deleting can be retried.

    """
    sweep(store.root.parent, older_than=0.0)  # first, because it restores what killed imports moved away
    store.clear()
    history.clear()
    with explain_write_errors(question_sets):
        for path in (*set_files(question_sets), *leftovers(question_sets)):
            path.unlink(missing_ok=True)


def _sizes(folder: Path) -> Iterator[int]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(Path(entry.path))
            else:
                with suppress(FileNotFoundError):  # another process may be deleting a take
                    yield entry.stat(follow_symlinks=False).st_size
