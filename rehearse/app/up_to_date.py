"""Measures earlier answers again after metrics have been added or their formulas changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rehearse import audio
from rehearse.analysis.corrections import remeasure
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Measurement, Recording
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore


def outdated(history: History, store: TakeStore) -> dict[str, bool]:
    """Return the ids of answers that lack a current measurement, and whether each needs its recording for it.

    An answer that only lacks measurements from sound is left out if its recording is gone.
    """
    from_sound = _lacking(history, needs="sound") & set(store.ids())
    from_words = _lacking(history, needs=None)
    return {attempt_id: attempt_id in from_sound for attempt_id in sorted(from_words | from_sound)}


def bring_up_to_date(history: History, store: TakeStore, progress: Callable[[float], object] | None = None) -> int:
    """Measure outdated answers again, one transaction per answer, so that an interruption loses nothing.

    Args:
        history: The person's own.
        store: The store of recordings.
        progress: Called with the fraction done, 0 to 1.

    Returns:
        How many answers were measured again.

    """
    found = outdated(history, store)
    changed = 0
    for number, (attempt_id, needs_sound) in enumerate(found.items(), 1):
        recording = _recording(store, attempt_id) if needs_sound else None
        changed += history.revise(attempt_id, partial(completed, recording=recording))
        if progress:
            progress(number / len(found))
    return changed


def completed(attempt: Attempt, recording: Recording | None = None) -> Attempt:
    """Add the measurements that an answer lacks; those made with current formulas, and unknown ones, are unchanged.

    Args:
        attempt: As stored in the history.
        recording: Its sound, mono at 16 kHz, if a missing measurement needs it.

    """
    current = {measured.metric: measured for measured in attempt.measurements if not _is_replaced(measured)}
    again = {measured.metric: measured for measured in remeasure(attempt, recording).measurements}
    return replace(attempt, measurements=tuple({**again, **current}.values()))


def _is_replaced(measured: Measurement) -> bool:
    """Whether today's formula is another one; what only a newer rehearse knows stays."""
    metric = METRICS.get(measured.metric)
    return metric is not None and metric.version != measured.version


def _lacking(history: History, *, needs: str | None) -> frozenset[str]:
    wanted = {name: metric.version for name, metric in METRICS.items() if metric.needs == needs}
    return history.lacking(wanted)


def _recording(store: TakeStore, take_id: str) -> Recording | None:
    """Load a recording, or return None if it is missing or cannot be read."""
    take = store.get(take_id)
    try:
        return audio.load(take.audio) if take else None
    except (OSError, ValueError):
        return None
