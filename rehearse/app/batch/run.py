"""Run a batch: what is finished is taken from the store, what is new is measured, each result is stored as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rehearse import audio, weights
from rehearse.app.batch import remote, versions
from rehearse.app.batch.derived import Failure, Task
from rehearse.app.batch.engine import Engine, Result
from rehearse.app.batch.rows import AS_BUILT, Choices
from rehearse.app.batch.sources import Item, Problem
from rehearse.app.batch.store import WorkStore
from rehearse.files.atomic_files import assert_file
from rehearse.transcription import CPU, Computing

State = Literal["stored", "measured", "again", "error"]
"""``stored``: finished in an earlier run; ``again``: measured again from the recogniser's stored output."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the results depend on beside the recordings.

    Attributes:
        model: A model of the manifest of weights, or a folder of weights.
        choices: What is counted and judged.
        computing: Where the recogniser is computed, and how.
        together: Recordings whose windows are transcribed together, by which the last digits may differ.

    """

    model: str = weights.DEFAULT
    choices: Choices = AS_BUILT
    computing: Computing = CPU
    together: int = 1

    @property
    def recognised_with(self) -> str:
        """Fingerprint of all that the recogniser's output depends on."""
        return versions.recognised_with(self.model, self.computing, self.together)

    @property
    def derived_with(self) -> str:
        """Fingerprint of all that is derived from it, choices included."""
        chosen = (sorted(self.choices.markers), sorted(self.choices.unjudged))
        return versions.digest(versions.derived_with(), chosen)


@dataclass(frozen=True, slots=True)
class Done:
    """One recording that is finished, in whatever way.

    Attributes:
        index: Its position in the list of items.
        item: The recording.
        state: How it came to be finished.
        sha256: Of its bytes; None if they could not be read.
        key: Under which its result is stored; None if there is none.
        error: Why it has no row, in one sentence.
        seconds: From its start to its result; 0 where it was stored.

    """

    index: int
    item: Item
    state: State
    sha256: str | None = None
    key: str | None = None
    error: str | None = None
    seconds: float = 0.0

    @property
    def problem(self) -> Problem | None:
        """Its error as a line of ``errors.csv``."""
        if self.error is None:
            return None
        return Problem(self.item.file, self.error, self.item.person, self.item.manifest)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is known of a recording while it is measured."""

    index: int
    item: Item
    sha256: str
    key: str
    recognised_key: str
    is_again: bool
    started: float
    opened: ExitStack


@dataclass(slots=True)
class _Pass:
    """One way through the items: what is in hand, and what has to wait for it."""

    in_hand: set[str] = field(default_factory=set)
    later: list[tuple[int, Item]] = field(default_factory=list)


def run(
    items: Sequence[Item], store: WorkStore, engine: Engine, settings: Settings, report: Callable[[Done], None]
) -> None:
    """Measure what is new; ``report`` is called once for each item, in the order in which they are finished.

    Args:
        items: The recordings.
        store: What is finished.
        engine: Measures what is new.
        settings: What the results depend on.
        report: Told of each recording that is finished.

    """
    waiting = list(enumerate(items))
    while waiting:
        this = _Pass()
        with closing(engine.outcomes(_tasks(waiting, store, settings, this, report))) as outcomes:
            for mark, result in outcomes:
                mark.opened.close()
                this.in_hand -= {mark.recognised_key}
                report(_stored(mark, result, store))
        waiting = this.later


def _tasks(
    waiting: Sequence[tuple[int, Item]],
    store: WorkStore,
    settings: Settings,
    this: _Pass,
    report: Callable[[Done], None],
) -> Iterator[tuple[_Mark, Task]]:
    """Yield what is to be measured; the same sound is never in hand twice."""
    for index, item in waiting:
        opened = ExitStack()
        try:
            path = opened.enter_context(remote.local(item.file))
            assert_file(path)
            sha256 = audio.sha256(path)
        except (ValueError, OSError) as error:
            opened.close()
            report(Done(index, item, "error", error=_sentence(item, error)))
            continue
        recognised_key = f"{sha256}-{settings.recognised_with}"
        key = f"{recognised_key}-{settings.derived_with}-{versions.digest(item.question)}"
        found = store.derived(key)
        if found is not None:
            opened.close()
            report(Done(index, item, "error" if found.error else "stored", sha256, key, found.error))
        elif recognised_key in this.in_hand:
            opened.close()
            this.later.append((index, item))
        else:
            this.in_hand.add(recognised_key)
            recognised = store.recognised(recognised_key)
            mark = _Mark(index, item, sha256, key, recognised_key, recognised is not None, time.monotonic(), opened)
            yield mark, Task(str(path), Path(item.file).name, sha256, item.question, settings.choices, recognised)


def _stored(mark: _Mark, derived: Result, store: WorkStore) -> Done:
    seconds = time.monotonic() - mark.started
    if isinstance(derived, Failure):
        if derived.kind == "refused":
            store.refuse(mark.key, derived.error)
        return Done(mark.index, mark.item, "error", mark.sha256, error=derived.error, seconds=seconds)
    recognised = None if derived.recognised is None else (mark.recognised_key, derived.recognised)
    store.add(mark.key, derived.attempt, derived.row, recognised)
    return Done(mark.index, mark.item, "again" if mark.is_again else "measured", mark.sha256, mark.key, seconds=seconds)


def _sentence(item: Item, error: ValueError | OSError) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return f"{Path(item.file).name}: cannot be read ({error.strerror})"
    return str(error)
