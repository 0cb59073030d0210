"""Assign the clauses of a story to situation, task, action and result, and find its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.language import lexicon
from rehearse.language.clauses import Clause
from rehearse.language.parser import spoken
from rehearse.story.episode_score import find_deeds, find_events, tells_lesson, tenses_of_events

_OTHERS = frozenset({"he", "they", "it"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Indices of the clauses of each part, in order."""

    situation: tuple[int, ...]
    task: tuple[int, ...]
    action: tuple[int, ...]
    result: tuple[int, ...]
    quantified: tuple[int, ...]
    reflection: tuple[int, ...]


def find_parts(clauses: Sequence[Clause]) -> Parts:
    """Assign the clauses of a story to its parts; a subordinate clause belongs with its main clause."""
    tenses = tenses_of_events(clauses)
    narrated = [
        i for i, clause in enumerate(clauses) if clause.tense in {*tenses, "perfect"} and clause.person != "none"
    ]
    events = find_events(clauses, tenses)
    bound = [i for i, clause in enumerate(clauses) if clause.tense in {*tenses, "perfect"} or "'d to " in clause.text]
    task = [i for i in bound if _is_task(clauses[i], tenses)]
    if not task:
        doing = next((i for i in find_deeds(clauses, events) if clauses[i].is_main), 0)
        task = [i for i in narrated if i < doing and lexicon.WANTED.search(clauses[i].text)][:1]
    result = [i for i, clause in enumerate(clauses) if i not in task and _is_result(clause, tenses)]
    reflection = [i for i, clause in enumerate(clauses) if tells_lesson(clause)]
    result = [i for i in result if i not in reflection]
    deeds = [i for i in find_deeds(clauses, events) if i not in {*task, *result, *reflection}]
    deeds = [i for i in deeds if not clauses[i].is_earlier] or deeds
    action = [i for i in deeds if clauses[i].is_main] or deeds
    result = _after_the_fact(clauses, result, action)
    result += [i for i in _reactions(clauses, action, events, reflection) if i not in {*task, *result}]
    first = min(action, default=0)
    others = [i for i in narrated if i not in {*task, *result, *action, *reflection}]
    scene = [i for i in others if _sets_scene(clauses[i], before=i < first)]
    placed = [i for i in narrated if _is_placed(clauses[i]) and (i in events or i < first)]
    scene = scene or [i for i in placed if i not in result][:1] or [i for i in placed if i < first][:1]
    still = {i for i in scene if i < first and clauses[i].is_state}
    ends = {*result, *(i for i in narrated if i > max(action, default=0) and not _is_embedded(clauses[i]))}
    figures = [i for i in {*narrated, *result} - still if _is_quantified(clauses[i], result=i in ends)]
    return Parts(
        tuple(scene), tuple(task), tuple(action), tuple(sorted(result)), tuple(sorted(figures)), tuple(reflection)
    )


def _after_the_fact(clauses: Sequence[Clause], result: Sequence[int], action: Sequence[int]) -> list[int]:
    """Drop what others did before the speaker's first action, unless it is the only result: a result may come first."""
    first = min(action, default=0)
    found = [i for i in result if i > first or _states_outcome(clauses[i])]
    return found or list(result)


def _reactions(
    clauses: Sequence[Clause], action: Sequence[int], events: Sequence[int], lessons: Sequence[int]
) -> list[int]:
    """Return what others did after the speaker's last action, and the state at the very end, before any lesson."""
    last = max(action, default=len(clauses))
    after = [i for i, clause in enumerate(clauses) if i > last and i not in lessons and _is_of_others(clause)]
    end = [i for i in after[-1:] if clauses[i].tense == "past" and lexicon.WHOLE.search(clauses[i].text)]
    return sorted({*(i for i in after if i in events), *end})


def _is_of_others(clause: Clause) -> bool:
    return clause.person in _OTHERS and clause.is_main and not _is_embedded(clause)


def _sets_scene(clause: Clause, *, before: bool) -> bool:
    """Whether it describes the circumstances, or what others did before the speaker did anything."""
    stood = clause.is_state or clause.progressive or clause.is_earlier
    return clause.is_main and (before or (stood and not _is_embedded(clause)))


def _is_placed(clause: Clause) -> bool:
    """Whether it says when or where."""
    found = lexicon.POINT_IN_TIME.search(clause.text) or lexicon.SETTING.search(clause.text)
    return found is not None or any(token.pos_ == "PROPN" for token in clause.tokens)


