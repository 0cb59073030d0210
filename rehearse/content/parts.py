"""Situation, task, action, result and change in figures: which clauses tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.content import lexicon
from rehearse.content.clauses import Clause
from rehearse.content.signs import find_deeds, find_events, tenses_of_events

_OTHERS = frozenset({"he", "they", "it"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Positions of the clauses that tell each part, in order."""

    situation: tuple[int, ...]
    task: tuple[int, ...]
    action: tuple[int, ...]
    result: tuple[int, ...]
    quantified: tuple[int, ...]


def find_parts(clauses: Sequence[Clause]) -> Parts:
    """Sort the clauses of a story into its parts."""
    tenses = tenses_of_events(clauses)
    told = {*tenses, "perfect"}
    events = find_events(clauses, tenses)
    everything = [i for i, clause in enumerate(clauses) if clause.person != "none"]
    task = [i for i in everything if clauses[i].tense in told and _is_task(clauses[i])]
    result = [i for i in everything if i not in task and _is_result(clauses[i])]
    action = [i for i in find_deeds(clauses, events) if i not in {*task, *result}]
    result = result or _last_word(clauses, action, events)
    scene = [i for i in everything if clauses[i].tense in told and i not in {*task, *result, *action}]
    scene = scene or [i for i in events if i not in result and _is_placed(clauses[i])][:1]
    figures = [i for i in everything if clauses[i].tense in told and _is_quantified(clauses[i], result=i in result)]
    return Parts(tuple(scene), tuple(task), tuple(action), tuple(result), tuple(figures))


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


def _is_result(clause: Clause) -> bool:
    if clause.tense == "present":
        return clause.person in _OTHERS and lexicon.STILL.search(clause.text) is not None
    if clause.tense not in {"past", "perfect"} or clause.marker in {"if", "because"} or clause.verb.dep_ == "relcl":
        return False
    if clause.lemma in lexicon.CHANGE_VERBS or lexicon.MOVED.search(clause.text) or lexicon.DONE.search(clause.text):
        return True
    return _shows_outcome(clause)


def _shows_outcome(clause: Clause) -> bool:
    if lexicon.OUTCOME.search(clause.text):
        return clause.person in _OTHERS or clause.is_state
    if clause.person not in _OTHERS:
        return False
    return clause.lemma in lexicon.REACTION_VERBS or (
        clause.lemma not in {"be", "have"} and lexicon.NONE_LEFT.search(clause.text) is not None
    )


def _last_word(clauses: Sequence[Clause], action: Sequence[int], events: Sequence[int]) -> list[int]:
    """The last thing others did after the speaker's last deed, for a story whose result is not marked by any word."""
    last = max((i for i in action if clauses[i].is_main), default=len(clauses))
    return [i for i in events if i > last and clauses[i].person in _OTHERS and clauses[i].is_main][-1:]


def _is_quantified(clause: Clause, *, result: bool) -> bool:
    text = lexicon.DECORATION.sub(" ", clause.text)
    if not lexicon.FIGURE.search(text):
        return False
    if lexicon.COMPARED.search(text):
        return True
    measured = lexicon.FIGURE.search(lexicon.CLOCK_OR_CALENDAR.sub(" ", text)) is not None
    return measured and (result or clause.lemma in lexicon.CHANGE_VERBS)
