"""Recounts the discourse markers of earlier answers after the person has changed which ones count."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from rehearse.analysis.corrections import carry_over, remeasure
from rehearse.app.settings import KIND
from rehearse.events.markers import MARKERS, find_discourse_markers
from rehearse.model import Attempt
from rehearse.storage.history import History

_NAME = "counted"


def recount(attempt: Attempt, markers: Collection[str]) -> Attempt:
    """Find the markers in the stored words and measure again; verdicts on markers that still count are preserved.

    Args:
        attempt: As stored in the history.
        markers: As in ``find_discourse_markers``.

    """
    if attempt.transcript.language != "en":
        return attempt
    wanted = [filler for filler in attempt.fillers if filler.kind != "discourse_marker" or filler.text in markers]
    filled = [filler for filler in wanted if filler.kind != "discourse_marker"]
    found = (*filled, *find_discourse_markers(attempt.transcript, markers))
    ordered = tuple(sorted(found, key=lambda filler: filler.span.start))
    again = carry_over(replace(attempt, fillers=tuple(wanted)), replace(attempt, fillers=ordered))
    return attempt if again.fillers == attempt.fillers else remeasure(again)


def recount_all(history: History, markers: Collection[str], progress: Callable[[float], object] | None = None) -> int:
    """Recount the markers in every answer; return how many answers changed.

    Args:
        history: The person's own.
        markers: As in ``find_discourse_markers``.
        progress: Called with the fraction done, 0 to 1.

    """
    changed = 0
    ids = sorted(history.ids())
    for number, attempt_id in enumerate(ids, 1):
        attempt = history.get(attempt_id)
        again = recount(attempt, markers) if attempt else None
        if again is not None and again is not attempt:
            # Read again under the lock: it may just have been corrected or deleted in another window.
            changed += history.revise(attempt_id, lambda newest: recount(newest, markers))
        if progress:
            progress(number / len(ids))
    history.documents.put(KIND, _NAME, {"markers": list(markers)})
    return changed


def is_outdated(history: History, markers: Collection[str]) -> bool:
    """Whether any answer may have been counted with other markers; does not read the answers, which is too slow."""
    counted = history.documents.get(KIND, _NAME)
    if counted is None:
        return list(markers) != list(MARKERS)
    return counted.get("markers") != list(markers)


def note_change(history: History, markers: Collection[str]) -> None:
    """Record that these markers are counted from now on, and that earlier answers may have used others."""
    history.documents.put(KIND, _NAME, {} if history.ids() else {"markers": list(markers)})
