"""What a coach praises, by the code of ``coaching.PRAISE``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rehearse.feedback.statement import Statement

_NO_MISTAKE = re.compile(
    r"^(?!.*\b(?:forgot\w*|mistake\w*|overlooked|misread|mixed \w+ up|should(?:n't| not)? have|wrong|wrongly"
    r"|(?:did(?:n't| not)|had(?:n't| not)|never) (?:really |even )?(?:read|check|look|ask|listen|see|seen|notice|tell"
    r"|told|think|thought)\w*)\b)",
    re.IGNORECASE,
)
"""What is no slip of one's own: to own up to one is honest, and no step to keep."""
_ALL: tuple[Statement, ...] = (
    Statement(
        "deed",
        "What you did",
        (
            "You show us exactly what you did: “{quote}”.",
            "“{quote}”: that's a step we can see you taking. Keep it.",
            "Keep “{quote}”. It shows you doing something, not just being there.",
        ),
        quotes=("own_act",),
        least=0.6,
        contains=_NO_MISTAKE,
    ),
    Statement(
        "noticed",
        "What you noticed",
        (
            "You looked more closely than most people would: “{quote}”.",
            "“{quote}”: you went and found out. Keep that in.",
            "You checked before you acted: “{quote}”. That's worth hearing.",
        ),
        quotes=("own_act",),
        least=0.6,
    ),
    Statement(
        "honest",
        "Being straight",
        (
            "You say it straight: “{quote}”. It makes the rest easy to believe.",
            "“{quote}”: saying that so plainly earns their trust.",
        ),
        quotes=("own_act", "admission", "view", "self_description", "scene"),
        least=0.6,
    ),
    Statement(
        "changed_since",
        "What you do differently now",
        (
            "You tell them what you do differently now: “{quote}”. That's what they were hoping to hear.",
            "“{quote}”: a habit that came out of it. End on that.",
        ),
        quotes=("lesson",),
    ),
    Statement(
        "reasoned",
        "Giving reasons",
        (
            "You give your reason, not just the answer: “{quote}”.",
            "“{quote}” lets them follow your thinking.",
            "They can see how you decide: “{quote}”.",
        ),
        quotes=("view", "hypothetical", "own_act"),
        least=0.6,
    ),
    Statement(
        "real_reason",
        "Your reasons",
        (
            "“{quote}” is a reason that's really yours. Lead with it.",
            "You give a reason nobody else could give: “{quote}”.",
        ),
        quotes=("view", "own_act", "scene", "goal"),
        least=0.6,
    ),
    Statement(
        "clear_steps",
        "Clear steps",
        (
            "“{quote}” is a step they can picture. Keep your plan that concrete.",
            "They can see you doing this on the day: “{quote}”.",
        ),
        quotes=("hypothetical",),
        least=0.6,
    ),
    Statement(
        "concern_met",
        "Meeting a worry",
        (
            "They raised a worry and you meet it with something solid: “{quote}”.",
            "“{quote}” answers their worry better than any promise.",
        ),
        quotes=("own_act", "hypothetical", "scene", "view"),
        least=0.6,
    ),
    Statement(
        "good_question",
        "Asking about the work",
        (
            "“{quote}” is a good question: it's about the work, and they'll have to think.",
            "Keep “{quote}”. It shows you already picturing the job.",
        ),
        quotes=("own_question",),
        contains=re.compile(r"\b(?:how|what|what's|why|when|who|which|where)\b", re.IGNORECASE),
    ),
)
STANDS_OUT = Statement(
    "stands_out",
    "What stands out",
    (
        "“{quote}” is the part they'll remember.",
        "Your strongest line is “{quote}”. Keep it.",
        "Keep “{quote}”. It says more than any general claim.",
    ),
    quotes=("own_act", "outcome", "outcome_figure", "lesson", "hypothetical", "view"),
    least=0.7,
    contains=_NO_MISTAKE,
)
"""Praise where it is clear that something is worth keeping, but not on which of the counts above."""
PRAISE_STATEMENTS: Mapping[str, Statement] = {statement.code: statement for statement in _ALL}
