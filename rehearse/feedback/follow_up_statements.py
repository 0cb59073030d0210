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
    "nearest_example": ((), ("What's the closest you've come to that?",)),
    "one_occasion": (
        ("When you say “{quote}”, when did that last happen?", "You said “{quote}”. Can you give me one example?"),
        (),
    ),
    "specific_reason": (("You said “{quote}”. What is it about us in particular?",), ()),
    "concrete_steps": (
        ("When you say “{quote}”, what would I see you do first?",),
        ("What would I see you do first?",),
    ),
    "blame": (("You said “{quote}”. What could you have done about it yourself?",), ()),
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
        CHANGE_STATEMENTS[code].title,
        wordings,
        CHANGE_STATEMENTS[code].quotes,
        CHANGE_STATEMENTS[code].least,
        bare=bare,
    )
    for code, (wordings, bare) in _WORDINGS.items()
}
"""By code of advice; advice about delivery or order leaves nothing to ask about."""
