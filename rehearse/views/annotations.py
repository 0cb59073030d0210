"""Annotations of a transcript as plain data, for the page and the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from rehearse.model import Attempt, Filler, Pause, Span, Story, Word

LONG_PAUSE_SECONDS = 1.0
"""Pauses of at least this length are shown in the transcript (Campione and Veronis 2002: long > 1 s)."""

PARTS = ("situation", "task", "action", "result", "reflection")
"""Parts of a story in narrative order; where two overlap, the later one is shown."""

GOES_ON_SECONDS = 3.0
"""Longest gap within a part of the story that is drawn as a single stretch (house default)."""


class WordView(TypedDict):
    """One word of the transcript, or a filler without a word in it.

    ``mark`` is ``filled_pause``, ``discourse_marker``, ``possible``,
    ``dismissed`` or empty; ``pause`` the seconds of the long pause before it;
    ``part`` one of ``PARTS`` or empty; ``index`` its position in the transcript;
    ``filler`` the index of its filler in the attempt; ``judged`` whether the
    user judged that; ``recognised`` the recogniser's text for the whole
    correction it belongs to.
    """

    text: str
    start: float
    end: float
    mark: str
    pause: float | None
    part: str
    index: int | None
    filler: int | None
    judged: bool
    recognised: str | None


class StretchView(TypedDict):
    """One stretch on the time line: ``mark`` as in ``WordView``, a part of the story, or ``pause``."""

    mark: str
    label: str
    start: float
    end: float


class RowView(TypedDict):
    """One row of the time line."""

    label: str
    stretches: list[StretchView]


def word_views(attempt: Attempt) -> list[WordView]:
    """Return every word with its annotations, in the order spoken."""
    words = attempt.transcript.words
    fillers = _filler_indices(attempt.fillers)
    before = _pauses_before(attempt)
    recognised = _recognised(words)
    spans = tuple(_spans(attempt.story))
    views = [
        WordView(
            text=word.text,
            start=word.start,
            end=word.end,
            mark=_mark(attempt.fillers[fillers[index]]) if index in fillers else "",
            pause=before.get(index),
            part=_part(spans, word),
            index=index,
            filler=fillers.get(index),
            judged=index in fillers and attempt.fillers[fillers[index]].verdict is not None,
            recognised=recognised[index],
        )
        for index, word in enumerate(words)
    ]
    sound_only = [_sound_alone(number, filler) for number, filler in enumerate(attempt.fillers) if filler.index is None]
    return sorted(views + sound_only, key=lambda view: view["start"])


def timeline(attempt: Attempt) -> list[RowView]:
    """Return the rows of the time line: story parts if there is a story, fillers, long pauses."""
    fillers = [_stretch(_mark(filler), filler.text, filler.span) for filler in attempt.fillers]
    pauses = [_stretch("pause", "pause", pause.span) for pause in long_pauses(attempt)]
    rows = [
        RowView(label="Fillers", stretches=[stretch for stretch in fillers if stretch["mark"] != "dismissed"]),
        RowView(label="Pauses", stretches=pauses),
    ]
    if attempt.story.type != "story":
        return rows
    return [RowView(label="Story", stretches=_parts(attempt.story)), *rows]


def long_pauses(attempt: Attempt) -> list[Pause]:
    """Return the pauses that are long enough to be shown."""
    return [pause for pause in attempt.pauses if pause.span.duration >= LONG_PAUSE_SECONDS]


def _mark(filler: Filler) -> str:
    if filler.counts:
        return filler.kind
    return "dismissed" if filler.verdict == "dismissed" else "possible"


def _filler_indices(fillers: Sequence[Filler]) -> dict[int, int]:
    """Map the index of each word that belongs to a filler to the index of that filler."""
    return {index: number for number, filler in enumerate(fillers) for index in filler.word_indices}


def _sound_alone(number: int, filler: Filler) -> WordView:
    return WordView(
        text=filler.text,
        start=filler.span.start,
        end=filler.span.end,
        mark=_mark(filler),
        pause=None,
        part="",
        index=None,
        filler=number,
        judged=filler.verdict is not None,
        recognised=None,
    )


def _recognised(words: Sequence[Word]) -> list[str | None]:
    """Return for each word the text that its whole correction replaced; only the first word of one stores it."""
    texts: list[str | None] = []
    for word in words:
        texts.append(texts[-1] if word.recognised == "" and texts else word.recognised)
    return texts


def _part(spans: Sequence[tuple[str, Span]], word: Word) -> str:
    middle = (word.start + word.end) / 2
    inside = [name for name, span in spans if span.start <= middle <= span.end]
    return inside[-1] if inside else ""


def _spans(story: Story) -> Iterator[tuple[str, Span]]:
    for name in PARTS:
        for span in getattr(story, name):
            yield name, span


def _parts(story: Story) -> list[StretchView]:
    """Return the parts in the order spoken, those that continue after a short gap as one."""
    joined: list[StretchView] = []
    for name, span in sorted(_spans(story), key=lambda part: part[1].start):
        last = joined[-1] if joined else None
        if last and last["mark"] == name and span.start - last["end"] <= GOES_ON_SECONDS:
            last["end"] = max(last["end"], span.end)
        else:
            joined.append(_stretch(name, name.capitalize(), span))
    return joined


def _stretch(mark: str, label: str, span: Span) -> StretchView:
    return StretchView(mark=mark, label=label, start=span.start, end=span.end)


def _pauses_before(attempt: Attempt) -> dict[int, float]:
    """Map the index of a word to the length of the long pause before it."""
    found: dict[int, float] = {}
    for pause in long_pauses(attempt):
        after = [index for index, word in enumerate(attempt.transcript.words) if word.end > pause.span.end]
        if after:
            found[after[0]] = pause.span.duration
    return found
