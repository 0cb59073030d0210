"""Comparison of two answers to the same question: what differs, and whether the difference is meaningful."""

from rehearse.progress.comparison.numbers import Difference, Yardstick, differences, smallest_difference
from rehearse.progress.comparison.parts import PartChange, part_changes
from rehearse.progress.comparison.wordings import (
    WORD_FOR_WORD,
    Stretch,
    Wordings,
    compare_wordings,
)

__all__ = [
    "WORD_FOR_WORD",
    "Difference",
    "PartChange",
    "Stretch",
    "Wordings",
    "Yardstick",
    "compare_wordings",
    "differences",
    "part_changes",
    "smallest_difference",
]
