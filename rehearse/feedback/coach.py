"""The one strength and the one change that a coach would choose, worded with the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rehearse.coaching import Judgement, judge
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.quotable_units import thought
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT
from rehearse.feedback.quoting import cleaned
from rehearse.feedback.statement import Statement
from rehearse.language.words import plain, word_set
from rehearse.model import Attempt, FeedbackContext, Finding, Span
from rehearse.story import is_elsewhere

MOST_DOUBT_ABOUT_A_CHANGE = 0.5
"""Probability of nothing to change up to which a change is suggested (chosen on left-out training authors)."""
MOST_DOUBT_ABOUT_PRAISE = 0.3
"""Probability of nothing to praise up to which something is praised (chosen in the same way)."""
AT_THE_END = frozenset({"result_missing", "lesson"})
"""Codes about an ending, which an answer that was cut off does not have."""
_CLEARLY = 0.6
"""Share of all praise from which one code names it (house default)."""
_FEWEST_WORDS_OF_PRAISE = 6
"""Words below which what is praised says too little by itself (house default)."""
_HARM = re.compile(
    r"\b(?:shout(?:ed|ing)|yelled|screamed|swore|slapped|lied|hid|stole|ignored|sacked|fired|quit|walked out"
    r"|forgot|blamed|laughed at|lost (?:my temper|it with)|told (?:him|her|them) off"
    r"|threw (?:it|them) (?:at|away)|cheated|faked)\b",
    re.IGNORECASE,
)
"""Deeds that hurt somebody or the work: they may be owned up to, and are never praised as deeds."""
_SLIP = re.compile(
    r"\b(?:mistake\w*|overlooked|misread|mixed \w+ up|should(?:n't| not)? have|wrong(?:ly)?"
    r"|(?:did(?:n't| not)|had(?:n't| not)|never) (?:really |even )?"
    r"(?:read|check|look|ask|listen|see|notice|tell|think)\w*)\b",
    re.IGNORECASE,
)
"""Slips: to own up to one is honest, and no step to keep."""
_OWNED_UP = frozenset({"honest", "changed_since", "concern_met"})
_SUBORDINATE = word_set("if since even although though when while because that which who where what than as whether")
"""Words that open half a thought."""


def coach_change(attempt: Attempt, context: FeedbackContext) -> Finding | None:
    """Return the one change in what is said; None if there is nothing to change, or nothing was judged."""
    judgement = judged(attempt)
    if judgement is None or judgement.change[NOTHING] > MOST_DOUBT_ABOUT_A_CHANGE:
        return None
    code = probable_change(judgement)
    if code is None or not _applies(code, context):
        return None
    statement = CHANGE_STATEMENTS[code]
    found = worded(statement, attempt, judgement)
    if found is not None:
        message, spans = found
        return Finding(code, code, "change", message, spans, statement.starter)
    return None


def coach_praise(attempt: Attempt, allowed: Callable[[Span], bool], context: FeedbackContext) -> Finding | None:
    """Return the strength that a coach would name; None if there is none that is sure enough.

    Args:
        attempt: The answer.
        allowed: Whether words may be praised.
        context: If the answer was cut off, the clause at which it was is not praised.

    """
    judgement = judged(attempt)
    if judgement is None or judgement.praise[NOTHING] > MOST_DOUBT_ABOUT_PRAISE:
        return None
    statement = _praise_statement(judgement)
    fragment = _last_unit(judgement) if context.truncated else None
    for index in _praised(statement, judgement):
        span = thought(judgement.evidence.transcript, judgement.evidence.units, index)
        if span is None or (fragment is not None and span.overlaps(fragment)):
            continue
        if _is_praiseworthy(statement, span) and allowed(span):
            message = statement.filled(statement.wordings, attempt.transcript.text, quote=span)
            return Finding(statement.code, "story", "strength", message, (span,))
    return None


def judged(attempt: Attempt) -> Judgement | None:
    """Judge an answer; None where it was not assessed.

    The models hardly see whether an answer speaks of what was asked; where the rules are certain, they decide.
    """
    transcript = attempt.counted_transcript
    judgement = judge(transcript, attempt.kind, attempt.question)
    if judgement is not None and is_elsewhere(transcript, attempt.story, attempt.question):
        return replace(judgement, change={"off_question": 1.0, NOTHING: 0.0})
    return judgement


def probable_change(judgement: Judgement) -> str | None:
    """Return the most probable code of advice; None if it is not sure enough, or nothing is said with that code."""
    code = max((code for code in judgement.change if code != NOTHING), key=judgement.change.__getitem__)
    statement = CHANGE_STATEMENTS.get(code)
    return code if statement is not None and judgement.change[code] >= statement.likely else None


def worded(statement: Statement, attempt: Attempt, judgement: Judgement) -> tuple[str, tuple[Span, ...]] | None:
    """Word a statement on what is missing.

    Returns:
        The text and the moments that show it; None if it needs a quote, and the answer has none that fits.

    """
    transcript, units = judgement.evidence.transcript, judgement.evidence.units
    quotes = (thought(transcript, units, index) for index in _fitting(statement, judgement))
    quote = next((span for span in quotes if span is not None and _matches(statement, span)), None)
    wordings = statement.wordings if quote is not None and statement.wordings else statement.bare
    if not wordings:
        return None
    prompt = attempt.question.prompt if attempt.question else ""
    text = statement.filled(wordings, attempt.transcript.text, quote=quote, prompt=prompt)
    whole = transcript.span(0, len(transcript.words) - 1)
    return text, (quote if quote is not None and wordings is statement.wordings else whole,)


def _praise_statement(judgement: Judgement) -> Statement:
    """Return the statement for the most probable code of praise, or a general one if others are nearly as probable."""
    found = {code: p for code, p in judgement.praise.items() if code != NOTHING}
    code = max(found, key=found.__getitem__)
    return PRAISE_STATEMENTS[code] if found[code] >= _CLEARLY * sum(found.values()) else STANDS_OUT


def _last_unit(judgement: Judgement) -> Span:
    unit = judgement.evidence.units[-1]
    return judgement.evidence.transcript.span(unit.first, unit.last)


def _is_praiseworthy(statement: Statement, span: Span) -> bool:
    if statement.code not in _OWNED_UP and (_HARM.search(span.text) or _SLIP.search(span.text)):
        return False
    words = cleaned(span.text).split()
    whole = len(words) >= _FEWEST_WORDS_OF_PRAISE and plain(words[0]) not in _SUBORDINATE
    return _matches(statement, span) and (whole or "own_question" in statement.quotes)


def _matches(statement: Statement, span: Span) -> bool:
    return statement.contains is None or statement.contains.search(cleaned(span.text)) is not None


def _applies(code: str, context: FeedbackContext) -> bool:
    if context.truncated and code in AT_THE_END:
        return False
    return not (code == "clarify_first" and context.has_asked)


def _praised(statement: Statement, judgement: Judgement) -> Sequence[int]:
    """Return the units that may be praised, the best first."""
    sure = _sure(statement, judgement)
    fitting = [i for i, p in enumerate(sure) if p >= statement.least and judgement.quotes[i] >= statement.quotable]
    return sorted(fitting, key=lambda index: judgement.quotes[index] * sure[index], reverse=True)


def _fitting(statement: Statement, judgement: Judgement) -> Sequence[int]:
    """Return the units that a statement may quote, those first that a coach would most probably quote with it."""
    sure, faults = _sure(statement, judgement), judgement.faults(statement.code)
    fitting = [i for i, p in enumerate(sure) if p >= statement.least and faults[i] >= statement.quotable]
    return sorted(fitting, key=faults.__getitem__, reverse=True)


def _sure(statement: Statement, judgement: Judgement) -> list[float]:
    return [judgement.probability(index, *statement.quotes) for index in range(len(judgement.evidence.units))]
