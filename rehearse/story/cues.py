"""Cue words for the elements expected of an answer, by kind of question.

What is expected follows guides for structured interviews (OPM, 2008) and
career sites; the words are house defaults.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rehearse.language.lexicon import FIGURE

ElementName = Literal[
    "trade_off", "limits", "structure", "tool", "recommendation", "clarification", "numbers", "next_step",
    "employer", "asked", "open_question", "linked", "steps", "reasons", "lesson", "concern", "priorities", "people",
    "measure",
]  # fmt: skip

FEWEST_WORDS = 40
"""Words below which nothing is reported as missing (house default)."""


@dataclass(frozen=True, slots=True)
class Cues:
    """How an element is recognised.

    Attributes:
        shows: Words that prove that the element is there.
        hints: Words that may indicate it; if None, it is never reported as missing.
        times: Minimum number of matches of ``shows``.
        anchor: Words at which it would belong, required to report it as missing; None means the end of the answer.
        last: Whether it belongs at the last match of ``anchor`` instead of the first.
        whole: Whether to quote the clause from its start, not from the match.
        from_words: Length of the answer, in words, from which it can be reported as missing.

    """

    shows: re.Pattern[str]
    hints: re.Pattern[str] | None = None
    times: int = 1
    anchor: re.Pattern[str] | None = None
    last: bool = False
    whole: bool = True
    from_words: int = FEWEST_WORDS


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE | re.VERBOSE)


_MANY = r"(?:two|three|four|five|six)"
_I_WOULD = r"(?:i'd|i\ would|i'll|i\ will|we'd|we\ would|let\ me|i'm\ going\ to|i\ want\ to|i\ need\ to)"
_OPENING = re.compile(r"\S+")
_REASON = (
    r"because|'?cause|cos|so\ that\ (?:i|we|you|he|she|it|they|the|my|our|every\w*|nobody|people|a)|in\ order\ to"
    r"|the\ reason|otherwise|that\ way|which\ is\ why|that's\ why"
)
_STRUCTURE = Cues(
    _words(
        rf"""first|firstly|second|secondly|third|thirdly|then|next|after\ that|finally|lastly|step\ (?:one|two)
            |to\ start\ with
        |start(?:ing)?\ (?:with|by)|{_MANY}\ (?:parts|things|steps|reasons|questions|options|ways|stages|layers|pieces
            |sides)
        |split\ (?:it|that|this|the\ \w+|them)|break\ (?:it|that|this)\ down"""
    ),
    _words("first|then|next|finally|another|also|start|begin|before|after|one|second|last"),
    times=2,
    anchor=_OPENING,
    from_words=100,
)
_REASONS = Cues(
    _words(_REASON),
    _words(
        rf"{_REASON}|so|since|as|if|why|which|means?|meaning|to\ (?:be|make|see|avoid|find|get|keep|understand|show"
        rf"|give|let|stop|prevent|protect|know|help|learn|check)"
    ),
    anchor=_words(_I_WOULD),
    whole=False,
)
_RECOMMENDED = (
    rf"{_I_WOULD}\ (?:\w+\ )?(?:recommend|advise|suggest|propose|go\ (?:with|for))|my\ (?:recommendation|advice"
    rf"|answer|suggestion|proposal)"
    r"|i\ (?:recommend|suggest|advise)|(?:they|we|you)\ should"
)

_A_PLAN = 60
"""Words from which a plan for the first months is assessed (house default)."""
_SHORT = 5
"""Words from which the candidate's own question is assessed (house default)."""
_OPEN = r"what|how|who|whom|why|which|when|where|wonder\w*|curious|know|ask|tell|describe"
_A_QUESTION = re.compile(
    r"(?:(?<=[.!?] )|^)\W{0,3}\w[^.!?]{0,300}\?|\b(?:i'd (?:\w+ )?like to (?:know|ask)|i was wondering"
    r"|i wanted to (?:ask|know))\b",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:(?!(?:APIs?|URL|IT|HR|C[EFTO]O|VP|PDF|OK|TV|UK|USA?|EU|IDs?|KPIs?|ROI|QA|UI|UX|PCs?)\b)[A-Z]\w*[A-Z]\w*"
    r"|(?:(?i:use|uses|used|using|with|via|like|wrote|write|run|ran|chose|pick|picked) )(?!I\b)[A-Z]\w+)"
)
"""A name after a verb such as "use", or a word with capitals inside it."""

