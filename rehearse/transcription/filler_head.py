"""Filled pauses in the encoder's output.

Whisper was trained on tidied transcripts: its decoder leaves "um" out, its encoder does not. A small network on the
output of tiny.en's encoder gives each 20 ms the probability that a filled pause is spoken, and whether it ends in a
nasal ("um") or not ("uh"). A second one, trained without synthetic voices, can only object: the first takes the ends of
"under" and "her" for an "uh". Both are the same whatever model writes the words.
``benchmarks/hearing`` trains it; docs/accuracy-notes.md says on what.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

ENCODER = "tiny.en"
"""The model whose encoder the head was trained on."""
FRAME = 0.02
"""Seconds per frame of the encoder's output."""
_FEWEST = 4
"""Frames of the shortest filled pause, 0.08 s; 10 % of "uh" are under 0.16 s (Switchboard, measured)."""
_FAINTEST = 0.3
"""Peak probability from which something is looked at at all."""
_EDGE = 0.5
"""Share of its peak at which a filled pause begins and ends."""
_VALLEY = 2.0
"""How far the logarithm of the odds falls between two filled pauses in a row (chosen on "um, uh, um" of one man; within
one it fell by 1.4 at most)."""
_CERTAIN = 0.995
"""Probabilities above this are taken as this."""
_EACH = 18
"""Frames of the shortest of several in a row, 0.36 s: about as long as one usually is (0.35 s, Switchboard)."""
_FILE = Path(__file__).parent / "filler_head.npz"


@dataclass(frozen=True, slots=True)
class HeardPause:
    """A filled pause that may have been spoken.

    Attributes:
        start: Seconds from the start of the window.
        end: Likewise.
        peak: Highest probability of its frames.
        nasal: Probability that it ends in a nasal, if it is one.
        second: Highest probability by the second network.

    """

    start: float
    end: float
    peak: float
    nasal: float
    second: float

    def moved(self, seconds: float) -> HeardPause:
        """Return it as many seconds later."""
        return replace(self, start=self.start + seconds, end=self.end + seconds)


@dataclass(frozen=True, slots=True, eq=False)
class FillerHead:
    """Two small residual convolutional networks.

    Attributes:
        models: The parameters of each by name: ``mean``, ``deviation`` of shape (384,), ``input`` (384, width),
            ``layer0``, ``layer1``, ... (taps, width, width), ``output`` (width, 2), and the biases of the last three.

    """

    models: tuple[Mapping[str, npt.NDArray[np.float32]], ...]

    def __call__(self, encoded: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return by frame the probability of a filled pause, of a nasal if it is one, and the second one's: (n, 3)."""
        first, second = (_probabilities(model, encoded) for model in self.models)
        return np.column_stack([first, second[:, 0]])


def read(path: Path) -> FillerHead:
    """Read a head from a file, in which ``0.input`` is a parameter of the first model."""
    models: dict[str, dict[str, npt.NDArray[np.float32]]] = {}
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
        for key in stored.files:
            number, name = key.split(".")
            models.setdefault(number, {})[name] = stored[key].astype(np.float32)
    return FillerHead(tuple(models.values()))


@cache
def load() -> FillerHead:
    """Return the head of this folder, which is read once."""
    return read(_FILE)


def pauses(probabilities: npt.NDArray[np.float32]) -> list[HeardPause]:
    """Find what may be filled pauses in the output of a head, in order. ``probabilities`` has the shape (n, 3).

    Each reaches from its peak to where the probability falls below half of it: its edges depend on no threshold.
    """
    return sorted(_peaks(probabilities), key=lambda pause: pause.start)


def _peaks(probabilities: npt.NDArray[np.float32]) -> Iterator[HeardPause]:
    """Yield them from the likeliest on."""
    free = probabilities[:, 0].copy()
    while len(free) and (peak := float(free.max())) >= _FAINTEST:
        at = int(free.argmax())
        below = np.flatnonzero(free < _EDGE * peak)
        split = int(np.searchsorted(below, at))
        start = int(below[split - 1]) + 1 if split else 0
        end = int(below[split]) if split < len(below) else len(free)
        if end - start >= _FEWEST:
            for first, last in _in_a_row(free, start, end):
                yield _pause(probabilities, first, last)
        free[_slope(free, start, -1) : _slope(free, end - 1, 1) + 1] = 0


def _pause(probabilities: npt.NDArray[np.float32], start: int, end: int) -> HeardPause:
    filled, nasal, second = probabilities[start:end].T
    return HeardPause(
        start * FRAME, end * FRAME, float(filled.max()), float(nasal @ filled / filled.sum()), float(second.max())
    )


def _in_a_row(values: npt.NDArray[np.float32], start: int, end: int) -> list[tuple[int, int]]:
    """Divide a long one where the probability falls for a moment: "um, uh, um" without a pause between them."""
    if end - start < 2 * _EACH:
        return [(start, end)]
    odds = np.clip(values[start:end], 1 - _CERTAIN, _CERTAIN)
    odds = np.log(odds / (1 - odds))
    at = _EACH + int(odds[_EACH : len(odds) - _EACH + 1].argmin())
    if min(odds[:at].max(), odds[at:].max()) - odds[at] < _VALLEY:
        return [(start, end)]
    return [*_in_a_row(values, start, start + at), *_in_a_row(values, start + at, end)]


def _slope(values: npt.NDArray[np.float32], at: int, step: int) -> int:
    """Follow the falling side of a peak down to where it rises again."""
    while 0 <= at + step < len(values) and values[at + step] <= values[at]:
        at += step
    return at


def _probabilities(
    model: Mapping[str, npt.NDArray[np.float32]], encoded: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Run one network. Shape: (n, 2)."""
    normalised = ((encoded - model["mean"]) / model["deviation"]).astype(np.float32)
    hidden = _gelu(normalised @ model["input"] + model["input_bias"])
    layer = 0
    while f"layer{layer}" in model:
        hidden = hidden + _gelu(_convolved(hidden, model[f"layer{layer}"]) + model[f"layer{layer}_bias"])
        layer += 1
    found: npt.NDArray[np.float32] = 1 / (1 + np.exp(-(hidden @ model["output"] + model["output_bias"])))
    return found


def _convolved(hidden: npt.NDArray[np.float32], weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Convolve along time, zeros around it. Shapes: (n, width), (taps, width, width)."""
    taps = len(weights)
    around = np.pad(hidden, ((taps // 2, taps // 2), (0, 0)))
    near = np.concatenate([around[tap : tap + len(hidden)] for tap in range(taps)], axis=1)
    found: npt.NDArray[np.float32] = near @ weights.reshape(-1, weights.shape[-1])
    return found


def _gelu(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    # Products rather than a power, which takes sixty times as long.
    found: npt.NDArray[np.float32] = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + 0.044715 * (x * x * x))))
    return found
