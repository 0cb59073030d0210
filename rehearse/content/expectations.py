"""What a good answer to each kind of question holds, found by its wording; and what is surely missing.

Two lists of words decide on each element: one that shows it, to be quoted, and
a wider one that may stand for it. Only where neither occurs is it called
missing. What is expected follows guides for structured interviews (OPM, 2008)
and career sites; the words are house defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rehearse.content.lexicon import FIGURE
from rehearse.datatypes import Span, Transcript
from rehearse.words import ends_sentence, is_filled_pause

ElementName = Literal[
    "trade_off", "limits", "structure", "tool", "recommendation", "clarification", "numbers", "next_step",
    "employer", "asked", "open_question", "steps", "reasons", "lesson",
]  # fmt: skip

FEWEST_WORDS = 35
"""In a shorter answer nothing is called missing (house default)."""

_CLAUSE = 14
"""Words around a find that are quoted with it at most, on each side (house default)."""
_SHORTEST = 3
"""A mark closer to a find than this many words ends no quote (house default)."""

_STARTS = frozenset({"i", "we", "i'd", "i'll", "i'm", "and", "but", "so", "then", "because"})
"""Where a clause starts in a text without marks."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is expected of an answer.

    Attributes:
        name: What it is.
        shown: Where it is said.
        place: Where it would go, if it is surely missing; else None.

    """

    name: ElementName
    shown: tuple[Span, ...] = ()
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    """How an element is recognised.

    Attributes:
        shows: Words that show it.
        hints: Words that may stand for it; None: it is never called missing.
        times: How often ``shows`` has to occur.
        place: Words where it would go, without which it is not called missing; None: at the end.
        last: Whether it would go where those words occur last.
        whole: Whether the clause is quoted from its start, not from the words found.
        from_words: In a shorter answer it is not called missing.

    """

    shows: re.Pattern[str]
    hints: re.Pattern[str] | None = None
    times: int = 1
    place: re.Pattern[str] | None = None
    last: bool = False
    whole: bool = True
    from_words: int = FEWEST_WORDS


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE | re.VERBOSE)


_MANY = r"(?:two|three|four|five|six)"
_I_WOULD = r"(?:i'd|i\ would|i'll|i\ will|we'd|we\ would|let\ me|i'm\ going\ to|i\ want\ to|i\ need\ to)"
_OPENING = re.compile(r"\S+")
_REASON = r"because|'?cause|cos|so\ that\ (?:i|we|you|he|she|it|they|the|my|our|every\w*|nobody|people|a)|in\ order\ to|the\ reason|otherwise|that\ way|which\ is\ why|that's\ why"
_STRUCTURE = _Cues(
    _words(
        rf"""first|firstly|second|secondly|third|thirdly|then|next|after\ that|finally|lastly|step\ (?:one|two)|to\ start\ with
        |start(?:ing)?\ (?:with|by)|{_MANY}\ (?:parts|things|steps|reasons|questions|options|ways|stages|layers|pieces|sides)
        |split\ (?:it|that|this|the\ \w+|them)|break\ (?:it|that|this)\ down"""
    ),
    _words("first|then|next|finally|another|also|start|begin|before|after|one|second|last"),
    times=2,
    place=_OPENING,
    from_words=100,
)
_REASONS = _Cues(
    _words(_REASON),
    _words(
        rf"{_REASON}|so|since|as|if|why|which|means?|meaning|to\ (?:be|make|see|avoid|find|get|keep|understand|show|give|let|stop|prevent|protect|know|help|learn|check)"
    ),
    place=_words(_I_WOULD),
    whole=False,
)
_RECOMMENDED = (
    rf"{_I_WOULD}\ (?:\w+\ )?(?:recommend|advise|suggest|propose|go\ (?:with|for))|my\ (?:recommendation|advice|answer|suggestion|proposal)"
    r"|i\ (?:recommend|suggest|advise)|(?:they|we|you)\ should"
)

_SHORT = 5
"""Words from which a question of one's own is judged (house default)."""
_OPEN = r"what|how|who|whom|why|which|when|where|wonder\w*|curious|know|ask|tell|describe"
_A_QUESTION = re.compile(
    r"(?:(?<=[.!?] )|^)\W{0,3}\w[^.!?]{0,300}\?|\b(?:i'd (?:\w+ )?like to (?:know|ask)|i was wondering|i wanted to (?:ask|know))\b",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:[A-Z]\w*[A-Z]\w*|(?:(?i:use|uses|used|using|with|via|like|wrote|write|run|ran|chose|pick|picked) )(?!I\b)[A-Z]\w+)"
)
"""A name beside a verb of use, or one written like no other word."""

