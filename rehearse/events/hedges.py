"""Hedges: words that soften a statement, such as "sort of" or "I think".

They are measured separately and never counted as fillers: dropping one
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


def _sort_of(phrase: Phrase) -> bool:
    """Not "a kind of insurance" or "very kind of you"."""
    return phrase.previous not in _SORTS and not is_number(phrase.previous) and phrase.next != "you"


def _i_think(phrase: Phrase) -> bool:
    """Not "I think about it", "what I think" or "do I think"."""
    if phrase.gap_before is Gap.NONE and phrase.previous in QUESTION_WORDS | DO | words("before way that as than"):
        return False
    return phrase.next not in _MINDS


def _just(phrase: Phrase) -> bool:
    """Not "just now", "had just arrived", "just two" or "a just cause"."""
    recent = phrase.previous in words("have has had i've you've we've they've he's she's a the")
    return not recent and phrase.next not in _JUST_THEN and not is_number(phrase.next)


def _really(phrase: Phrase) -> bool:
    """Not "Really?" and not "what really happened"."""
    alone = phrase.opens_sentence and phrase.ends_sentence
    return not alone and phrase.previous not in QUESTION_WORDS and not phrase.asks


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
"""The phrases searched for; the list in the public JSON schema."""


def find_hedges(transcript: Transcript) -> tuple[Span, ...]:
    """Return every hedge in order; uses of the words that soften nothing are left out."""
    phrases = [phrase for phrase in _phrases(transcript) if _RULES[_text(phrase)](phrase)]
    return tuple(transcript.span(p.tokens[p.first].index, p.tokens[p.last].index) for p in phrases)


def _text(phrase: Phrase) -> str:
    return " ".join(token.text for token in phrase.tokens[phrase.first : phrase.last + 1])


def _phrases(transcript: Transcript) -> Iterator[Phrase]:
    sequence = tokens(transcript)
    for first in range(len(sequence)):
        for last in (first, first + 1):
            phrase = Phrase(sequence, first, last)
            if last < len(sequence) and _text(phrase) in _RULES:
                yield phrase
