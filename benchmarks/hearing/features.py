"""Run the encoder of tiny.en over all recordings, once, and keep what it gives.

    python -m benchmarks.hearing.features DATA WORK

DATA holds ``voices``, ``human``, ``read`` (each with its ``truth.json``) and ``synthetic`` (made by
``benchmarks.hearing.synthesise``). WORK gets one ``.npz`` for each of them, 2.3 MB a minute.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.hearing.corpora import Item, gather, labels, with_copies
from rehearse import weights

_RATE = 16_000
_WINDOW = 28 * _RATE
_FRAME = 320
_LEAST = 4000


def pieces(items: Sequence[Item]) -> Iterator[tuple[Item, Any, Any]]:
    """Windows of at most 28 s with their labels; short recordings of one corpus of voices are joined."""
    waiting: list[tuple[Any, tuple[dict[str, Any], ...]]] = []
    for item in items:
        sound, events = item.load()
        if item.role == "human":
            yield from _windows(item, sound, events)
            continue
        if waiting and sum(len(s) for s, _ in waiting) + len(sound) > _WINDOW:
            yield from _windows(item, *_joined(waiting))
            waiting = []
        waiting.append((sound, events))
    if waiting:
        yield from _windows(items[-1], *_joined(waiting))


def _joined(parts: Sequence[tuple[Any, tuple[dict[str, Any], ...]]]) -> tuple[Any, tuple[dict[str, Any], ...]]:
    moved, offset = [], 0.0
    for sound, events in parts:
        moved += [{**e, "start": e["start"] + offset, "end": e["end"] + offset} for e in events]
        offset += len(sound) / _RATE
    return np.concatenate([sound for sound, _ in parts]), tuple(moved)


def _windows(item: Item, sound: Any, events: tuple[dict[str, Any], ...]) -> Iterator[tuple[Item, Any, Any]]:
    for start in range(0, len(sound), _WINDOW):
        part = sound[start : start + _WINDOW]
        if len(part) >= _LEAST:
            yield item, part, labels(events, start / _RATE, min(1500, len(part) // _FRAME))


def write(items: Sequence[Item], out: Path) -> None:
    """Encode all windows of these recordings and write inputs, labels and where each window comes from."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(weights.resolve("tiny.en")), device="cpu", compute_type="int8", local_files_only=True)
    inputs, marks, lengths, names = [], [], [], []
    for item, sound, label in pieces(items):
        mel = model.feature_extractor(sound)[:, :3000]
        encoded = np.asarray(model.encode(np.pad(mel, ((0, 0), (0, 3000 - mel.shape[1])))))[0]
        inputs.append(encoded[: len(label)].astype(np.float16))
        marks.append(label)
        lengths.append(len(label))
        known = "known" if item.events is not None else "unknown"
        names.append(f"{item.role}|{item.corpus}|{item.copy}|{known}|{item.path.name}")
    np.savez(out, inputs=np.concatenate(inputs), labels=np.concatenate(marks), lengths=lengths, names=names)
    print(out.name, round(sum(lengths) / 3000, 1), "min", int((np.concatenate(marks) > 0).sum()), "frames filled")


def main() -> None:
    """Write the features of each role."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    items = list(gather(given.data))
    for role in ("read", "synthetic", "human"):
        out = given.work / f"{role}.npz"
        if not out.exists():
            write([item for item in with_copies(items) if item.role == role], out)


if __name__ == "__main__":
    main()
