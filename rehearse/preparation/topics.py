"""Decides how something that was spoken about can stand in a letter: within a sentence, or on a line of its own.

Chips and notes come in any form: a phrase ("night cover"), a question ("can
she lead several sites"), a headline ("Opened a depot in Hull"). Only a phrase
or an indirect question can follow "We spoke about".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from rehearse.language import parser
from rehearse.preparation.user_text import one_line

_WH = frozenset({"how", "what", "where", "when", "whether", "which", "who", "whom", "whose", "why"})
_INVERTED = frozenset({"be", "have", "do", "can", "could", "may", "might", "must", "shall", "should", "will", "would"})
_FORMS = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "has": "have", "had": "have", "does": "do",
    "did": "do",
}  # fmt: skip
_OF_THE_CANDIDATE = {
    "she": "I", "he": "I", "you": "I", "her": "my", "his": "my", "your": "my", "him": "me", "herself": "myself",
    "himself": "myself", "yourself": "myself", "hers": "mine", "yours": "mine",
}  # fmt: skip
"""In what a panel wants to know, these are the person who writes the letter."""
_AGREEING = {"is": "am", "are": "am", "has": "have", "was": "was", "were": "was"}
"""Forms that follow "I" in place of those after "she" or "you"."""
_THIRD = re.compile(r"\b(?:she|he|her|him|his|hers|herself|himself)\b", re.IGNORECASE)
_INNER_STOP = re.compile(r"[:;!?]|\.\s")
_SHORTEST_CLAUSE = 3
"""Words of a clause with a question word, its subject and its verb."""
_PHRASE_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "VBG"})
_CLAUSAL = frozenset({"nsubj", "nsubjpass", "expl", "aux", "auxpass", "xcomp", "advmod", "csubj", "ccomp"})
"""Relations to its head that show a phrase to be a clause or a headline."""


@lru_cache(maxsize=200)
def as_object(topic: str) -> str | None:
    """Return a topic in a form that can follow "We spoke about"; None if it needs a line of its own.

    >>> as_object("night cover"), as_object("can she lead several sites")
    ('night cover', 'whether I can lead several sites')
    >>> as_object("Opened a depot in Hull in May."), as_object("how the team works")
    (None, 'how the team works')
    """
    text = one_line(topic).strip(" .;,")
    question = text.rstrip("? ")
    if not question or _INNER_STOP.search(question):
        return None
    try:
        tokens = list(parser.load()(question[:1].lower() + question[1:] if _starts_a_question(question) else question))
    except ValueError:  # the parser is missing: a line of its own is always right
        return None
    if _starts_a_question(question):
        return _indirect(tokens)
    return question if "?" not in text and _is_phrase(tokens) else None


def _starts_a_question(text: str) -> bool:
    first = text.split(maxsplit=1)[0].lower()
    return first in _WH or _FORMS.get(first, first) in _INVERTED


def _indirect(tokens: list[Any]) -> str | None:
    """Return a question as an indirect one; None if it is none, or cannot be turned safely."""
    lead = [token.text for token in tokens[:1] if token.lower_ in _WH]
    rest = tokens[len(lead) :]
    if not rest:
        return None
    verb = rest[0].lower_
    if _FORMS.get(verb, verb) not in _INVERTED:
        return _indirect_already(tokens) if lead else None
    subject = _subject(rest)
    if not subject or verb == "did":
        return None
    mine = len(subject) == 1 and _OF_THE_CANDIDATE.get(subject[0].lower_) == "I"
    if verb == "does" and not mine:
        return None
    said = [] if verb in ("do", "does") else [_AGREEING.get(verb, verb) if mine else verb]
    tail = [_first_person(token) for token in rest[1 + len(subject) :]]
    who = "I" if mine else _joined(subject)
    spaced = "".join(word + space for word, space in tail).strip()
    return " ".join(filter(None, (*(lead or ["whether"]), who, *said, spaced)))


def _indirect_already(tokens: list[Any]) -> str | None:
    """Return a question such as "how the team works", in the first person if it is about the candidate."""
    text = _joined(tokens)
    if not _THIRD.search(text):
        return text
    about_me = tokens[1].lower_ in ("she", "he") and len(tokens) > _SHORTEST_CLAUSE - 1
    if not about_me or tokens[2].tag_ not in ("VBZ", "MD", "VBD"):
        return None
    verb = _AGREEING.get(tokens[2].lower_, tokens[2].text)
    if tokens[2].tag_ == "VBZ" and verb == tokens[2].text:
        verb = tokens[2].lemma_
    tail = "".join(word + space for word, space in map(_first_person, tokens[3:])).strip()
    return " ".join(filter(None, (tokens[0].text, "I", verb, tail)))


def _subject(rest: list[Any]) -> list[Any]:
    """Return the subject that follows an inverted verb; empty if none does."""
    for token in rest[1:]:
        if token.dep_ in ("nsubj", "nsubjpass", "expl"):
            span = list(token.subtree)
            return span if span[0].i == rest[1].i else []
    return []


def _first_person(token: Any) -> tuple[str, str]:
    word = _OF_THE_CANDIDATE.get(token.lower_, token.text)
    if token.lower_ == "her" and token.tag_ != "PRP$":
        word = "me"
    if token.lower_ == "you" and token.dep_ not in ("nsubj", "nsubjpass"):
        word = "me"
    return word, token.whitespace_


def _joined(tokens: list[Any]) -> str:
    return "".join(token.text + token.whitespace_ for token in tokens).strip()


def _is_phrase(tokens: list[Any]) -> bool:
    """Whether it is a noun phrase as one would write it within a sentence."""
    roots = [token for token in tokens if token.dep_ == "ROOT"]
    first = tokens[0]
    if len(roots) != 1 or roots[0].tag_ not in _PHRASE_TAGS or _THIRD.search(_joined(tokens)):
        return False
    if first.tag_ in ("VB", "VBD", "VBN", "VBP", "VBZ", "MD") or (first.text[0].isupper() and not _is_name(first)):
        return False
    root = roots[0]
    after = tokens[root.i + 1 : root.i + 2]
    if root.tag_ != "VBG" and any(token.tag_ in ("DT", "PRP$") for token in after):
        return False
    own = [token for token in tokens if token.head is root and token is not root]
    return not any(token.dep_ in _CLAUSAL and (token.dep_ != "nsubj" or token.i + 1 != root.i) for token in own)


def _is_name(token: Any) -> bool:
    return token.tag_ in ("NNP", "NNPS") or (token.text.isupper() and len(token.text) > 1)
