"""What a coach praises, by the code of ``coaching.PRAISE``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rehearse.feedback.statement import Statement


def _first(verbs: str) -> re.Pattern[str]:
    """Match where one of some verbs is the first thing that the speaker does in a quote."""
    before = r"^(?:(?!\b(?:i|we)\b).)*\b(?:i|we)(?:'d|'ve)? (?:(?:just|then|also|actually|even|still) )?"
    return re.compile(rf"{before}(?:{verbs})\b", re.IGNORECASE | re.DOTALL)


_REASON = re.compile(
    r"\b(?:i|i'd|i'm|you|you'd|we|he|she|they|it|it's|that's|there)\b.*\b(?:because|cause|cos|otherwise|so that"
    r"|rather than|instead of|which means|that way|before)(?: \S+){3}",
    re.IGNORECASE | re.DOTALL,
)
"""A reason, with whom or what it is about, and more than a word of it."""
_PERSONAL = re.compile(
    r"\b(?:because|cause|cos|that's why|reason|grew up|born|used to|when i was|i've (?:always|been|lived)"
    r"|my (?:\w+ )?(?:mum|mam|mom|mother|dad|father|nan|gran\w*|brother|sister|wife|husband|son|daughter|uncle))\b",
    re.IGNORECASE,
)
"""A reason, or something of the speaker's own life."""
_ASKED = (
    _first(r"ask(?:ed)? (?:\w+ ){0,3}(?:what|how|why|whether|if|who|when|where|which)"),
    (
        "You asked instead of guessing: “{quote}”. Keep that in.",
        "“{quote}” is a question worth repeating. Keep it in.",
        "Keep the moment you asked: “{quote}”.",
    ),
)
_SAID = (
    _first(r"(?:said|told)"),
    (
        "We hear how you put it: “{quote}”. We could be standing next to you.",
        "We can hear you saying it: “{quote}”. Keep that line.",
        "You spoke up: “{quote}”. Keep that in.",
    ),
)
_RANG = (
    _first(r"(?:rang|phoned|called (?!it|that|in\b)|wrote to|emailed|texted)"),
    (
        "You got in touch yourself: “{quote}”. Keep that in.",
        "“{quote}”: you went straight to the person. Keep that line.",
    ),
)
_LOOKED = (
    _first(r"(?:counted|checked|compared|looked|watched|noticed|saw|tested|measured|traced)"),
    (
        "You looked for yourself: “{quote}”. That makes the rest easy to trust.",
        "“{quote}”: you wanted to see it with your own eyes. Keep that.",
        "The turning point is you looking closely: “{quote}”.",
    ),
)
_MADE = (
    _first(r"(?:made|built|wrote|drew|changed|moved (?!out\b)|swapped|set up|cut|split|printed|rewrote|redid|fixed)"),
    (
        "Something was different because of you: “{quote}”. Keep that line.",
        "We can picture that: “{quote}”. Keep it.",
        "“{quote}” is yours, and anybody can see it. Don't lose it.",
    ),
)
_WENT = (
    _first(r"(?:went|drove|walked|sat|stayed|stood|cycled|flew|carried)"),
    ("“{quote}” puts us there with you. Keep it.", "We can see you there: “{quote}”. Keep it in."),
)
_ACTS = (_ASKED, _SAID, _RANG, _LOOKED, _MADE, _WENT)
_ALL: tuple[Statement, ...] = (
    Statement(
        "deed",
        (
            "“{quote}”: we can picture you doing that. Keep it.",
            "It's clear what you did yourself: “{quote}”.",
            "If you keep one line, keep this one: “{quote}”.",
        ),
        quotes=("own_act",),
        least=0.6,
        closer=_ACTS,
    ),
    Statement(
        "noticed",
        (
            "You looked more closely than most people would: “{quote}”.",
            "“{quote}”: you went and found out. Keep that in.",
            "“{quote}” shows you noticed what mattered. Everything after that followed from it.",
        ),
        quotes=("own_act",),
        least=0.6,
        contains=re.compile(f"(?:{_ASKED[0].pattern})|(?:{_LOOKED[0].pattern})", re.IGNORECASE | re.DOTALL),
        closer=(_ASKED, _LOOKED),
    ),
    Statement(
        "honest",
        (
            "You say it straight: “{quote}”. It makes the rest easy to believe.",
            "“{quote}”: saying that so plainly earns their trust.",
            "Nobody made you say “{quote}”, and that's why they'll believe you.",
        ),
        quotes=("own_act", "admission", "view", "self_description", "scene"),
        least=0.6,
    ),
    Statement(
        "changed_since",
        (
            "You tell them what you do differently now: “{quote}”. That's what they were hoping to hear.",
            "You came away with a new habit: “{quote}”. End on that.",
            "It changed how you work: “{quote}”. Make sure that line comes last.",
        ),
        quotes=("lesson",),
    ),
    Statement(
        "reasoned",
        (
            "You give your reason, not just the answer: “{quote}”.",
            "“{quote}” lets them follow your thinking.",
            "They can see how you decide: “{quote}”.",
        ),
        quotes=("view", "hypothetical", "own_act"),
        least=0.6,
        contains=_REASON,
    ),
    Statement(
        "real_reason",
        (
            "“{quote}” is a reason that's really yours. Lead with it.",
            "You give a reason nobody else could give: “{quote}”.",
        ),
        quotes=("view", "own_act", "scene"),
        least=0.6,
        contains=_PERSONAL,
    ),
    Statement(
        "clear_steps",
        (
            "“{quote}” is a step they can picture. Keep your plan that concrete.",
            "They can really see you doing this: “{quote}”.",
            "“{quote}” tells them what you'd really do. Keep that step.",
        ),
        quotes=("hypothetical",),
        least=0.6,
    ),
    Statement(
        "concern_met",
        (
            "They had a worry, and you answered it with something solid: “{quote}”.",
            "“{quote}” answers their worry better than any promise.",
        ),
        quotes=("own_act", "outcome", "outcome_figure", "hypothetical"),
        least=0.6,
    ),
    Statement(
        "good_question",
        (
            "“{quote}” is a good question: it's about the work, and they'll have to think.",
            "Keep “{quote}”. It shows you can already see yourself in the job.",
        ),
        quotes=("own_question",),
        contains=re.compile(
            r"^(?!.*\b(?:pay|paid|raises?|salary|bonus|tips|holidays?|parking|discount|uniform|drug test)\b)"
            r"(?:so |and |but )?(?:how|what|what's|why|when|who|which|where)\b",
            re.IGNORECASE,
        ),
    ),
)
STANDS_OUT = Statement(
    "stands_out",
    (
        "“{quote}” is the part they'll remember.",
        "Your strongest line is “{quote}”. Keep it.",
        "If you keep one line, keep this one: “{quote}”.",
        "“{quote}” is where you really get our attention. Keep it in.",
    ),
    quotes=("own_act", "outcome", "outcome_figure", "lesson", "hypothetical", "view"),
    least=0.85,
    closer=_ACTS,
)
"""Praise where it is clear that something is worth keeping, but not on which of the counts above."""
PRAISE_STATEMENTS: Mapping[str, Statement] = {statement.code: statement for statement in _ALL}
