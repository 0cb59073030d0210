"""Is this word a filler here? One rule a marker, from its neighbours and what separates them.

Each rule answers ``counted``, ``possible`` or None for one place. The test
behind all of them: could the word be dropped without changing what is said?
Where the words alone cannot tell, the answer is ``possible``. The rule for
"like" is in ``marker_like``.
"""

from __future__ import annotations

from rehearse.datatypes import FillerStatus
from rehearse.events.tokens import Gap, Place
from rehearse.events.word_classes import (
    ARTICLES,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    JOINERS,
    MODALS,
    NEGATIONS,
    QUESTION_WORDS,
    SUBJECTS,
    is_past,
    opens_clause,
    words,
)

Verdict = FillerStatus | None

_YES = words("yeah yes yep yup anyway anyways")
_OBJECTS = words("him her them it me us nothing something everything anything better best more enough exactly about")
_KNOWS_AFTER = (
    QUESTION_WORDS
    | DO
    | MODALS
    | words("if as that once until than all sure everything people person things to let the")
)
_SURE = words("hope think assume believe glad suppose wish says bet mean know ensure sure")


def you_know(place: Place) -> Verdict:
    """Not where somebody knows something: "do you know", "if you know the rules", "you know how to weld"."""
    previous, after = place.previous, place.after(2)
    if previous in DO | words("as if what"):
        return None
    if place.gap_after is Gap.PAUSE:
        return "counted" if place.gap_before is not Gap.NONE or previous not in _KNOWS_AFTER else "possible"
    if previous in _KNOWS_AFTER and place.gap_before is Gap.NONE:
        return None
    if place.next in QUESTION_WORDS | _OBJECTS | words("that"):
        return None
    if previous in _SURE or (place.opens_sentence and place.next in DETERMINERS):
        return "possible"
    return "counted"


_BUSINESS = words("business by to well that what")


def i_mean(place: Place) -> Verdict:
    """Not where a meaning is given: "what I mean", "by late I mean after six", "I mean it"."""
    before, after = place.before(6), place.after(2)
    if place.previous in QUESTION_WORDS | DO | words("that as than by"):
        return None
    if place.gap_before is not Gap.SENTENCE and ({"say", "said", "by"} & set(before)) and _defines(before):
        return None
    if place.gap_after is Gap.NONE and _means_something(after):
        return None
    return "counted"


def _defines(before: tuple[str, ...]) -> bool:
    """Whether the words before name what is then given a meaning: "when I say", "by late"."""
    return "by" in before[-3:] or bool({"when", "if"} & set(before))


def _means_something(after: tuple[str, ...]) -> bool:
    if after[:1] == ("it",):
        return len(after) == 1 or after[1] in words("when and with this every seriously sincerely")
    return after[:1] != () and after[0] in _BUSINESS and (after[0] != "that" or after[1:2] not in {("was",), ("is",)})


_CONTRAST = words("but though although thought supposed instead than whereas rather claimed assumed expected forecast")
_INDIRECT = QUESTION_WORDS | words("that")


def actually(place: Place) -> Verdict:
    """Not where it sets the fact against something else: "it was paid, but it actually was not"."""
    before = place.before(12)
    if _CONTRAST & set(before) or NEGATIONS & set(before[-2:]) or place.previous in _INDIRECT:
        return None
    if (
        any(word in QUESTION_WORDS for word in before[-4:])
        or before[:1] != ()
        and before[0] in DO
        or place.previous in words("and or")
    ):
        return None
    if place.opens_sentence or place.set_off or place.paused_after:
        return "counted"
    if place.ends_sentence:
        return "counted" if place.gap_before is Gap.PAUSE else "possible"
    return "counted" if opens_clause(place.previous) or place.previous in BE | HAVE | MODALS else "possible"


_ALIKE = words(
    "same identical sound finished done over impossible nothing everything all no free correct true right zero"
)


def basically(place: Place) -> Verdict:
    """Not where it means "almost": "basically the same", "basically finished"."""
    after = place.after(2)
    nearly = after[:1] != () and after[0] in _ALIKE or after[:2] == ("the", "same")
    return None if nearly and place.gap_after is Gap.NONE else "counted"


