"""Claims with figures: what a number refers to.

A claim is identified by the words of its clause: the counted noun, the other
nouns, and the verb unless it carries little meaning. The word lists
are house defaults, chosen on ``tests/data/claims.jsonl``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.language.clauses import Clause, find_clauses
from rehearse.language.numerals import tokens_of
from rehearse.language.parser import Parsed, parse
from rehearse.language.quantities import Figure, Role, find_figures
from rehearse.language.searchable_text import searchable_text
from rehearse.language.words import word_set
from rehearse.model import Span, Transcript

LIGHT = word_set(
    "be have do get go come make take give let say tell mean want need use keep put start begin end bring think know"
)
"""Light verbs, which say little about what a figure refers to."""
_MOVES = {
    **dict.fromkeys(word_set("fall drop cut reduce decrease lower shrink halve decline"), "less"),
    **dict.fromkeys(word_set("rise grow increase raise climb double"), "more"),
}
_DIRECTIONS = {"down": "less", "up": "more"}
_MOVING = frozenset({"go", "come", "bring", "get", "take"})
_UNREAL = frozenset({"would", "will", "modal"})
_INTENDED = word_set(
    "plan expect hope want target aim estimate predict promise suppose budget agree ask request order need offer"
    " apply allow"
)
_INTENDED_THINGS = word_set("target goal plan forecast estimate")
_NOTHING_NAMED = word_set(
    "one thing time way lot bit kind sort reason step part question option point people rest percent % number figure"
    " second minute hour day night week month year end start"
)
"""Nouns that do not identify what a figure refers to."""
_NO_COUNT = word_set("thing question way time reason step part option point kind sort foot seven")
"""Nouns that are numbered to structure an answer, or that measure nothing at work."""
_DESCRIBES_ANY = word_set("new good big small different many more extra whole full great little")
_SET_APART = word_set("own other another extra further first second third last next final whole entire total later")
"""Words that single out one of several; a claim with such a word differs from the claim without it."""
_THEIRS = frozenset({"their", "his", "her", "your"})
_WHOLE_EFFORT = 100.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure and what it refers to.

    Attributes:
        figure: The number, its unit, and the range that the wording allows.
        span: The figure as spoken, with the noun that it counts.
        clause: The clause around it, for quoting.
        about: Lemmas of the key words of that clause, the counted noun first.
        role: From the figure, or from the verb: "came down 15 percent" is a ``change``.
        counted: The counted noun; empty if there is none.
        names: The other nouns of the clause.
        marks: Words that distinguish the claim from similar ones: whose it is, "first", "usually".
        verb: Lemma of the clause's verb.
        own: Whether the speaker may be the subject of the verb.
        real: Whether it states a fact, not something hypothetical or planned.

    """

    figure: Figure
    span: Span
    clause: Span
    about: tuple[str, ...]
    role: Role
    counted: str
    names: frozenset[str]
    marks: frozenset[str]
    verb: str
    own: bool
    real: bool


