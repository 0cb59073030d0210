"""Situation, task, action, result and change in figures: which clauses tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.content import lexicon
from rehearse.content.clauses import Clause
from rehearse.content.signs import find_deeds, find_events, tenses_of_events

_OUTCOMES = (lexicon.COMPARED, lexicon.LOWERED, lexicon.DONE, lexicon.NONE_SINCE, lexicon.AT_LAST)
_OTHERS = frozenset({"he", "they", "it"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Positions of the clauses that tell each part, in order."""

    situation: tuple[int, ...]
    task: tuple[int, ...]
    action: tuple[int, ...]
    result: tuple[int, ...]
    quantified: tuple[int, ...]
    reflection: tuple[int, ...]


def find_parts(clauses: Sequence[Clause]) -> Parts:
    """Sort the clauses of a story into its parts; a clause that hangs on another one goes with it."""
    tenses = tenses_of_events(clauses)
    told = [i for i, clause in enumerate(clauses) if clause.tense in {*tenses, "perfect"} and clause.person != "none"]
    events = find_events(clauses, tenses)
    task = [i for i in told if _is_task(clauses[i])]
    result = [i for i, clause in enumerate(clauses) if i not in task and _is_result(clause, tenses)]
    reflection = [i for i, clause in enumerate(clauses) if lexicon.REFLECTION.search(clause.text)]
    deeds = [i for i in find_deeds(clauses, events) if i not in {*task, *result, *reflection}]
    action = [i for i in deeds if clauses[i].is_main] or deeds
    result = _after_the_fact(clauses, result, action)
    result += [i for i in _reactions(clauses, action, events) if i not in {*task, *result}]
    scene = [
        i
        for i in told
        if i not in {*task, *result, *action, *reflection}
        and _sets_scene(clauses[i], before=i < min(action, default=0))
    ]
    scene = scene or [i for i in events if i not in result and _is_placed(clauses[i])][:1]
    figures = [i for i in {*told, *result} if _is_quantified(clauses[i], result=i in result)]
    return Parts(
        tuple(scene), tuple(task), tuple(action), tuple(sorted(result)), tuple(sorted(figures)), tuple(reflection)
    )


def _after_the_fact(clauses: Sequence[Clause], result: Sequence[int], action: Sequence[int]) -> list[int]:
    """Without what others did before the speaker did anything, unless no result is told later: a result may come first."""
    first = min(action, default=0)
    if all(i < first for i in result):
        return list(result)
    return [i for i in result if i > first or _states_outcome(clauses[i])]


def _reactions(clauses: Sequence[Clause], action: Sequence[int], events: Sequence[int]) -> list[int]:
    """What others did after the speaker's last deed."""
    last = max(action, default=len(clauses))
    return [i for i in events if i > last and clauses[i].person in _OTHERS and clauses[i].is_main]


def _sets_scene(clause: Clause, *, before: bool) -> bool:
    """Whether it says how things stood, or what others did before the speaker did anything."""
    return clause.is_main and (before or clause.is_state or clause.progressive or clause.is_earlier)


def _is_placed(clause: Clause) -> bool:
    """Whether it says when or where."""
    return lexicon.POINT_IN_TIME.search(clause.text) is not None or any(t.pos_ == "PROPN" for t in clause.tokens)


def _is_task(clause: Clause) -> bool:
    return lexicon.OBLIGATION.search(clause.text) is not None or _is_order(clause)


def _is_order(clause: Clause) -> bool:
    """Whether somebody above the speaker says what to do: "my boss said, find out"."""
    above = any(child.dep_ == "nsubj" and child.lemma_.lower() in lexicon.SUPERIORS for child in clause.verb.children)
    if not above or clause.tense != "past":
        return False
    given = any(token.lower_ in {"me", "us"} for token in clause.tokens) and clause.lemma in {
        "give",
        "tell",
        "ask",
        "want",
    }
    ordered = any(child.dep_ in {"ccomp", "xcomp"} and child.tag_ == "VB" for child in clause.verb.children)
    return given or ordered


def _is_result(clause: Clause, tenses: frozenset[str]) -> bool:
    if clause.tense == "present" and clause.person in {*_OTHERS, "we"} and lexicon.STILL.search(clause.text):
        return True
    if clause.tense not in {*tenses, "perfect"} or clause.marker in {"if", "because"} or clause.verb.dep_ == "relcl":
        return False
    return _states_outcome(clause) or _shows_outcome(clause)


def _states_outcome(clause: Clause) -> bool:
    """Whether it is an outcome whoever brought it about."""
    if clause.lemma in lexicon.CHANGE_VERBS and not clause.progressive:
        return True
    return any(
        sign.search(clause.text) for sign in (lexicon.COMPARED, lexicon.LOWERED, lexicon.DONE, lexicon.NONE_SINCE)
    )


def _shows_outcome(clause: Clause) -> bool:
    """Whether it is one because others, not the speaker, did it or stood so."""
    if lexicon.OUTCOME.search(clause.text):
        return clause.person in _OTHERS or clause.is_state
    if clause.person not in _OTHERS or clause.progressive:
        return False
    moved = lexicon.MOVED.search(clause.text) is not None
    left = lexicon.NONE_LEFT.search(clause.text) is not None and clause.lemma not in {"be", "have"}
    return clause.lemma in lexicon.REACTION_VERBS or moved or (left and not clause.is_earlier)


def _is_quantified(clause: Clause, *, result: bool) -> bool:
    text = lexicon.DECORATION.sub(" ", clause.text)
    if not lexicon.FIGURE.search(text):
        return False
    if lexicon.COMPARED.search(text):
        return True
    return result and lexicon.FIGURE.search(lexicon.CLOCK_OR_CALENDAR.sub(" ", text)) is not None
