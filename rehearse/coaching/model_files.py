"""Linear models over named features, stored as numbers beside the code."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Features = Mapping[str, float]
"""Values of the features that apply, by name."""

_FOLDER = Path(__file__).parent
_folders = [_FOLDER]


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Multinomial logistic regression.

    Attributes:
        classes: Names of the classes.
        index: Row of each feature in ``weights``; other features are ignored.
        weights: Shape (features, classes).
        bias: Shape (classes,).

    """

    classes: tuple[str, ...]
    index: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def probabilities(self, rows: Sequence[Features]) -> npt.NDArray[np.float32]:
        """Return the probability of each class. Shape: (rows, classes)."""
        scores = np.tile(self.bias, (len(rows), 1))
        for number, features in enumerate(rows):
            known = [(self.index[name], value) for name, value in features.items() if name in self.index]
            if known:
                positions, values = zip(*known, strict=True)
                scores[number] += np.array(values, np.float32) @ self.weights[list(positions)]
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)


def load(name: str) -> LinearModel:
    """Load a model once."""
    return _load(_folders[-1], name)


@contextmanager
def models_of(folder: Path) -> Iterator[None]:
    """Judge by the models of another folder meanwhile, such as those that have not seen an author."""
    _folders.append(folder)
    try:
        yield
    finally:
        _folders.remove(folder)


@cache
def _load(folder: Path, name: str) -> LinearModel:
    with np.load(io.BytesIO((folder / f"{name}.npz").read_bytes()), allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode().split("\n")
        scale = np.asarray(stored["scale"], np.float32)
        return LinearModel(
            classes=tuple(bytes(stored["classes"]).decode().split("\n")),
            index={feature: row for row, feature in enumerate(names)},
            weights=np.asarray(stored["weights"], np.float32) * scale,
            bias=np.asarray(stored["bias"], np.float32),
        )


def packed(
    classes: Sequence[str],
    features: Sequence[str],
    weights: npt.NDArray[np.float64],
    bias: npt.NDArray[np.float64],
    negligible: int,
) -> bytes:
    """Write a model as a compressed archive with 8-bit weights; features that weigh next to nothing are left out.

    Args:
        classes: Names of the classes.
        features: Names of the features.
        weights: Shape (features, classes).
        bias: Shape (classes,).
        negligible: Steps of 127 up to which a weight decides nothing.

    """
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    rounded = np.round(weights / scale).astype(np.int8)
    weighty = np.flatnonzero(np.abs(rounded.astype(int)).max(axis=1) > negligible)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        classes=np.frombuffer("\n".join(classes).encode(), np.uint8),
        features=np.frombuffer("\n".join(features[int(row)] for row in weighty).encode(), np.uint8),
        weights=rounded[weighty],
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
    return out.getvalue()
