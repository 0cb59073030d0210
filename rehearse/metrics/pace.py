"""How fast the answer is spoken.

Conventions
-----------
Speech rate is the words over the time from the first spoken sound to the
last, pauses included. Articulation rate is the syllables over the spoken time
alone (de Jong and Wempe 2009). Filled pauses are neither words nor syllables.
"""

from __future__ import annotations

from rehearse.datatypes import Answer, Span, Word
from rehearse.metrics.registry import Band, metric
from rehearse.syllables import syllables
from rehearse.words import is_filled_pause

WINDOW = 15.0
"""Seconds over which the pace of a passage is taken (norms ask for 15 to 20)."""


def _content(answer: Answer) -> list[Word]:
    return [word for word in answer.transcript.words if not is_filled_pause(word.text)]


def _fastest_passage(answer: Answer) -> tuple[Span, ...]:
    """Quote the start of the passage with the most words in 15 s."""
    words = _content(answer)
    if not words or not answer.transcript.timed:
        return ()
    density = [sum(first.start <= w.start < first.start + WINDOW for w in words[i:]) for i, first in enumerate(words)]
    first = words[density.index(max(density))]
    start = answer.transcript.words.index(first)
    return (answer.transcript.span(start, min(start + 7, len(answer.transcript.words) - 1)),)


@metric(
    label="Speech rate",
    unit="words/min",
    source="House default after interview speech of about 190 (Tauroza and Allison 1990) and a shipped recommendation of 100 to 165",
    typical=Band(100, 190),
    low="The answer runs at {value} words a minute, for instance around “{quote}”{where}; {low} to {high} is comfortable to follow.",
    high="The answer runs at {value} words a minute; the fastest passage starts with “{quote}”{where}. Up to {high} is comfortable to follow.",
    good="The pace of {value} words a minute is comfortable to follow ({low} to {high}), also where it is fastest: “{quote}”{where}.",
    when_low="Say the first sentence again without a stop on the way.",
    when_high="Say the fastest sentence again with a stop at each full stop.",
    spans=_fastest_passage,
    judged_from=40,
)
def speech_rate(answer: Answer) -> float | None:
    """Words a minute, pauses included, filled pauses not counted.

    speech_rate = 60 * words / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> speech_rate(say("I led the team", seconds=2.0))
    120.0
    """
    words = _content(answer)
    if answer.speech is None or not answer.speech.duration or not words:
        return None
    return 60 * len(words) / answer.speech.duration


@metric(
    label="Articulation rate",
    unit="syllables/s",
    source="De Jong and Wempe 2009; about 5.0 in conversation (D. Jones, quoted in Wood 1973); explains the speech rate, not judged by itself",
)
def articulation_rate(answer: Answer) -> float | None:
    """Syllables a second of spoken time, pauses and filled pauses taken out.

    articulation_rate = syllables / (spoken time - silent pauses - filled pauses)

    >>> from tests.factories import say
    >>> articulation_rate(say("I led the team", seconds=2.0))
    2.0
    """
    words = _content(answer)
    if answer.speech is None or not words or not answer.pauses_told:
        return None
    silent = sum(pause.span.duration for pause in answer.pauses)
    filled = sum(filler.span.duration for filler in answer.fillers if filler.kind == "filled_pause")
    spoken = answer.speech.duration - silent - filled
    return sum(syllables(word.text) for word in words) / spoken if spoken > 0 else None
