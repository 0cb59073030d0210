"""Is this "like" a filler? Three in four are not: verbs, comparisons, examples and quotations.

The share is Switchboard's, measured; the word classes are house defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rehearse.language.tokens import Gap, Phrase
from rehearse.language.word_classes import (
    AMOUNTS,
    ARTICLES,
    BARE_VERBS,
    BE,
    DETERMINERS,
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
from rehearse.model import FillerStatus

_COMPARES = words(
    "feel feels felt feeling look looks looked looking sound sounds sounded sounding seem seems seemed taste tastes"
    " tasted smell smells smelled smelt act acts acted acting something anything nothing everything somebody someone"
    " things stuff people more much exactly not what also always never really"
)
_SAID = words("said say mentioned mention told explained described")
_QUOTED = words("okay ok oh yeah yes no hey wow wait why what well right alright hmm please")
_RANKS = words("first second third last only most best worst whole biggest main")
_MANNER = words("manner mind minds mindedness")


_ADJECTIVE_ENDINGS = ("ed", "ous", "ful", "able", "ible", "less", "ive")


def like(place: Phrase) -> FillerStatus | None:
    """Not in "would like", "looks like", "tools like Excel", "like a brother", "she was like, why"."""
    if place.previous in BE and place.gap_after is Gap.PAUSE and place.next in _QUOTED:
        return None
    if place.set_off:
        return "counted"
    if place.previous in _COMPARES:
        return None
    if place.opens_sentence:
        return _opening(place)
    if place.gap_before is Gap.PAUSE:
        return _after_pause(place)
    return "counted" if _inside(place) else None


def _opening(place: Phrase) -> FillerStatus | None:
    """Judge "Like, nobody knew" and "Like I never knew" against "Like many nurses" and "Like I said"."""
    if place.paused_after:
        return "counted"
    if _as_said(place) or place.ends_sentence or place.next in words("that this it him her them"):
        return None
    return "counted" if opens_clause(place.next) or place.next in words("what why how who") else "possible"


def _as_said(place: Phrase) -> bool:
    return bool(set(place.after(3)[1:]) & _SAID)


def _after_pause(place: Phrase) -> FillerStatus | None:
    """Judge ", like really small" and ", like twenty" against ", like Excel" and ", like a brother"."""
    if _amount(place) or is_adverb(place.next) or (place.previous in BE and _after_be(place)):
        return "counted"
    return "possible" if opens_clause(place.next) and not _as_said(place) else None


def _amount(place: Phrase) -> bool:
    """Whether a number follows: "twenty", "a couple"; "one of" compares."""
    first, second = (*place.after(2), "", "")[:2]
    if first == "one":
        return second not in words("of plus big")
    return is_number(first) or (first in ("a", "the") and second in AMOUNTS)


def _after_be(place: Phrase) -> bool:
    """Judge "was like really late" and "I was like trying" against "was like a family" and "she was like why"."""
    before = place.before(2)
    first, second = (*place.after(2), "", "")[:2]
    if first == "the":
        return second in _RANKS or (second.endswith("est") and second not in words("rest test guest nest"))
    if first == "this":
        return second not in JOINERS | PREPOSITIONS | words("every all") and second != ""
    if before[:1] == ("there",) or before == ("there's",):
        return True
    if first.endswith("ing"):
        return bool(set(before) & PEOPLE) or second in JOINERS
    return is_adverb(first) or first.endswith(_ADJECTIVE_ENDINGS)


def _after_preposition(place: Phrase) -> bool:
    return place.next not in _MANNER and place.next != ""


def _after_have(place: Phrase) -> bool:
    return place.paused_after or place.next in ARTICLES | words("this every all no") or is_adverb(place.next)


def _after_joiner(place: Phrase) -> bool:
    """Judge "because like the van" and "and like we left" against "and like many nurses"."""
    opens = opens_clause(place.next) or place.previous in words("because but where when while")
    return opens and not _as_said(place) and place.next not in words("that this him her them me us")


def _after_that(place: Phrase) -> bool:
    """Judge "the point that like we left" against "people that like dogs" and "things that like it"."""
    return place.next.split("'")[0] in words("i we he she they if")


def _after_subject(place: Phrase) -> bool:
    """Judge "we like moved" and "he like left" against "I like it"."""
    return is_past(place.next) or is_adverb(place.next)


_TRIES = words("trying try tried able have had going need needed used want wanted got supposed")
_NO_VERB = DETERMINERS | PREPOSITIONS | SUBJECTS | words("him her them me us to it myself what how")


def _before_verb(place: Phrase) -> bool:
    """Judge "to like get it done" and "trying to like mend it" against "would like to" and "have to like it"."""
    tries = place.previous == "to" and bool(_TRIES & set(place.before(2)))
    return place.next in BARE_VERBS or (
        tries and place.next != "" and place.next not in _NO_VERB and not place.next.endswith("ing")
    )


_AFTER: Sequence[tuple[frozenset[str], Callable[[Phrase], bool]]] = (
    (DO | MODALS | words("to"), _before_verb),
    (BE, _after_be),
    (ARTICLES | OWNERS, lambda _: True),
    (PREPOSITIONS, _after_preposition),
    (HAVE, _after_have),
    (words("just"), _after_subject),
    (words("that"), _after_that),
    (JOINERS, _after_joiner),
    (SUBJECTS, _after_subject),
)
"""By the word before: what has to stand behind."""


def _inside(place: Phrase) -> bool:
    """Judge one with nothing but a word before it."""
    if _amount(place) and place.previous not in DO | MODALS:
        return True
    for group, follows in _AFTER:
        if place.previous in group:
            return follows(place)
    return is_adverb(place.next) and not place.previous.endswith("s")
