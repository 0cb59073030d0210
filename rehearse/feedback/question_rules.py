"""What to say of the elements that each kind of question asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearse.feedback.quoting import said
from rehearse.model import Attempt, Finding
from rehearse.story import ElementName, find_expected

_SHORTEST_QUOTE = 4
"""Words; fewer say too little to be praised (house default)."""
_SHOWN: Mapping[ElementName, str] = {
    "trade_off": "{said} weighs one way against another.",
    "limits": "{said} says where it stops working.",
    "tool": "{said} names what it is done with.",
    "recommendation": "{said} is a recommendation that can be acted on.",
    "clarification": "{said} settles what the case is about.",
    "numbers": "{said} puts a figure on it.",
    "next_step": "{said} looks ahead: what comes next, or what could go wrong.",
    "employer": "{said} is a reason that belongs to this employer.",
    "open_question": "{said} is an open question: it takes more than a yes.",
    "steps": "{said} names a step, not only an attitude.",
    "reasons": "{said} says why, not only what.",
    "lesson": "{said} says what was learned from it.",
    "concern": "{said} takes up the concern behind the question.",
    "priorities": "{said} says what comes first.",
    "people": "{said} says from whom you would learn.",
    "measure": "{said} gives something to check the plan by.",
    "linked": "{said} ties the question to what was seen or said before.",
}
_MISSING: Mapping[ElementName, tuple[str, str]] = {
    "trade_off": (
        "{said} is one way to do it; nothing was found on another way, or on the price of this one.",
        "“The other way would be … . I'd still … , because … ; the price is … .”",
    ),
    "limits": (
        "The answer ends with {said}; nothing was found on where this stops working.",
        "“This holds until … . From there on I'd … .”",
    ),
    "structure": (
        "{said} opens the answer without saying which parts follow.",
        "“There are … parts to it: … , … and … . First, … .”",
    ),
    "recommendation": (
        "The answer ends with {said}; no recommendation was found.",
        "“So I'd recommend … , because … .”",
    ),
    "clarification": (
        "{said} opens the answer; no question about the case was found.",
        "“Before I start: does … mean … , or … ?”",
    ),
    "numbers": ("{said} comes without a figure, as does the rest.", "“Say … a day at … each: that makes about … .”"),
    "next_step": (
        "{said} stands without a risk or a next step.",
        "“The risk in that is … . I'd find out by … .”",
    ),
    "employer": (
        "{said} would hold for many employers; nothing was found that only this one offers.",
        "“What I find here and not elsewhere is … ; I saw it when … .”",
    ),
    "asked": ("The answer ends with {said}; no question was found.", "“How do you … here, when … ?”"),
    "steps": (
        "The answer ends with {said}; no step of your own was found.",
        "“First I'd … , because … . Then I'd … .”",
    ),
    "priorities": (
        "{said} opens the plan; nothing was found on what comes first.",
        "“First … , because … . What can wait is … .”",
    ),
    "people": (
        "The plan ends with {said}; nobody was found from whom you would learn.",
        "“Before I change … , I'd sit down with … .”",
    ),
    "measure": (
        "The plan ends with {said}; nothing was found to check it by.",
        "“By … you could check it: … .”",
    ),
    "reasons": ("{said} says what would be done; no reason for it was found.", "“I'd do that first, because … .”"),
    "open_question": ("{said} can be answered with a yes.", "“How do you … here?” or “When did you last … ?”"),
}


def of_expected(attempt: Attempt) -> Iterator[Finding]:
    """Give each element that is there as a strength, and the most useful missing one as a change."""
    missing, timed = False, attempt.transcript.timed
    for element in find_expected(attempt.transcript, attempt.kind, attempt.question):
        telling = [span for span in element.shown if len(span.text.split()) >= _SHORTEST_QUOTE]
        if telling and element.name in _SHOWN:
            message = _SHOWN[element.name].format(said=said(telling[0], timed=timed))
            yield Finding(f"{element.name}_shown", "expectation", "strength", message, tuple(telling))
        elif element.anchor and not missing:
            missing = True
            template, starter = _MISSING[element.name]
            message = template.format(said=said(element.anchor, timed=timed))
            yield Finding(f"{element.name}_missing", "expectation", "change", message, (element.anchor,), starter)