_WORDING = words(
    "mean means meant translate translates translated translation interpret interpreted take takes took taken taking"
    " word words figuratively idiom phrase speaking true"
)


def literally(place: Place) -> Verdict:
    """Not where it means "to the letter": "he took it literally", "literally means"."""
    near = set(place.before(4)) | set(place.after(2))
    if _WORDING & near or place.previous in NEGATIONS:
        return None
    return "possible" if place.ends_sentence and place.gap_before is Gap.NONE else "counted"


_NOT_OPENING = words("done before after into over under below above enough known past beyond within")
_SAYS = words("and but said say says thought think thinking because like then or")


def well(place: Place) -> Verdict:
    """Only where it opens a clause or stands apart: not "did well", "as well", "well prepared"."""
    if place.gap_after is Gap.NONE and place.next in _NOT_OPENING or place.previous in words("as very the"):
        return None
    if place.opens_sentence:
        return None if place.ends_sentence and not place.opens_answer else "counted"
    if place.set_off:
        return "counted"
    opens = opens_clause(place.next) or place.next in words("let what yes no maybe the")
    if opens and (place.gap_before is Gap.PAUSE or place.previous in _SAYS):
        return "counted"
    return "possible" if place.previous in _SAYS and place.paused_after else None


_DEGREE = words("far much many few little long called")
_ANSWERS = words("think hope guess suppose believe said say says told afraid do does did doing done or if even more is")


def so(place: Place) -> Verdict:
    """Not for a consequence or a degree: "it was late, so I left", "so tired", "so that", "I think so"."""
    previous, after = place.previous, place.after(2)
    if previous in _ANSWERS:
        return None
    if place.next in _YES:
        return "counted"
    if place.gap_after is Gap.NONE and (place.next in _DEGREE or _purpose(after)):
        return None
    if place.opens_answer:
        return "counted"
    if place.opens_sentence:
        return "counted" if place.paused_after else "possible"
    if place.ends_sentence:
        return "counted" if place.gap_before is Gap.PAUSE else "possible"
    return "possible" if place.set_off else None


def _purpose(after: tuple[str, ...]) -> bool:
    return after[:1] == ("that",) and after[1:2] not in {("was",), ("is",)}


_PLACES = words(
    "now away after before there here next behind at in on from up to across through past outside off down beside"
    " above below over under side hand"
)
_RIGHT_THING = (
    BE
    | DETERMINERS
    | words(
        "all not turn turned turning go went goes going keep veer swing it that got get do did done feel felt feels look"
        " looks sound sounds seem seems put make more quite exactly just"
    )
)


def right(place: Place) -> Verdict:
    """Only as a starter or a tag: "Right, so", "you need a permit, right?"."""
    if place.gap_after is Gap.NONE and place.next in _PLACES:
        return None
    if place.asks:
        return "counted" if place.gap_before is Gap.PAUSE or place.previous not in _RIGHT_THING else None
    if place.opens_sentence:
        starts = place.gap_after is not Gap.NONE or opens_clause(place.next) or place.next in words("so well okay ok")
        return "counted" if starts else "possible"
    if place.previous == "all":
        return None
    if place.gap_before is Gap.PAUSE and place.gap_after is not Gap.NONE:
        return "counted"
    joined = place.next in words("and so but because then")
    return "possible" if joined and place.previous not in _RIGHT_THING else None


_FINE = (
    BE
    | ARTICLES
    | words(
        "feel feels felt look looks looked sound sounds sounded seem seems seemed go goes went gone going do did doing it"
        " that perfectly totally not still more said say says thought think like everything him her them"
    )
)


def okay(place: Place) -> Verdict:
    """Only as a starter or a tag: not "she was okay", "is it okay to", "I was like, okay"."""
    if place.opens_sentence:
        return None if place.next in words("with to for") and place.gap_after is Gap.NONE else "counted"
    if place.previous in _FINE:
        return None
    if place.asks or place.set_off or (place.gap_before is Gap.PAUSE and place.ends_sentence):
        return "counted"
    if place.next == "so" or (place.previous in JOINERS and opens_clause(place.next)):
        return "counted"
    return None