_CREDITED_REASONS = Cues(_words(_REASON), whole=False)
_LESSON = Cues(_words(r"i(?:'ve|\ have)?\ (?:learnt|learned)|taught\ me|next\ time\ i|differently|i\ now\ \w+"))
_LINKED = Cues(
    _words(
        r"you\ (?:said|mentioned|told|showed|described)|i\ (?:read|saw|noticed|heard)|when\ i\ (?:read|saw|met"
        r"|walked)|i\ ask\ because|what\ you\ said"
    )
)
_CONCERN = Cues(
    _words(
        r"""(?:fair|valid|good)\ (?:question|point|concern|worry)|if\ i\ (?:heard|understood)\ you
            |as\ you\ (?:say|said|put\ it)
        |you're\ (?:right|worried|afraid|asking)|i\ (?:can\ )?(?:understand|see|get)\ (?:why|that|your|how)
        |your\ (?:worry|concern|fear|doubt|point|question|risk)"""
    )
)
_PRIORITIES = Cues(
    _words(
        rf"""first(?!\ (?:time|place|job|of\ all\ i'm))(?:ly)?|before\ (?:anything|that|i\ change\w*)|to\ begin\ with
            |start(?:ing)?\ (?:with|by)|most\ important\ (?:\w+\ )?(?:would|will|to\ me\ (?:would|will))
        |priorit\w+|(?:for|by|after|at|in)\ (?:the\ (?:first\ )?|day\ )?(?:thirty|sixty|ninety|30|60|90)(?:\ days)?
        |leave\ (?:\w+\ )?alone
        |{_I_WOULD}\ (?:change\ nothing|insist\ on|begin|start)|(?:would|i'd)\ insist\ on"""
    ),
    _words(
        r"first\w*|then|before|after|start\w*|begin\w*|priorit\w+|important|most|weeks?|months?|days?|early|later"
        r"|next|until|once|when|by|now"
    ),
    anchor=_OPENING,
    from_words=_A_PLAN,
)
_PEOPLE = Cues(
    _words(
        rf"""(?<!everyone\ )(?<!everybody\ )(?<!people\ )(?:{_I_WOULD}|i|and)\ (?:\w+\ ){{0,2}}(?:meet|talk\ (?:to|with)
            |sit\ (?:with|down|behind|next)|listen\ to|ask(?!ed)|ride|riding|shadow|visit
        |ring|have\ coffee|speak\ (?:to|with)|go\ and\ see|learn\ from)"""
    ),
    _words(
        r"""meet\w*|talk\w*|sit\w*|listen\w*|ask\w*|team\w*|people|colleague\w*|customer\w*|client\w*|they|them|he|she
            |her|him|who|everybody|everyone|somebody
        |manager\w*|staff|group\w*|parents?|children|patients?|students?|you"""
    ),
    from_words=_A_PLAN,
)
_CHECKED = Cues(
    _words(
        r"""i(?:'d|\ would|'ll|\ will)\ know\ (?:it|that|by|when|if|whether)|measur\w+|track\w*
            |you\ (?:could|can|would)\ (?:\w+\ )?(?:check|judge|see|hold|count)
        |(?:check|judge|judged)\ (?:me|us|by|on)|against\ the|the\ share\ of|success\ (?:is|means|would)
        |by\ (?:sixty|ninety|the\ end\ of|then)
        |how\ many|(?:down|up)\ to|from\ \w+\ to|percent|half\ as|fewer|checkpoints?"""
    ),
    re.compile(
        rf"{FIGURE.pattern}|\b(?:numbers?|figures?|rates?|results?|better|down|up|see|know|show\w*|work(?:s|ing)"
        rf"|check\w*|count\w*|judg\w+|until|when|more|less|enough|proof|target\w*|goals?)\b",
        re.IGNORECASE | re.VERBOSE,
    ),
    from_words=_A_PLAN,
)

