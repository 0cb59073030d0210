"""Contradictions: two answers that give different figures for the same claim.

Two figures are compared only if unit, role ("from", "to", "by") and rate
agree, both state facts, and the wording leaves no doubt that they refer to the
same thing; they contradict each other if no reading of the wording allows
both. Everything else is left alone: a false alarm costs trust, a miss costs
little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehearse.language.quantities import Figure
from rehearse.story.claims import LIGHT, Claim

SAME = 0.5
"""Share of the shorter claim's words that the longer one must contain (house default)."""

FARTHEST = 50
"""Largest ratio of the two figures; memory errs less, so beyond it these are two different claims (house default)."""
_SHARED_BESIDE_A_DEED = 2
"""Shared words required besides the counted noun if only one claim names an action (house default)."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two incompatible figures for the same claim."""

    first: Claim
    second: Claim


def contradictions(first: Sequence[Claim], second: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """Return the claims for which two answers give different figures.

    Pairs that may not be the same claim are skipped, and so are those where
    either answer contains the other's figure too.
    """
    found = []
    for claim in first:
        rivals = [other for other in second if _is_same_claim(claim, other)]
        best = max(rivals, key=lambda other: _likeness(claim, other), default=None)
        if best is not None and _differ(claim, best) and not _is_settled(claim, best, first, second):
            found.append(Contradiction(claim, best))
    return tuple(found)


def _is_same_claim(first: Claim, second: Claim) -> bool:
    """Whether two figures certainly refer to the same thing."""
    return (
        _are_alike(first.figure, second.figure)
        and first.real
        and second.real
        and first.role == second.role
        and first.marks == second.marks
        and (first.verb != second.verb or first.own == second.own)
        and (not first.counted or not second.counted or first.counted == second.counted)
        and not {"less", "more"} <= {*first.about, *second.about}
        and not (first.names - second.names and second.names - first.names)
        and _likeness(first, second) >= SAME
    )


def _are_alike(first: Figure, second: Figure) -> bool:
    """Whether two figures are comparable."""
    currencies = {first.currency, second.currency} - {""}
    return first.unit == second.unit and first.per == second.per and len(currencies) <= 1


def _likeness(first: Claim, second: Claim) -> float:
    """Return the share of the shorter claim's words that both contain; 0 if only the counted noun is shared."""
    shared = set(first.about) & set(second.about) - {first.counted, second.counted}
    if not shared or (shared == {first.verb} and (first.names or second.names) and not first.counted):
        return 0.0
    acts = bool(first.counted) and (first.verb in LIGHT) != (second.verb in LIGHT)
    if acts and len(shared) < _SHARED_BESIDE_A_DEED:
        return 0.0  # "I called forty customers" and "there were seventy customers"
    shared = set(first.about) & set(second.about)
    return len(shared) / min(len(first.about), len(second.about))


def _differ(first: Claim, second: Claim) -> bool:
    """Whether no reading of the wording allows both figures, and they are close enough to be the same claim."""
    low, high = sorted((first.figure.value, second.figure.value))
    return high <= FARTHEST * low and not _agree(first, second)


def _agree(first: Claim, second: Claim) -> bool:
    """Whether the ranges of the two figures overlap."""
    return first.figure.low <= second.figure.high and second.figure.low <= first.figure.high


def _is_settled(first: Claim, second: Claim, in_first: Iterable[Claim], in_second: Iterable[Claim]) -> bool:
    """Whether either answer also contains the other's figure, so that both may be right."""
    stated_too = any(_are_alike(first.figure, other.figure) and _agree(first, other) for other in in_second)
    return stated_too or any(_are_alike(second.figure, other.figure) and _agree(second, other) for other in in_first)
