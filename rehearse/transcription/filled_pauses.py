"""Put the filled pauses that the head hears between the words that the decoder writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, log

from rehearse.language.words import filled_pauses
from rehearse.model import Word
from rehearse.transcription.filler_head import HeardPause

_BIAS, _PEAK, _AGREED = -3.38, 1.15, 1.2
"""Logistic weights: of the peak, and of the second network's agreement. The slope was fitted to 144 candidates in
recordings of corpora that the head had not seen; the odds are even at a peak of .95, or .87 with agreement, where those
and the synthetic answers are both heard well."""
_AGREES = 0.3
"""From this on the second network agrees (chosen on the same)."""
_OBJECTION, _SHORT = 0.01, 0.25
"""Below this the second network objects; and seconds from which it is not asked (chosen on the same)."""
_OVERRULED = 0.2
"""Highest probability of what it objects to (1 of 27 was true there)."""
_WRITTEN = 2.0
"""Weight of the decoder's having written one there, as it seldom does (house default; too few to fit)."""
_UNHEARD = 0.3
"""Probability of one that the decoder writes and the head does not hear; it may write rows of them (house default)."""
_NEAR = 0.6
"""Seconds between the middles within which the decoder means the one that the head hears: it places them late."""
_NASAL = 0.5
"""Probability of a nasal from which it is written as "um": likelier than not."""
_SHORTEST = 0.04
"""Seconds, the shortest that a word may become (two frames of attention)."""


def confidence(pause: HeardPause, *, written: bool) -> float:
    """Return the probability that a filled pause was spoken; ``written`` says whether the decoder wrote one there."""
    agreed = pause.second >= _AGREES
    found = 1 / (1 + exp(-(_BIAS + _PEAK * _logit(pause.peak) + _AGREED * agreed + _WRITTEN * written)))
    objected = pause.second < _OBJECTION and pause.end - pause.start < _SHORT
    return min(found, _OVERRULED) if objected else found


def with_filled_pauses(words: Sequence[Word], heard: Sequence[HeardPause]) -> list[Word]:
    """Return the words with every filled pause that may have been spoken, each with its probability.

    Args:
        words: What the decoder wrote, in order.
        heard: What the head heard, in order; in the same seconds.

    """
    filled = filled_pauses([word.text for word in words])
    content = [word for word, is_filled in zip(words, filled, strict=True) if not is_filled]
    written = [word for word, is_filled in zip(words, filled, strict=True) if is_filled]
    partner = _nearest(written, heard)
    alone = [replace(word, probability=_UNHEARD) for i, word in enumerate(written) if i not in partner.values()]
    spoken = [_spoken(pause, written[partner[j]] if j in partner else None) for j, pause in enumerate(heard)]
    return _in_order(content, sorted([*alone, *spoken], key=lambda word: word.start))


def _nearest(written: Sequence[Word], heard: Sequence[HeardPause]) -> dict[int, int]:
    """Map the index of what is heard to that of what is written for it: the nearest pairs first, each in one pair."""
    distances = sorted(
        (abs(_middle(word) - _middle(pause)), i, j) for i, word in enumerate(written) for j, pause in enumerate(heard)
    )
    partner: dict[int, int] = {}
    for distance, i, j in distances:
        if distance <= _NEAR and j not in partner and i not in partner.values():
            partner[j] = i
    return partner


def _spoken(pause: HeardPause, written: Word | None) -> Word:
    text = written.text if written else "um," if pause.nasal >= _NASAL else "uh,"
    probability = round(confidence(pause, written=written is not None), 4)
    return Word(text, round(pause.start, 3), round(pause.end, 3), probability)


def _in_order(content: Sequence[Word], pauses: Sequence[Word]) -> list[Word]:
    """Put each filled pause before the first word whose middle is later, and move the words out of its time."""
    out: list[Word] = []
    waiting = list(pauses)
    for word in content:
        while waiting and _middle(waiting[0]) < _middle(word):
            out.append(waiting.pop(0))
        out.append(word)
    out += waiting
    filled = {id(pause) for pause in pauses}
    for at, word in enumerate(out):
        if id(word) not in filled:
            before = out[at - 1] if at and id(out[at - 1]) in filled else None
            after = out[at + 1] if at + 1 < len(out) and id(out[at + 1]) in filled else None
            out[at] = _between(word, before, after)
    return _rising(out)


def _between(word: Word, before: Word | None, after: Word | None) -> Word:
    """Move a word out of the filled pauses beside it, over which attention stretched or laid it."""
    start, end = word.start, word.end
    if before and before.end > start:
        start = before.end
        end = max(end, start + _SHORTEST)
    if after and after.start < end:
        end = after.start
        start = max(0.0, min(start, end - _SHORTEST))
    return replace(word, start=round(start, 3), end=round(end, 3))


def _rising(words: Sequence[Word]) -> list[Word]:
    """Let no word begin before the one in front of it."""
    out: list[Word] = []
    for word in words:
        start = max(word.start, out[-1].start) if out else word.start
        out.append(replace(word, start=start, end=max(word.end, round(start + _SHORTEST, 3))))
    return out


def _middle(span: Word | HeardPause) -> float:
    return (span.start + span.end) / 2


def _logit(probability: float) -> float:
    """Return the logarithm of the odds, of a probability kept within 0.001 and 0.999."""
    clipped = min(max(probability, 0.001), 0.999)
    return log(clipped / (1 - clipped))
