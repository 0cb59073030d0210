"""How many fillers there are. Only counted ones are measured; possible ones are shown separately."""

from __future__ import annotations

from collections.abc import Callable

from rehearse.language.spoken import count_spoken
from rehearse.metrics.registry import Band, metric
from rehearse.model import Answer, Filler, FillerKind, Span

_LISTENERS = "Laske and DiGennaro Reed 2024: no adverse effect up to 5 a minute, a clear one at 12"


def _counted(answer: Answer, kind: FillerKind) -> list[Filler]:
    return [filler for filler in answer.fillers if filler.kind == kind and filler.counts]


def _known(answer: Answer) -> bool:
    """Whether fillers can be found: there are words, and they are English."""
    return bool(answer.transcript.words) and answer.transcript.language == "en"


def _a_minute(answer: Answer, kind: FillerKind) -> float | None:
    if answer.speech is None or not answer.speech.duration or not _known(answer):
        return None
    return 60 * len(_counted(answer, kind)) / answer.speech.duration


def _quoted(kind: FillerKind) -> Callable[[Answer], tuple[Span, ...]]:
    """Return a function that quotes each filler with the words around it."""

    def locate(answer: Answer) -> tuple[Span, ...]:
        return tuple(_with_neighbours(answer, filler) for filler in _counted(answer, kind))

    return locate


def _with_neighbours(answer: Answer, filler: Filler) -> Span:
    if filler.index is None:
        return Span(filler.span.start, filler.span.end, filler.text)
    last = len(answer.transcript.words) - 1
    quoted = answer.transcript.span(max(0, filler.index - 3), min(last, filler.index + 3))
    return Span(filler.span.start, filler.span.end, quoted.text)


@metric(
    label="Filled pauses",
    unit="per min",
    source=_LISTENERS,
    typical=Band(high=5),
    high=(
        "You said um or uh {times}, which is {value} a minute. The first is in “{quote}”{where}. "
        "Most listeners are fine with up to about 5 a minute."
    ),
    good=(
        "Your ums and uhs don't get in the way. There are {value} a minute, one of them in “{quote}”{where}, "
        "and most listeners are fine with up to about 5."
    ),
    when_high="When you feel an um coming, close your mouth and just pause.",
    spans=_quoted("filled_pause"),
    judged_from=40,
)
def filled_pause_rate(answer: Answer) -> float | None:
    """Um and uh a minute, from the first spoken sound to the last.

    filled_pause_rate = 60 * filled pauses / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> filled_pause_rate(say("I um led the team", seconds=30.0))
    2.0
    """
    return _a_minute(answer, "filled_pause")


@metric(
    label="Filled pauses per 100 words",
    unit="per 100 words",
    source="For comparison with recorded speech elsewhere, where 2.4 to 3.5 is typical (earnings calls); not judged",
    version=2,
)
def filled_pauses_per_100_words(answer: Answer) -> float | None:
    """Um and uh for every hundred words; also for answers that came as text.

    filled_pauses_per_100_words = 100 * filled pauses / words

    >>> from tests.factories import say
    >>> filled_pauses_per_100_words(say("I um led the team"))
    25.0
    """
    words = count_spoken(answer.transcript.words)
    return 100 * len(_counted(answer, "filled_pause")) / words if words and _known(answer) else None


@metric(
    label="Discourse markers",
    unit="per min",
    source=f"{_LISTENERS}; words weigh less than sounds",
    typical=Band(high=8),
    high="You used {count} fillers like “{quote}”{where}, which is {value} a minute. Nobody would miss them.",
    when_high="When you feel a filler word coming, leave a short pause instead.",
    spans=_quoted("discourse_marker"),
    judged_from=40,
)
def discourse_marker_rate(answer: Answer) -> float | None:
    """You know, like, I mean and others a minute, only where they could be dropped.

    discourse_marker_rate = 60 * discourse markers / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> discourse_marker_rate(say("I led the team", seconds=30.0))
    0.0
    """
    return _a_minute(answer, "discourse_marker")
