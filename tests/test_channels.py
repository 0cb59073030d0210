"""Any number of channels in any sample format, and decoders that crash: measured or refused, and the program lives."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse import audio
from rehearse.audio import decoder
from rehearse.model import Recording
from tests.sounds import ANSWER

PACKED = ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"]
LABELLED_OUT_OF_ORDER = 114 << 16
"""QuickTime's tag for centre, left, right, an order which no layout of FFmpeg's own has."""


@pytest.fixture(scope="module")
def answer() -> Recording:
    whole = audio.load(ANSWER)
    return Recording(whole.samples[: 2 * whole.sample_rate], whole.sample_rate)


def written(path: Path, answer: Recording, channels: int, subtype: str) -> Path:
    soundfile.write(path, np.repeat(answer.samples[:, None], channels, axis=1), answer.sample_rate, subtype)
    return path


def assert_same(path: Path, answer: Recording, error: float) -> None:
    found = audio.load(path)
    assert not found.damaged
    assert found.samples[: len(answer.samples)] == pytest.approx(answer.samples, abs=error)
    assert found.duration == pytest.approx(audio.length(path), abs=0.05)


@pytest.mark.parametrize("channels", [1, 2, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64])
def test_planes_of_up_to_64_channels_are_heard(channels, answer, tmp_path):
    # Vorbis is decoded to one plane for each channel, in floating point.
    assert_same(written(tmp_path / "planes.ogg", answer, channels, "VORBIS"), answer, 0.1)


@pytest.mark.parametrize("subtype", PACKED)
@pytest.mark.parametrize("channels", [1, 7, 8, 9, 64])
def test_packed_samples_of_every_format_are_heard(channels, subtype, answer, tmp_path):
    assert_same(written(tmp_path / "packed.wav", answer, channels, subtype), answer, 0.01)


@pytest.mark.parametrize(("codec", "layout"), [("wavpack", "7.1"), ("aac", "7.1"), ("ac3", "5.1"), ("mp3", "stereo")])
def test_planes_of_every_format_are_heard(codec, layout, answer, tmp_path):
    path = encoded(tmp_path / "planes.mkv", answer, codec, layout)
    assert audio.load(path).duration == pytest.approx(answer.duration, abs=0.2)


def test_channels_in_an_order_of_their_own_are_heard(answer, tmp_path):
    path = encoded(tmp_path / "film.mov", answer, "pcm_s16le", "3.0")
    data = bytearray(path.read_bytes())
    struct.pack_into(">I", data, data.index(b"chan") + 8, LABELLED_OUT_OF_ORDER | 3)
    path.write_bytes(data)
    assert_same(path, answer, 0.05)


@pytest.mark.parametrize("channels", [65, 255])
def test_more_channels_than_any_recorder_has_are_refused_in_one_sentence(channels, answer, tmp_path):
    path = written(tmp_path / "wall.wav", answer, channels, "PCM_16")
    for read in (audio.load, audio.length):
        with pytest.raises(ValueError, match=rf"^wall\.wav: has {channels} channels; save it again with 64 at most$"):
            read(path)


def test_a_decoder_that_crashes_is_a_sentence_and_no_end_of_the_program(tmp_path, monkeypatch):
    crashing = tmp_path / "crashing.py"
    crashing.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(decoder, "__file__", str(crashing))
    for read in (audio.load, audio.length):
        with pytest.raises(ValueError, match=r"^retail_vague\.flac: no sound could be decoded"):
            read(ANSWER)


def test_what_came_before_a_decoder_crashed_is_heard_and_called_damaged(tmp_path, monkeypatch):
    crashing = tmp_path / "crashing.py"
    crashing.write_text(
        "import os, sys, struct\n"
        "sys.stdout.buffer.write(struct.pack('<iI', 1, 16000) + bytes(64000) + struct.pack('<iI', 1, 16000) + "
        "bytes(9))\n"
        "sys.stdout.flush()\nos.abort()\n"
    )
    monkeypatch.setattr(decoder, "__file__", str(crashing))
    found = audio.load(ANSWER)
    assert (found.duration, found.damaged) == (1.0, True)


def encoded(path: Path, answer: Recording, codec: str, layout: str) -> Path:
    """Write the same sound into every channel of a film."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000, layout=layout)
        stream.codec_context.open()
        channels = stream.codec_context.layout.nb_channels
        sound = np.repeat(answer.samples, channels)[None, :]
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="flt", layout=layout)
        frame.sample_rate = answer.sample_rate
        resampler = av.AudioResampler(stream.format, layout, 48_000, stream.codec_context.frame_size)
        for block in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    return path
