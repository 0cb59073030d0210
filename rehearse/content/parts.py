"""Situation, task, action, result and change in figures: which clauses tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.content import lexicon
from rehearse.content.clauses import Clause
from rehearse.content.signs import find_events, tenses_of_events

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
    events = find_events(clauses, tenses)
    everything = range(len(clauses))
    task = [i for i in everything if _is_task(clauses[i])]
    result = [i for i in everything if i not in task and _is_result(clauses[i])]
    action = [i for i in events if clauses[i].is_own and not clauses[i].passive and i not in {*task, *result}]
    result = result or _last_word(clauses, action, events)
    told = {*tenses, "perfect"}
    scene = [i for i in everything if i not in {*task, *result, *action} and clauses[i].tense in told]
    figures = [i for i in everything if _is_quantified(clauses[i], result=i in result)]
    return Parts(
        situation=tuple(i for i in scene if clauses[i].person != "none"),
        task=tuple(task),
        action=tuple(action),
        result=tuple(result),
        quantified=tuple(figures),
    )


def _is_task(clause: Clause) -> bool:
    return clause.tense in {"past", "perfect", "present"} and lexicon.OBLIGATION.search(clause.text) is not None


def _is_result(clause: Clause) -> bool:
    if clause.tense == "present":
        return clause.person in _OTHERS and lexicon.STILL.search(clause.text) is not None
    if clause.tense not in {"past", "perfect"} or clause.marker in {"if", "because"}:
        return False
    if clause.lemma in lexicon.CHANGE_VERBS or lexicon.MOVED.search(clause.text):
        return True
    return clause.person in _OTHERS and _shows_outcome(clause)


def _shows_outcome(clause: Clause) -> bool:
    if clause.lemma in lexicon.REACTION_VERBS or lexicon.OUTCOME.search(clause.text):
        return True
    return clause.lemma not in {"be", "have"} and lexicon.NONE_LEFT.search(clause.text) is not None


def _last_word(clauses: Sequence[Clause], action: Sequence[int], events: Sequence[int]) -> list[int]:
    """The last thing others did after the speaker's last deed, for a story whose result is not marked by any word."""
    last = max(action, default=len(clauses))
    return [i for i in events if i > last and clauses[i].person in _OTHERS][-1:]


def _is_quantified(clause: Clause, *, result: bool) -> bool:
    text = lexicon.DECORATION.sub(" ", clause.text)
    if clause.tense not in {"past", "perfect", "present"} or not lexicon.FIGURE.search(text):
        return False
    if lexicon.COMPARED.search(text):
        return True
    measured = lexicon.FIGURE.search(lexicon.CLOCK_OR_CALENDAR.sub(" ", text)) is not None
    return measured and (result or clause.lemma in lexicon.CHANGE_VERBS)
