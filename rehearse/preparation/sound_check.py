"""Checks on a few seconds of speech whether a panel at the other end would hear it well."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from rehearse.events.activity import Activity, detect_speech
from rehearse.events.quality import QUIETEST_ROOM, judge_quality
from rehearse.model import Recording, Transcript
from rehearse.transcription import speech_probability

SENTENCE = (
    "Say: I worked with a team of five. Then stay silent for two seconds. Say: This is how I sound when I make a point."
)
"""What to say: the silence between the sentences is used to measure the room."""

# The three below are house defaults. In the recordings this project is developed on, speech is 33 dB or more above
# the noise in the clear ones and 14 dB above it in the one from a noisy room; 20 dB lies between.
QUIET_ROOM = 20.0
"""Difference in dB between speech and noise from which a room counts as quiet."""
SOFT = -40.0
"""Level in dBFS below which speech is softer than programs expect."""
SHORTEST = 2.0
"""Seconds between the first and the last spoken sound, so that both speech and room can be measured."""


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """Result of a sound check.

    Attributes:
        verdict: ``good``, ``usable`` or ``poor``.
        advice: What to do, most useful first; empty if all is well.
        speech: Level of the speech in dBFS; None if there is no speech.
        noise: Level of the room between the words in dBFS; None if there is no speech.

    """

    verdict: Literal["good", "usable", "poor"]
    advice: tuple[str, ...] = ()
    speech: float | None = None
    noise: float | None = None


def recording_of(clip: bytes) -> Recording:
    """Decode a WAV clip from a browser without writing it anywhere.

    Raises:
        ValueError: The clip is not a readable sound file.

    """
    import soundfile

    try:
        samples, rate = soundfile.read(io.BytesIO(clip), dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        msg = "the clip cannot be read: record it again, or try another browser"
        raise ValueError(msg) from error
    return Recording(samples.mean(axis=1), rate)


def check_sound(recording: Recording) -> SoundCheck:
    """Measure level, noise and clipping of mono sound at 16 kHz."""
    activity = detect_speech(recording, speech_probability(recording.samples))
    span, speech, noise = activity.speech, activity.speech_level, activity.noise_level
    if span is None or speech is None or noise is None:
        return SoundCheck(
            "poor",
            (
                (
                    "I can't hear you. Check that the microphone isn't muted "
                    "and that the right one is chosen in the browser."
                ),
            ),
        )
    if span.duration < SHORTEST:
        return SoundCheck("poor", ("That was too short to tell. Speak both sentences, with the silence between them.",))
    advice = _advice(recording, activity, speech, noise)
    poor = speech - noise < QUIETEST_ROOM or _is_clipped(recording, activity)
    return SoundCheck("poor" if poor else "usable" if advice else "good", advice, speech, noise)


_CLIPPED = "The sound is clipped: it is as loud as it can get, and will crackle. Turn the microphone down, or sit back."


def _is_clipped(recording: Recording, activity: Activity) -> bool:
    # Without a transcript, ``voice`` is False only because of clipping.
    return not judge_quality(recording, activity, Transcript((), None)).voice


def _advice(recording: Recording, activity: Activity, speech: float, noise: float) -> tuple[str, ...]:
    above = speech - noise
    found = []
    if _is_clipped(recording, activity):
        found.append(_CLIPPED)
    if above < QUIETEST_ROOM:
        found.append(
            f"The room is almost as loud as you ({above:.0f} dB apart). Shut the window, switch off any fan or radio, "
            "and come within a forearm's length of the microphone; a headset helps most."
        )
    elif above < QUIET_ROOM:
        found.append(f"The room can be heard behind you ({above:.0f} dB apart). Come closer, or choose a quieter room.")
    if speech < SOFT:
        found.append(f"You are quiet ({speech:.0f} dBFS). Come closer, or turn the microphone up in the settings.")
    return tuple(found)
