"""Which answers a round cut off at their limit."""

from __future__ import annotations

from collections.abc import Iterable

from rehearse.interview.repository import Rounds
from rehearse.model import Attempt

_CUT_WITHIN = 1.5
"""Seconds: a recording that ends this close to the limit was stopped there (house default)."""


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
