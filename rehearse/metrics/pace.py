"""How fast the answer is spoken.

Conventions
-----------
Speech rate is the number of words divided by the time from the first spoken
sound to the last, pauses included. Articulation rate is the number of
syllables divided by the spoken time alone (de Jong and Wempe 2009). Filled
pauses are neither words nor syllables. Figures are counted as read aloud:
"12.5%" is four words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rehearse.language.spoken import count_spoken, spoken_words
from rehearse.language.syllables import syllables
from rehearse.language.words import content_words, filled_pauses
from rehearse.metrics.registry import Band, metric
from rehearse.model import Answer, Span, Word

WINDOW, STEP = 15.0, 1.0
"""Seconds over which the pace is measured, and between two values (house default)."""
_INSTANT = 1e-6
"""Length in seconds of a word whose start and end the recogniser gave as equal."""


def pace_over_time(words: Sequence[Word], speech: Span) -> tuple[tuple[float, float], ...]:
    """Return the speech rate through an answer, one value a second.

    Each value covers the 15 s around its time. Where the window reaches beyond
    the answer, the count is divided by the time inside it, so that the pace
    does not seem to drop at the ends. A word half inside counts half; filled
    pauses do not count.

    Args:
        words: With times in seconds, in order.
        speech: First spoken sound to last.

    Returns:
        Pairs of time in seconds and words a minute; empty without words.

    >>> from tests.factories import say
    >>> answer = say("I led the team " * 20, seconds=40.0)
    >>> times, rates = zip(*pace_over_time(answer.transcript.words, answer.speech))
    >>> times[0], times[-1], {round(rate) for rate in rates}
    (0.0, 40.0, {120})

    """
    content = content_words(words)
    if not content or not speech.duration:
        return ()
    # Words spoken up to each time: rises during each written word and is constant between words.
    edges = np.array([edge for word in content for edge in (word.start, max(word.end, word.start + _INSTANT))])
    counts = np.repeat(np.cumsum([0, *(len(spoken_words(word.text)) for word in content)]), 2)[1:-1]
    times = speech.start + np.arange(0, speech.duration + _INSTANT, STEP)
    low, high = times - WINDOW / 2, times + WINDOW / 2
    covered = np.minimum(high, speech.end) - np.maximum(low, speech.start)
    edges = np.maximum.accumulate(edges)
    rates = 60 * (np.interp(high, edges, counts) - np.interp(low, edges, counts)) / covered
    return tuple(zip(times.tolist(), rates.tolist(), strict=True))


def _pace(answer: Answer) -> tuple[tuple[float, float], ...]:
    return pace_over_time(answer.transcript.words, answer.speech) if answer.speech else ()


def _fastest_passage(answer: Answer) -> tuple[Span, ...]:
    """Quote the start of the 15 s with the most words a minute."""
    pace = _pace(answer)
    if not pace or not answer.transcript.timed:
        return ()
    words = answer.transcript.words
    middle = max(pace, key=lambda point: point[1])[0]
    filled = filled_pauses([word.text for word in words])
    inside = [i for i, word in enumerate(words) if word.end > middle - WINDOW / 2 and not filled[i]]
    return (answer.transcript.span(inside[0], min(inside[0] + 7, len(words) - 1)),)


@metric(
    label="Speech rate",
    unit="words/min",
    source=(
        "House default after interview speech of about 190 (Tauroza and Allison 1990) and a shipped recommendation of "
        "100 to 165"
    ),
    typical=Band(100, 190),
    low=(
        "You speak quite slowly, at {value} words a minute. You can hear it around “{quote}”{where}. "
        "Between {low} and {high} is comfortable to follow."
    ),
    high=(
        "You speak fast, at {value} words a minute; the fastest stretch starts with “{quote}”{where}. "
        "Up to {high} is comfortable to follow."
    ),
    good=(
        "At {value} words a minute you're easy to follow, even at your fastest, around “{quote}”{where}. "
        "Anything from {low} to {high} is comfortable."
    ),
    when_low="Say each sentence in one go, and only pause when you get to the end.",
    when_high="Take a breath at every full stop.",
    spans=_fastest_passage,
    judged_from=40,
    version=2,
)
def speech_rate(answer: Answer) -> float | None:
    """Words a minute, pauses included, filled pauses not counted.

    speech_rate = 60 * words / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> speech_rate(say("I led the team", seconds=2.0))
    120.0
    """
    words = count_spoken(answer.transcript.words)
    if answer.speech is None or not answer.speech.duration or not words:
        return None
    return 60 * words / answer.speech.duration


def _overlap(span: Span, other: Span) -> float:
    """Seconds that two spans have in common."""
    return max(0.0, min(span.end, other.end) - max(span.start, other.start))


@metric(
    label="Articulation rate",
    unit="syllables/s",
    source=(
        "De Jong and Wempe 2009; about 5.0 in conversation (D. Jones, quoted in Wood 1973); explains the speech rate, "
        "not judged by itself"
    ),
    version=2,
)
def articulation_rate(answer: Answer) -> float | None:
    """Syllables a second of spoken time, pauses and filled pauses taken out.

    articulation_rate = syllables / (spoken time - silent pauses - filled pauses)

    Where a filled pause overlaps a silent one, the overlap is subtracted once.

    >>> from tests.factories import say
    >>> articulation_rate(say("I led the team", seconds=2.0))
    2.0
    """
    words = content_words(answer.transcript.words)
    if answer.speech is None or not words or not answer.pauses_known:
        return None
    silences = [pause.span for pause in answer.pauses]
    silent = sum(silence.duration for silence in silences)
    filled = sum(
        _overlap(filler.span, answer.speech) - sum(_overlap(filler.span, silence) for silence in silences)
        for filler in answer.fillers
        if filler.kind == "filled_pause"
    )
    spoken = answer.speech.duration - silent - filled
    return sum(syllables(word.text) for word in words) / spoken if spoken > 0 else None


@metric(
    label="Range of pace",
    unit="words/min",
    source=(
        "House default: the 10th to the 90th percentile over windows of 15 s; not judged, "
        "a good answer changes its pace"
    ),
    version=2,
)
def speech_rate_range(answer: Answer) -> float | None:
    """How far the speech rate moves within an answer of at least 30 s.

    speech_rate_range = P90(speech rate around each second) - P10(speech rate around each second)

    >>> from tests.factories import say
    >>> round(speech_rate_range(say("I led the team " * 20, seconds=40.0)), 3)
    0.0
    """
    pace = _pace(answer)
    if not pace or answer.speech is None or answer.speech.duration < 2 * WINDOW:
        return None
    low, high = np.percentile([rate for _, rate in pace], [10, 90])
    return float(high - low)
