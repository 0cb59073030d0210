"""Recording quality: whether the recording is good enough to be judged, and if not, why.

All thresholds are house defaults: no standard is known for speech recorded
at home. Levels are only compared with each other, so the volume of the
recording does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rehearse.events.activity import Activity
from rehearse.language.spoken import count_spoken, shortfall
from rehearse.language.words import content_words
from rehearse.model import Recording, Span, Transcript

CLIPPED = 0.0005
"""Share of the samples in speech at its own peak from which melody and level are not judged. The development
recordings stay below 0.00004; amplified by 9 dB, so that they clip, all four exceed it."""
_AT_PEAK = 0.99
_AT_ONCE = 1_000_000
QUIETEST_ROOM = 10.0
"""dB between speech and noise below which noise can mask a pause."""
FEWEST_WORDS = 40
"""Words from which most measurements are judged."""
UNSURE = 0.65
"""Mean word probability below which at least a third of the words were wrong when noise was added to development
recordings (measured); clear answers reach 0.8 to 0.9."""
_DAMAGED = "Parts of the file are damaged and were left out, so words are missing, and pauses and times may be off."


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be measured reliably.

    Attributes:
        reasons: One sentence for each thing that is not judged; empty if there is none.
        voice: Whether pitch and level can be measured.
        pauses: Whether silence can be distinguished from noise.

    """

    reasons: tuple[str, ...] = ()
    voice: bool = True
    pauses: bool = True


def judge_quality(recording: Recording, activity: Activity, transcript: Transcript) -> Quality:
    """Find what cannot be judged in a recording, and why.

    Args:
        recording: Mono sound.
        activity: Where there is speech.
        transcript: The recognised words.

    """
    if activity.speech is None:
        return Quality(
            (*_of_file(recording), "I can't hear anybody speaking, so nothing is judged."),
            voice=False,
            pauses=False,
        )
    clipped, above_noise = _clipped_share(recording, activity.speech), _above_noise(activity)
    reasons = _of_file(recording)
    if clipped > CLIPPED:
        reasons.append(
            f"The recording is clipped ({100 * clipped:.1f} % of it is as loud as it can get), so melody and level "
            "are not judged; turn the microphone down or move away from it."
        )
    if above_noise < QUIETEST_ROOM:
        reasons.append(
            f"The speech stands only {above_noise:.0f} dB above the noise, so pauses are not judged; "
            "come closer to the microphone or find a quieter room."
        )
    reasons += _of_words(transcript)
    return Quality(tuple(reasons), voice=clipped <= CLIPPED, pauses=above_noise >= QUIETEST_ROOM)


def _of_file(recording: Recording) -> list[str]:
    return [*([_DAMAGED] if recording.damaged else []), *recording.notes]


def _clipped_share(recording: Recording, speech: Span) -> float:
    """Share of the samples in speech that lie at its own peak, 0 to 1; louder knocks before or after are ignored."""
    first, last = (round(edge * recording.sample_rate) for edge in (speech.start, speech.end))
    speech_samples = recording.samples[first:last]
    near_peak = _AT_PEAK * max(speech_samples.max(), -speech_samples.min())
    # In parts, since each step would copy what may be hours of sound.
    parts = (speech_samples[start : start + _AT_ONCE] for start in range(0, len(speech_samples), _AT_ONCE))
    return sum(int(np.count_nonzero(np.abs(part) >= near_peak)) for part in parts) / len(speech_samples)


def _above_noise(activity: Activity) -> float:
    speech, noise = activity.speech_level, activity.noise_level
    return float("inf") if speech is None or noise is None else speech - noise


def _of_words(transcript: Transcript) -> list[str]:
    words = content_words(transcript.words)
    if not words:
        return ["I couldn't make out any words. Noise, several voices or another language can cause that."]
    reasons: list[str] = []
    if transcript.language != "en":
        reasons.append("The answer is not in English, so its fillers, hedges and wording are not judged.")
    count = count_spoken(transcript.words)
    if count < FEWEST_WORDS:
        reasons.append(f"The answer is too short to judge most of it ({shortfall(count, FEWEST_WORDS)}).")
    sure = float(np.mean([word.probability or 0.0 for word in words]))
    if sure < UNSURE:
        reasons.append(
            f"The recogniser is unsure of its words ({100 * sure:.0f} % on average), "
            "so what depends on them may be off."
        )
    return reasons
