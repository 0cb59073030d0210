"""Signs of a single occasion and of habit, counted over the whole answer regardless of their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rehearse.language import lexicon
from rehearse.language.clauses import Clause
from rehearse.language.parser import spoken

CAP = 4
"""Maximum count per sign: a long answer is not more of a story (house default)."""

WEIGHTS: Mapping[str, float] = {
    "occasion": 1.0,  # "there was a time", "it was on the ward"
    "live": 1.5,  # narrated as if it were happening: "so I'm standing there"
    "particulars": 1.0,  # one thing in a clause with a deed: "the drug chart"
    "creations": 1.0,  # one thing made: "I built the stand"
    "circumstances": 1.0,  # the state of things: "there was no leader"
    "intentions": 1.0,  # "she wanted", "I realised"
    "others": 1.0,  # one other person or thing did something
    "people": 0.5,  # he, she
    "effects": 0.5,  # it did something: "this cut the queue"
    "points": 1.0,  # points in time
    "setting": 0.5,  # "during our project", "while I"
    "background": 0.5,  # what was going on, or had happened
    "dull": 0.5,  # one thing named by a general noun: "the customer"
    "plurals": -0.5,  # things in general in a clause with a deed: "calls", "customers"
    "crowds": -0.75,  # people in general in a clause with a deed: "them", "everyone"
    "routine": -0.5,  # habits of others: "the van was always late"
    "vague": -0.75,  # "a lot of", "anything"
    "life": -0.5,  # "I moved to London", "I worked there for six years"
    "woulds": -1.0,  # "I would", "we will"
    "habits": -2.0,  # "I usually", "I did every day", "if they asked I helped"
}
"""Weight of each sign.

