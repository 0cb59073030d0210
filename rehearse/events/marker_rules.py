"""Rules that decide whether a discourse marker is a filler, from its neighbours and the gaps around it.

Each rule returns ``counted``, ``possible`` or None for one occurrence. The
test behind all of them: could the word be dropped without changing the
meaning? Where the words alone cannot tell, the result is ``possible``. The
word classes are house defaults. The rule for "like" is in ``marker_like``.
"""

from __future__ import annotations

from rehearse.language.tokens import Gap, Phrase
from rehearse.language.word_classes import (
    ARTICLES,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    JOINERS,
    MODALS,
    NEGATIONS,
    QUESTION_WORDS,
    is_past,
    opens_clause,
    words,
)
from rehearse.model import FillerStatus

Verdict = FillerStatus | None

_ANSWER_WORDS = words("yeah yes yep yup no oh alright sure thanks")
_OBJECTS = words("him her them me us your better best more enough exactly about")
_OBJECTS_OR_SUBJECTS = words("it that this nothing something everything anything")
_KNOWN_BY = QUESTION_WORDS | DO | MODALS | words("as that once until than all everything people person things to let")
_BELIEVES = words("hope think assume believe glad suppose wish says bet mean know ensure sure")


def you_know(phrase: Phrase) -> Verdict:
    """Reject uses where somebody knows something: "do you know", "if you know the rules", "you know how to weld"."""
    previous = phrase.previous
    if previous in DO | words("as if what"):
        return None
    if phrase.gap_before is Gap.NONE and previous in _KNOWN_BY:
        return _you_know_inside(phrase)
    if phrase.gap_after is not Gap.NONE:
        return "counted"
    if phrase.next in QUESTION_WORDS | _OBJECTS or _knows_this(phrase):
        return None
    doubtful = previous in _BELIEVES or (phrase.opens_sentence and phrase.next in DETERMINERS)
    return "possible" if doubtful else "counted"


def _knows_this(phrase: Phrase) -> bool:
    """Distinguish "you know it by heart" from "you know it was late"."""
    first, second = (*phrase.after(2), "", "")[:2]
    acts = second in BE | HAVE | MODALS | DO or is_past(second)
    return first in _OBJECTS_OR_SUBJECTS and not acts


def _you_know_inside(phrase: Phrase) -> Verdict:
    """Distinguish "where, you know, I was" and "where you know I was" from "once you know the child"."""
    if phrase.paused_after:
        return "possible"
    narrates = phrase.previous in words("when where because how") and opens_clause(phrase.next)
    return "counted" if narrates else None


def i_mean(phrase: Phrase) -> Verdict:
    """Reject uses that give a meaning: "what I mean", "by late I mean after six", "I mean it"."""
    before = phrase.before(6)
    if phrase.previous in QUESTION_WORDS | DO | words("that as than by"):
        return None
    names = phrase.gap_before is Gap.NONE and "by" in before[-3:]
    if names or ({"say", "said"} & set(before) and {"when", "if"} & set(before)):
        return None
    return None if phrase.gap_after is Gap.NONE and _means_something(phrase) else "counted"


def _means_something(phrase: Phrase) -> bool:
    first, second = (*phrase.after(2), "", "")[:2]
    if first == "it":
        return second in words("when and with this every seriously sincerely") or not second
    if first == "that":
        return second not in ("was", "is")
    return first in words("business by to well what every")


_CONTRAST = words(
    "but though although thought supposed instead than whereas rather claimed assumed expected real reality practice"
)


def actually(phrase: Phrase) -> Verdict:
    """Reject uses that contrast a fact with something else: "it was paid, but it actually was not"."""
    before = _clause(phrase.before(12))
    if _CONTRAST & set(before) or _is_asked_or_denied(before):
        return None
    if phrase.previous == "and":
        return "counted" if len(before) == 1 else "possible"
    if phrase.opens_sentence or phrase.gap_after is not Gap.NONE or phrase.next in JOINERS:
        return "counted"
    carries = opens_clause(phrase.previous) or phrase.previous in BE | HAVE | MODALS
    return "counted" if carries or (is_past(phrase.next) and phrase.next not in DO) else "possible"


def _clause(before: tuple[str, ...]) -> tuple[str, ...]:
    """Keep what follows the last "and I", where a new statement starts."""
    starts = [at for at in range(1, len(before)) if before[at - 1] in ("and", "because") and opens_clause(before[at])]
    return before[starts[-1] :] if starts else before


def _is_asked_or_denied(before: tuple[str, ...]) -> bool:
    """Whether the fact itself is in question: "nobody actually", "what actually", "did it actually"."""
    asked = (
        bool(QUESTION_WORDS & set(before[-4:]))
        or bool(words("what who whether how") & set(before))
        or before[-1:] == ("that",)
        or bool(DO & set(before[:1]))
    )
    return asked or bool(NEGATIONS & set(before[-2:]))


_COMPLETE = words(
    "same identical sound finished done over impossible nothing everything all no free correct true right zero"
)