def find_claims(transcript: Transcript) -> tuple[Claim, ...]:
    """Return the figures of an answer, in order, each with what it refers to.

    Args:
        transcript: An English answer, timed or not.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    searchable = searchable_text(transcript)
    tokens = tokens_of(searchable.texts)
    figures = find_figures(tokens)
    if not figures:
        return ()
    parsed = parse(transcript)
    clauses = find_clauses(parsed)
    word_ranges = (
        (searchable.word_indices[tokens[figure.first].word], searchable.word_indices[tokens[figure.end - 1].word])
        for figure in figures
    )
    found = (
        _claim(transcript, parsed, clauses, figure, word_range)
        for figure, word_range in zip(figures, word_ranges, strict=True)
    )
    return tuple(claim for claim in found if claim is not None)


def _claim(
    transcript: Transcript, parsed: Parsed, clauses: Sequence[Clause], figure: Figure, word_range: tuple[int, int]
) -> Claim | None:
    """Read the clause around a figure; None if the figure measures nothing or belongs to no clause."""
    first, last = word_range
    inside = [token for token in parsed.doc if first <= parsed.word[token.i] <= last]
    clause = _clause_of(inside, clauses)
    if clause is None or _is_decoration(figure, clause):
        return None
    counted = _counted(inside[-1]) if figure.unit == "count" else None
    nouns = {token.lemma_.lower() for token in clause.tokens if token.pos_ in {"NOUN", "PROPN"} and token not in inside}
    noun = counted.lemma_.lower() if counted is not None else ""
    if figure.unit == "count" and not (figure.per or figure.role != "level" if not noun else noun not in _NO_COUNT):
        return None
    names = frozenset(nouns - _NOTHING_NAMED - {noun})
    deed = _deed(clause)
    words = [noun, *_describing(counted), *sorted(names), deed, *_other_deeds(clause)]
    return Claim(
        figure=figure,
        span=transcript.span(first, max(last, parsed.word[counted.i]) if counted is not None else last),
        clause=transcript.span(min(first, clause.first), max(last, clause.last)),
        about=tuple(word for word in dict.fromkeys(words) if word),
        role=_role(figure, clause, deed),
        counted=noun,
        names=names,
        marks=_marks(clause, inside),
        verb=clause.lemma,
        own=clause.is_own or clause.passive,
        real=_is_real(clause),
    )


def _clause_of(inside: Sequence[Any], clauses: Sequence[Clause]) -> Clause | None:
    """Return the clause that contains a figure, else the nearest clause in its sentence."""
    indices = {token.i for token in inside}
    for clause in clauses:
        if any(token.i in indices for token in clause.tokens):
            return clause
    near = [clause for clause in clauses if inside and clause.verb.sent.start == inside[0].sent.start]
    return min(near, key=lambda clause: abs(clause.verb.i - inside[0].i), default=None)


def _counted(number: Any) -> Any | None:
    """Return the noun after a number, past its modifiers."""
    noun = None
    for token in number.doc[number.i + 1 : min(number.i + 6, number.sent.end)]:
        if token.pos_ == "NOUN":
            noun = token
        elif noun is not None or not (
            token.pos_ == "ADJ" or token.tag_ == "VBN" or token.lower_ in {"of", "the", "my"}
        ):
            break
    return noun


def _deed(clause: Clause) -> str:
    """Return what the verb does to the figure: less, more, the verb itself, or empty for a light verb."""
    if clause.lemma in _MOVING:
        for token in clause.tokens:
            if token.lower_ in _DIRECTIONS:
                return _DIRECTIONS[token.lower_]
    return "" if clause.lemma in LIGHT else _MOVES.get(clause.lemma, clause.lemma)


def _other_deeds(clause: Clause) -> list[str]:
    """Return the verbs without a subject of their own: "ten minutes to decide"."""
    verbs = [token.lemma_.lower() for token in clause.tokens if token.pos_ == "VERB" and token.i != clause.verb.i]
    return [verb for verb in verbs if verb not in LIGHT]


def _describing(noun: Any | None) -> list[str]:
    """Return the modifiers of a counted noun: "open tickets"."""
    near = noun.lefts if noun is not None else ()
    return [t.lemma_.lower() for t in near if t.dep_ in {"amod", "compound"} and t.lower_ not in _DESCRIBES_ANY]


def _role(figure: Figure, clause: Clause, deed: str) -> Role:
    if figure.role == "level" and figure.unit in {"percent", "points"} and deed in {"less", "more"}:
        return "change"
    before = clause.is_earlier or (clause.lemma == "use" and clause.tense == "past")
    return "start" if figure.role == "level" and before else figure.role


def _marks(clause: Clause, inside: Sequence[Any]) -> frozenset[str]:
    words = {token.lower_ for token in clause.tokens if token not in inside}
    marks = words & _SET_APART
    if words & _THEIRS:
        marks |= {"theirs"}
    if clause.is_habit:
        marks |= {"usually"}
    return frozenset(marks | {"not"} if clause.negated else marks)


def _is_real(clause: Clause) -> bool:
    thought = clause.lemma in _INTENDED or any(token.lemma_.lower() in _INTENDED_THINGS for token in clause.tokens)
    owed = re.search(r"\b(?:have|has|had|needs?|supposed|meant) to\b", clause.text) is not None
    return not (thought or owed) and clause.tense not in _UNREAL and clause.marker != "if"


def _is_decoration(figure: Figure, clause: Clause) -> bool:
    """Whether it only expresses effort: "I gave 110 percent"."""
    return figure.unit == "percent" and figure.value >= _WHOLE_EFFORT and clause.lemma in {"give", "put", "be"}
