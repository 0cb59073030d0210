"""Train the head that finds filled pauses, or measure it on corpora that it has not seen.

    python -m benchmarks.hearing.train WORK            train on everything, write rehearse/transcription/filler_head.npz
    python -m benchmarks.hearing.train WORK --measure  train without each human corpus in turn, for
                                                       benchmarks.hearing.evaluate: WORK/without_*.npz

WORK is what ``benchmarks.hearing.features`` wrote. Deterministic on one machine. Needs ``pip install --group train``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.hearing.head_training import Frames, Settings, train

HEAD = Path(__file__).parents[2] / "rehearse" / "transcription" / "filler_head.npz"
LEFT_OUT = ("horse", "aws", "others", "mfa", "ami")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One of the two networks of the head; how often each kind of speech is seen in an epoch.

    Synthetic voices teach sounds that no human recording here has, and make the ends of "under" and "her" filled
    pauses; the network without them objects (docs/accuracy-notes.md).
    """

    settings: Settings
    human: float = 3.0
    copy: float = 1.0
    read: float = 1.0
    synthetic: float = 0.0


RECIPES = (
    Recipe(Settings(width=64, layers=3, epochs=12), read=3.0, synthetic=1.5),
    Recipe(Settings(epochs=12, seed=1)),
)


def load(work: Path) -> tuple[Frames, list[list[str]]]:
    """Read the features of all roles; for each window role, corpus, copy, whether its events are known, and name."""
    parts = [np.load(work / f"{role}.npz") for role in ("human", "read", "synthetic")]
    names = [str(name).split("|") for part in parts for name in part["names"]]
    edges = np.cumsum([0, *np.concatenate([part["lengths"] for part in parts])])
    inputs, labels = (np.concatenate([part[name] for part in parts]) for name in ("inputs", "labels"))
    return Frames(inputs, labels, np.stack([edges[:-1], edges[1:]], 1), np.zeros(len(names))), names


def weighted(data: Frames, names: Sequence[Sequence[str]], recipe: Recipe) -> Frames:
    """Weight the windows by a recipe; read speech that serves as a test is never trained on."""
    weights = [
        getattr(recipe, "copy" if copy != "0" else role) * (known == "known" and corpus != "libri")
        for role, corpus, copy, known, _ in names
    ]
    return replace(data, weights=np.array(weights))


def without(work: Path, corpus: str) -> Path:
    """Where the head is that has not seen a corpus."""
    return work / f"without_{corpus}.npz"


def fit(work: Path, left_out: Sequence[str]) -> None:
    """Train on everything, or once without each of some corpora, and write the parameters."""
    data, names = load(work)
    seen = [np.array([corpus != left for _, corpus, *_ in names]) for left in left_out or ("",)]
    trained = [train(weighted(data, names, recipe), seen, recipe.settings) for recipe in RECIPES]
    for number in range(len(seen)):
        out = without(work, left_out[number]) if left_out else HEAD
        stored = {
            f"{model}.{name}": value[number].astype(np.float16)
            for model, parameters in enumerate(trained)
            for name, value in parameters.items()
        }
        np.savez_compressed(out, **stored)
        print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Measure or train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    fit(given.work, LEFT_OUT if given.measure else ())


if __name__ == "__main__":
    main()
