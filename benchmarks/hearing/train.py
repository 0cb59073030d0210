"""Train the head that finds filled pauses, or measure it on corpora that it has not seen.

    python -m benchmarks.hearing.train WORK            train on everything, write rehearse/transcription/filler_head.npz
    python -m benchmarks.hearing.train WORK --measure  leave each human corpus out in turn; WORK/left_out.npz gets what each
                                                       unseen recording's frames were given

WORK is what ``benchmarks.hearing.features`` wrote. Deterministic on one machine. Needs ``pip install --group train``.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.hearing.head_training import Frames, Settings, probabilities, train

HEAD = Path(__file__).parents[2] / "rehearse" / "transcription" / "filler_head.npz"
LEFT_OUT = ("horse", "aws", "others", "mfa", "ami")
_WEIGHTS = {"human": 3.0, "copy": 1.0, "read": 3.0, "synthetic": 1.0}
"""How often each is seen in an epoch; chosen on left-out corpora among nine others (docs/accuracy-notes.md)."""
_SETTINGS = Settings(width=48, layers=3, epochs=10)
_SEEDS = 2


def load(work: Path) -> tuple[Frames, list[list[str]]]:
    """Read the features of all roles; for each window role, corpus, copy, whether its events are known, and name."""
    parts = [np.load(work / f"{role}.npz") for role in ("human", "read", "synthetic")]
    names = [str(name).split("|") for part in parts for name in part["names"]]
    edges = np.cumsum([0, *np.concatenate([part["lengths"] for part in parts])])
    weights = [_WEIGHTS["copy" if copy != "0" else role] * (known == "known") for role, _, copy, known, _ in names]
    inputs, labels = (np.concatenate([part[name] for part in parts]) for name in ("inputs", "labels"))
    return Frames(inputs, labels, np.stack([edges[:-1], edges[1:]], 1), np.array(weights)), names


def measure(work: Path) -> None:
    """Train without each corpus, and note what the unseen recordings' frames are given."""
    data, names = load(work)
    unseen = [np.array([corpus != left for _, corpus, *_ in names]) for left in LEFT_OUT]
    # What was never trained on is heard by a model that has seen all that was.
    test_only = np.array([corpus != "libri" for _, corpus, *_ in names])
    trained = train(data, [rows & test_only for rows in (*unseen, test_only)], _SETTINGS)
    noted: dict[str, Any] = {}
    for (low, high), (role, corpus, copy, _, name) in zip(data.windows, names, strict=True):
        if copy == "0" and (role == "human" or corpus == "libri"):
            model = LEFT_OUT.index(corpus) if corpus in LEFT_OUT else len(LEFT_OUT)
            given = probabilities({key: value[model] for key, value in trained.items()}, data.inputs[low:high])
            noted[name] = np.concatenate([noted[name], given]) if name in noted else given
    np.savez(work / "left_out.npz", **noted)
    np.savez(work / "models.npz", **trained)


def fit(work: Path) -> None:
    """Train on everything, a few times, and write the parameters."""
    data, names = load(work)
    trained = train(data, [np.ones(len(names), bool)] * _SEEDS, _SETTINGS)
    np.savez_compressed(HEAD, **{name: value.astype(np.float16) for name, value in trained.items()})
    print(f"{HEAD.name}: {HEAD.stat().st_size / 1e6:.2f} MB")


def main() -> None:
    """Measure or train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    (measure if given.measure else fit)(given.work)


if __name__ == "__main__":
    main()