def _is_task(clause: Clause, tenses: frozenset[str]) -> bool:
    if lexicon.OBLIGATION.search(clause.text):
        return True
    return lexicon.REQUEST.search(spoken(clause.verb.subtree)) is not None or _is_order(clause, tenses)


def _is_order(clause: Clause, tenses: frozenset[str]) -> bool:
    """Whether a superior tells the speaker what to do: "my boss said, find out"."""
    verb = clause.verb.head if clause.verb.dep_ == "conj" and clause.lemma == "say" else clause.verb
    above = any(child.dep_ == "nsubj" and child.lemma_.lower() in lexicon.SUPERIORS for child in verb.children)
    if not above or clause.tense not in tenses:
        return False
    if clause.lemma in {"want", "need"}:
        return not any(_is_own_wish(child) for child in clause.verb.children)
    given = any(token.lower_ in {"me", "us"} for token in clause.tokens) and clause.lemma in {
        "give",
        "tell",
        "ask",
        "want",
    }
    ordered = any(child.dep_ in {"ccomp", "xcomp"} and child.tag_ == "VB" for child in clause.verb.children)
    return given or ordered


def _is_own_wish(verb: Any) -> bool:
    """Whether the person who wants it would do it too: "she wanted to leave", not "she wanted to know why"."""
    named = any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
    return verb.dep_ == "xcomp" and not named and verb.lemma_ not in {"know", "see", "understand", "hear"}


def _is_result(clause: Clause, tenses: frozenset[str]) -> bool:
    if clause.tense == "present" and clause.person in {*_OTHERS, "we"} and lexicon.STILL.search(clause.text):
        return True
    if clause.tense == "present" and clause.person in _OTHERS and _is_gain(clause):
        return True
    if clause.tense not in {*tenses, "perfect"} or clause.marker in {"if", "because"} or _is_embedded(clause):
        return False
    return _states_outcome(clause) or _shows_outcome(clause)


def _is_embedded(clause: Clause) -> bool:
    """Whether it is a relative clause or an indirect question: "what the mornings had cost her"."""
    asks = any(child.tag_ in {"WP", "WDT"} or child.lower_ in {"how", "why"} for child in clause.verb.children)
    return clause.verb.dep_ == "relcl" or (asks and clause.verb.dep_ in {"ccomp", "pcomp", "csubj", "advcl"})


def _is_gain(clause: Clause) -> bool:
    """Whether it states an outcome in the present: "it saves us two hours", "the wait is down to a week"."""
    changed = clause.lemma in lexicon.CHANGE_VERBS and _holds_figure(clause.text)
    return changed or lexicon.LOWERED.search(clause.text) is not None


def _states_outcome(clause: Clause) -> bool:
    """Whether it is an outcome, whoever caused it."""
    if clause.lemma in lexicon.CHANGE_VERBS and not clause.progressive:
        return True
    if clause.lemma in lexicon.ATTAINMENT_VERBS and _holds_figure(clause.text):
        return True
    return any(
        sign.search(clause.text) for sign in (lexicon.COMPARED, lexicon.LOWERED, lexicon.DONE, lexicon.NONE_SINCE)
    )


def _shows_outcome(clause: Clause) -> bool:
    """Whether it is an outcome because others, not the speaker, are its subject."""
    if lexicon.OUTCOME.search(clause.text):
        return clause.person in _OTHERS or clause.is_state
    if clause.person not in _OTHERS or clause.progressive:
        return False
    moved = lexicon.MOVED.search(clause.text) is not None
    left = lexicon.NONE_LEFT.search(clause.text) is not None and clause.lemma not in {"be", "have"}
    pleased = lexicon.PLEASED.search(clause.text) is not None
    return clause.lemma in lexicon.REACTION_VERBS or moved or pleased or (left and not clause.is_earlier)


def _is_quantified(clause: Clause, *, result: bool) -> bool:
    text = lexicon.DECORATION.sub(" ", clause.text)
    if not lexicon.FIGURE.search(text):
        return False
    if lexicon.COMPARED.search(text):
        return True
    return result and (_holds_figure(text) or lexicon.LASTING.search(text) is not None)


def _holds_figure(text: str) -> bool:
    """Whether it contains a figure that is an amount, not a date or time."""
    return lexicon.FIGURE.search(lexicon.CLOCK_OR_CALENDAR.sub(" ", text)) is not None
