"""Feedback on one answer of a round, which the round itself may have cut off."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from rehearse.datatypes import Attempt, Finding
from rehearse.feedback import feedback_on
from rehearse.metrics import METRICS
from rehearse.rounds.keeping import Rounds

_CUT_WITHIN = 1.5
"""Seconds: a recording that ends this close to the limit was stopped there (house default)."""


_NO_RESULT = "it stays open what came of it"
"""Said in the feedback on a story of an example without a result, which may have been about to come."""
_ENDS = frozenset({"sentence_end_fade"})
"""Measurements of how sentences end, of which the last one had no end."""


def is_cut(attempt: Attempt, limit_seconds: int) -> bool:
    """Whether the round stopped the recording; an uploaded one may be of any length."""
    long = attempt.duration is not None and attempt.duration >= limit_seconds - _CUT_WITHIN
    return long and attempt.origin.source != "upload"


def cut_off(attempts: Iterable[Attempt], rounds: Rounds) -> frozenset[str]:
    """Ids of the answers whose recording their round stopped; a round that is gone tells nothing."""
    return frozenset(
        attempt.id
        for attempt in attempts
        if attempt.origin.round and (one := rounds.get(attempt.origin.round))
        for step in one.steps
        if attempt.id in step.takes and is_cut(attempt, step.limit_seconds)
    )


def without_fragment(attempt: Attempt) -> Attempt:
    """Take the words in which an answer was cut off for no result."""
    last = max((word.end for word in attempt.transcript.words), default=0.0)
    whole = tuple(span for span in attempt.story.result if span.end < last)
    return replace(attempt, story=replace(attempt.story, result=whole))


def findings_of(attempt: Attempt, unjudged: Collection[str], *, cut: bool) -> tuple[Finding, ...]:
    """Give the feedback on one answer; where it was cut off, its length, its last words and its missing end speak for nothing."""
    if not cut:
        return feedback_on(attempt, unjudged)
    found = [one for one in feedback_on(attempt, unjudged) if one.kind == "change" and not _blames_the_end(one)]
    found += [one for one in feedback_on(without_fragment(attempt), unjudged) if one.kind == "strength"]
    return tuple(finding for finding in found if not _is_length(finding))


def _blames_the_end(finding: Finding) -> bool:
    return finding.measurement in _ENDS or (finding.measurement == "story" and _NO_RESULT in finding.message)


def _is_length(finding: Finding) -> bool:
    metric = METRICS.get(finding.measurement)
    return metric is not None and metric.family == "length"
