"""What a strong answer to the question contains, and which of it this answer has.

The points of a question are free text of a few sorts that recur: how it turned out, the speaker's own part, a figure.
A point is judged only where its sort is plain and the clauses of the answer are clear; all others are left to the
speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rehearse.coaching import Judgement, Role
from rehearse.feedback.coach import judged
from rehearse.language.stems import telling_words
from rehearse.model import Attempt, Span

_FEWEST_THINGS = 3
"""Subject words from which a point is a list of things to name (house default)."""
_PAST = frozenset({"behavioral", "loose_end", "panel", "motivation"})
"""Kinds of question that are answered with something that has happened."""
_PLANS = frozenset({"situational", "role_depth", "case", "technical"})
_SAYING = (
    r"(?:said|says|say|told|tells|tell|asked|asks|ask|phoned|phone|rang|ring|called|call|spoke|speak"
    r"|talked|talk|sat|sit|put it)\b"
)
_SPEAKER_SAYS = re.compile(rf"\b(?:i|we)(?:'d| would|'ll)? (?:\w+ )?{_SAYING}", re.IGNORECASE)
_OTHERS_SAY = re.compile(rf"(?<!\bi )(?<!\bwe )(?<!n't )(?<!never ){_SAYING}", re.IGNORECASE)
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|half|third|quarter"
    r"|percent|per cent|doubled?|twice)\b",
    re.IGNORECASE,
)
_NOT_DENIED = re.compile(r"^(?!(?:if|when)\b)(?!.*(?:\b(?:never|not)\b|n't\b))", re.IGNORECASE | re.DOTALL)
_WOULD_ASK = re.compile(r"\b(?:ask|find out|want to know|need to know|is it|which|whether)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"\b(?:recommend\w*|advise|suggest|(?:you|we|they) should|go (?:with|for)|my (?:answer|advice|recommendation)"
    r"|so i'd|what i(?:'d| would) do)\b",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:test|tests|check\w*|measure\w*|track\w*|count\w*|trial|pilot|compare\w*|review|know (?:it|by|if|whether))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListeningPoint:
    """A point of the question's list, beside the answer.

    Attributes:
        text: The point, as the question has it.
        is_found: Whether the answer has it; None if that cannot be judged.
        span: The words that show it; None unless it is found.

    """

    text: str
    is_found: bool | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of points, recognised by their wording, and the clauses that meet it.

    Attributes:
        wording: What a point of this sort says.
        roles: Roles of the words that meet it.
        kinds: Kinds of question in which it is judged.
        least: Probability of the roles from which it is found (chosen on training authors that were left out).
        most: Highest probability up to which it is not there; None if its absence is never certain.
        contains: What those words say besides; None if any will do.
        before: Share of the answer before which they are to stand.

    """

    wording: re.Pattern[str]
    roles: tuple[Role, ...]
    kinds: frozenset[str]
    least: float = 0.8
    most: float | None = 0.1
    contains: re.Pattern[str] | None = None
    before: float = 1.0


def _sort(
    wording: str,
    roles: tuple[Role, ...],
    kinds: frozenset[str],
    *,
    least: float = 0.8,
    most: float | None = 0.1,
    contains: re.Pattern[str] | None = None,
    before: float = 1.0,
) -> _Sort:
    return _Sort(re.compile(wording), roles, kinds, least, most, contains, before)


