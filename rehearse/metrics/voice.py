"""Variation of pitch and level; never how high or how loud the voice is.

Conventions
-----------
Pitch is in semitones, 12 * log2(Hz), so that low and high voices compare.
Levels in dB are only compared with each other, since microphones are not
calibrated. A level is the 80th percentile over the spoken frames, which
follows the vowels. All metrics are undefined without reliable sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rehearse.language.words import ends_sentence
from rehearse.metrics.registry import Band, metric
from rehearse.model import Answer, Span, Voice

if TYPE_CHECKING:
    import numpy.typing as npt

WINDOW, STEP = 10.0, 5.0
"""Seconds per window (Hincks 2005), and between the starts of two windows (house default)."""
FLAT = 2.0
"""Semitones below which a window sounds flat (house default)."""
_UNLIKELY = 6.0
"""Semitones from which a deviation is a tracking error (house default)."""
_LEAST_VOICED = 2.0
"""Seconds of voice that a window needs (house default)."""
_TAIL, _SHORTEST_BODY = 0.5, 1.0
"""Seconds of speech at the end of a sentence, and fewest seconds before them (house default)."""
_LEAST_SENTENCES = 3
"""Fewest sentences that show a habit of fading (house default)."""
_BLOCK, _LEAST_IN_BLOCK = 1.0, 0.3
"""Seconds per level, and fewest seconds of speech in them (house default)."""
_PERCENTILE = 80
_QUOTED = 8
"""Words quoted from the start of a window."""


def _frames(voice: Voice, start: float, end: float) -> slice:
    return slice(round(start / voice.step), round(end / voice.step))


def _windows(answer: Answer) -> list[tuple[Span, float]]:
    """Return each window that has enough voice, with its standard deviation in semitones."""
    if answer.voice is None or answer.speech is None:
        return []
    voice, speech, found = answer.voice, answer.speech, []
    for start in np.arange(speech.start, speech.end - WINDOW + voice.step / 2, STEP).tolist():
        voiced = voice.pitch[_frames(voice, start, start + WINDOW)]
        voiced = voiced[~np.isnan(voiced)]
        if len(voiced) * voice.step >= _LEAST_VOICED:
            found.append((Span(start, start + WINDOW), float(np.std(12 * np.log2(voiced)))))
    return [(window, deviation) for window, deviation in found if deviation < _UNLIKELY]


def _flattest_first(answer: Answer) -> tuple[Span, ...]:
    return tuple(_quoted(answer, window) for window, _ in sorted(_windows(answer), key=lambda found: found[1]))


def _flat(answer: Answer) -> tuple[Span, ...]:
    return tuple(_quoted(answer, window) for window, deviation in _windows(answer) if deviation < FLAT)


def _quoted(answer: Answer, window: Span) -> Span:
    """Return the span of a window with its first words."""
    inside = [word.text for word in answer.transcript.words if window.start <= word.start < window.end]
    return Span(window.start, window.end, " ".join(inside[:_QUOTED]))


@metric(
    label="Pitch variation",
    unit="semitones",
    source=(
        "Deviation over 10 s goes with liveliness (Hincks 2005, r = .83); under 2.0 as flat is a house default; "
        "the pitch itself is never judged"
    ),
    typical=Band(low=FLAT),
    low=(
        "Your voice stays fairly flat, especially in the ten seconds from “{quote}”{where}. "
        "It goes up and down by {value} semitones; {low} or more sounds livelier."
    ),
    good=(
        "Your voice goes up and down enough to keep the answer lively, even in the ten seconds from “{quote}”{where}: "
        "it moves by {value} semitones, and {low} is enough."
    ),
    when_low="Choose the one word that matters in each sentence and let your voice rise on it.",
    spans=_flattest_first,
    judged_from=40,
    needs="sound",
)
def pitch_variation(answer: Answer) -> float | None:
    """Standard deviation of the pitch in windows of 10 s, the median of all windows.

    pitch_variation = median(SD(12 * log2(pitch)) of each 10 s, a new window every 5 s)

    A window needs 2 s of voice; 6 semitones or more are taken as a tracking error.

    >>> from tests.factories import hum
    >>> round(pitch_variation(hum(low=100, high=200)), 1)
    3.5
    """
    found = [deviation for _, deviation in _windows(answer)]
    return float(np.median(found)) if found else None


@metric(
    label="Flat passages",
    unit="%",
    source=(
        "Windows of 10 s under 2.0 semitones (house default after Hincks 2005); shown beside the pitch variation, "
        "not judged"
    ),
    spans=_flat,
    needs="sound",
)
def flat_share(answer: Answer) -> float | None:
    """Percentage of the windows of 10 s in which the pitch hardly moves.

    flat_share = 100 * windows with a pitch variation under 2.0 semitones / windows

    >>> from tests.factories import hum
    >>> flat_share(hum(low=150, high=151))
    100.0
    """
    found = [deviation for _, deviation in _windows(answer)]
    return 100 * sum(deviation < FLAT for deviation in found) / len(found) if found else None


@metric(
    label="Level variation",
    unit="dB",
    source="House default; microphones are uncalibrated, so not judged",
    needs="sound",
)
def level_variation(answer: Answer) -> float | None:
    """How much the level changes from one second of speech to the next.

    level_variation = SD(80th percentile of the level of each second with at least 0.3 s of speech)

    >>> from tests.factories import hum
    >>> round(level_variation(hum(low=150, high=151)), 1)
    0.0
    """
    if answer.voice is None or answer.speech is None:
        return None
    starts = np.arange(answer.speech.start, answer.speech.end, _BLOCK).tolist()
    found = [_level(answer.voice, start, start + _BLOCK) for start in starts]
    levels = [level for level in found if level is not None]
    return float(np.std(levels)) if len(levels) >= WINDOW / _BLOCK else None


def _level(voice: Voice, start: float, end: float) -> float | None:
    spoken = _spoken_levels(voice, start, end)
    return float(np.percentile(spoken, _PERCENTILE)) if len(spoken) * voice.step >= _LEAST_IN_BLOCK else None


def _spoken_levels(voice: Voice, start: float, end: float) -> npt.NDArray[np.float32]:
    frames = _frames(voice, start, end)
    levels: npt.NDArray[np.float32] = voice.levels[frames][voice.spoken[frames]]
    return levels


def _fades(answer: Answer) -> list[tuple[Span, float]]:
    """Return the last words of each sentence, and by how many dB they are softer than the rest of it."""
    if answer.voice is None:
        return []
    words, first, found = answer.transcript.words, 0, []
    for last, word in enumerate(words):
        if ends_sentence(word.text):
            levels = _spoken_levels(answer.voice, words[first].start, word.end)
            tail = round(_TAIL / answer.voice.step)
            if len(levels) >= tail + _SHORTEST_BODY / answer.voice.step:
                body, end = (float(np.percentile(part, _PERCENTILE)) for part in (levels[:-tail], levels[-tail:]))
                found.append((answer.transcript.span(max(first, last - 5), last), body - end))
            first = last + 1
    return found


def _softest_ends(answer: Answer) -> tuple[Span, ...]:
    return tuple(end for end, _ in sorted(_fades(answer), key=lambda fade: -fade[1]))


@metric(
    label="Sentence-end fade",
    unit="dB",
    source="House default: a drop of more than 6 dB; every voice sinks a little at the end",
    typical=Band(high=6),
    high=(
        "Your sentences tail off: the last words are {value} dB quieter than the rest, most noticeably in "
        "“{quote}”{where}. "
        "The last word often matters most."
    ),
    when_high="Take a breath before the last few words and say them to the far end of the room.",
    spans=_softest_ends,
    judged_from=40,
    needs="sound",
    needs_ending=True,
)
def sentence_end_fade(answer: Answer) -> float | None:
    """How much softer the last half second of a sentence is than the rest, the median of all sentences.

    sentence_end_fade = median(level of the sentence before - level of its last 0.5 s of speech)

    Undefined with fewer than three sentences of 1.5 s, so also where the transcript has no sentence ends.

    >>> from tests.factories import hum
    >>> sentence_end_fade(hum(low=100, high=200)) is None
    True
    """
    found = [drop for _, drop in _fades(answer)]
    return float(np.median(found)) if len(found) >= _LEAST_SENTENCES else None
