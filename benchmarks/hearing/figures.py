"""Turn what was heard by heads that had not seen a recording into ``left_out.json``, for docs/ACCURACY.md.

    python -m benchmarks.hearing.figures EVALUATED.json

EVALUATED.json is what ``benchmarks.hearing.evaluate --left-out`` wrote.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.accuracy.matching import COLLAR, NARROW, Score, match_counts, match_times
from rehearse.model import Span

FILE = Path(__file__).parent / "left_out.json"
NAMES = {
    "horse": "acted descriptions, one native and one second-language speaker",
    "aws": "acted telephone conversations, two speakers",
    "others": "interviews, calls and sentences, some ten speakers",
    "mfa": "monologues and short clips, one man",
    "ami": "meetings, several distant speakers",
    "libri": "read speech, five readers",
}
"""What each corpus is."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One recording, heard by a head that had not seen its corpus.

    Attributes:
        corpus: A key of ``NAMES``.
        minutes: Its length.
        wide: Within 0.5 s; by number where times are not known.
        narrow: Within 0.2 s; None where times are not known.
        edges: Seconds between true and found start, and end, of those found within 0.5 s.

    """

    corpus: str
    minutes: float
    wide: Score
    narrow: Score | None
    edges: tuple[tuple[float, float], ...]


def scored(row: dict[str, Any]) -> LeftOut:
    """Score one recording."""
    truth, minutes = row["truth"]["filled_pauses"], row["duration"] / 60
    found = [Span(f["start"], f["end"]) for f in row["fillers"] if f["status"] == "counted"]
    if not all(isinstance(pause, dict) for pause in truth):
        return LeftOut(row["corpus"], minutes, match_counts(len(truth), len(found)), None, ())
    true = [Span(pause["start"], pause["end"]) for pause in truth]
    wide, narrow = (match_times(true, found, collar) for collar in (COLLAR, NARROW))
    return LeftOut(row["corpus"], minutes, wide, narrow, tuple(_edges(true, found)))


def _edges(true: Sequence[Span], found: Sequence[Span]) -> list[tuple[float, float]]:
    near = [(span, min(found, key=lambda other: abs(_middle(other) - _middle(span)))) for span in true if found]
    return [
        (round(abs(a.start - b.start), 3), round(abs(a.end - b.end), 3))
        for a, b in near
        if abs(_middle(a) - _middle(b)) <= COLLAR
    ]


def _middle(span: Span) -> float:
    return (span.start + span.end) / 2


def load() -> list[LeftOut]:
    """Read what was written last."""
    return [
        LeftOut(
            row["corpus"],
            row["minutes"],
            Score(**row["wide"]),
            Score(**row["narrow"]) if row["narrow"] else None,
            tuple((start, end) for start, end in row["edges"]),
        )
        for row in json.loads(FILE.read_text())
    ]


def edge_error(rows: Sequence[LeftOut]) -> tuple[float, float] | None:
    """Median error of start and end in seconds; None without any."""
    edges = [edge for row in rows for edge in row.edges]
    return (median(start for start, _ in edges), median(end for _, end in edges)) if edges else None


def main() -> None:
    """Write the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluated", type=Path)
    rows = [scored(row) for row in json.loads(parser.parse_args().evaluated.read_text()) if row["corpus"] in NAMES]
    FILE.write_text(json.dumps([asdict(row) for row in rows], indent=0) + "\n")


if __name__ == "__main__":
    main()
