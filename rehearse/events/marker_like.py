"""Decide whether "like" is a filler. Three in four are not: verbs, comparisons, examples and quotations.

The share was measured on Switchboard; the word classes are house defaults.
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
_SPEECH_VERBS = words("said say mentioned mention told explained described")
_QUOTED = words("okay ok oh yeah yes no hey wow wait why what well right alright hmm please")
_RANKS = words("first second third last only most best worst whole biggest main")
_MANNER = words("manner mind minds mindedness")


_ADJECTIVE_ENDINGS = ("ed", "ous", "ful", "able", "ible", "less", "ive")


def like(phrase: Phrase) -> FillerStatus | None:
    """Reject "would like", "looks like", "tools like Excel", "like a brother", "she was like, why"."""
    if phrase.previous in BE and phrase.gap_after is Gap.PAUSE and phrase.next in _QUOTED:
        return None
    if phrase.set_off:
        return "counted"
    if phrase.previous in _COMPARES:
        return None
    if phrase.opens_sentence:
        return _opening(phrase)
    if phrase.gap_before is Gap.PAUSE:
        return _after_pause(phrase)
    return "counted" if _inside(phrase) else None


def _opening(phrase: Phrase) -> FillerStatus | None:
    """Distinguish "Like, nobody knew" and "Like I never knew" from "Like many nurses" and "Like I said"."""
    if phrase.paused_after:
        return "counted"
    if _quotes_speech(phrase) or phrase.ends_sentence or phrase.next in words("that this it him her them"):
        return None
    return "counted" if opens_clause(phrase.next) or phrase.next in words("what why how who") else "possible"


def _quotes_speech(phrase: Phrase) -> bool:
    return bool(set(phrase.after(3)[1:]) & _SPEECH_VERBS)


def _after_pause(phrase: Phrase) -> FillerStatus | None:
    """Distinguish ", like really small" and ", like twenty" from ", like Excel" and ", like a brother"."""
    if _amount(phrase) or is_adverb(phrase.next) or (phrase.previous in BE and _after_be(phrase)):
        return "counted"
    return "possible" if opens_clause(phrase.next) and not _quotes_speech(phrase) else None


def _amount(phrase: Phrase) -> bool:
    """Whether a number follows: "twenty", "a couple"; "one of" compares."""
    first, second = (*phrase.after(2), "", "")[:2]
    if first == "one":
        return second not in words("of plus big")
    return is_number(first) or (first in ("a", "the") and second in AMOUNTS)


def _after_be(phrase: Phrase) -> bool:
    """Distinguish "was like really late" and "I was like trying" from "was like a family" and "she was like why"."""
    before = phrase.before(2)
    first, second = (*phrase.after(2), "", "")[:2]
    if first == "the":
        return second in _RANKS or (second.endswith("est") and second not in words("rest test guest nest"))
    if first == "this":
        return second not in JOINERS | PREPOSITIONS | words("every all") and second != ""
    if before[:1] == ("there",) or before == ("there's",):
        return True
    if first.endswith("ing"):
        return bool(set(before) & PEOPLE) or second in JOINERS
    return is_adverb(first) or first.endswith(_ADJECTIVE_ENDINGS)


def _after_preposition(phrase: Phrase) -> bool:
    return phrase.next not in _MANNER and phrase.next != ""


def _after_have(phrase: Phrase) -> bool:
    return phrase.paused_after or phrase.next in ARTICLES | words("this every all no") or is_adverb(phrase.next)


def _after_joiner(phrase: Phrase) -> bool:
    """Distinguish "because like the van" and "and like we left" from "and like many nurses"."""
    opens = opens_clause(phrase.next) or phrase.previous in words("because but where when while")
    return opens and not _quotes_speech(phrase) and phrase.next not in words("that this him her them me us")


def _after_that(phrase: Phrase) -> bool:
    """Distinguish "the point that like we left" from "people that like dogs" and "things that like it"."""
    return phrase.next.split("'")[0] in words("i we he she they if")


def _after_subject(phrase: Phrase) -> bool:
    """Distinguish "we like moved" and "he like left" from "I like it"."""
    return is_past(phrase.next) or is_adverb(phrase.next)


_TRIES = words("trying try tried able have had going need needed used want wanted got supposed")
_NO_VERB = DETERMINERS | PREPOSITIONS | SUBJECTS | words("him her them me us to it myself what how")


def _before_verb(phrase: Phrase) -> bool:
    """Distinguish "to like get it done" and "trying to like mend it" from "would like to" and "have to like it"."""
    tries = phrase.previous == "to" and bool(_TRIES & set(phrase.before(2)))
    return phrase.next in BARE_VERBS or (
        tries and phrase.next != "" and phrase.next not in _NO_VERB and not phrase.next.endswith("ing")
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
"""For each class of preceding word, the test of what follows."""


def _inside(phrase: Phrase) -> bool:
    """Judge a "like" with no gap before it."""
    if _amount(phrase) and phrase.previous not in DO | MODALS:
        return True
    for group, follows in _AFTER:
        if phrase.previous in group:
            return follows(phrase)
    return is_adverb(phrase.next) and not phrase.previous.endswith("s")
