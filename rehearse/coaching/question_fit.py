"""Features of an answer beside its question, by which the model ``elsewhere`` judges whether it answers another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rehearse.coaching.evidence import Evidence
from rehearse.language.stems import telling_words
from rehearse.model import Question
from rehearse.story.relevance import ASKS_FOR

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_WORD = re.compile(r"[a-z']+")
_MANY = 3
"""Subject words of a question from which it says something if none of them comes back (house default)."""


def of_answer_and_question(
    evidence: Evidence, roles: npt.NDArray[np.floating], names: Sequence[str]
) -> dict[str, float]:
    """Return the features: what the question asks for, what the clauses do, and the words they share.

    Args:
        evidence: The answer and its question.
        roles: Shape (units, roles), probabilities.
        names: Names of the roles.

    """
    sizes = [unit.size for unit in evidence.units]
    shares = (roles.T * sizes).sum(axis=1) / sum(sizes)
    row = dict(_shared_words(evidence))
    for name, share, start, end in zip(names, shares, roles[:2].mean(axis=0), roles[-2:].mean(axis=0), strict=True):
        row |= {f"share {name}": 2 * float(share), f"start {name}": float(start), f"end {name}": float(end)}
    for form in _forms(evidence):
        row |= {f"{form} share {name}": 2 * float(share) for name, share in zip(names, shares, strict=True)}
        row |= {form: 0.5, f"{form} type {evidence.story.type}": 1.0, f"{form} unshared": row["unshared"]}
    return row


def shares_words(evidence: Evidence, question: Question) -> bool:
    """Whether any subject word of the question, its listening points or its follow-ups comes back in the answer."""
    hints = [question.prompt, question.competency, *question.listen_for, *question.probes]
    wanted = telling_words(" ".join(hints).split()).values()
    return not set(wanted).isdisjoint(telling_words(evidence.words).values())


def _forms(evidence: Evidence) -> Iterator[str]:
    yield f"kind {evidence.kind or 'unknown'}"
    yield f"opens {' '.join(_WORD.findall(evidence.prompt)[:2])}"
    yield from (f"asks for {name}" for name, wording in ASKS_FOR.items() if wording.search(evidence.prompt))


def _shared_words(evidence: Evidence) -> Iterator[tuple[str, float]]:
    asked = set(telling_words(evidence.prompt.split()).values())
    shared = asked & set(telling_words(evidence.words).values())
    yield "asked words", min(len(asked), 6) / 3
    yield "shared words", min(len(shared), 4) / 2
    yield "share of the asked words", len(shared) / max(1, len(asked))
    yield "unshared", float(not shared)
    yield "unshared of many", float(not shared and len(asked) >= _MANY)
    yield "words", min(3.0, len(evidence.words) / 80)
