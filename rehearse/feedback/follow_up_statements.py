"""What an interviewer would ask: about what is missing, and about a moment of the answer."""

from __future__ import annotations

from collections.abc import Mapping

from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.statement import Statement
from rehearse.language.words import word_set

_WORDINGS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "off_question": ((), ("Let me ask that again: {prompt}",)),
    "concern": (
        ("You said “{quote}”. I'm still worried, though: what would you do about it in practice?",),
        ("I'm still not quite reassured. What would you do about it in practice?",),
    ),
    "nearest_example": (
        (),
        (
            "Have you come across anything like it, even on a small scale?",
            "It needn't be from work. Is there anything like it you could tell me about?",
        ),
    ),
    "straight_answer": ((), ("If you had to give me one answer, what would it be?",)),
    "one_occasion": (
        (
            "A moment ago you said “{quote}”. When did that last happen?",
            "You said “{quote}”. Can you give me one example?",
        ),
        (),
    ),
    "specific_reason": (("You said “{quote}”. Why us in particular?",), ()),
    "concrete_steps": (
        (
            "A moment ago you said “{quote}”. What would you actually do first?",
            "You said “{quote}”. How would you go about that?",
        ),
        ("What would be the very first thing you'd do?", "Who would you speak to first, and what would you ask them?"),
    ),
    "checkpoint": (
        (),
        ("How would you know, after a month or two, that it's working?", "What would tell you that it wasn't working?"),
    ),
    "blame": (
        ("You said “{quote}”. What did you try yourself?",),
        ("What did you do yourself when you saw it going wrong?", "What would the others say your part in it was?"),
    ),
    "own_part": (
        ("You said “{quote}”. What was your own part in that?",),
        ("What was your own part in all that?",),
    ),
    "result_missing": (
        ("You said “{quote}”. How did it turn out?", "I'd like to go back to “{quote}”. What happened in the end?"),
        (),
    ),
    "reasons": (
        (
            "You said “{quote}”. What's the case against that?",
            "A moment ago you said “{quote}”. What would be the downside?",
        ),
        (),
    ),
    "result_size": (
        ("You said “{quote}”. How much better was it?", "A moment ago you said “{quote}”. Who noticed the difference?"),
        (),
    ),
    "hedging": (("You said “{quote}”. How sure are you?",), ()),
    "lesson": (("You said “{quote}”. What do you do differently now?",), ("What do you do differently now?",)),
    "clarify_first": ((), ("Before you go on: what would you want to know about the problem?",)),
}
_ON_A_MOMENT: tuple[Statement, ...] = (
    Statement(
        "how_could_you_tell",
        (
            "You said “{quote}”. How could you tell?",
            "A moment ago you said “{quote}”. What did you see that made you think so?",
        ),
        ("outcome", "view"),
    ),
    Statement(
        "if_it_fails",
        (
            "You said “{quote}”. And if that doesn't work?",
            "A moment ago you said “{quote}”. Suppose you do that and nothing changes. What then?",
        ),
        ("hypothetical",),
        kinds=word_set("situational role_depth case technical panel loose_end"),
    ),
    Statement(
        "their_answer",
        ("You said “{quote}”. What did they say to that?", "I'd like to go back to “{quote}”. How did they take it?"),
        ("own_act",),
        kinds=word_set("behavioral panel loose_end"),
    ),
    Statement(
        "next_time",
        ("You said “{quote}”. What would you do differently next time?",),
        ("own_act", "outcome", "shared_act"),
        kinds=word_set("behavioral"),
    ),
    Statement(
        "on_an_ordinary_day",
        ("You said “{quote}”. What does that look like on an ordinary day?",),
        ("generality", "view", "self_description"),
        kinds=word_set("behavioral motivation role_depth panel"),
    ),
    Statement(
        "hardest_part",
        ("You said “{quote}”. What was the hardest part of that?",),
        ("own_act", "shared_act"),
        kinds=word_set("behavioral"),
    ),
    Statement(
        "first_sign",
        ("You said “{quote}”. What was the first thing you noticed?",),
        ("own_act", "scene"),
        kinds=word_set("behavioral technical"),
    ),
    Statement(
        "since_then",
        ("You said “{quote}”. Has it stayed that way?", "A moment ago you said “{quote}”. Did it last?"),
        ("outcome", "outcome_figure", "lesson"),
    ),
)
QUESTIONS: Mapping[str, Statement] = {
    code: Statement(
        code,
        wordings,
        CHANGE_STATEMENTS[code].quotes,
        CHANGE_STATEMENTS[code].least,
        contains=CHANGE_STATEMENTS[code].contains,
        bare=bare,
        asked=CHANGE_STATEMENTS[code].asked,
    )
    for code, (wordings, bare) in _WORDINGS.items()
} | {statement.code: statement for statement in _ON_A_MOMENT}
"""By code: first those that ask about what is missing, by code of advice; then those that ask about a moment.

Advice about delivery or order leaves nothing to ask about.
"""
