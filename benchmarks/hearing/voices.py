"""Kokoro-82M (Apache-2.0) as a source of training speech: many mixed voices, and the length of each phoneme known.

The graph's inner node holds the length of each token in steps of 600 samples at 24 kHz. One copy of the graph gives the
lengths, which are then changed where a filled pause is to last as long as real ones; another takes them as an input, so
that every time is exact.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.hearing.script import Script, vowels

RATE = 24_000
_STEP = 600 / RATE
_LENGTHS = "/encoder/Clip_output_0"
_MEDIAN, _SPREAD, _SHORTEST, _LONGEST = 0.34, 0.45, 0.12, 1.2
"""Seconds of real filled pauses: log-normal (median .32 to .37 s in conversation and interviews, up to 1 s)."""
_MOST_STEPS = 1400
"""35 s; longer ones are not made."""


class Voices:
    """Speaks phonemes in a voice mixed for each utterance."""

    def __init__(self, model: Path, vocabulary: Path, styles: Path) -> None:
        self._ids: dict[str, int] = json.loads(vocabulary.read_text())["vocab"]
        self._lengths, self._speech = _sessions(model)
        files = sorted(styles.glob("*.bin"))
        self._styles = np.stack([np.fromfile(file, np.float32).reshape(510, 256) for file in files])
        self._english = [i for i, file in enumerate(files) if file.name[0] in "ab"]
        self._others = [i for i, file in enumerate(files) if file.name[0] not in "ab"]

    def can_say(self, phonemes: str) -> str:
        """The phonemes that the model knows."""
        return "".join(sound for sound in phonemes if sound in self._ids)

    def mixture(self, rng: random.Random) -> npt.NDArray[np.float32]:
        """One voice of two mixed, at least one of them English. Shape: (510, 256)."""
        first = rng.choice(self._english)
        foreign = rng.random() < 0.35
        second = rng.choice(self._others if foreign else self._english)
        share = rng.uniform(0.25, 0.9) if foreign else rng.betavariate(0.6, 0.6)
        mixed: npt.NDArray[np.float32] = share * self._styles[first] + (1 - share) * self._styles[second]
        return mixed

    def speak(
        self, script: Script, style: npt.NDArray[np.float32], rng: random.Random
    ) -> tuple[npt.NDArray[np.float32], list[dict[str, Any]]] | None:
        """Sound at 24 kHz and its filled pauses with their times; None where the model fails."""
        tokens = [self._ids[sound] for sound in script.phonemes][:500]
        noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 0.015, 256)
        feed = {
            "tokens": np.array([[0, *tokens, 0]]),
            "style": (style[min(len(tokens), 509) - 1] + noise).astype(np.float32)[None],
            "speed": np.array([rng.uniform(0.8, 1.35)], np.float32),
        }
        lengths = self._lengths.run([_LENGTHS], feed)[0]
        steps = lengths.reshape(-1)
        filled = [mark for mark in script.filled if mark[2] <= len(tokens)]
        _stretch(steps, script, rng, len(tokens))
        if steps.max() > 80 or steps.sum() > _MOST_STEPS:
            return None
        sound = np.ravel(self._speech.run(["audio"], {**feed, _LENGTHS: lengths})[0]).astype(np.float32)
        if not np.isfinite(sound).all() or np.abs(sound).max() < 0.01:
            return None
        edges = np.concatenate([[0], np.cumsum(steps)]) * _STEP
        events = [{"text": name, "start": edges[a + 1], "end": edges[b + 1]} for name, a, b in filled]
        return _with_silences(sound, events, [(edges[t + 1], s) for t, s in script.silences if t < len(tokens)])


def _stretch(steps: npt.NDArray[np.float32], script: Script, rng: random.Random, count: int) -> None:
    """Give filled pauses the lengths of real ones, and draw some words out."""
    for _, first, last in script.filled:
        wanted = min(max(rng.lognormvariate(np.log(_MEDIAN), _SPREAD), _SHORTEST), _LONGEST) / _STEP
        part = steps[first + 1 : min(last, count) + 1]
        if part.sum() > 0:
            part[:] = np.maximum(1, np.round(part * wanted / part.sum()))
    for first, last in script.drawn:
        for token in vowels(script.phonemes, first, min(last, count)):
            steps[token + 1] = np.round(steps[token + 1] * rng.uniform(2, 4))


def _with_silences(
    sound: npt.NDArray[np.float32], events: list[dict[str, Any]], silences: list[tuple[float, float]]
) -> tuple[npt.NDArray[np.float32], list[dict[str, Any]]]:
    """Put silences in, and move what comes after them."""
    parts, last, moved = [], 0, [dict(event) for event in events]
    for at, seconds in sorted(silences):
        here = int(at * RATE)
        parts += [sound[last:here], np.zeros(int(seconds * RATE), np.float32)]
        last = here
        for event, original in zip(moved, events, strict=True):
            if original["start"] >= at - 1e-6:
                event["start"] += seconds
                event["end"] += seconds
    return np.concatenate([*parts, sound[last:]]), moved


def _sessions(model: Path) -> tuple[Any, Any]:
    """Load the graph that gives the lengths, and the one that takes them."""
    import onnx
    import onnxruntime

    def session(graph: Any) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = 1, 3
        return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])

    value = onnx.helper.make_tensor_value_info(_LENGTHS, onnx.TensorProto.FLOAT, None)
    giving, taking = onnx.load(model), onnx.load(model)
    giving.graph.output.append(value)
    taking.graph.node.remove(next(node for node in taking.graph.node if _LENGTHS in node.output))
    taking.graph.input.append(value)
    return session(giving), session(taking)
