"""What kind of answer it is when it tells no single occasion: general, about oneself, an opinion, or hypothetical."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearse.content.clauses import Clause
from rehearse.content.lexicon import STATES
from rehearse.datatypes import StoryType

Lean = Mapping[StoryType, float]
"""Which kinds a clause speaks for, and how strongly."""

KINDS: tuple[StoryType, ...] = ("pseudo_story", "self_description", "opinion", "hypothetical")
"""Ties go to the first."""

_POLITE = frozenset({"say", "like", "love", "rather", "describe", "call", "think", "prefer", "hope"})
_VIEWS = frozenset({"think", "believe", "agree", "feel", "reckon", "suspect", "guess"})
_TRAITS = frozenset(
    {"be", "have", "like", "love", "enjoy", "prefer", "hate", "care", "know", "value", "take", "want", "speak"}
)
_PAST_CLAUSES_OF_A_HABIT = 2


def weigh(clauses: Sequence[Clause]) -> list[Lean]:
    """For each clause, its lean."""
    past = sum(clause.tense == "past" and clause.marker not in {"if", "what", "whether"} for clause in clauses)
    woulds = sum(clause.tense == "would" for clause in clauses)
    habitual_would = past >= _PAST_CLAUSES_OF_A_HABIT and 2 * past >= woulds
    return [_lean(clause, habitual_would=habitual_would) for clause in clauses]


def strongest(leans: Sequence[Lean]) -> StoryType:
    """The kind with the most weight over the answer."""
    return max(KINDS, key=lambda kind: sum(lean.get(kind, 0.0) for lean in leans))


def _lean(clause: Clause, *, habitual_would: bool) -> Lean:
    if clause.tense in {"would", "will"}:
        return _lean_of_would(clause, habitual=habitual_would)
    if clause.marker == "if":
        return {"hypothetical": 0.4}
    if clause.tense == "modal":
        return {"opinion": 0.6}
    if clause.tense == "present":
        return _lean_of_present(clause)
    if not clause.is_own:
        return {"pseudo_story": 0.3, "opinion": 0.2}
    return {"self_description": 0.5} if clause.lemma == "be" else {"pseudo_story": 1.0}


def _lean_of_would(clause: Clause, *, habitual: bool) -> Lean:
    if clause.is_own and clause.lemma in _POLITE:
        return {"opinion": 0.3}
    return {"pseudo_story" if habitual else "hypothetical": 1.0 if clause.is_own else 0.4}


def _lean_of_present(clause: Clause) -> Lean:
    if not clause.is_own:
        mine = any(token.lower_ == "my" for token in clause.tokens[:3])
        return {"self_description": 1.0} if mine else {"opinion": 0.8}
    if clause.lemma in _VIEWS:
        return {"opinion": 0.8}
    if clause.lemma in _TRAITS and clause.person == "i":
        return {"self_description": 1.0}
    return {"opinion": 0.3} if clause.lemma in STATES else {"pseudo_story": 1.0, "self_description": 0.2}
