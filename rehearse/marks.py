"""What is marked in a transcript, on the page and in a report, as plain data."""

from __future__ import annotations

from typing import TypedDict

from rehearse.datatypes import Attempt, Filler, Pause

LONG_PAUSE_SECONDS = 1.0
"""Pauses from here on are written into the transcript (Campione and Veronis 2002: long > 1 s)."""


class WordView(TypedDict):
    """One word: ``mark`` is ``filled_pause``, ``discourse_marker``, ``possible`` or empty."""

    text: str
    start: float
    end: float
    mark: str
    pause: float | None


class LaneView(TypedDict):
    """One stretch on the lane under the transcript."""

    mark: str
    label: str
    start: float
    end: float


def word_views(attempt: Attempt) -> list[WordView]:
    """Give every word with its mark and, in seconds, the long pause before it."""
    words = attempt.transcript.words
    marks = _marks(attempt)
    before = _pauses_before(attempt)
    views = [
        WordView(text=word.text, start=word.start, end=word.end, mark=marks.get(place, ""), pause=before.get(place))
        for place, word in enumerate(words)
    ]
    heard_only = [_from_filler(filler) for filler in attempt.fillers if filler.index is None]
    return sorted(views + heard_only, key=lambda view: view["start"])


def lane(attempt: Attempt) -> list[LaneView]:
    """Give fillers and long pauses in the order they happened."""
    views = [_filler_on_lane(filler) for filler in attempt.fillers]
    views += [
        LaneView(mark="pause", label="pause", start=pause.span.start, end=pause.span.end)
        for pause in long_pauses(attempt)
    ]
    return sorted(views, key=lambda view: view["start"])


def long_pauses(attempt: Attempt) -> list[Pause]:
    """Give the pauses that are long enough to be written out."""
    return [pause for pause in attempt.pauses if pause.span.duration >= LONG_PAUSE_SECONDS]


def _mark(filler: Filler) -> str:
    if filler.counts:
        return filler.kind
    return "dismissed" if filler.verdict == "dismissed" else "possible"


def _marks(attempt: Attempt) -> dict[int, str]:
    return {
        place: _mark(filler)
        for filler in attempt.fillers
        if filler.index is not None
        for place in range(filler.index, filler.index + len(filler.text.split()))
    }


def _from_filler(filler: Filler) -> WordView:
    return WordView(text=filler.text, start=filler.span.start, end=filler.span.end, mark=_mark(filler), pause=None)


def _filler_on_lane(filler: Filler) -> LaneView:
    return LaneView(mark=_mark(filler), label=filler.text, start=filler.span.start, end=filler.span.end)


def _pauses_before(attempt: Attempt) -> dict[int, float]:
    """Map a word's place to the length of the long pause that ends nearest before its end."""
    found: dict[int, float] = {}
    for pause in long_pauses(attempt):
        after = [place for place, word in enumerate(attempt.transcript.words) if word.end > pause.span.end]
        if after:
            found[after[0]] = pause.span.duration
    return found
