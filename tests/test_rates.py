"""Samples a second that no recording has."""

from __future__ import annotations

import struct
import subprocess
import sys

import numpy as np
import pytest

from rehearse import audio
from rehearse.audio.wav import header
from rehearse.model import Recording
from tests.sounds import ANSWER, resampled, write_wav

MEMORY = """
import resource, sys
from rehearse import audio
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    audio.load(sys.argv[1])
except ValueError as error:
    print(error)
after = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print((max(after) - before) // 1024)
"""


@pytest.mark.parametrize("rate", [1, 2, 100, 1000, 3999, 768_001, 10_000_000, 2**31 - 1])
def test_a_rate_that_no_recording_has_is_refused_in_one_sentence(rate, tmp_path):
    path = tmp_path / "odd.wav"
    path.write_bytes(header(rate, 50_000) + bytes(100_000))
    for read in (audio.load, audio.length):
        with pytest.raises(
            ValueError, match=rf"^odd\.wav: has {rate} samples a second; save it again with 4000 to 768000"
        ):
            read(path)


@pytest.mark.parametrize("rate", [0, 2**31, 2**32 - 1])
def test_a_rate_that_no_file_can_have_is_refused_in_one_sentence(rate, tmp_path):
    path = tmp_path / "broken.wav"
    data = bytearray(header(16_000, 50_000) + bytes(100_000))
    struct.pack_into("<I", data, 24, rate)
    path.write_bytes(data)
    for read in (audio.load, audio.length):
        with pytest.raises(ValueError, match=r"^broken\.wav: (no sound could be decoded|has \d+ samples a second)"):
            read(path)


def test_a_small_file_of_one_sample_a_second_takes_no_memory(tmp_path):
    path = tmp_path / "small.wav"
    path.write_bytes(header(1, 50_000) + bytes(100_000))
    run = [sys.executable, "-c", MEMORY, str(path)]
    sentence, megabytes = subprocess.run(
        run, capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()
    assert sentence.startswith("small.wav: has 1 samples a second")
    assert int(megabytes) < 100


@pytest.mark.parametrize("rate", [4_000, 8_000, 11_025, 96_000, 384_000])
def test_every_rate_of_a_telephone_or_a_studio_is_heard(rate, tmp_path):
    whole = audio.load(ANSWER)
    second = Recording(np.ascontiguousarray(whole.samples[: whole.sample_rate]), whole.sample_rate)
    assert audio.load(write_wav(tmp_path / "real.wav", resampled(second, rate))).duration == pytest.approx(1, abs=0.01)
