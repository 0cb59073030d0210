"""Signs of one occasion, and of habit, counted over the whole answer: their order plays no part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rehearse.content import lexicon
from rehearse.content.clauses import Clause

CAP = 4
"""No sign counts more often than this: a long answer is not more of a story (house default)."""

_UNREAL = frozenset({"if", "when", "whenever"})
_SINGLE_PEOPLE = frozenset({"he", "she", "him", "her", "his"})


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one occasion, and against, each counted over the answer.

    Attributes:
        deeds: Clauses in which I or we did something.
        others: Clauses in which one other person or thing did something.
        objects: One particular thing named beside a deed.
        points: Points in time.
        people: Words for one man or woman.
        speech: Words reported.
        names: Names of people and places.
        sequence: One thing after another.
        plurals: Things in general named beside a deed.
        habits: Words of habit.
        woulds: "I would", "we will".

    """

    deeds: int
    others: int
    objects: int
    points: int
    people: int
    speech: int
    names: int
    sequence: int
    plurals: int
    habits: int
    woulds: int

    @property
    def score(self) -> float:
        """Evidence for one occasion; weights are house defaults, close to a logistic fit on the development answers."""
        strong = _capped(self.others, self.objects, self.points)
        weak = _capped(self.people, self.speech, self.names, self.sequence, min(self.deeds, 3))
        against = _capped(self.plurals, self.habits) + 0.5 * _capped(self.woulds)
        return strong + 0.5 * weak - against


def _capped(*counts: int) -> int:
    return sum(min(count, CAP) for count in counts)


def tenses_of_events(clauses: Sequence[Clause]) -> frozenset[str]:
    """The tenses in which this answer tells what happened.

    The past; and the present where the scene is set in it ("so I'm standing
    there, it's my third day") and nothing is called a habit.
    """
    present = [c for c in clauses if c.tense == "present" and c.lemma not in lexicon.STATES and c.marker not in _UNREAL]
    own = sum(c.is_own for c in present)
    past = sum(c.tense == "past" and c.is_own and c.lemma not in lexicon.STATES for c in clauses)
    habit = any(c.is_habit for c in present)
    live = any(map(_sets_live_scene, clauses)) and own > max(past, 1) and not habit
    return frozenset({"past", "present"} if live else {"past"})


def _sets_live_scene(clause: Clause) -> bool:
    if clause.tense != "present":
        return False
    now = clause.person == "it" and clause.lemma == "be" and lexicon.TIME_WORD.search(clause.text) is not None
    return now or (clause.progressive and clause.person in {"i", "we", "he"})


def find_events(clauses: Sequence[Clause], tenses: frozenset[str]) -> list[int]:
    """Positions of the clauses in which something happened once."""
    return [i for i, clause in enumerate(clauses) if _is_event(clause, tenses)]


def _is_event(clause: Clause, tenses: frozenset[str]) -> bool:
    happened = clause.tense in tenses and clause.lemma not in lexicon.STATES and not clause.progressive
    return happened and clause.marker not in {"if", "whenever"} and not clause.is_habit


def count_signs(clauses: Sequence[Clause], text: str) -> Signs:
    """Count the signs in clauses and in the ``text`` that they come from, written as ``spoken`` writes it."""
    tenses = tenses_of_events(clauses)
    events = [clauses[i] for i in find_events(clauses, tenses)]
    own = [clause for clause in events if clause.is_own]
    told = [token for clause in clauses if clause.tense in tenses for token in clause.tokens]
    nouns = [token for clause in own for token in clause.tokens if token.pos_ == "NOUN"]
    return Signs(
        deeds=len(own),
        others=sum(clause.person == "he" for clause in events),
        objects=sum(map(_is_particular, nouns)),
        points=len(lexicon.POINT_IN_TIME.findall(text)),
        people=_count(told, _SINGLE_PEOPLE),
        speech=sum(clause.lemma in lexicon.SAYING and clause.person in {"i", "we", "he"} for clause in events),
        names=len({token.lower_ for token in told if token.pos_ == "PROPN"}),
        sequence=len(lexicon.SEQUENCE.findall(text)),
        plurals=sum(map(_is_general_plural, nouns)),
        habits=len(lexicon.HABITUAL.findall(text)),
        woulds=sum(clause.tense in {"would", "will"} and clause.is_own for clause in clauses),
    )


def _count(tokens: Iterable[Any], words: frozenset[str]) -> int:
    return sum(token.lower_ in words for token in tokens)


def _is_particular(noun: Any) -> bool:
    if noun.tag_ != "NN" or noun.lemma_.lower() in lexicon.GENERAL_NOUNS:
        return False
    return any(child.lower_ in lexicon.POINTING or child.pos_ == "NUM" for child in noun.children)


def _is_general_plural(noun: Any) -> bool:
    if noun.tag_ != "NNS":
        return False
    return not any(child.lower_ in lexicon.POINTING_MANY or child.pos_ == "NUM" for child in noun.children)
