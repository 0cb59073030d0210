"""What an interviewer would ask about the gap that matters most."""

from __future__ import annotations

from collections.abc import Mapping

from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.statement import Statement

_WORDINGS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "off_question": ((), ("Let me ask that again: {prompt}",)),
    "concern": (
        ("You said “{quote}”. I'm still worried, though: what would you do about it in practice?",),
        ("I'm still not quite reassured. What would you do about it in practice?",),
    ),
    "nearest_example": (
        (),
        ("What's the closest you've come to that?", "It needn't be from work. What's the nearest you've been to that?"),
    ),
    "straight_answer": ((), ("If you had to give me one answer, what would it be?",)),
    "one_occasion": (
        ("When you say “{quote}”, when did that last happen?", "You said “{quote}”. Can you give me one example?"),
        (),
    ),
    "specific_reason": (("You said “{quote}”. What is it about us in particular?",), ()),
    "concrete_steps": (
        ("When you say “{quote}”, what would I see you do first?", "You said “{quote}”. How would you go about that?"),
        ("What would be the very first thing you'd do?", "Who would you speak to first, and what would you ask them?"),
    ),
    "checkpoint": (
        (),
        ("How would you know, after a month or two, that it's working?", "What would tell you that it wasn't working?"),
    ),
    "blame": (
        ("You said “{quote}”. What did you try yourself?",),
        ("What did you do yourself when you saw it going wrong?", "What would they say your part in it was?"),
    ),
    "own_part": (
        ("You said “{quote}”. What was your own part in that?",),
        ("What was your own part in all that?",),
    ),
    "result_missing": (
        ("You said “{quote}”. How did it turn out?", "“{quote}”: and what happened in the end?"),
        (),
    ),
    "clarify_first": ((), ("Before you go on: what would you want to know about the problem?",)),
}
GAP_QUESTIONS: Mapping[str, Statement] = {
    code: Statement(
        code,
        wordings,
        CHANGE_STATEMENTS[code].quotes,
        CHANGE_STATEMENTS[code].least,
        quotable=CHANGE_STATEMENTS[code].quotable,
        contains=CHANGE_STATEMENTS[code].contains,
        bare=bare,
    )
    for code, (wordings, bare) in _WORDINGS.items()
}
"""By code of advice; advice about delivery or order leaves nothing to ask about."""
