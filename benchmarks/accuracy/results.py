"""All that was measured, as the document takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.figures import GROUPS, Outputs, ScoredOutput, pair
from benchmarks.accuracy.texts import TextSet
from benchmarks.accuracy.truth import Truth
from benchmarks.hearing.figures import LeftOut

OURS = "rehearse"
"""The way of listening that is ours."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured.

    Attributes:
        truths: The recordings.
        outputs: By model, then by way of listening.
        missing: Sentences on what could not be measured.
        left_out: Recordings heard by heads that have not seen their corpus.
        texts: The labelled sentences.
        default: Name of the default model.
        kept: Whether the outputs of the other ways are those of an earlier run.

    """

    truths: Sequence[Truth]
    outputs: Mapping[str, Mapping[str, Outputs]]
    missing: Sequence[str]
    left_out: Sequence[LeftOut]
    texts: Sequence[TextSet]
    default: str
    kept: bool = False


def heard(results: Results, model: str, way: str, group: str) -> list[ScoredOutput]:
    """Pair truth and output of one group of ``GROUPS``, or of read speech."""
    return pair(results.truths, results.outputs[model][way], *GROUPS.get(group, (group,)))


def ways(results: Results) -> Iterator[tuple[str, str]]:
    """Give every model with every way of listening that was measured."""
    for model, outputs in results.outputs.items():
        for way in outputs:
            yield model, way
