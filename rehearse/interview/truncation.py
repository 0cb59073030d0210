"""Detect answers that were cut off at their time limit."""

from __future__ import annotations

from collections.abc import Iterable

from rehearse.interview.repository import Rounds
from rehearse.model import Attempt

_CUT_WITHIN = 1.5
"""Seconds; a recording that ends this close to the limit counts as stopped by it (house default)."""


def is_cut(attempt: Attempt, limit_seconds: int) -> bool:
    """Whether the round stopped the recording; never for an upload, which may be of any length."""
    long = attempt.duration is not None and attempt.duration >= limit_seconds - _CUT_WITHIN
    return long and attempt.origin.source != "upload"


def cut_off(attempts: Iterable[Attempt], rounds: Rounds) -> frozenset[str]:
    """Return the ids of the answers whose recording was stopped by their round, if that round still exists."""
    return frozenset(
        attempt.id
        for attempt in attempts
        if attempt.origin.round and (interview_round := rounds.get(attempt.origin.round))
        for step in interview_round.steps
        if attempt.id in step.takes and is_cut(attempt, step.limit_seconds)
    )
