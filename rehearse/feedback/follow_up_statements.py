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
    "straight_answer": (
        ("You said “{quote}”. If you had to decide today, what would it be?",),
        ("If you had to decide today, what would it be?",),
    ),
    "nearest_example": ((), ("Is there anything close to it, perhaps from outside work?",)),
    "one_occasion": (
        ("When you say “{quote}”, when did that last happen?", "You said “{quote}”. Can you give me one example?"),
        (),
    ),
    "one_story": ((), ("Let's stay with one of those. Which would you pick, and how did it end?",)),
    "specific_reason": (("You said “{quote}”. What is it about us in particular?",), ()),
    "concrete_steps": (
        ("When you say “{quote}”, what would I see you do first?",),
        ("What would I see you do first?",),
    ),
    "blame": (("You said “{quote}”. What could you have done about it yourself?",), ()),
    "boast": (("You said “{quote}”. Who else had a hand in that?",), ()),
    "own_part": (
        ("You said “{quote}”. What was your own part in that?",),
        ("What was your own part in all that?",),
    ),
    "result_missing": (
        ("You said “{quote}”. How did it turn out?", "“{quote}”: and what happened in the end?"),
        (),
    ),
    "clarify_first": ((), ("Before you go on: what would you want to know about the problem?",)),
    "reasons": (("You said “{quote}”. What would make you choose that?",), ()),
    "checkpoint": (
        ("You said “{quote}”. How would we know after three months that it's working?",),
        ("How would we know after three months that it's working?",),
    ),
    "why_hard": (("You said “{quote}”. What was the hardest part of that?",), ()),
    "lesson": (
        ("You said “{quote}”. What do you do differently now?",),
        ("What do you do differently now?",),
    ),
    "result_size": (("You said “{quote}”. How could you tell?",), ()),
    "own_words": (("You said “{quote}”. What does that look like on an ordinary day?",), ()),
    "jargon": (("You said “{quote}”. How would you put that to somebody outside the trade?",), ()),
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
