"""Findings on the elements that each kind of question asks for, and on answers to another question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rehearse.feedback.quoting import quoted
from rehearse.model import Attempt, FeedbackContext, Finding, Span
from rehearse.story import Element, ElementName, find_elsewhere, find_expected

_SHORTEST_QUOTE = 4
"""Minimum words of a quote that is praised (house default)."""
_SHOWN: Mapping[ElementName, str] = {
    "trade_off": "{quote} weighs one way against another.",
    "limits": "{quote} says where it stops working.",
    "tool": "{quote} names what it is done with.",
    "recommendation": "{quote} is a recommendation that can be acted on.",
    "clarification": "{quote} settles what the case is about.",
    "numbers": "{quote} puts a figure on it.",
    "next_step": "{quote} looks ahead: what comes next, or what could go wrong.",
    "employer": "{quote} is a reason that belongs to this employer.",
    "open_question": "{quote} is an open question: it takes more than a yes.",
    "steps": "{quote} names a step, not only an attitude.",
    "reasons": "{quote} says why, not only what.",
    "lesson": "{quote} says what was learned from it.",
    "concern": "{quote} takes up the concern behind the question.",
    "priorities": "{quote} says what comes first.",
    "people": "{quote} says from whom you would learn.",
    "measure": "{quote} gives something to check the plan by.",
    "linked": "{quote} ties the question to what was seen or said before.",
}
_MISSING: Mapping[ElementName, tuple[str, str]] = {
    "trade_off": (
        "{quote} is one way to do it; nothing was found on another way, or on the price of this one.",
        "“The other way would be … . I'd still … , because … ; the price is … .”",
    ),
    "limits": (
        "The answer ends with {quote}; nothing was found on where this stops working.",
        "“This holds until … . From there on I'd … .”",
    ),
    "structure": (
        "{quote} opens the answer without saying which parts follow.",
        "“There are … parts to it: … , … and … . First, … .”",
    ),
    "recommendation": (
        "The answer ends with {quote}; no recommendation was found.",
        "“So I'd recommend … , because … .”",
    ),
    "clarification": (
        "{quote} opens the answer; no question about the case was found.",
        "“Before I start: does … mean … , or … ?”",
    ),
    "numbers": ("{quote} comes without a figure, as does the rest.", "“Say … a day at … each: that makes about … .”"),
    "next_step": (
        "{quote} stands without a risk or a next step.",
        "“The risk in that is … . I'd find out by … .”",
    ),
    "employer": (
        "{quote} would hold for many employers; nothing was found that only this one offers.",
        "“What I find here and not elsewhere is … ; I saw it when … .”",
    ),
    "asked": ("The answer ends with {quote}; no question was found.", "“How do you … here, when … ?”"),
    "steps": (
        "The answer ends with {quote}; no step of your own was found.",
        "“First I'd … , because … . Then I'd … .”",
    ),
    "priorities": (
        "{quote} opens the plan; nothing was found on what comes first.",
        "“First … , because … . What can wait is … .”",
    ),
    "people": (
        "The plan ends with {quote}; nobody was found from whom you would learn.",
        "“Before I change … , I'd sit down with … .”",
    ),
    "measure": (
        "The plan ends with {quote}; nothing was found to check it by.",
        "“By … you could check it: … .”",
    ),
    "reasons": ("{quote} says what would be done; no reason for it was found.", "“I'd do that first, because … .”"),
    "open_question": ("{quote} can be answered with a yes.", "“How do you … here?” or “When did you last … ?”"),
}


def expected_strengths(attempt: Attempt, free: Callable[[Span], bool]) -> Iterator[Finding]:
    """Yield each element that is shown in words free for praise."""
    for element in _expected(attempt):
        telling = [span for span in element.shown if _is_telling(span) and free(span)]
        if telling and element.name in _SHOWN:
            message = _SHOWN[element.name].format(quote=quoted(telling[0], timed=attempt.transcript.timed))
            yield Finding(f"{element.name}_shown", "expectation", "strength", message, tuple(telling))


def expected_changes(attempt: Attempt, context: FeedbackContext) -> Iterator[Finding]:
    """Yield the most useful element that is missing; what was asked before the answer is no missing clarification."""
    for element in _expected(attempt):
        settled = element.name == "clarification" and context.has_asked
        if element.anchor and not settled and not any(map(_is_telling, element.shown)):
            template, starter = _MISSING[element.name]
            message = template.format(quote=quoted(element.anchor, timed=attempt.transcript.timed))
            yield Finding(f"{element.name}_missing", "expectation", "change", message, (element.anchor,), starter)
            return


def _expected(attempt: Attempt) -> tuple[Element, ...]:
    if attempt.story.type is None:
        return ()
    return find_expected(attempt.transcript, attempt.kind, attempt.question)


def _is_telling(span: Span) -> bool:
    return len(span.text.split()) >= _SHORTEST_QUOTE


def question_changes(attempt: Attempt) -> Iterator[Finding]:
    """Yield a change if the answer certainly belongs to another question, quoting what it is about instead."""
    found = find_elsewhere(attempt.transcript, attempt.story, attempt.question)
    if found is not None:
        words = ", ".join(f"“{word}”" for word in found.missing)
        message = (
            f"{quoted(found.quote, timed=attempt.transcript.timed)} seems to answer another question: of {words}"
            " nothing was heard."
        )
        starter = "“You asked about … . In short: … .”"
        yield Finding("another_question", "question", "change", message, (found.quote,), starter)
