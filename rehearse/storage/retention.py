"""What is kept on the disk: how much it is, an optional rule for old sound, and deleting it all."""

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
"""Days after which a rule may let sound go, at most (house default)."""

_GIGABYTE, _MEGABYTE = 1e9, 1e6
_WHOLE_FROM = 10
_KIND, _NAME = "settings", "old_sound"


@dataclass(frozen=True, slots=True)
class DiskUse:
    """How much room a profile takes, in bytes.

    Attributes:
        sound: The recordings with their notes.
        history: Transcripts, numbers, and all that is written.

    """

    sound: int
    history: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.sound + self.history


def disk_use(store: TakeStore, history: History) -> DiskUse:
    """Measure what a profile keeps."""
    return DiskUse(sum(_sizes(store.root)), history.path.stat().st_size)


def room(size: int) -> str:
    """Write a number of bytes for people.

    >>> room(999), room(1_250_000), room(73_400_000_000)
    ('less than 1 MB', '1.2 MB', '73 GB')
    """
    unit, name = (_GIGABYTE, "GB") if size >= _GIGABYTE else (_MEGABYTE, "MB")
    value = size / unit
    return "less than 1 MB" if value < 1 else f"{value:.1f} {name}" if value < _WHOLE_FROM else f"{value:.0f} {name}"


def old_sound_days(documents: Documents) -> int | None:
    """Read after how many days sound goes; None, as built, where it never does."""
    days = (documents.get(_KIND, _NAME) or {}).get("days")
    return days if isinstance(days, int) and 1 <= days <= LONGEST_DAYS else None


def deletes(document: Document) -> bool:
    """Whether a document is a rule that deletes something: only the person may set one, never a file from elsewhere."""
    return (document.kind, document.name) == (_KIND, _NAME)


def keep_sound(documents: Documents, days: int | None) -> None:
    """Set the rule: sound goes after so many days, or with None never.

    Raises:
        ValueError: The number of days makes no rule.

    """
    if days is None:
        documents.delete(_KIND, _NAME)
        return
    if not 1 <= days <= LONGEST_DAYS:
        msg = f"sound can go after 1 to {LONGEST_DAYS} days (got {days})"
        raise ValueError(msg)
    documents.put(_KIND, _NAME, {"days": days})


def delete_sound(store: TakeStore, history: History, take_id: str) -> None:
    """Remove a take's sound and keep its words and numbers.

    Without a question its file's name is all that names it, so that becomes its title.

    Raises:
        ValueError: It is not analysed: nothing would be left of it.
        OSError: The folder cannot be written.

    """
    attempt, take = history.get(take_id), store.get(take_id)
    if attempt is None:
        msg = f"{take_id} is not analysed: without its sound nothing would be left of it"
        raise ValueError(msg)
    if take and take.name and attempt.question is None and not history.about(take_id).title:
        history.describe(take_id, title=take.name[:200])
    store.delete(take_id)


def delete_answer(store: TakeStore, history: History, take_id: str) -> None:
    """Remove an answer's sound, words and numbers, and its words where follow-up questions quote them.

    Raises:
        OSError: Something cannot be written; then the answer is still listed, to be deleted again.

    """
    sweep(store.root.parent)  # first, for it puts back what killed imports moved away
    store.forget_quotes(take_id)
    # The sound goes first: a process that still analyses it keeps an answer only while its take is there.
    store.delete(take_id)
    history.delete(take_id)


def old_sound(store: TakeStore, history: History, now: datetime) -> tuple[str, ...]:
    """List the takes whose sound the rule lets go.

    Sound that is not analysed stays, however old: nothing would be left of it.
    """
    days = old_sound_days(history.documents)
    if days is None:
        return ()
    with_sound = set(store.ids())
    old = history.summaries(until=now - timedelta(days=days), samples=True)
    return tuple(summary.id for summary in old if summary.id in with_sound)


def apply_rule(store: TakeStore, history: History, now: datetime) -> tuple[str, ...]:
    """Remove the sound that the rule lets go, and return the ids of its takes.

    Raises:
        OSError: A folder cannot be written.

    """
    gone = old_sound(store, history, now)
    for take_id in gone:
        delete_sound(store, history, take_id)
    return gone


def delete_everything(store: TakeStore, history: History, question_sets: Path) -> None:
    """Remove every recording, transcript, number, note and document of a profile, and its own question sets.

    Raises:
        OSError: Something cannot be removed; what is left can be deleted again.

    """
    sweep(store.root.parent, older_than=0.0)  # first, for it puts back what killed imports moved away
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
                with suppress(FileNotFoundError):  # another process may delete a take just now
                    yield entry.stat(follow_symlinks=False).st_size
