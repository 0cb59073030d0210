"""The files of a batch: ``results.csv``, ``results.jsonl``, ``results.parquet``, ``errors.csv``.

Rows stand in the order of the items, are read from the store one by one, and hold nothing of the run itself, so that
the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rehearse.app.batch.run import Done, Settings
from rehearse.app.batch.sources import Problem
from rehearse.app.batch.store import WorkStore, explained
from rehearse.files.atomic_files import new_beside
from rehearse.files.csv_files import write_csv
from rehearse.metrics import METRICS

Row = Mapping[str, Any]

_BEFORE = (
    "file",
    "person",
    "question_id",
    "question",
    "kind",
    "date",
    "tags",
    "sha256",
    "model",
    "duration",
    "language",
)
_AFTER = (
    "story", "strength", "change", "transcript", "quality", "program", "recognised_with", "derived_with",
)  # fmt: skip
_EXPECTED = ("speech_rate", "word_count", "answer_length", "response_latency", "longest_pause", "filled_pause_rate",
             "filled_pauses_per_100_words", "pause_rate")  # fmt: skip
"""Measurements whose error is known with some model: their range has two columns."""
_ROWS_AT_ONCE = 256
_ERRORS = ("file", "person", "manifest", "error")

COLUMNS: Sequence[str] = (
    *_BEFORE,
    *(
        column
        for name in METRICS
        for column in ((name, f"{name}_low", f"{name}_high") if name in _EXPECTED else (name,))
    ),
    *_AFTER,
)
"""Columns of a spreadsheet, as ``docs/batch.md`` explains them."""


def rows(done: Sequence[Done], store: WorkStore, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield the row of each recording that was measured, in order, with what belongs to the file and the person."""
    for found in done:
        stored = store.derived(found.key) if found.key and found.error is None else None
        if stored is None or stored.row is None:
            continue
        item = found.item
        head = {
            "file": item.file,
            "person": item.person,
            "question_id": item.question and item.question.id,
            "question": item.asked,
            "question_kind": item.question and item.question.kind,
            "date": date(item.spoken_at),
            "tags": list(item.tags),
        }
        made = {"recognised_with": settings.recognised_with, "derived_with": settings.derived_with}
        yield {**json.loads(stored.row), **head, **made}


def write_results(
    folder: Path, done: Sequence[Done], problems: Iterable[Problem], store: WorkStore, settings: Settings
) -> list[Path]:
    """Write the files of a batch into its folder; each takes the place of the old one when it is whole.

    Raises:
        OSError: A file cannot be written.

    """
    write_csv(folder / "results.csv", COLUMNS, map(flat, rows(done, store, settings)))
    _write_lines(folder / "results.jsonl", rows(done, store, settings))
    _write_parquet(folder / "results.parquet", map(flat, rows(done, store, settings)))
    written = [folder / f"results.{ending}" for ending in ("csv", "jsonl", "parquet")]
    errors = [*problems, *(found.problem for found in done if found.problem)]
    if errors or (folder / "errors.csv").exists():
        written.append(folder / "errors.csv")
        lines = ({name: getattr(error, name) for name in _ERRORS} for error in errors)
        write_csv(folder / "errors.csv", _ERRORS, lines)
    return written


def flat(row: Row) -> dict[str, Any]:
    """Return a row with one cell for each column."""
    values = {name: measured["value"] for name, measured in row["measurements"].items()}
    for name, edges in row["expected"].items():
        values[f"{name}_low"], values[f"{name}_high"] = edges
    codes = {
        kind: next((f["code"] for f in row["findings"] if f["kind"] == kind), None) for kind in ("strength", "change")
    }
    whole = {
        **row,
        **values,
        **codes,
        "kind": row["question_kind"],
        "tags": ", ".join(row["tags"]),
        "language": row["transcript"]["language"],
        "story": row["story"]["type"],
        "transcript": row["transcript"]["text"],
        "quality": " ".join(row["quality"]),
    }
    return {name: whole.get(name) for name in COLUMNS}


def date(moment: datetime | None) -> str | None:
    """Format when an answer was spoken, in UTC: the day alone where only that is known.

    >>> date(datetime(2026, 5, 4, tzinfo=UTC))
    '2026-05-04'
    """
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat()
    return text.removesuffix("T00:00:00+00:00")


def _write_lines(path: Path, found: Iterable[Row]) -> None:
    with explained(path.parent):
        partial = new_beside(path)
        try:
            with partial.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
                for row in found:
                    file.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _write_parquet(path: Path, found: Iterable[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.float64() if _is_number(name) else pa.string()) for name in COLUMNS])
    with explained(path.parent):
        partial = new_beside(path)
        try:
            with parquet.ParquetWriter(partial, schema, compression="zstd") as file:
                for rows_ in _in_parts(found):
                    file.write_table(pa.Table.from_pylist(rows_, schema=schema))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _is_number(column: str) -> bool:
    return column == "duration" or column.removesuffix("_low").removesuffix("_high") in METRICS


def _in_parts(found: Iterable[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in found:
        part.append(row)
        if len(part) == _ROWS_AT_ONCE:
            yield part
            part = []
    yield part
