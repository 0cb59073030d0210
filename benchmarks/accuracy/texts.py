"""Fillers in labelled sentences, as ``rehearse analyze --transcript`` finds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.matching import Score, total
from rehearse.analysis.assemble import answer_from_text

DATA = Path(__file__).parents[2] / "tests" / "data"
SETS = {
    "markers_dev.jsonl": "the rules were written with it",
    "markers_heldout.jsonl": "the author of the rules labelled it before writing them, and looked at its totals alone",
    "markers_independent.jsonl": "somebody who had not seen the rules wrote and labelled it after them; never looked "
    "at",
}
"""Files, and how far each was out of sight while the rules were written."""


@dataclass(frozen=True, slots=True)
class TextSet:
    """One labelled file.

    Attributes:
        name: Of the file.
        scores: One for each sentence.
        clean: Sentences without any filler.

    """

    name: str
    scores: tuple[Score, ...]
    clean: int

    @property
    def score(self) -> Score:
        """Over all sentences."""
        return total(self.scores)


def score_texts() -> list[TextSet]:
    """Score every set; a filler is right where its first word is the labelled one."""
    return [_score(name) for name in SETS]


def _score(name: str) -> TextSet:
    items = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    scores = []
    for item in items:
        true = {filler["index"] for filler in item["fillers"]}
        found = {f.index for f in answer_from_text(item["text"]).fillers if f.status == "counted"}
        scores.append(Score(len(true & found), len(found - true), len(true - found)))
    return TextSet(name, tuple(scores), sum(not item["fillers"] for item in items))
