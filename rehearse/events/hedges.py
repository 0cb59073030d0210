"""Hedges: words that take the edge off a statement, such as "sort of" or "I think".

They are a measurement of their own and never among the fillers: dropping one
changes how sure the speaker sounds. The exceptions below are house defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rehearse.language.tokens import Gap, Phrase, tokens
from rehearse.language.word_classes import DETERMINERS, DO, QUESTION_WORDS, is_number, words
from rehearse.model import Span, Transcript

_SORTS = (
    DETERMINERS
    | QUESTION_WORDS
    | words("one two three same different right wrong certain new best only other many all several of first second")
)
_MINDS = words("about of through ahead back twice")
_JUST_THEN = words("now then as before after over under about like enough because in yesterday")


def _sort_of(place: Phrase) -> bool:
    """Not "a kind of insurance" or "very kind of you"."""
    return place.previous not in _SORTS and not is_number(place.previous) and place.next != "you"


def _i_think(place: Phrase) -> bool:
    """Not "I think about it", "what I think" or "do I think"."""
    if place.gap_before is Gap.NONE and place.previous in QUESTION_WORDS | DO | words("before way that as than"):
        return False
    return place.next not in _MINDS


def _just(place: Phrase) -> bool:
    """Not "just now", "had just arrived", "just two" or "a just cause"."""
    recent = place.previous in words("have has had i've you've we've they've he's she's a the")
    return not recent and place.next not in _JUST_THEN and not is_number(place.next)


def _really(place: Phrase) -> bool:
    """Not "Really?" and not "what really happened"."""
    alone = place.opens_sentence and place.ends_sentence
    return not alone and place.previous not in QUESTION_WORDS and not place.asks


_RULES: Mapping[str, Callable[[Phrase], bool]] = {
    "kind of": _sort_of,
    "sort of": _sort_of,
    "kinda": lambda _: True,
    "sorta": lambda _: True,
    "i think": _i_think,
    "i guess": _i_think,
    "maybe": lambda _: True,
    "just": _just,
    "really": _really,
}
HEDGES = frozenset(_RULES)
"""What is looked for; the list of the public JSON schema."""


def find_hedges(transcript: Transcript) -> tuple[Span, ...]:
    """Quote every hedge, in order; words in which nothing is softened are left out."""
    places = [place for place in _places(transcript) if _RULES[_text(place)](place)]
    return tuple(transcript.span(p.tokens[p.first].index, p.tokens[p.last].index) for p in places)


def _text(place: Phrase) -> str:
    return " ".join(token.text for token in place.tokens[place.first : place.last + 1])


def _places(transcript: Transcript) -> Iterator[Phrase]:
    sequence = tokens(transcript)
    for first in range(len(sequence)):
        for last in (first, first + 1):
            place = Phrase(sequence, first, last)
            if last < len(sequence) and _text(place) in _RULES:
                yield place
