"""What is measured while somebody speaks is what is measured of the recording afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound
from rehearse.events.activity import detect_speech, frame_levels
from rehearse.events.pitch import track_pitch
from rehearse.events.sound_meter import SoundMeter
from rehearse.model import RecogniserOutput, Recording
from rehearse.transcription.vad import Detector, speech_probability
from tests.factories import tone

RECORDINGS = Path(__file__).parent / "data" / "recordings"


def fed(recording: Recording, seed: int = 3) -> SoundMeter:
    """A meter to which the recording has come in pieces of any length, with what the detector knew by then."""
    rng, meter, detector, start = np.random.default_rng(seed), SoundMeter(recording.sample_rate), Detector(), 0
    while start < len(recording.samples):
        end = start + int(rng.integers(1, 40_000))
        detector.feed(recording.samples[start:end])
        meter.feed(recording.samples[:end], detector.probability)
        start = end
    return meter


@pytest.mark.parametrize(
    "name", ["synthetic/long_answer", "synthetic/nurse_conflict", "human/ami_EN2001e", "human/mfa_cold_corpus"]
)
def test_pitch_and_level_are_exactly_those_of_the_finished_recording_however_it_arrived(name: str) -> None:
    recording = audio.load(RECORDINGS / f"{name}.flac")
    meter = fed(recording)
    levels, activity = frame_levels(recording), detect_speech(recording, speech_probability(recording.samples))
    assert np.array_equal(meter.levels(recording), levels)
    expected = track_pitch(recording, activity.spoken)
    assert np.array_equal(meter.pitch(recording, activity.spoken), expected, equal_nan=True)
    assert np.array_equal(SoundMeter(16_000).pitch(recording, activity.spoken), expected, equal_nan=True)
    assert not np.isnan(expected).all()


def test_nothing_that_was_measured_of_another_sound_is_believed() -> None:
    recording, other = audio.load(RECORDINGS / "synthetic" / "nurse_conflict.flac"), tone(30.0, hertz=300.0)
    output = RecogniserOutput((), speech_probability(recording.samples), None)
    found, expected = answer_from_sound(recording, output, meter=fed(other)), answer_from_sound(recording, output)
    assert found.voice is not None
    assert expected.voice is not None
    assert np.array_equal(found.voice.pitch, expected.voice.pitch, equal_nan=True)
    assert np.array_equal(found.voice.levels, expected.voice.levels)
