"""Count the discourse markers of earlier answers again, after the person has changed which ones count."""

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
    """Find the markers in the stored words again and measure again; verdicts on markers that still count stay.

    Args:
        attempt: As history keeps it.
        markers: As in ``find_discourse_markers``.

    """
    if attempt.transcript.language != "en":
        return attempt
    wanted = [one for one in attempt.fillers if one.kind != "discourse_marker" or one.text in markers]
    filled = [one for one in wanted if one.kind != "discourse_marker"]
    found = (*filled, *find_discourse_markers(attempt.transcript, markers))
    ordered = tuple(sorted(found, key=lambda filler: filler.span.start))
    again = carry_over(replace(attempt, fillers=tuple(wanted)), replace(attempt, fillers=ordered))
    return attempt if again.fillers == attempt.fillers else remeasure(again)


def recount_all(history: History, markers: Collection[str], progress: Callable[[float], object] | None = None) -> int:
    """Count again in every answer; return how many of them changed.

    Args:
        history: The person's own.
        markers: As in ``find_discourse_markers``.
        progress: Told how much is done, 0 to 1.

    """
    changed = 0
    ids = sorted(history.ids())
    for place, attempt_id in enumerate(ids, 1):
        attempt = history.get(attempt_id)
        again = recount(attempt, markers) if attempt else None
        if again is not None and again is not attempt:
            # Read once more under the lock: it may have been corrected or deleted in another window just now.
            changed += history.revise(attempt_id, lambda newest: recount(newest, markers))
        if progress:
            progress(place / len(ids))
    history.documents.put(KIND, _NAME, {"markers": list(markers)})
    return changed


def is_outdated(history: History, markers: Collection[str]) -> bool:
    """Whether some answer may be counted with other markers than these; to read them all would take too long."""
    counted = history.documents.get(KIND, _NAME)
    if counted is None:
        return list(markers) != list(MARKERS)
    return counted.get("markers") != list(markers)


def note_change(history: History, markers: Collection[str]) -> None:
    """Remember that from now on these markers are counted, and that earlier answers may have others."""
    history.documents.put(KIND, _NAME, {} if history.ids() else {"markers": list(markers)})