_EXPECTED: Mapping[str, Mapping[ElementName, _Cues]] = {
    "technical": {
        "trade_off": _Cues(
            _words(
                r"""trade[\ -]?offs?|on\ the\ other\ hand|(?:the|one|a)\ (?:downside|drawback|disadvantage|catch|price)
                |at\ the\ (?:cost|price|expense)|the\ (?:price|cost)\ (?:is|of\ that)|in\ exchange|whereas|overkill|rather\ than|instead\ of"""
            ),
            _words(
                r"""trade\w*|but|although|though|however|versus|vs|than|compared|depends?|costs?|price|cheap\w*|expensive|slow\w*|worth
                |or|both|without|either|alternativ\w+|against|while|instead|disadvantages?|downsides?|hand"""
            ),
            place=_words(
                rf"(?:{_I_WOULD}|i|we)\ (?:(?!never|not)\w+\ )?(?:use|used|go\ with|went\ with|choose|chose|pick|put|build|built|keep|store|cache|add)"
            ),
        ),
        "limits": _Cues(
            _words(
                r"""bottleneck|edge\ cases?|limitations?|(?:doesn't|won't|wouldn't|will\ not|would\ not|no\ longer)\ (?:work|works|scale|hold|fit)
                |only\ works?|stops?\ working|breaks?(?:\ down)?\ (?:when|if|once|at|as)|fails?\ (?:when|if|once|on|at|as)|as\ long\ as
                |the\ (?:\w+\ )?limit\ (?:is|of)|worst\ case|runs?\ out|what\ (?:breaks|would\ break)"""
            ),
            _words(
                r"""limit\w*|until|unless|risk\w*|problem\w*|if|only|never|can't|cannot|careful|fail\w*|break\w*|broke|beyond|too|worst|except
                |trouble|wrong|lose|lost|enough|but|edge"""
            ),
        ),
        "structure": _STRUCTURE,
        "tool": _Cues(_TOOL),
    },
    "case": {
        "recommendation": _Cues(
            _words(_RECOMMENDED), _words(rf"{_RECOMMENDED}|should|recommend\w*|best|answer|go\ (?:for|with)|advise|suggest\w*")
        ),
        "clarification": _Cues(
            _words(
                rf"""{_I_WOULD}\ (?:first\ |want\ to\ |need\ to\ |like\ to\ |start\ by\ |also\ )*(?:(?:start\ |begin\ )?(?:by\ )?ask(?:ing)?|clarify(?:ing)?|know|find\ out)
                |what\ (?:do|does)\ \w+\ mean|(?:i'll|i'd|let's|let\ me|i)\ assume|my\ assumption|assuming"""
            ),
            _words(r"ask\w*|questions?|whether|clarif\w+|assum\w+|check\w*|understand|find\ out|know|depends|which|who|what|mean|you\ (?:gave|said|told|mentioned)"),
            place=_OPENING,
        ),
        "numbers": _Cues(
            re.compile(rf"(?!{_MANY}\ (?:parts|things|steps|reasons|questions|options|ways))(?!(?:two|third)\b){FIGURE.pattern}", re.IGNORECASE | re.VERBOSE),
            re.compile(rf"{FIGURE.pattern}|\b(?:how\ many|how\ much|numbers?|figures?|rates?|one)\b", re.IGNORECASE | re.VERBOSE),
        ),
        "next_step": _Cues(
            _words(
                r"""next\ steps?|(?:the|main|biggest|one)\ risk|risk\ (?:is|of|that)|pilot|trial|if\ (?:that|it)\ (?:fails|doesn't|works|didn't)
                |test\ (?:it|that|this)|go(?:es)?\ wrong|by\ the\ end\ of"""
            ),
            _words(r"next|risk\w*|then|after|weeks?|months?|watch|track|if|test\w*|pilot|trial|measure|review|wrong|start"),
            place=_words(_RECOMMENDED),
            last=True,
        ),
        "structure": _STRUCTURE,
    },
    "motivation": {
        "employer": _Cues(
            _words(
                r"""your\ (?!own\b|life\b|time\b|job\b)\w+|you(?:'ve|\ have)?\ (?:build|built|make|made|run|publish\w*|started|opened|treat|train|said
                |told|mentioned|described|teach|taught|look\ after)"""
            ),
            re.compile(
                r"\b(?:you(?!\s+know)\w*|here|they|their|this\ (?!point|moment|time|stage|is|was|because|as|and|so|for|since|to)\w+)\b|(?<=[a-z,]\ )(?!I\b)[A-Z]\w+", re.VERBOSE
            ),
            place=_words(r"because|i\ (?:want|like|love|enjoy)|interested|looking\ for|drawn|attract\w*|appeals?|excit\w+|passion\w*"),
        ),
    },
    "own_question": {
        "asked": _Cues(_A_QUESTION, _words(rf"{_OPEN}|whether|can|could"), from_words=_SHORT),
        "open_question": _Cues(
            re.compile(rf"(?:(?<=[.!?,] )|^)(?:(?:and|so|also|well|then),? )*(?:{_OPEN})\b[^.!?]{{0,300}}\?", re.IGNORECASE),
            _words(_OPEN),
            place=_A_QUESTION,
            from_words=_SHORT,
        ),
    },
    "situational": {
        "steps": _Cues(
            _words(_I_WOULD), _words(rf"{_I_WOULD}|i|we|first|then"), times=2
        ),
        "reasons": _REASONS,
    },
}  # fmt: skip
"""By kind of question, the most useful element first."""

