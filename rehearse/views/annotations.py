"""What is marked in a transcript, on the page and in a report, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from rehearse.model import Attempt, Filler, Pause, Span, Story, Word

LONG_PAUSE_SECONDS = 1.0
"""Pauses from here on are written into the transcript (Campione and Veronis 2002: long > 1 s)."""

PARTS = ("situation", "task", "action", "result", "reflection")
"""Parts of a story, in the order one has them; where two share words, the later of them is shown."""

GOES_ON_SECONDS = 3.0
"""A part of the story that is taken up again so soon is drawn as one stretch (house default)."""


class WordView(TypedDict):
    """One word of the transcript, or a filler that only the sound shows.

    ``mark`` is ``filled_pause``, ``discourse_marker``, ``possible``,
    ``dismissed`` or empty; ``pause`` the seconds of the long pause before it;
    ``part`` one of ``PARTS`` or empty; ``index`` its position in the transcript;
    ``filler`` the index of its filler in the attempt; ``judged`` whether the
    person judged that; ``recognised`` what the recogniser wrote in place of the
    whole correction it belongs to.
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
    """Give every word with what is marked about it, in the order they were said."""
    words = attempt.transcript.words
    fillers = _places(attempt.fillers)
    before = _pauses_before(attempt)
    heard = _heard(words)
    views = [
        WordView(
            text=word.text,
            start=word.start,
            end=word.end,
            mark=_mark(attempt.fillers[fillers[place]]) if place in fillers else "",
            pause=before.get(place),
            part=_part(attempt.story, word),
            index=place,
            filler=fillers.get(place),
            judged=place in fillers and attempt.fillers[fillers[place]].verdict is not None,
            recognised=heard[place],
        )
        for place, word in enumerate(words)
    ]
    heard_only = [_sound_alone(place, filler) for place, filler in enumerate(attempt.fillers) if filler.index is None]
    return sorted(views + heard_only, key=lambda view: view["start"])


def timeline(attempt: Attempt) -> list[RowView]:
    """Give the rows of the time line: story parts where one is told, fillers, long pauses."""
    fillers = [_stretch(_mark(filler), filler.text, filler.span) for filler in attempt.fillers]
    pauses = [_stretch("pause", "pause", pause.span) for pause in long_pauses(attempt)]
    rows = [
        RowView(label="Fillers", stretches=[one for one in fillers if one["mark"] != "dismissed"]),
        RowView(label="Pauses", stretches=pauses),
    ]
    if attempt.story.type != "story":
        return rows
    return [RowView(label="Story", stretches=_parts(attempt.story)), *rows]


def long_pauses(attempt: Attempt) -> list[Pause]:
    """Give the pauses that are long enough to be written out."""
    return [pause for pause in attempt.pauses if pause.span.duration >= LONG_PAUSE_SECONDS]


def _mark(filler: Filler) -> str:
    if filler.counts:
        return filler.kind
    return "dismissed" if filler.verdict == "dismissed" else "possible"


def _places(fillers: Sequence[Filler]) -> dict[int, int]:
    """Map the place of each word that belongs to a filler to that filler's."""
    return {place: number for number, filler in enumerate(fillers) for place in filler.word_indices}


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


def _heard(words: Sequence[Word]) -> list[str | None]:
    """Give each word what its whole correction replaced: only the first word of one carries it."""
    heard: list[str | None] = []
    for word in words:
        heard.append(heard[-1] if word.recognised == "" and heard else word.recognised)
    return heard


def _part(story: Story, word: Word) -> str:
    middle = (word.start + word.end) / 2
    inside = [name for name, span in _spans(story) if span.start <= middle <= span.end]
    return inside[-1] if inside else ""


def _spans(story: Story) -> Iterator[tuple[str, Span]]:
    for name in PARTS:
        for span in getattr(story, name):
            yield name, span


def _parts(story: Story) -> list[StretchView]:
    """Give the parts in the order they were told, those that go on after a few words as one."""
    joined: list[StretchView] = []
    for name, span in sorted(_spans(story), key=lambda told: told[1].start):
        last = joined[-1] if joined else None
        if last and last["mark"] == name and span.start - last["end"] <= GOES_ON_SECONDS:
            last["end"] = max(last["end"], span.end)
        else:
            joined.append(_stretch(name, name.capitalize(), span))
    return joined


def _stretch(mark: str, label: str, span: Span) -> StretchView:
    return StretchView(mark=mark, label=label, start=span.start, end=span.end)


def _pauses_before(attempt: Attempt) -> dict[int, float]:
    """Map a word's place to the length of the long pause that ends nearest before its end."""
    found: dict[int, float] = {}
    for pause in long_pauses(attempt):
        after = [place for place, word in enumerate(attempt.transcript.words) if word.end > pause.span.end]
        if after:
            found[after[0]] = pause.span.duration
    return found