_SORTS = (
    _sort(r"\b(?:differently|have done since|you see only now)", ("lesson",), _PAST, least=0.7),
    _sort(
        r"\bwords that (?:were|was|could)|\byou said first|\bwas said to|\bhow you raised it|\ban honest no\b"
        r"|\bwho you told",
        ("own_act", "shared_act"),
        _PAST,
        contains=_SPEAKER_SAYS,
    ),
    _sort(
        r"\b(?:feedback in the words|view, (?:put fairly|fairly put)|side's view|question that was really asked)",
        ("other_act",),
        _PAST,
        contains=_OTHERS_SAY,
        most=None,
    ),
    _sort(r"\bfirst reaction\b", ("feeling",), _PAST, most=None),
    _sort(
        r"\b(?<!same )(?<!facts and )figures?\b|\ba number\b|\bhow it was measured",
        ("outcome", "outcome_figure"),
        _PAST,
        contains=_FIGURE,
    ),
    _sort(
        r"\b(?:outcome|results?\b|what came of it|turned out|in the end\b|what was delivered|stayed away"
        r"|how it was repaired|the state it was in|what happened to|what became of|what was put right|worked together"
        r" afterwards)",
        ("outcome", "outcome_figure"),
        _PAST,
    ),
    _sort(
        r"\b(?:your (?:own )?(?:part|share|decision|idea)\b|(?:things|something) you (?:did|tried|changed)\b"
        r"|what you (?:did|tried)(?: to| about|$)|actions (?:in|that)|what was (?:done(?! before| in case)|tried))",
        ("own_act",),
        _PAST,
        contains=_NOT_DENIED,
    ),
    _sort(
        r"\b(?:real|honest) (?:weakness|gap|reservation|failure|worry)|\bweakest place|\bwithout excuses",
        ("admission",),
        _PAST | {"role_depth"},
        most=None,
    ),
    _sort(r"\bopen question\b|\bdirect question\b", ("own_question",), frozenset({"own_question"})),
    _sort(
        r"\bclarifying question|\bquestion back|asking (?:for the|what|each)",
        ("own_question", "hypothetical"),
        _PLANS,
        contains=_WOULD_ASK,
        before=0.5,
    ),
    _sort(
        r"\brecommendation\b|\ba position of your own|\ba choice, and",
        ("hypothetical", "view"),
        frozenset({"case"}),
        most=None,
        contains=_ADVICE,
    ),
    _sort(
        r"\b(?:conversation|private talk|telling|talk with|talk to|on the call|calling (?!it)|listening first"
        r"|named person to ask)",
        ("hypothetical",),
        _PLANS,
        contains=_SPEAKER_SAYS,
    ),
    _sort(
        r"\b(?:checkpoints|tested|or a trial|trial with|be measured|effect will be seen)\b",
        ("hypothetical",),
        _PLANS,
        contains=_CHECK,
    ),
    _sort(r"\b(?:similar|earlier) [\w ]+(?:before|stretch)|gap closed before", ("own_act",), frozenset({"role_depth"})),
)


def listening_points(attempt: Attempt) -> tuple[ListeningPoint, ...]:
    """Hold the points that the question asks for against an answer, in the question's order.

    Args:
        attempt: An analysed answer with its question.

    Returns:
        One for each point; empty if the question has none, or the answer was not judged.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    question = attempt.question
    judgement = judged(attempt) if question is not None and question.listen_for else None
    if question is None or judgement is None:
        return ()
    return tuple(_held_against(text, judgement, question.kind) for text in question.listen_for)


def _held_against(text: str, judgement: Judgement, kind: str) -> ListeningPoint:
    lower = text.lower()
    sort = next((sort for sort in _SORTS if kind in sort.kinds and sort.wording.search(lower)), None)
    if sort is None:
        span = _naming(lower, judgement)
        return ListeningPoint(text, True if span else None, span)
    sure = [judgement.probability(index, *sort.roles) for index in range(len(judgement.evidence.units))]
    units, count = judgement.evidence.units, len(judgement.evidence.words)
    fitting = (i for i, p in enumerate(sure) if p >= sort.least and units[i].first < sort.before * count)
    for span in _quotes(judgement, sorted(fitting, key=sure.__getitem__, reverse=True)):
        if sort.contains is None or sort.contains.search(f"{span.text} "):
            return ListeningPoint(text, is_found=True, span=span)
    is_absent = sort.most is not None and max(sure) <= sort.most
    return ListeningPoint(text, is_found=False if is_absent else None)


def _quotes(judgement: Judgement, indices: Iterable[int]) -> Iterator[Span]:
    """Yield units as quotes, where they can be quoted."""
    return (span for index in indices if (span := judgement.quote(index)) is not None)


def _naming(text: str, judgement: Judgement) -> Span | None:
    """Return the words that name most of the things that a point lists; None if it is no list, or few are named."""
    things = set(telling_words(text.split()).values())
    if len(things) < _FEWEST_THINGS:
        return None
    evidence = judgement.evidence
    named = [things & set(telling_words(evidence.text(unit)).values()) for unit in evidence.units]
    if len(set().union(*named)) * 2 <= len(things):
        return None
    most = max(range(len(named)), key=lambda index: len(named[index]))
    return next(_quotes(judgement, [most]), None) if len(named[most]) > 1 else None
