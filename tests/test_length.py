"""Files that say a wrong length of themselves, or none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rehearse import audio
from rehearse.model import Recording
from tests.sounds import ANSWER, encode, write_wav

RATE = audio.SAMPLE_RATE


def mp3(path: Path, recording: Recording, **options: str) -> Path:
    import av

    with av.open(str(path), "w", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=44_100, layout="mono", options=options)
        frame = av.AudioFrame.from_ndarray(recording.samples[None, :], format="fltp", layout="mono")
        frame.sample_rate = recording.sample_rate
        resampler = av.AudioResampler("fltp", "mono", 44_100, 1152)
        for block in [*resampler.resample(frame), *resampler.resample(None), None]:
            container.mux(stream.encode(block))
    return path


@pytest.fixture(scope="module")
def uneven() -> Recording:
    """Four minutes, of which all but the last is silence, so that the first second tells nothing of the rest."""
    speech = audio.load(ANSWER).samples
    loud = np.tile(speech, 5)[: 60 * RATE]
    return Recording(np.concatenate([np.zeros(180 * RATE, np.float32), loud]), RATE)


def test_an_mp3_of_uneven_bit_rate_without_a_header_has_its_true_length(uneven, tmp_path):
    path = mp3(tmp_path / "vbr.mp3", uneven, qscale="2", compression_level="9", flags="+qscale", global_quality="236")
    assert audio.length(path) == pytest.approx(240, abs=0.3)
    assert audio.load(path).duration == pytest.approx(240, abs=0.3)


def test_a_raw_aac_of_uneven_bit_rate_has_its_true_length(uneven, tmp_path):
    assert audio.length(encode(tmp_path / "raw.aac", uneven, "aac", 44_100)) == pytest.approx(240, abs=0.3)


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFFFFF, 0])
def test_a_wav_that_was_never_finished_has_the_length_of_its_sound(size, tmp_path):
    path = write_wav(tmp_path / "stream.wav", audio.load(ANSWER))
    data = bytearray(path.read_bytes())
    data[40:44] = size.to_bytes(4, "little")
    path.write_bytes(data)
    found = audio.load(path).duration
    assert found == pytest.approx(audio.load(ANSWER).duration, abs=0.1)
    assert audio.length(path) == pytest.approx(found, abs=0.1)
