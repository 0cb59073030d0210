"""Where two answers give different figures for the same claim.

Two figures are set against each other only where unit, role ("from", "to",
"by") and rate agree, both tell of what really was, and the words leave no
doubt that they are about the same thing; then they differ where no reading of
the words allows both. Silent otherwise: a false alarm costs trust, a miss
costs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehearse.language.quantities import Figure
from rehearse.story.claims import LIGHT, Claim

SAME = 0.5
"""Share of the words of the shorter claim that the longer one has to hold (house default)."""

FARTHEST = 50
"""Times that one figure may be the other; memory slips less far, so beyond it the claims are taken for two (house default)."""
_SHARED_BESIDE_A_DEED = 2
"""Words besides the noun counted that are shared, where only one claim tells what was done (house default)."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two figures for one claim that cannot both be right."""

    first: Claim
    second: Claim


def contradictions(first: Sequence[Claim], second: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """List the claims to which two answers give different figures.

    Silent where it is not sure that the claim is the same, and where either
    answer holds the other's figure too.
    """
    found = []
    for claim in first:
        rivals = [other for other in second if _is_same_claim(claim, other)]
        best = max(rivals, key=lambda other: _likeness(claim, other), default=None)
        if best is not None and _differ(claim, best) and not _is_settled(claim, best, first, second):
            found.append(Contradiction(claim, best))
    return tuple(found)


def _is_same_claim(first: Claim, second: Claim) -> bool:
    """Whether two figures surely are of the same thing."""
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
    """Whether two figures can be compared."""
    currencies = {first.currency, second.currency} - {""}
    return first.unit == second.unit and first.per == second.per and len(currencies) <= 1


def _likeness(first: Claim, second: Claim) -> float:
    """Share of the shorter claim's words that both hold; 0 where only the counted noun is shared."""
    shared = set(first.about) & set(second.about) - {first.counted, second.counted}
    if not shared or (shared == {first.verb} and (first.names or second.names) and not first.counted):
        return 0.0
    acts = bool(first.counted) and (first.verb in LIGHT) != (second.verb in LIGHT)
    if acts and len(shared) < _SHARED_BESIDE_A_DEED:
        return 0.0  # "I called forty customers" and "there were seventy customers"
    shared = set(first.about) & set(second.about)
    return len(shared) / min(len(first.about), len(second.about))


def _differ(first: Claim, second: Claim) -> bool:
    """Whether no reading of the words allows both figures, and they are near enough to be of one thing."""
    low, high = sorted((first.figure.value, second.figure.value))
    return high <= FARTHEST * low and not _agree(first, second)


def _agree(first: Claim, second: Claim) -> bool:
    """Whether the words allow both figures to be the same."""
    return first.figure.low <= second.figure.high and second.figure.low <= first.figure.high


def _is_settled(first: Claim, second: Claim, in_first: Iterable[Claim], in_second: Iterable[Claim]) -> bool:
    """Whether either answer holds the other's figure as well: then both may be right."""
    said_too = any(_are_alike(first.figure, other.figure) and _agree(first, other) for other in in_second)
    return said_too or any(_are_alike(second.figure, other.figure) and _agree(second, other) for other in in_first)
