"""Features of the units and of the whole answer, by name, for the linear models.

The scale of each group decides how strongly regularisation holds it back; scales are house defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rehearse.coaching.evidence import Evidence
from rehearse.coaching.units import Unit
from rehearse.language.clauses import Clause

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Probabilities = npt.NDArray[np.floating]

_THIRD = 1 / 3
_LEAST = 0.05
"""Probability below which a neighbour's role is left out."""
_LIKELY = 0.5
_LONG_WORD = 4
"""Letters of a word that may say what a question is about."""
_ENOUGH = 0.25
"""Share of the answer from which a role characterises it."""
_SHORT = (40, 20)
"""Words below which an answer is short, and very short."""
_WORD = re.compile(r"[a-z']+")


def of_units(evidence: Evidence) -> list[dict[str, float]]:
    """Return the features of each unit: words, grammar, neighbours, position, what the rules found."""
    facts = [dict(_grammar(evidence, unit)) for unit in evidence.units]
    return [_of_unit(evidence, facts, index) for index in range(len(evidence.units))]


def with_roles(
    rows: Sequence[dict[str, float]], roles: Probabilities, names: Sequence[str], scale: float = 1.5
) -> list[dict[str, float]]:
    """Add the probable roles of a unit, of its neighbours and of the whole answer to its features.

    Args:
        rows: Features of the units of one answer.
        roles: Shape (units, roles), probabilities.
        names: Names of the roles.
        scale: Value of a certain role.

    """
    found = []
    for index, row in enumerate(rows):
        extended = dict(row)
        for offset in (-2, -1, 0, 1, 2):
            if 0 <= index + offset < len(rows):
                extended |= {
                    f"role{offset:+d} {name}": float(p) * scale
                    for name, p in zip(names, roles[index + offset], strict=True)
                    if p > _LEAST
                }
        extended |= {f"share {name}": float(p) * scale for name, p in zip(names, roles.mean(axis=0), strict=True)}
        found.append(extended)
    return found


def of_answer(evidence: Evidence, roles: Probabilities, names: Sequence[str]) -> dict[str, float]:
    """Return the features of a whole answer.

    Args:
        evidence: The answer.
        roles: Shape (units, roles), probabilities of the second stage.
        names: Names of the roles.

    """
    row = dict(_shares(evidence, roles, names))
    row |= dict(_course(evidence, roles, names))
    kind = evidence.kind or "unknown"
    row |= {f"kind {kind}": 1.0, f"type {evidence.story.type}": 1.0, f"kind {kind} type {evidence.story.type}": 1.0}
    for element, state in evidence.elements.items():
        if state is not None:
            row[f"element {element} {'found' if state else 'missing'}"] = 1.0
    row |= dict(_of_prompt(evidence))
    for unit in evidence.units:
        row |= dict.fromkeys(_words(evidence, unit, "says "), 0.4)
    for unit in evidence.units[-2:]:
        row |= dict.fromkeys(_words(evidence, unit, "ends "), 0.6)
    return row


def _of_unit(evidence: Evidence, facts: Sequence[dict[str, float]], index: int) -> dict[str, float]:
    units, unit = evidence.units, evidence.units[index]
    row = {name: 1.5 * value for name, value in facts[index].items()}
    row |= dict(_position(evidence, index))
    row[f"kind {evidence.kind or 'unknown'}"] = 1.0
    row[f"type {evidence.story.type}"] = 1.0
    if unit.clause is not None:
        row |= dict(_combined(evidence, unit.clause))
    for offset in (-2, -1, 1, 2):
        if 0 <= index + offset < len(units):
            near = facts[index + offset]
            row |= {f"{offset:+d} {name}": 0.7 for name in near if name.startswith(("person ", "tense "))}
    earlier = (other.clause for other in units[:index])
    row["after an own act"] = float(any(c is not None and c.person == "i" and c.tense == "past" for c in earlier))
    row |= dict.fromkeys((f"rule {name}" for name in evidence.rules[index]), 1.0)
    row |= dict.fromkeys(_words(evidence, unit, ""), 1.0)
    for offset, prefix in ((-1, "before "), (1, "behind ")):
        if 0 <= index + offset < len(units):
            row |= dict.fromkeys(_words(evidence, units[index + offset], prefix), 0.5)
    return row


def _position(evidence: Evidence, index: int) -> Iterator[tuple[str, float]]:
    count = len(evidence.units)
    place = evidence.units[index].first / len(evidence.words)
    yield "position", place
    yield "early", float(place < _THIRD)
    yield "late", float(place > 1 - _THIRD)
    yield "first", float(index == 0)
    yield "last", float(index == count - 1)
    yield "near the end", float(index >= count - 2)