def basically(phrase: Phrase) -> Verdict:
    """Reject uses that mean "almost": "basically the same", "basically finished"."""
    nearly = phrase.next in _COMPLETE or phrase.after(2) == ("the", "same")
    return None if nearly and phrase.gap_after is Gap.NONE else "counted"


_WORDING = words(
    "mean means meant translate translates translated translation interpret interpreted take takes took taken taking"
    " word words figuratively idiom phrase speaking true called named"
)


def literally(phrase: Phrase) -> Verdict:
    """Reject uses that mean "to the letter": "he took it literally", "literally means"."""
    if _WORDING & {*phrase.before(4), *phrase.after(2)} or phrase.previous in NEGATIONS:
        return None
    return "possible" if phrase.ends_sentence and phrase.gap_before is Gap.NONE else "counted"


_NOT_OPENING = words("done before after into over under below above enough known past beyond within")
_SAYS = words("and but said say says thought think thinking because like then or")


def well(phrase: Phrase) -> Verdict:
    """Accept only where it opens a clause or is set off: not "did well", "as well", "well prepared"."""
    previous = phrase.previous
    if (phrase.gap_after is Gap.NONE and phrase.next in _NOT_OPENING) or previous in words("as very the"):
        return None
    if phrase.opens_sentence:
        return "counted" if phrase.opens_answer or not phrase.ends_sentence else None
    if phrase.set_off and (previous in _SAYS | BE or not is_past(previous)):
        return "counted"
    opens = opens_clause(phrase.next) or phrase.next in words("let what yes no maybe the")
    if opens and (phrase.gap_before is Gap.PAUSE or previous in _SAYS):
        return "counted"
    return "possible" if previous in _SAYS and phrase.paused_after else None


_DEGREE = words("far much many few little long called")
_SO_MEANT = words(
    "think hope guess suppose believe said say says told afraid do does did doing done or if even more is not only much"
    " quite rather very and"
)


def so(phrase: Phrase) -> Verdict:
    """Reject a consequence or a degree: "it was late, so I left", "so tired", "so that", "I think so"."""
    if phrase.next in words("yeah yes yep yup anyway anyways"):
        return None if phrase.previous in _SO_MEANT - {"and"} else "counted"
    if phrase.gap_after is Gap.NONE and (phrase.next in _DEGREE or _purpose(phrase)):
        return None
    if phrase.opens_sentence:
        return "counted" if phrase.opens_answer or phrase.paused_after else "possible"
    if phrase.before(2) == (phrase.previous,) and phrase.previous in _ANSWER_WORDS:
        return "counted"
    if phrase.ends_sentence:
        return None if phrase.previous in _SO_MEANT else "counted"
    return "possible" if phrase.set_off else None


def _purpose(phrase: Phrase) -> bool:
    first, second = (*phrase.after(2), "", "")[:2]
    return first == "that" and second not in ("was", "is")


_DIRECTIONS = words(
    "now away after before there here next behind at in on from up to across through past outside off down beside"
    " above below over under side hand"
)
_TURNS = words(
    "all not turn turned turning go went goes going keep veer swing it got get do did done feel felt feels look looks"
    " sound sounds seem seems put make more quite exactly just"
)
_WITH_RIGHT = BE | DETERMINERS | _TURNS
_MAKES_RIGHT = (
    BE | _TURNS | words("makes made making set sets treat treats treated take took taken turns puts doing getting")
)


def right(phrase: Phrase) -> Verdict:
    """Accept only as a starter or a tag: "Right, so", "you need a permit, right?"."""
    if (phrase.gap_after is Gap.NONE and phrase.next in _DIRECTIONS) or phrase.previous == "all":
        return None
    if phrase.opens_sentence:
        starts = (
            phrase.gap_after is not Gap.NONE or opens_clause(phrase.next) or phrase.next in words("so well okay ok")
        )
        return "counted" if starts else "possible"
    if phrase.gap_before is Gap.PAUSE and (phrase.asks or phrase.gap_after is not Gap.NONE):
        return None if phrase.previous in ARTICLES else "counted"
    tags = phrase.asks or phrase.ends_sentence or phrase.next in words("and so but because then although")
    if phrase.previous in _WITH_RIGHT or not tags:
        return None
    return "counted" if phrase.asks or not _MAKES_RIGHT & set(phrase.before(6)) else "possible"


_FINE = (
    BE
    | ARTICLES
    | words(
        "feel feels felt look looks looked sound sounds sounded seem seems seemed go goes went gone going do did"
        " doing it that perfectly totally not still more said say says thought think like everything him her them"
    )
)


def okay(phrase: Phrase) -> Verdict:
    """Accept only as a starter or a tag: not "she was okay", "is it okay to", "I was like, okay"."""
    if phrase.opens_sentence:
        return None if phrase.next in words("with to for is was") and phrase.gap_after is Gap.NONE else "counted"
    if phrase.previous in _FINE:
        return None
    if phrase.gap_before is Gap.PAUSE and (phrase.asks or phrase.gap_after is not Gap.NONE):
        return "counted"
    if phrase.asks or phrase.next == "so" or (phrase.previous in JOINERS and opens_clause(phrase.next)):
        return "counted"
    return "possible" if phrase.next in JOINERS else None
