"""Clauses: finite verbs, each with its subject, tense and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rehearse.language.lexicon import HABIT_ADVERBS, LIFE_STEPS, STATES
from rehearse.language.parser import Parsed, spoken

LONGEST_QUOTE = 24
"""Tokens above which a clause is quoted without its subordinate clauses (house default)."""

Person = Literal["i", "we", "you", "he", "they", "it", "none"]
Tense = Literal["past", "present", "perfect", "would", "will", "modal"]

_PERSONS: dict[str, Person] = {
    "i": "i", "me": "i", "myself": "i", "we": "we", "us": "we", "you": "you", "he": "he", "she": "he", "they": "they",
    "it": "it", "there": "it", "that": "it", "this": "it", "which": "it", "what": "it",
    "nobody": "he", "everybody": "they", "everyone": "they", "people": "they", "who": "he", "somebody": "he",
    "someone": "he",
}  # fmt: skip
_MODALS: dict[str, Tense] = {"would": "would", "'d": "would", "will": "will", "'ll": "will", "wo": "will"}
_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_PRESENT = frozenset({"VBP", "VBZ"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite verb and what belongs to it.

    Attributes:
        verb: The main verb's token.
        lemma: Lemma of that verb.
        person: Person of the subject; ``he`` for any singular noun, ``they`` for a plural one.
        tense: Tense of the verb group.
        progressive: Whether it is progressive: "was doing".
        passive: Whether it is passive: "was asked".
        negated: Whether it contains a "not" or "never".
        marker: Subordinating word, such as ``if``; empty for a main clause.
        tokens: Its spaCy tokens, in order.
        first: Index in the transcript of the first word to quote; subordinate clauses are quoted with it.
        last: Index of the last word to quote.

    """

    verb: Any
    lemma: str
    person: Person
    tense: Tense
    progressive: bool
    passive: bool
    negated: bool
    marker: str
    tokens: tuple[Any, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        """Its tokens as normalised by ``spoken``."""
        return spoken(self.tokens)

    @property
    def is_own(self) -> bool:
        """Whether the subject is the speaker, alone or with others."""
        return self.person in {"i", "we"}

    @property
    def is_state(self) -> bool:
        """Whether its verb names a state, not an action."""
        return self.lemma in STATES

    @property
    def is_life_step(self) -> bool:
        """Whether it states a step in a life or career: "I moved to London", "I worked there for six years"."""
        placed = any(token.pos_ == "PROPN" or token.lower_ in {"as", "years"} for token in self.tokens)
        things = {child.lemma_ for child in self.verb.children if child.dep_ in {"dobj", "ccomp", "xcomp"}}
        return self.lemma in LIFE_STEPS and placed and (self.lemma == "study" or things <= {"year"})

    @property
    def depends(self) -> bool:
        """Whether it has an "if" clause."""
        return any(
            child.dep_ == "advcl" and any(mark.lower_ == "if" for mark in child.children)
            for child in self.verb.children
        )

    @property
    def is_earlier(self) -> bool:
        """Whether it is in the past perfect: "had written"."""
        return any(child.dep_ == "aux" and child.lower_ in {"had", "'d"} for child in self.verb.children)

    @property
    def is_main(self) -> bool:
        """Whether it is a main clause, or the content of a thought or of speech."""
        return self.verb.dep_ in {"ROOT", "conj", "ccomp", "parataxis"} and not self.marker

    @property
    def has_subject(self) -> bool:
        """Whether it names its subject itself, rather than sharing that of the verb before: "and rang her"."""
        return any(child.dep_ in _SUBJECT for child in self.verb.children)

    @property
    def leans_on(self) -> int | None:
        """Index of the token of the verb without which it is half a thought; None if it stands alone.

        It shares that verb's subject ("I went | and rang her"), or is its content ("I told him | I'd lost it").
        """
        head = self.verb.head
        if head.i >= self.verb.i or head.pos_ not in {"VERB", "AUX"}:
            return None
        is_content = self.verb.dep_ == "ccomp"
        shares = self.verb.dep_ == "conj" and not self.has_subject
        return int(head.i) if is_content or shares else None

    @property
    def is_habit(self) -> bool:
        """Whether an adverb makes it habitual."""
        return any(token.lower_ in HABIT_ADVERBS for token in self.tokens)


def find_clauses(parsed: Parsed) -> tuple[Clause, ...]:
    """Split an answer into its clauses, in order."""
    verbs = {verb.i: tense for token in parsed.doc if (verb := _main_verb(token)) and (tense := _tense(verb))}
    owned: dict[int, list[Any]] = {i: [] for i in verbs}
    for token in parsed.doc:
        owner = _owner(token, verbs)
        if owner is not None:
            owned[owner].append(token)
    return tuple(_clause(parsed, parsed.doc[i], verbs[i], owned[i]) for i in sorted(verbs))


def _main_verb(token: Any) -> Any | None:
    """Return the verb that ``token`` makes finite, if any; a verb coordinated with a finite one counts as finite."""
    if token.tag_ in _FINITE:
        return token.head if token.dep_ in {"aux", "auxpass"} else token
    joined = token.dep_ == "conj" and token.pos_ == "VERB" and token.head.pos_ in {"VERB", "AUX"}
    return token if joined and token.tag_ in {"VB", "VBN"} and _main_verb(token.head) is not None else None


def _tense(verb: Any) -> Tense | None:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    joined = verb.dep_ == "conj" and not helpers and not any(child.dep_ in _SUBJECT for child in verb.children)
    led = _tense(verb.head) if joined else None
    if led in {"would", "will", "modal"}:
        return led  # "I would go, read and ask": the tagger takes such a "read" for the past tense
    modal = next((helper for helper in (*helpers, verb) if helper.tag_ == "MD"), None)
    if modal is not None and not (modal.lower_ == "'d" and verb.tag_ == "VBN"):
        return _MODALS.get(modal.lower_, "modal")
    return _plain_tense(verb, helpers) or led


def _plain_tense(verb: Any, helpers: Sequence[Any]) -> Tense | None:
    if any(helper.tag_ in _PRESENT and (helper.lemma_ == "have" or helper.lower_ == "'ve") for helper in helpers):
        return "present" if verb.lower_ == "got" else "perfect"
    tags = {helper.tag_ for helper in helpers} | {verb.tag_}
    if tags & {"VBD", "MD"}:
        return "past"
    return "present" if tags & _PRESENT else None


def _owner(token: Any, verbs: dict[int, Tense]) -> int | None:
    while token.i not in verbs:
        if token.head.i == token.i:
            return None
        token = token.head
    return int(token.i)


def _clause(parsed: Parsed, verb: Any, tense: Tense, tokens: Sequence[Any]) -> Clause:
    children = list(verb.children)
    markers = [c.lower_ for c in children if c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.tag_ in {"IN", "WRB"}]
    words = [parsed.word[token.i] for token in _quotable(_with_subordinates(verb, tokens))] or [parsed.word[verb.i]]
    return Clause(
        verb=verb,
        lemma="have" if verb.lower_ == "got" and tense == "present" else verb.lemma_.lower(),
        person=_person(verb),
        tense=tense,
        progressive=verb.tag_ == "VBG",
        passive=any(c.dep_ in {"auxpass", "nsubjpass"} for c in children),
        negated=any(c.dep_ == "neg" or c.lower_ == "never" for c in children),
        marker=markers[0] if markers else "",
        tokens=tuple(tokens),
        first=min(words),
        last=max(words),
    )


def _with_subordinates(verb: Any, tokens: Sequence[Any]) -> Sequence[Any]:
    """Return the tokens with those of subordinate clauses, if that is still short enough to quote."""
    beside = [child for child in verb.children if child.dep_ in {"conj", "parataxis"} or _is_spliced(child)]
    joined = {token.i for child in beside for token in child.subtree}
    whole = [token for token in verb.subtree if token.i not in joined]
    return whole if len(whole) <= LONGEST_QUOTE else tokens


def _is_spliced(child: Any) -> bool:
    """Whether only a comma joins it to the verb that follows: "I took it home, I filmed her"."""
    return bool(child.dep_ == "ccomp" and child.i < child.head.i)


def _quotable(tokens: Sequence[Any]) -> list[Any]:
    """Drop conjunctions and punctuation marks at either end."""
    remaining = list(tokens)
    while remaining and (remaining[-1].is_punct or remaining[-1].tag_ == "CC"):
        remaining.pop()
    while remaining and (remaining[0].is_punct or remaining[0].tag_ == "CC"):
        remaining.pop(0)
    return remaining


def _person(verb: Any) -> Person:
    for child in verb.children:
        if child.dep_ in _SUBJECT:
            return _noun_person(child)
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return _person(verb.head)
    return _nearest_person(verb) if verb.tag_ == "VBD" and verb.dep_ == "ROOT" else "none"


def _nearest_person(verb: Any) -> Person:
    """Return the person of the noun before a verb whose subject the parser has missed: "In May, a boy, uh, stopped"."""
    before = [token for token in verb.sent if token.i < verb.i and token.pos_ in {"NOUN", "PROPN", "PRON"}]
    nouns = [token for token in before if token.dep_ != "pobj"] or before
    return _noun_person(nouns[-1]) if nouns else "none"


def _noun_person(noun: Any) -> Person:
    known = _PERSONS.get(noun.lower_)
    if known:
        return known
    if any(child.dep_ == "conj" for child in noun.children):
        mine = any(token.lower_ in {"i", "me"} for token in noun.subtree)
        return "we" if mine else "they"
    return "they" if noun.tag_ in {"NNS", "NNPS"} else "he"
