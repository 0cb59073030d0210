"""Is this "like" a filler? Three in four are not: verbs, comparisons, examples and quotations."""

from __future__ import annotations

from rehearse.datatypes import FillerStatus
from rehearse.events.tokens import Gap, Place
from rehearse.events.word_classes import (
    AMOUNTS,
    ARTICLES,
    BE,
    DO,
    HAVE,
    JOINERS,
    MODALS,
    OWNERS,
    PEOPLE,
    PREPOSITIONS,
    SUBJECTS,
    is_adverb,
    is_number,
    is_past,
    opens_clause,
    words,
)

_COMPARES = words(
    "feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems seemed taste tastes"
    " tasted smell smells smelled smelt act acts acted acting something anything nothing everything somebody someone"
    " things stuff people more much exactly not that what to also always never didn't don't doesn't i'd"
)
_IDIOM = words("said say mentioned mention told explained described")
_QUOTES = BE | words("go goes went going i'm")
_INDEFINITE = ARTICLES | words("this these some")


def like(place: Place) -> FillerStatus | None:
    """Not in "would like", "looks like", "tools like Excel", "like a brother", "she was like, why"."""
    if place.previous in _COMPARES | DO | MODALS and not place.set_off:
        return None
    if place.set_off:
        return "counted"
    if place.opens_sentence:
        return _opening(place)
    if place.gap_before is Gap.PAUSE:
        return _after_a_pause(place)
    return _inside(place)


def _opening(place: Place) -> FillerStatus | None:
    after = place.after(2)
    if set(after) & _IDIOM or place.ends_sentence:
        return None
    if place.paused_after:
        return "counted"
    return "counted" if opens_clause(place.next) or place.next == "there" else "possible"


def _after_a_pause(place: Place) -> FillerStatus | None:
    """ ", like really small" and ", like twenty" can go; ", like Excel" and ", like a brother" cannot."""
    after = place.after(2)
    if _amount(after) or is_adverb(place.next):
        return "counted"
    return "possible" if opens_clause(place.next) and not set(after) & _IDIOM else None


def _amount(after: tuple[str, ...]) -> bool:
    """Whether a number follows: "twenty", "a couple"; "one of" compares."""
    if after[:1] == () or after[:2] == ("one", "of"):
        return False
    return is_number(after[0]) or (after[0] in ("a", "the") and after[1:2] != () and after[1] in AMOUNTS)


def _inside(place: Place) -> FillerStatus | None:
    """Judge one with nothing but words before it; what may stand behind it depends on the word before."""
    previous, after = place.previous, place.after(2)
    if _amount(after):
        return "counted"
    if previous in BE:
        return _after_be(place)
    if previous in _INDEFINITE - words("this these") | OWNERS:
        return "counted"
    if previous in PREPOSITIONS | HAVE:
        return (
            "counted"
            if place.paused_after or place.next in ARTICLES | words("every all") or is_adverb(place.next)
            else None
        )
    if previous in JOINERS | words("just"):
        return "counted" if opens_clause(place.next) and not set(after) & _IDIOM and previous != "just" else None
    if previous in SUBJECTS:
        return _after_subject(place)
    return "counted" if is_adverb(place.next) or place.paused_after and is_adverb(previous) else None


def _after_be(place: Place) -> FillerStatus | None:
    """ "was like really late" and "I was like trying"; not "was like a family" or "she was like, why"."""
    before = place.before(2)
    if is_adverb(place.next):
        return "counted"
    if place.next in ARTICLES and before[:1] == ("there",):
        return "counted"
    someone = bool(set(before) & PEOPLE)
    return "counted" if someone and place.next.endswith("ing") and place.gap_after is Gap.NONE else None


def _after_subject(place: Place) -> FillerStatus | None:
    """ "we like moved" and "he like left"; not "I like it"."""
    if place.previous in words("he she it") and not set(place.before(2)) & (DO | MODALS):
        return "counted"
    return "counted" if is_past(place.next) or is_adverb(place.next) else None
