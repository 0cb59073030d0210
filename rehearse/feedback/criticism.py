"""Which words of an answer may be praised beside the changes that are suggested: never the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.metrics import METRICS
from rehearse.model import Finding, Span

_NOT_WORDS = frozenset({"fillers", "pauses"})
"""Families about what lies between the words: an um within a sentence says nothing against the sentence."""


@dataclass(frozen=True, slots=True)
class Criticism:
    """The changes suggested for an answer.

    Attributes:
        changes: All of them.

    """

    changes: tuple[Finding, ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether the answer belongs to another question, so that what it says is not praised as an answer to it."""
        return any(change.code == "off_question" for change in self.changes)

    def allows(self, span: Span) -> bool:
        """Whether these words may be praised: no change is about any of them."""
        return not any(span.overlaps(other) for change in self.changes if _on_words(change) for other in change.spans)

    def allows_all(self, strength: Finding) -> bool:
        """Whether a finding may praise its words."""
        return not _on_words(strength) or all(map(self.allows, strength.spans))


def _on_words(finding: Finding) -> bool:
    metric = METRICS.get(finding.topic)
    return metric is None or metric.family not in _NOT_WORDS
