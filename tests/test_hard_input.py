"""What is no answer, or no recording at all: null where nothing can be judged, one sentence where nothing can be
read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from rehearse import audio
from rehearse.feedback import give_feedback
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Recording
from rehearse.transcription import Transcriber
from tests.factories import joined, silence
from tests.sounds import AFRIKAANS, ANSWER, DATA, DUTCH, FRENCH, GERMAN, write_wav
from tests.test_formats import analysed

RATE = audio.SAMPLE_RATE
RETAIL = DATA / "recordings" / "synthetic" / "retail_vague.flac"
OF_WORDS = ["word_count", "speech_rate", "articulation_rate", "filled_pause_rate", "discourse_marker_rate"]


def hum() -> Recording:
    """Ten seconds of a badly earthed cable."""
    time = np.arange(10 * RATE) / RATE
    return Recording(sum(0.1 / n * np.sin(2 * np.pi * 50 * n * time) for n in range(1, 8)).astype(np.float32), RATE)


def music() -> Recording:
    """Four chords, played three times."""
    time = np.arange(RATE) / RATE
    chords = [(262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294)] * 3
    notes = [sum(np.sin(2 * np.pi * f * n * time) / n for f in chord for n in (1, 2, 3)) for chord in chords]
    return Recording(np.concatenate([0.08 * note * np.exp(-2 * time) for note in notes]).astype(np.float32), RATE)


def hiss() -> Recording:
    return Recording(np.random.default_rng(0).normal(0, 0.1, 10 * RATE).astype(np.float32), RATE)


def assert_nothing_is_judged(attempt: Attempt) -> None:
    assert attempt.transcript.words == ()
    assert attempt.transcript.language is None
    assert attempt.fillers == ()
    assert attempt.story.type is None
    assert {name: attempt.values[name] for name in OF_WORDS} == dict.fromkeys(OF_WORDS)
    assert give_feedback(attempt) == ()


@pytest.mark.parametrize("seconds", [0.0, 1 / RATE, 0.01, 0.2, 30.0])
def test_silence_leaves_every_measurement_unknown(seconds, transcriber):
    attempt = analysed(silence(seconds), transcriber)
    assert_nothing_is_judged(attempt)
    assert attempt.values == dict.fromkeys(METRICS)


@pytest.mark.parametrize("samples", [1, 100, 160, 161, RATE // 5])
def test_a_fifth_of_a_second_of_speech_and_less_is_too_short_to_judge(samples, transcriber):
    speech = audio.load(RETAIL).samples
    assert_nothing_is_judged(analysed(Recording(speech[30_000 : 30_000 + samples], RATE), transcriber))


@pytest.mark.parametrize("sound", [hum, music, hiss])
def test_sound_without_speech_has_no_words(sound, transcriber):
    assert_nothing_is_judged(analysed(sound(), transcriber))


@pytest.mark.parametrize("path", [GERMAN, FRENCH, DUTCH, AFRIKAANS], ids=["German", "French", "Dutch", "Afrikaans"])
def test_another_language_is_not_taken_for_english(path, transcriber):
    attempt = analysed(audio.load(path), transcriber)
    assert_nothing_is_judged(attempt)
    assert attempt.values["answer_length"] == pytest.approx(audio.load(path).duration, abs=1.0)


def test_an_hour_that_is_mostly_silent_takes_no_longer_than_its_speech(transcriber):
    speech = audio.load(ANSWER)
    part = Recording(speech.samples[: 8 * RATE], RATE)
    attempt = analysed(joined(part, silence(3600 - 2 * part.duration), part), transcriber)
    assert attempt.duration == pytest.approx(3600)
    assert attempt.transcript.words[-1].start > 3590
    assert attempt.values["longest_pause"] > 3500


@pytest.mark.parametrize("cut", [0, 4, 12, 30, 44])
def test_a_file_cut_in_its_header_is_named(cut, tmp_path):
    whole = write_wav(tmp_path / "whole.wav", audio.load(ANSWER)).read_bytes()
    assert_refused(tmp_path / "cut.wav", whole[:cut])


@pytest.mark.parametrize("name", ["random.wav", "random.flac", "random.webm", "random.m4a", "random"])
def test_random_bytes_are_no_recording(name, tmp_path):
    assert_refused(tmp_path / name, np.random.default_rng(0).bytes(100_000))


def test_a_text_named_wav_is_no_recording(tmp_path):
    assert_refused(tmp_path / "letter.wav", b"Dear Sir or Madam, " * 500)


def test_an_image_named_wav_is_no_recording(tmp_path):
    from PIL import Image

    Image.new("RGB", (64, 48), "red").save(tmp_path / "picture.png")
    assert_refused(tmp_path / "picture.wav", (tmp_path / "picture.png").read_bytes())


def assert_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for read in (audio.load, audio.length):
        with pytest.raises(ValueError, match=f"^{path.name}: no sound could be decoded; use a WAV"):
            read(path)


def test_a_film_without_sound_is_no_recording(tmp_path):
    import av

    with av.open(str(tmp_path / "film.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        container.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(stream.encode(None))
    assert_refused(tmp_path / "film.mp4", (tmp_path / "film.mp4").read_bytes())


@pytest.mark.parametrize("read", [audio.load, audio.length])
def test_a_missing_file_and_a_folder_are_named(read, tmp_path):
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(FileNotFoundError, match=r"^gone\.wav: no such file"):
        read(tmp_path / "gone.wav")
    with pytest.raises(ValueError, match=r"^folder\.wav: this is a folder"):
        read(tmp_path / "folder.wav")


@pytest.mark.parametrize("read", [audio.load, audio.length])
def test_a_file_one_may_not_read_is_named(read, tmp_path):
    path = write_wav(tmp_path / "secret.wav", silence())
    read(path)
    path.chmod(0)
    with without_privileges(), pytest.raises(PermissionError, match=r"^secret\.wav: no permission"):
        read(path)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Be nobody for a while, also where the tests run as root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_more_than_four_hours_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("rehearse.audio.loading.MAX_SECONDS", 3600)
    path = write_wav(tmp_path / "day.wav", Recording(np.zeros(3601 * 8000, np.float32), 8000))
    with pytest.raises(ValueError, match=r"^day\.wav: longer than 1 hours; cut it into parts"):
        audio.load(path)


@pytest.fixture(scope="module", autouse=True)
def _loaded(transcriber: Transcriber) -> None:
    """Load everything before a test gives its rights up."""
    analysed(silence(), transcriber)