House defaults: a logistic fit on the development answers and on answers by
other people, rounded so that no single sign decides.
"""

Signs = Mapping[str, int]
"""Count of each sign of ``WEIGHTS``."""

_UNREAL = frozenset({"if", "when", "whenever"})
_ONE_PERSON = frozenset({"he", "she", "him", "her", "his"})


def score(signs: Signs) -> float:
    """Return the evidence for a single occasion: positive for, negative against."""
    return sum(weight * min(signs[name], CAP) for name, weight in WEIGHTS.items())


def tenses_of_events(clauses: Sequence[Clause]) -> frozenset[str]:
    """Return the tenses in which this answer narrates events.

    The past; also the present, if the scene is set in it ("so I'm standing
    there, it's my third day") and nothing is described as a habit.
    """
    if any(clause.depends for clause in clauses):
        return frozenset({"past"})
    present = [c for c in clauses if c.tense == "present" and not c.is_state and c.marker not in _UNREAL]
    own = sum(c.is_own and not c.progressive for c in present)
    past = sum(c.tense == "past" and c.is_own and not c.is_state and c.verb.lower_ != c.lemma for c in clauses)
    habit = any(c.is_habit for c in clauses if c.tense == "present")
    live = any(map(_sets_live_scene, clauses)) and own > max(past, 1) and not habit
    return frozenset({"past", "present"} if live else {"past"})


def _sets_live_scene(clause: Clause) -> bool:
    if clause.tense != "present":
        return False
    now = clause.person == "it" and clause.lemma == "be" and lexicon.TIME_WORD.search(clause.text) is not None
    return now or (clause.progressive and (clause.is_own or _is_pronoun(clause)))


def _is_pronoun(clause: Clause) -> bool:
    """Whether the subject is he or she."""
    return any(child.dep_ == "nsubj" and child.lower_ in _ONE_PERSON for child in clause.verb.children)


def find_events(clauses: Sequence[Clause], tenses: frozenset[str]) -> list[int]:
    """Return the indices of the clauses in which something happened once."""
    return [i for i, clause in enumerate(clauses) if _is_event(clause, tenses)]


def _is_event(clause: Clause, tenses: frozenset[str]) -> bool:
    happened = clause.tense in tenses and not clause.is_state and not clause.progressive
    return happened and clause.marker not in {"if", "whenever"} and not clause.is_habit


def find_deeds(clauses: Sequence[Clause], events: Sequence[int]) -> list[int]:
    """Return those of ``events`` in which "I" or "we" did something; a step in a career does not count."""
    return [i for i in events if clauses[i].is_own and not clauses[i].passive and not clauses[i].is_life_step]


def tells_lesson(clause: Clause) -> bool:
    """Whether it states a lesson learned or a change of approach, not a fact found out on the occasion."""
    if lexicon.REFLECTION.search(clause.text) or lexicon.LESSON.search(clause.text):
        return True
    if clause.lemma == "be":
        return lexicon.LESSON.match(spoken(clause.verb.subtree)) is not None
    lasting = any(child.dep_ == "ccomp" and child.tag_ in {"VBP", "VBZ"} for child in clause.verb.children)
    return clause.lemma == "learn" and clause.is_own and lasting


def count_signs(clauses: Sequence[Clause], text: str) -> Signs:
    """Count the signs in clauses and in the ``text`` they come from, normalised by ``spoken``."""
    tenses = tenses_of_events(clauses)
    happened = find_events(clauses, tenses)
    narrated = [clause for clause in clauses if clause.tense in tenses and not clause.is_habit]
    return {
        **_signs_of_deeds([clauses[i] for i in find_deeds(clauses, happened)]),
        **_signs_of_events([clauses[i] for i in happened]),
        **_signs_of_the_scene(narrated),
        **_signs_of_habit(clauses, text),
        "live": int("present" in tenses),
        "occasion": len(lexicon.OCCASION.findall(text)),
        "setting": len(lexicon.SETTING.findall(text)),
        "points": len(lexicon.POINT_IN_TIME.findall(text)),
    }


def _signs_of_deeds(deeds: Sequence[Clause]) -> dict[str, int]:
    nouns = [token for clause in deeds for token in clause.tokens if token.pos_ == "NOUN"]
    single = [noun for noun in nouns if noun.tag_ == "NN" and _points(noun, lexicon.POINTING)]
    plural = [noun for noun in nouns if noun.tag_ == "NNS" and not _points(noun, lexicon.POINTING_MANY)]
    dull = sum(noun.lemma_.lower() in lexicon.GENERAL_NOUNS for noun in single)
    return {
        "particulars": len(single) - dull,
        "dull": dull,
        "creations": sum(map(_is_creation, deeds)),
        "plurals": len(plural),
        "crowds": sum(token.lower_ in lexicon.PLURAL_PEOPLE for clause in deeds for token in clause.tokens),
    }


def _signs_of_events(events: Sequence[Clause]) -> dict[str, int]:
    return {
        "others": sum(clause.person == "he" for clause in events),
        "effects": sum(clause.person == "it" for clause in events),
        "life": sum(clause.is_own and clause.is_life_step for clause in events),
    }


def _signs_of_the_scene(narrated: Sequence[Clause]) -> dict[str, int]:
    return {
        "circumstances": sum(map(_is_circumstance, narrated)),
        "intentions": sum(clause.lemma in lexicon.INTENTIONS for clause in narrated),
        "background": sum(clause.progressive or clause.is_earlier for clause in narrated),
        "people": sum(token.lower_ in _ONE_PERSON for clause in narrated for token in clause.tokens),
    }


def _signs_of_habit(clauses: Sequence[Clause], text: str) -> dict[str, int]:
    own = [clause for clause in clauses if clause.is_own]
    mine = sum(len(lexicon.HABITUAL.findall(clause.text)) for clause in own)
    return {
        "habits": mine + sum(clause.depends and clause.tense == "past" for clause in clauses),
        "routine": max(0, len(lexicon.HABITUAL.findall(text)) - mine),
        "vague": len(lexicon.VAGUE.findall(text)),
        "woulds": sum(clause.tense in {"would", "will"} for clause in own),
    }


def _is_circumstance(clause: Clause) -> bool:
    return clause.lemma in {"be", "have"} and clause.person != "i" and not clause.progressive


def _is_creation(clause: Clause) -> bool:
    made = {child.tag_ for child in clause.verb.children if child.dep_ == "dobj"}
    return clause.lemma in lexicon.CREATION_VERBS and not made.isdisjoint({"NN", "PRP"})


def _points(noun: Any, pointing: Iterable[str]) -> bool:
    return any(child.lower_ in pointing or child.pos_ == "NUM" for child in noun.children)
