"""Classify an answer that tells no single occasion: general, about oneself, an opinion, or hypothetical."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearse.language.clauses import Clause
from rehearse.model import StoryType

Lean = Mapping[StoryType, float]
"""Weight of a clause for each answer type that it suggests."""

KINDS: tuple[StoryType, ...] = ("pseudo_story", "self_description", "opinion", "hypothetical")
"""Answer types; the first wins a tie."""

DEED = 1.5
"""Weight of what the speaker does or did: more than that of any remark beside it (house default)."""

_POLITE = frozenset({"say", "like", "love", "rather", "describe", "call", "think", "prefer", "hope"})
_VIEWS = frozenset({"think", "believe", "agree", "feel", "reckon", "suspect", "guess"})
_TRAITS = frozenset(
    {"be", "have", "like", "love", "enjoy", "prefer", "hate", "care", "know", "value", "take", "want", "speak"}
)
_PAST_CLAUSES_OF_A_HABIT = 2


def weigh(clauses: Sequence[Clause], *, imagined: bool = False) -> list[Lean]:
    """Return the weights of each clause; a subordinate clause counts half.

    In an ``imagined`` case "I take her aside" is a plan, otherwise a habit.
    """
    would: StoryType = "pseudo_story" if _would_is_habit(clauses) else "hypothetical"
    deed: StoryType = "hypothetical" if imagined else "pseudo_story"
    return [_scaled(_lean(clause, would=would, deed=deed), 1.0 if clause.is_main else 0.5) for clause in clauses]


def _would_is_habit(clauses: Sequence[Clause]) -> bool:
    """Whether "I would" describes past habit: enough sentences without it are in the past tense."""
    unreal = {clause.verb.sent.start for clause in clauses if clause.tense == "would" or clause.marker == "if"}
    past = sum(clause.tense == "past" and clause.is_own and clause.verb.sent.start not in unreal for clause in clauses)
    return past >= _PAST_CLAUSES_OF_A_HABIT


def strongest(leans: Sequence[Lean]) -> StoryType:
    """Return the answer type with the highest total weight."""
    return max(KINDS, key=lambda kind: sum(lean.get(kind, 0.0) for lean in leans))


def _scaled(lean: Lean, factor: float) -> Lean:
    return {kind: factor * weight for kind, weight in lean.items()}


def _lean(clause: Clause, *, would: StoryType, deed: StoryType) -> Lean:
    if clause.tense in {"would", "will"}:
        return _lean_of_would(clause, would)
    if clause.marker == "if":
        return {"hypothetical": 0.8}
    if clause.tense == "modal":
        return {"opinion": 0.6}
    return _lean_of_present(clause, deed) if clause.tense == "present" else _lean_of_past(clause)


def _lean_of_past(clause: Clause) -> Lean:
    if not clause.is_own:
        return {"pseudo_story": 0.3, "opinion": 0.2}
    if clause.is_life_step:
        return {"self_description": 1.0}
    return {"self_description": 0.5} if clause.lemma == "be" else {"pseudo_story": DEED}


def _lean_of_would(clause: Clause, would: StoryType) -> Lean:
    if clause.is_own and clause.lemma in _POLITE and not clause.depends:
        return {"opinion": 0.3, "hypothetical": 0.3}
    return {would: 1.0 if clause.is_own else 0.5}


def _lean_of_present(clause: Clause, deed: StoryType) -> Lean:
    if not clause.is_own:
        mine = any(token.lower_ == "my" for token in clause.tokens[:3])
        return {"self_description": 1.0} if mine else {"opinion": 0.8}
    if clause.depends:
        return {"hypothetical": 0.6, deed: 0.6}
    if clause.lemma in _VIEWS:
        return {"opinion": 0.8}
    if clause.lemma in _TRAITS and clause.person == "i":
        return {"self_description": 1.0}
    return {"opinion": 0.3} if clause.is_state else {deed: DEED, "self_description": 0.2}
