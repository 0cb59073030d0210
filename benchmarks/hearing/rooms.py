"""What happens to a voice on its way to the recording: rooms, telephones, noise, other people, codecs, levels."""

from __future__ import annotations

import io
import random

import numpy as np
import numpy.typing as npt

RATE = 16_000
Sound = npt.NDArray[np.float32]


def resampled(sound: Sound, pitch: float) -> Sound:
    """From 24 to 16 kHz, higher and faster by the factor."""
    from scipy.signal import resample_poly

    found: Sound = resample_poly(sound, round(RATE / pitch / 100), 240).astype(np.float32)
    return found


def in_a_room(sound: Sound, rng: random.Random) -> Sound:
    """Half of them with the echo of a small or large room."""
    if rng.random() < 0.5:
        return sound
    from scipy.signal import fftconvolve

    length = int(RATE * rng.uniform(0.1, 0.6))
    echo = _noise(length, rng) * np.exp(-6.9 * np.arange(length) / length)
    echo[0] = 0
    echo *= 10 ** (-rng.uniform(0, 16) / 20) / np.sqrt((echo**2).sum() + 1e-9)
    echo[0] = 1
    found: Sound = fftconvolve(sound, echo)[: len(sound)].astype(np.float32)
    return found


def with_breaths(sound: Sound, rng: random.Random) -> Sound:
    """Soft rushing noise where it is silent."""
    quiet = np.flatnonzero(np.convolve(np.abs(sound), np.ones(4000) / 4000, "same") < 1e-3)
    if not len(quiet) or rng.random() < 0.5:
        return sound
    out = sound.copy()
    for _ in range(rng.randint(1, 3)):
        length = int(RATE * rng.uniform(0.2, 0.6))
        at = max(0, min(int(quiet[rng.randrange(len(quiet))]), len(out) - length))
        breath = _filtered(_noise(length, rng), [rng.uniform(300, 900), rng.uniform(2500, 6000)], "bandpass")
        part = out[at : at + length]
        part += (breath * np.hanning(length) * _level(sound) * 10 ** (-rng.uniform(14, 30) / 20))[: len(part)]
    return out


def recorded(sound: Sound, rng: random.Random, others: Sound | None) -> Sound:
    """Telephone band, noise, hum, other voices, level and codec, each sometimes."""
    if rng.random() < 0.2:
        sound = _filtered(sound, [rng.uniform(200, 350), rng.uniform(3000, 3600)], "bandpass")
    loudness = _level(sound)
    noise = _noise(len(sound), rng)
    if rng.random() < 0.6:
        noise = _filtered(noise, rng.uniform(200, 2000), "lowpass")
    sound = sound + noise / (_level(noise) + 1e-9) * loudness * 10 ** (-rng.choice([60, 40, 30, 25, 20, 15]) / 20)
    if rng.random() < 0.1:
        hum = np.sin(2 * np.pi * rng.choice([50, 60, 100, 120]) * np.arange(len(sound)) / RATE)
        sound = sound + hum * loudness * 10 ** (-rng.uniform(15, 35) / 20)
    if others is not None and rng.random() < 0.15:
        crowd = np.resize(others, len(sound))
        sound = sound + crowd / (_level(crowd) + 1e-9) * loudness * 10 ** (-rng.uniform(12, 28) / 20)
    sound = (sound / np.abs(sound).max() * 10 ** (-rng.uniform(0, 22) / 20)).astype(np.float32)
    return _coded(sound, rng) if rng.random() < 0.4 else sound


def _coded(sound: Sound, rng: random.Random) -> Sound:
    """As a browser (Opus) or a voice memo (MP3) keeps it."""
    import soundfile

    form, subtype = rng.choice([("OGG", "OPUS"), ("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III")])
    data = io.BytesIO()
    soundfile.write(data, sound, RATE, format=form, subtype=subtype, compression_level=rng.uniform(0.3, 0.95))
    data.seek(0)
    back: Sound = soundfile.read(data, dtype="float32")[0][: len(sound)]
    return np.pad(back, (0, len(sound) - len(back)))


def _filtered(sound: Sound, edge: float | list[float], kind: str) -> Sound:
    from scipy.signal import butter, sosfilt

    found: Sound = sosfilt(butter(4 if kind == "bandpass" else 1, edge, kind, fs=RATE, output="sos"), sound)
    return found.astype(np.float32)


def _noise(length: int, rng: random.Random) -> Sound:
    return np.random.default_rng(rng.randrange(1 << 30)).normal(0, 1, length).astype(np.float32)


def _level(sound: Sound) -> float:
    return float(np.sqrt((sound**2).mean())) + 1e-6
