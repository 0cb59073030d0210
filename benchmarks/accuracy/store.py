"""Keep what each way of listening gave, so that a broken run goes on and ``--keep`` need not repeat the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.accuracy.listeners import Output
from benchmarks.accuracy.truth import RECORDINGS
from rehearse.model import Span

FOLDER = Path(__file__).parents[2] / ".make" / "accuracy"


def put(model: str, way: str, outputs: Mapping[Path, Output]) -> None:
    """Write the outputs of one way, numbers as they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = {path.relative_to(RECORDINGS).as_posix(): asdict(output) for path, output in outputs.items()}
    _file(model, way).write_text(json.dumps(rows, default=float), encoding="utf-8")


def get(model: str, way: str) -> dict[Path, Output] | None:
    """Read the outputs of one way; None where none are kept for this version of faster-whisper."""
    if not _file(model, way).exists():
        return None
    rows = json.loads(_file(model, way).read_text(encoding="utf-8"))
    return {RECORDINGS / name: _output(row) for name, row in rows.items()}


def _file(model: str, way: str) -> Path:
    return FOLDER / f"{model} {way} {version('faster-whisper')}.json"


def _output(row: dict[str, Any]) -> Output:
    return Output(
        filled_pauses=tuple(Span(**span) for span in row["filled_pauses"]),
        seconds=row["seconds"],
        words=None if row["words"] is None else tuple(row["words"]),
        pauses=None if row["pauses"] is None else tuple(Span(**span) for span in row["pauses"]),
        values=row["values"],
    )
