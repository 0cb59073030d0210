"""Recordings in every format a person may have, made from one of known words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from rehearse import audio
from rehearse.model import Recording

DATA = Path(__file__).parent / "data"
ANSWER = DATA / "recordings" / "synthetic" / "retail_vague.flac"
"""19 s of an invented applicant with five filled pauses."""
GERMAN = DATA / "languages" / "german.ogg"
FRENCH = DATA / "languages" / "french.ogg"
DUTCH = DATA / "languages" / "dutch.ogg"
AFRIKAANS = DATA / "languages" / "afrikaans.ogg"

WRITTEN_BY_FFMPEG = {
    "answer.mp3": ("libmp3lame", 16_000),
    "answer.m4a": ("aac", 44_100),
    "answer.webm": ("libopus", 48_000),
    "answer.ogg": ("libopus", 48_000),
}
"""File name, codec and samples a second."""


def encode(path: Path, recording: Recording, codec: str, rate: int) -> Path:
    """Write a compressed file, as a phone or a browser does."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono")
        stream.codec_context.open()
        frame = av.AudioFrame.from_ndarray(recording.samples[None, :], format="fltp", layout="mono")
        frame.sample_rate = recording.sample_rate
        resampler = av.AudioResampler(stream.format, "mono", rate, stream.codec_context.frame_size)
        for block in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    return path


def resampled(recording: Recording, rate: int) -> Recording:
    """Change the samples a second."""
    import av

    frame = av.AudioFrame.from_ndarray(recording.samples[None, :], format="flt", layout="mono")
    frame.sample_rate = recording.sample_rate
    resampler = av.AudioResampler("flt", "mono", rate)
    blocks = [*resampler.resample(frame), *resampler.resample(None)]
    return Recording(np.concatenate([block.to_ndarray().reshape(-1) for block in blocks]), rate)


def write_wav(path: Path, recording: Recording, *, channels: int = 1, subtype: str = "PCM_16") -> Path:
    """Write the same sound into every channel."""
    soundfile.write(path, np.repeat(recording.samples[:, None], channels, axis=1), recording.sample_rate, subtype)
    return path


def variant(name: str, folder: Path) -> Path:
    """Write the answer as ``name`` says: a compressed file, or a WAV of that kind."""
    sound = audio.load(ANSWER)
    path = folder / name
    if name in WRITTEN_BY_FFMPEG:
        return encode(path, sound, *WRITTEN_BY_FFMPEG[name])
    if name == "stereo 44.1 kHz 24 bit.wav":
        return write_wav(path, resampled(sound, 44_100), channels=2, subtype="PCM_24")
    if name == "8 kHz.wav":
        return write_wav(path, resampled(sound, 8_000))
    if name == "float.wav":
        return write_wav(path, sound, subtype="FLOAT")
    return write_wav(path, Recording(sound.samples / 2, sound.sample_rate))
