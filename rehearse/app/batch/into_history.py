"""The answers of a batch in the practice history, each with its recording in the profile of whoever spoke it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse.app.batch import remote
from rehearse.app.batch.run import Done
from rehearse.app.batch.sources import Item
from rehearse.app.batch.store import WorkStore
from rehearse.app.workspace import Workspace, open_workspace
from rehearse.model import Attempt, Origin
from rehearse.storage.history.json_codec import attempt_in
from rehearse.storage.profiles import Profile, create, find

_Same = tuple[str | None, str | None]
"""What makes two answers the same: the bytes of the recording, and the question."""


def add_to_history(done: Iterable[Done], store: WorkStore, own: Profile) -> int:
    """Add what was measured, and return how many answers are new; those that are there already are left as they are.

    Args:
        done: What the batch has finished.
        store: Its results.
        own: The profile of recordings without a person; one with a person goes into the profile of that name, which
            is created where there is none.

    Raises:
        ValueError: A name can be no profile's, or a history is damaged.
        OSError: A recording cannot be read, or a history cannot be written.

    """
    opened: dict[str, tuple[Workspace, set[_Same]]] = {}
    added = 0
    for found in done:
        text = store.attempt(found.key) if found.key and found.error is None else None
        if text is None:
            continue
        person = found.item.person
        if person not in opened:
            workspace = open_workspace(_profile(person) if person else own)
            opened[person] = workspace, {_same(attempt) for attempt in workspace.history.attempts(samples=True)}
        workspace, known = opened[person]
        attempt = attempt_in(text)
        if _same(attempt) not in known:
            _add(workspace, attempt, found.item)
            known.add(_same(attempt))
            added += 1
    return added


def _add(workspace: Workspace, attempt: Attempt, item: Item) -> None:
    with remote.local(item.file) as path:
        data, suffix = path.read_bytes(), path.suffix
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    origin = Origin("upload")
    take = workspace.takes.save(
        data, suffix=suffix, question=attempt.question, origin=origin, name=Path(item.file).name
    )
    workspace.history.add(
        replace(attempt, id=take.id, spoken_at=item.spoken_at or modified, origin=origin, audio=take.audio.name)
    )
    if item.tags:
        workspace.history.describe(take.id, tags=item.tags)


def _profile(person: str) -> Profile:
    try:
        return find(person)
    except ValueError:
        return create(person)


def _same(attempt: Attempt) -> _Same:
    return attempt.sha256, attempt.question.id if attempt.question else None
