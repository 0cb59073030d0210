"""The role of each unit in an answer: scene, own act, outcome, view and so on.

A first model judges each unit by itself and its neighbours' words; a second one sees what the first believed of the
whole answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from rehearse.coaching import features, model_files
from rehearse.coaching.evidence import Evidence
from rehearse.model import Span

if TYPE_CHECKING:
    import numpy.typing as npt

Role = Literal[
    "scene", "task", "own_act", "other_act", "shared_act", "outcome", "outcome_figure", "goal", "feeling", "view",
    "generality", "self_description", "hypothetical", "lesson", "blame", "hedge", "dodge", "admission", "filler_talk",
    "own_question",
]  # fmt: skip

ROLES: tuple[Role, ...] = get_args(Role)


def role_probabilities(evidence: Evidence) -> npt.NDArray[np.float32]:
    """Return the probability of each role in the order of ``ROLES``. Shape: (units, roles)."""
    return roles_of_rows(features.of_units(evidence))


def roles_of_rows(rows: list[dict[str, float]]) -> npt.NDArray[np.float32]:
    """Return the same, given the features of all units."""
    if not rows:
        return np.zeros((0, len(ROLES)), np.float32)
    first = _ordered("roles_by_words", rows)
    return _ordered("roles_in_context", features.with_roles(rows, first, ROLES))


def mean_probability(evidence: Evidence, roles: npt.NDArray[np.float32], span: Span, *names: Role) -> float:
    """Return the mean probability that the units of a span have one of some roles, weighted by overlap.

    Args:
        evidence: The answer.
        roles: Shape (units, roles), as ``role_probabilities`` gives them.
        span: Part of the answer.
        names: The roles.

    """
    words = evidence.transcript.words
    shared = [
        max(0.0, min(span.end, words[unit.last].end) - max(span.start, words[unit.first].start))
        for unit in evidence.units
    ]
    found = roles[:, [ROLES.index(name) for name in names]].sum(axis=1)
    return float(found @ shared) / sum(shared) if any(shared) else 0.0


def _ordered(name: str, rows: list[dict[str, float]]) -> npt.NDArray[np.float32]:
    model = model_files.load(name)
    found = model.probabilities(rows)
    ordered = np.zeros((len(rows), len(ROLES)), np.float32)
    ordered[:, [ROLES.index(role) for role in model.classes]] = found
    return ordered
