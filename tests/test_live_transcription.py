"""What is heard while somebody speaks is what is heard in the recording afterwards."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound, measure
from rehearse.analysis.live import LiveAnalysis
from rehearse.audio.wav import header
from rehearse.model import RecogniserOutput, Recording
from rehearse.transcription import HeardWindow, Transcriber
from rehearse.transcription import live as live_module
from rehearse.transcription.chunking import Window, windows
from rehearse.transcription.live import LiveTranscription
from rehearse.transcription.vad import Detector, speech_probability
from tests.waiting import PATIENCE, until

DATA = Path(__file__).parent / "data" / "recordings"
RECORDINGS = sorted(DATA.glob("*/*.flac"))
RATE = 16_000
BLOCK = 1600


def as_recorded(path: Path) -> np.ndarray:
    """The samples as a recorder writes them: 16 bit."""
    return np.clip(np.round(audio.load(path).samples * 32_768), -32_768, 32_767).astype(np.int16)


def recording(samples: np.ndarray) -> Recording:
    return Recording(samples.astype(np.float32) / np.float32(32_768), RATE)


class Counting:
    """Stands in for a model: hears of each window only where it lies, and may wait before it does."""

    name = "counting"

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()
        self.heard: list[Window] = []
        self.windows: list[Window] = []
        self.at_the_end = 0

    def hear(self, _samples: np.ndarray, chunks: Sequence[Window]) -> list[HeardWindow]:
        assert self.free.wait(PATIENCE)
        self.heard += chunks
        return [HeardWindow(window, ()) for window in chunks]

    def joined(self, heard: Sequence[HeardWindow], probability: np.ndarray) -> RecogniserOutput:
        self.windows = [one.window for one in heard]
        return RecogniserOutput((), probability, None)

    def listener(self) -> Counting:
        return self

    def __call__(self, whole: Recording, _progress: object = None) -> RecogniserOutput:
        self.at_the_end += 1
        return RecogniserOutput((), speech_probability(whole.samples), None)


def feed(live: LiveTranscription, samples: np.ndarray, size: int = BLOCK) -> None:
    for start in range(0, len(samples), size):
        live.add(samples[start : start + size])


def test_every_recording_is_cut_live_exactly_as_afterwards_whatever_the_pieces() -> None:
    rng = np.random.default_rng(3)
    for path in RECORDINGS:
        samples = recording(as_recorded(path)).samples
        probability = speech_probability(samples)
        detector = Detector()
        start = 0
        while start < len(samples):
            size = int(rng.integers(1, 20_000))
            detector.feed(samples[start : start + size])
            start += size
        detector.finish()
        if detector.is_plausible:  # the others are heard again at another level, at the end
            assert (detector.probability == probability).all(), path.name
    voiced = as_recorded(DATA / "synthetic" / "long_answer.flac")
    model = Counting()
    live = LiveTranscription(model)
    feed(live, voiced, 777)
    live(recording(voiced))
    whole = recording(voiced).samples
    assert model.windows == windows(whole, speech_probability(whole))
    assert model.at_the_end == 0


@pytest.mark.parametrize("name", ["synthetic/nurse_conflict", "human/ami_EN2001e", "human/mfa_cold_corpus"])
def test_the_words_and_their_times_are_those_of_the_finished_recording(transcriber: Transcriber, name: str) -> None:
    samples = as_recorded(DATA / f"{name}.flac")
    meanwhile = LiveAnalysis(RATE)
    live = LiveTranscription(transcriber, meanwhile)
    feed(live, samples)
    found, expected = live(recording(samples)), transcriber(recording(samples))
    answers = [
        answer_from_sound(recording(samples), found, meter=meanwhile.meter),
        answer_from_sound(recording(samples), expected),
    ]
    assert len({measure(answer) for answer in answers}) == 1
    assert found.words == expected.words
    assert found.language == expected.language
    assert (found.speech_probability == expected.speech_probability).all()


def test_when_the_speaker_stops_only_the_last_window_is_left() -> None:
    samples = np.tile(as_recorded(DATA / "synthetic" / "nurse_conflict.flac"), 2)
    whole = recording(samples).samples
    *earlier, last = windows(whole, speech_probability(whole))
    model = Counting()
    live = LiveTranscription(model)
    feed(live, samples)
    until(lambda: set(earlier) <= set(model.heard))
    live(recording(samples))
    assert model.windows == [*earlier, last]
    assert model.heard.count(last) == 1
    assert last.end - last.start < 28 * RATE


def test_a_speaker_who_is_silent_before_the_stop_has_been_heard_to_the_end() -> None:
    voiced = as_recorded(DATA / "synthetic" / "nurse_conflict.flac")
    samples = np.concatenate([voiced, np.zeros(2 * RATE, np.int16)])
    whole = recording(samples).samples
    expected = windows(whole, speech_probability(whole))
    model = Counting()
    live = LiveTranscription(model)
    feed(live, samples)
    until(lambda: model.heard[-1:] == expected[-1:])
    so_far = list(model.heard)
    live(recording(samples))
    assert model.windows == expected
    assert model.heard == so_far, "nothing was left to hear"


@pytest.mark.parametrize(("hearing_takes", "is_heard"), [(0.1, True), (3.0, False)])
def test_nothing_is_heard_in_advance_that_the_next_complete_window_would_wait_for(
    monkeypatch: pytest.MonkeyPatch, hearing_takes: float, is_heard: bool
) -> None:
    ticks = itertools.count()
    monkeypatch.setattr(live_module, "time", SimpleNamespace(monotonic=lambda: next(ticks) * hearing_takes))
    voiced = as_recorded(DATA / "synthetic" / "nurse_conflict.flac")
    begun = np.concatenate([voiced[: 5 * RATE], np.zeros(RATE, np.int16)])
    nearly_full = np.concatenate([voiced[: 20 * RATE], np.zeros(RATE, np.int16)])
    model, seen = Counting(), [0]
    live = LiveTranscription(model, lambda samples, _: seen.append(len(samples)))
    live.add(begun)
    until(lambda: len(model.heard) == 1)
    live.add(nearly_full)
    live.add(np.zeros(BLOCK, np.int16))
    until(lambda: seen[-1] == len(begun) + len(nearly_full) + BLOCK)
    live.add(np.zeros(BLOCK, np.int16))
    until(lambda: seen[-1] == len(begun) + len(nearly_full) + 2 * BLOCK)
    assert (len(model.heard) > 1) == is_heard
    live.stop()


def test_a_slow_computer_stops_listening_and_hears_the_rest_at_the_end_with_its_progress() -> None:
    samples = np.tile(as_recorded(DATA / "synthetic" / "long_answer.flac"), 2)
    whole = recording(samples).samples
    expected = windows(whole, speech_probability(whole))
    model = Counting()
    model.free.clear()
    live = LiveTranscription(model)
    feed(live, samples[: 35 * RATE])
    until(lambda: bool(live._waiting))
    feed(live, samples[35 * RATE :])
    model.free.set()
    until(lambda: live._is_behind)
    assert len(model.heard) == 1
    told: list[float] = []
    live(recording(samples), told.append)
    assert model.windows == model.heard == expected
    assert model.at_the_end == 0
    assert told == [0.0, *[pytest.approx(n / len(expected)) for n in range(1, len(expected))], 1.0]


def test_a_file_that_is_not_what_was_heard_is_heard_anew() -> None:
    samples = as_recorded(DATA / "synthetic" / "nurse_conflict.flac")
    model = Counting()
    live = LiveTranscription(model)
    feed(live, samples)
    live(recording(samples[:-BLOCK]))
    assert model.at_the_end == 1


def test_a_recording_of_our_own_is_read_as_the_decoder_reads_it(tmp_path: Path) -> None:
    samples = as_recorded(DATA / "synthetic" / "retail_vague.flac")
    own, other = tmp_path / "own.wav", tmp_path / "other.wav"
    own.write_bytes(header(RATE, len(samples)) + samples.tobytes())
    other.write_bytes(header(RATE, len(samples) + 1) + samples.tobytes())  # for the decoder
    assert (audio.load(own).samples == audio.load(other).samples).all()
    for shift in (300, 3000):
        own.write_bytes(
            header(RATE, len(samples)) + np.clip(samples // 2 + shift, -32_768, 32_767).astype("<i2").tobytes()
        )
        other.write_bytes(header(RATE, len(samples) + 1) + own.read_bytes()[44:])
        assert (audio.load(own).samples == audio.load(other).samples).all()