EXPECTED: Mapping[str, Mapping[ElementName, Cues]] = {
    "technical": {
        "trade_off": Cues(
            _words(
                r"""trade[\ -]?offs?|on\ the\ other\ hand|(?:the|one|a)\ (?:downside|drawback|disadvantage|catch|price)
                |at\ the\ (?:cost|price|expense)|the\ (?:price|cost)\ (?:is|of\ that)|in\ exchange|whereas|overkill
                |rather\ than|instead\ of"""
            ),
            _words(
                r"""trade\w*|but|although|though|however|versus|vs|than|compared|depends?|costs?|price|cheap\w*
                    |expensive|slow\w*|worth
                |or|both|without|either|alternativ\w+|against|while|instead|disadvantages?|downsides?|hand"""
            ),
            anchor=_words(
                rf"(?:{_I_WOULD}|i|we)\ (?:(?!never|not)\w+\ )?(?:use|used|go\ with|went\ with|choose|chose|pick|put"
                rf"|build|built|keep|store|cache|add)"
            ),
        ),
        "limits": Cues(
            _words(
                r"""bottleneck|edge\ cases?|limitations?|(?:doesn't|won't|wouldn't|will\ not|would\ not
                    |no\ longer)\ (?:work|works|scale|hold|fit)
                |only\ works?|stops?\ working|breaks?(?:\ down)?\ (?:when|if|once|at|as)
                |fails?\ (?:when|if|once|on|at|as)|as\ long\ as
                |the\ (?:\w+\ )?limit\ (?:is|of)|worst\ case|runs?\ out|what\ (?:breaks|would\ break)"""
            ),
            _words(
                r"""limit\w*|until|unless|risk\w*|problem\w*|if|only|never|can't|cannot|careful|fail\w*|break\w*|broke
                    |beyond|too|worst|except
                |trouble|wrong|lose|lost|enough|but|edge"""
            ),
        ),
        "structure": _STRUCTURE,
        "tool": Cues(_TOOL),
    },
    "case": {
        "recommendation": Cues(
            _words(_RECOMMENDED),
            _words(
                rf"{_RECOMMENDED}|should|recommend\w*|best|answer|(?:go|start|begin)\ (?:for|with|by|in)|advise"
                rf"|suggest\w*"
            ),
        ),
        "clarification": Cues(
            _words(
                rf"""{_I_WOULD}\ (?:first\ |want\ to\ |need\ to\ |like\ to\ |start\ by\ |also\ )*
                    (?:(?:start\ |begin\ )?(?:by\ )?ask(?:ing)?|clarify(?:ing)?|know|find\ out)
                |what\ (?:do|does)\ \w+\ mean|(?:i'll|i'd|let's|let\ me|i)\ assume|my\ assumption|assuming"""
            ),
            _words(
                r"ask\w*|questions?|whether|clarif\w+|assum\w+|check\w*|understand|find\ out|know|depends|which|who"
                r"|what|mean|you\ (?:gave|said|told|mentioned)"
            ),
            anchor=_OPENING,
        ),
        "numbers": Cues(
            re.compile(
                rf"(?!{_MANY}\ (?:parts|things|steps|reasons|questions|options|ways))"
                rf"(?!(?:two|third)\b){FIGURE.pattern}",
                re.IGNORECASE | re.VERBOSE,
            ),
            re.compile(
                rf"{FIGURE.pattern}|\b(?:how\ many|how\ much|numbers?|figures?|rates?|one)\b",
                re.IGNORECASE | re.VERBOSE,
            ),
        ),
        "next_step": Cues(
            _words(
                r"""next\ steps?|(?:the|main|biggest|one)\ risk|risk\ (?:is|of|that)|pilot|trial
                    |if\ (?:that|it)\ (?:fails|doesn't|works|didn't)
                |test\ (?:it|that|this)|go(?:es)?\ wrong|by\ the\ end\ of"""
            ),
            _words(
                r"next|risk\w*|then|after|weeks?|months?|watch|track|if|test\w*|pilot|trial|measure|review|wrong"
                r"|start"
            ),
            anchor=_words(_RECOMMENDED),
            last=True,
        ),
        "structure": _STRUCTURE,
    },
    "motivation": {
        "employer": Cues(
            _words(
                r"""your\ (?!own\b|life\b|time\b|job\b)\w+|you(?:'ve|\ have)?\ (?:build|built|make|made|run|publish\w*
                    |started|opened|treat|train|said
                |told|mentioned|described|teach|taught|look\ after)"""
            ),
            re.compile(
                r"\b(?:you(?!\s+know)\w*|here|they|their|this\ (?!point|moment|time|stage|is|was|because|as|and|so"
                r"|for|since|to)\w+)\b|(?<=[a-z,]\ )(?!I\b)[A-Z]\w+",
                re.VERBOSE,
            ),
            anchor=_words(
                r"because|i\ (?:want|like|love|enjoy)|interested|looking\ for|drawn|attract\w*|appeals?|excit\w+"
                r"|passion\w*"
            ),
        ),
    },
    "own_question": {
        "asked": Cues(_A_QUESTION, _words(rf"{_OPEN}|whether|can|could"), from_words=_SHORT),
        "open_question": Cues(
            re.compile(
                rf"(?:(?<=[.!?,] )|^)(?:(?:and|so|also|well|then),? )*"
                rf"(?:{_OPEN})\b[^.!?]{{0,300}}\?",
                re.IGNORECASE,
            ),
            _words(_OPEN),
            anchor=_A_QUESTION,
            from_words=_SHORT,
        ),
        "linked": _LINKED,
    },
    "panel": {"concern": _CONCERN, "reasons": _CREDITED_REASONS, "lesson": _LESSON},
    "role_depth": {"priorities": _PRIORITIES, "measure": _CHECKED, "people": _PEOPLE},
    "situational": {
        "steps": Cues(_words(_I_WOULD), _words(rf"{_I_WOULD}|i|we|first|then"), times=2),
        "reasons": _REASONS,
    },
}
"""Elements by kind of question, the most useful first."""

ANYWHERE: Mapping[ElementName, Cues] = {"lesson": _LESSON, "reasons": _CREDITED_REASONS}
"""Elements that strengthen any other answer but are never reported as missing."""