_ANYWHERE: Mapping[ElementName, _Cues] = {
    "lesson": _Cues(_words(r"i(?:'ve|\ have)?\ (?:learnt|learned)|taught\ me|next\ time\ i|differently|i\ now\ \w+")),
    "reasons": _Cues(_words(_REASON), whole=False),
}
"""Good in any other answer, and never missing."""


def find_expected(transcript: Transcript, kind: str | None) -> tuple[Element, ...]:
    """Find what is expected of an answer to this kind of question, the most useful first.

    Args:
        transcript: What was said, in English; timed or not.
        kind: The question's kind.

    """
    words = [i for i, word in enumerate(transcript.words) if not is_filled_pause(word.text)]
    said = _Said(transcript, tuple(words))
    return tuple(_element(name, cues, said) for name, cues in _EXPECTED.get(kind or "", _ANYWHERE).items())


@dataclass(frozen=True, slots=True)
class _Said:
    """The words without filled pauses, joined to a text whose matches lead back to them."""

    transcript: Transcript
    places: Sequence[int]

    @property
    def texts(self) -> list[str]:
        return [self.transcript.words[i].text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for i in self.places]

    def clauses(self, pattern: re.Pattern[str], *, whole: bool = True) -> Iterator[Span]:
        """Quote the clause around each match, or from it on."""
        texts = self.texts
        joined = " ".join(texts)
        for found in pattern.finditer(joined):
            first = joined.count(" ", 0, found.start())
            last = first + found.group().strip().count(" ")
            yield self._clause(texts, first, last, whole=whole)

    def ending(self) -> Span:
        """Quote how it ends."""
        return self._clause(self.texts, len(self.places) - 1, len(self.places) - 1, whole=True)

    def _clause(self, texts: Sequence[str], first: int, last: int, *, whole: bool) -> Span:
        """Widen a match to the marks around it that leave enough words."""
        low, high = max(0, first - _CLAUSE), min(len(texts) - 1, last + _CLAUSE)
        bare = not any(map(_closes, texts[low:high]))
        borders = [
            i for i in range(low, high + 1) if i == 0 or _closes(texts[i - 1]) or (bare and texts[i].lower() in _STARTS)
        ]
        firm = {i for i in borders if i == 0 or ends_sentence(texts[i - 1])}
        start = max((i for i in borders if i <= first and (i in firm or last - i >= _SHORTEST)), default=first)
        end = min((i - 1 for i in borders if i > last and (i in firm or i - first > _SHORTEST)), default=high)
        return self.transcript.span(self.places[start if whole else first], self.places[end])


def _closes(text: str) -> bool:
    return ends_sentence(text) or text.endswith((",", ";", ":"))


def _element(name: ElementName, cues: _Cues, said: _Said) -> Element:
    shown = tuple(dict.fromkeys(said.clauses(cues.shows, whole=cues.whole)))
    if len(shown) >= cues.times:
        return Element(name, shown)
    surely = (
        cues.hints is not None and len(said.places) >= cues.from_words and not cues.hints.search(" ".join(said.texts))
    )
    return Element(name, place=_place(cues, said) if surely else None)


def _place(cues: _Cues, said: _Said) -> Span | None:
    if cues.place is None:
        return said.ending()
    found = list(said.clauses(cues.place))
    return found[-1 if cues.last else 0] if found else None