def _combined(evidence: Evidence, clause: Clause) -> Iterator[tuple[str, float]]:
    """Yield what holds of a verb group only together."""
    group = f"{clause.person} {clause.tense}"
    yield group, 1.0
    yield f"{group} kind {evidence.kind or 'unknown'}", 0.7
    yield f"{group} type {evidence.story.type}", 0.7
    yield f"{group} verb {clause.lemma}", 0.7
    if clause.is_state:
        yield f"{group} state", 1.0


def _grammar(evidence: Evidence, unit: Unit) -> Iterator[tuple[str, float]]:
    clause = unit.clause
    if clause is not None:
        yield f"person {clause.person}", 1.0
        yield f"tense {clause.tense}", 1.0
        yield f"verb {clause.lemma}", 1.0
        yield from ((name, 1.0) for name, holds in _of_clause(clause).items() if holds)
    text = f" {' '.join(evidence.text(unit))} "
    spoken = " ".join(word.text for word in evidence.transcript.words[unit.first : unit.last + 1])
    told = {
        "figure": any(mark.isdigit() for mark in text),
        "question mark": "?" in spoken,
        "you": " you " in text,
        "I": " i" in text,
        "we": " we" in text,
        "my": " my " in text,
    }
    yield from ((name, 1.0) for name, holds in told.items() if holds)
    yield "length", min(1.0, unit.size / 20)


def _of_clause(clause: Clause) -> dict[str, bool]:
    return {
        "progressive": clause.progressive,
        "passive": clause.passive,
        "negated": clause.negated,
        "main": clause.is_main,
        "state": clause.is_state,
        "if": clause.marker == "if",
        "because": clause.marker in {"because", "cos", "cause", "since"},
        "marked": bool(clause.marker),
        "past perfect": clause.is_earlier,
        "habit": clause.is_habit,
        "has an if": clause.depends,
        "life step": clause.is_life_step,
        "relative": clause.verb.dep_ == "relcl",
        "content": clause.verb.dep_ == "ccomp",
        "joined": clause.verb.dep_ == "conj",
        "adverbial": clause.verb.dep_ == "advcl",
    }


def _words(evidence: Evidence, unit: Unit, prefix: str) -> Iterator[str]:
    """Yield the words and pairs of words of a unit, and how it begins; figures are all alike."""
    words = ["#" if any(mark.isdigit() for mark in word) else word for word in evidence.text(unit) if word]
    yield from (f"{prefix}word {word}" for word in words)
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    yield from (f"{prefix}words {pair}" for pair in pairs)
    if words:
        yield f"{prefix}opens {words[0]}"
    if pairs:
        yield f"{prefix}opens {pairs[0]}"


def _shares(evidence: Evidence, roles: Probabilities, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    sizes = [unit.size for unit in evidence.units]
    shares = (roles.T * sizes).sum(axis=1) / sum(sizes)
    highest = roles.max(axis=0)
    kind = evidence.kind or "unknown"
    for name, share, high, end, start in zip(
        names, shares, highest, roles[-2:].mean(axis=0), roles[:2].mean(axis=0), strict=True
    ):
        yield f"share {name}", float(share) * 3
        yield f"highest {name}", float(high) * 1.5
        yield f"any {name}", float(high > _LIKELY)
        yield f"end {name}", float(end) * 2
        yield f"start {name}", float(start)
        yield f"kind {kind} share {name}", float(share) * 2
        if share > _ENOUGH:
            yield f"kind {kind} much {name}", 1.0


def _course(evidence: Evidence, roles: Probabilities, names: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield where the speaker's acts and the outcome stand, and how long the answer is."""
    column = {name: roles[:, index] for index, name in enumerate(names)}
    acts = [index for index, p in enumerate(column["own_act"]) if p > _LIKELY]
    count = len(evidence.words)
    start = evidence.units[acts[0]].first / count if acts else 1.0
    outcome = column["outcome"] + column["outcome_figure"]
    yield "own acts", min(3, len(acts)) / 2
    yield "first own act", start * 1.5
    yield "late own act", float(bool(acts) and start > _LIKELY)
    yield "outcome", float(outcome.max())
    yield "outcome behind the acts", float(outcome[acts[-1] :].max()) if acts else 0.0
    yield "words", min(3.0, count / 80)
    for limit in _SHORT:
        yield f"under {limit} words", float(count < limit)
    yield "we", min(2.0, evidence.words.count("we") / 5)
    yield "I", min(2.0, evidence.words.count("i") / 8)
    yield "figures", min(1.0, sum(any(mark.isdigit() for mark in word) for word in evidence.words) / 3)


def _of_prompt(evidence: Evidence) -> Iterator[tuple[str, float]]:
    asked = _WORD.findall(evidence.prompt)
    yield from ((f"asked {word}", 0.5) for word in asked)
    yield from ((f"asked {first} {second}", 0.5) for first, second in pairwise(asked))
    long = {word for word in asked if len(word) >= _LONG_WORD}
    yield "words of the question", len(long & set(evidence.words)) / max(1, len(long))
