"""The one strength and the one change that a coach would choose, worded with the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rehearse.coaching import Judgement, Role, judge
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.quotable_units import thought
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT, TELLING
from rehearse.feedback.quoting import cleaned
from rehearse.feedback.statement import Statement
from rehearse.language.clauses import LONGEST_QUOTE
from rehearse.language.words import ends_sentence, plain, word_set
from rehearse.model import Attempt, FeedbackContext, Finding, Span
from rehearse.story import is_elsewhere

MOST_DOUBT_ABOUT_A_CHANGE = 0.5
"""Probability of nothing to change up to which a change is suggested (chosen on left-out training authors)."""
MOST_DOUBT_ABOUT_PRAISE = 0.3
"""Probability of nothing to praise up to which something is praised (chosen in the same way)."""
_SURELY_ELSEWHERE = 0.93
"""Probability from which an answer is said to belong to another question (at most 1 % of the training answers that fit
theirs, with their authors left out)."""
_PERHAPS_ELSEWHERE = 0.8
"""The same, from which an answer is not praised as one to its question."""
AT_THE_END = frozenset({"result_missing", "lesson"})
"""Codes about an ending, which an answer that was cut off does not have."""
_CLEARLY = 0.6
"""Share of all praise from which one code names it (house default)."""
_FEWEST_WORDS_OF_PRAISE, _ENOUGH_WORDS = 6, 8
"""Words below which what is praised says too little, and too little unless it is ``TELLING`` (house default)."""
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
_SAYS_ENOUGH = 10
"""Words from which praise needs no more to be quoted (house default)."""
_WENT_WRONG = re.compile(r"\b(?:mistakes?|fail\w*|wrong|regret|go well|disaster|let \w+ down)\b", re.IGNORECASE)
_TURN = 0.4
"""Share of the answer before which the slip is told (house default)."""
_EVEN = 0.5
_UNWORTHY: tuple[Role, ...] = ("feeling", "filler_talk", "hedge", "dodge", "blame", "goal", "generality")
_MOST_UNWORTHY = 0.25
"""Probability of those roles over a whole quote from which it is not praised (chosen on left-out training authors)."""
_OWN = re.compile(r"\b(?:i|we|my|our)\b", re.IGNORECASE)
_UNDONE = re.compile(
    r"^(?:in|on|at|with|for|to)\b|\bi (?:\w+ )?(?:don't|didn't|never|haven't|couldn't|wasn't)\b", re.IGNORECASE
)
"""Words of half a thought, or of what was not done."""
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
    if (judgement.elsewhere or 0.0) >= _PERHAPS_ELSEWHERE:
        return None
    statement = _praise_statement(judgement)
    fragment = _last_unit(judgement) if context.truncated else None
    for index in _praised(statement, judgement):
        span = _praisable(statement, attempt, judgement, index)
        if span is None or (fragment is not None and span.overlaps(fragment)):
            continue
        if allowed(span):
            message = statement.filled(statement.wordings, attempt.transcript.text, quote=span)
            return Finding(statement.code, "story", "strength", message, (span,))
    return None


def _praisable(statement: Statement, attempt: Attempt, judgement: Judgement, index: int) -> Span | None:
    """Return the words around a unit that may be praised with a statement; None if they may not."""
    evidence = judgement.evidence
    span = thought(evidence.transcript, evidence.units, index)
    if span is None:
        return None
    span = _widened(statement, judgement, index, span)
    is_deed = judgement.over(span, "own_act", "shared_act") > _EVEN
    unworthy = [role for role in _UNWORTHY if role not in statement.quotes]
    if judgement.over(span, *unworthy) > _MOST_UNWORTHY or (is_deed and not _is_whole_deed(span)):
        return None
    if "own_act" in statement.quotes and _is_before_the_turn(attempt, judgement, index):
        return None
    return span if _is_praiseworthy(statement, span) else None


def _is_whole_deed(span: Span) -> bool:
    """Whether a quote has the speaker in it and says what was done, not what was left."""
    text = cleaned(span.text)
    return _OWN.search(text) is not None and not _UNDONE.search(text) and text.count('"') != 1


def _widened(statement: Statement, judgement: Judgement, index: int, span: Span) -> Span:
    """Add a neighbouring clause of the same sentence to a short quote, if a coach would probably quote that as well."""
    evidence = judgement.evidence
    words, sure = evidence.transcript.words, _sure(statement, judgement)
    for near in (index + 1, index - 1):
        if len(cleaned(span.text).split()) >= _SAYS_ENOUGH or not 0 <= near < len(sure):
            continue
        beside = thought(evidence.transcript, evidence.units, near)
        alike = sure[near] >= statement.least and judgement.quotes[near] >= judgement.quotes[index] / 2
        if beside is None or not alike:
            continue
        start, end = min(span.start, beside.start), max(span.end, beside.end)
        inside = [i for i, word in enumerate(words) if word.start >= start and word.end <= end]
        one_sentence = not any(ends_sentence(words[i].text) for i in inside[:-1])
        if one_sentence and len(inside) <= LONGEST_QUOTE:
            span = evidence.transcript.span(inside[0], inside[-1])
    return span


def _is_before_the_turn(attempt: Attempt, judgement: Judgement, index: int) -> bool:
    """Whether a deed comes early in a story that was asked for because something went wrong: it may be the slip."""
    asked = attempt.question is not None and _WENT_WRONG.search(attempt.question.prompt) is not None
    evidence = judgement.evidence
    acts = judgement.probability(index, "own_act", "shared_act") > _EVEN
    return asked and acts and evidence.units[index].first < _TURN * len(evidence.words)


def judged(attempt: Attempt) -> Judgement | None:
    """Judge an answer; None where it was not assessed.

    An answer that most certainly belongs to another question has no other fault that matters. The rules and the model
    find different ones, and either is seldom wrong.
    """
    transcript = attempt.counted_transcript
    judgement = judge(transcript, attempt.kind, attempt.question)
    if judgement is None:
        return None
    surely = (judgement.elsewhere or 0.0) >= _SURELY_ELSEWHERE
    if surely or is_elsewhere(transcript, attempt.story, attempt.question):
        return replace(judgement, change={"off_question": 1.0, NOTHING: 0.0})
    return judgement


def probable_change(judgement: Judgement) -> str | None:
    """Return the most probable code of advice; None if it is not sure enough, or nothing is said with that code."""
    kind = judgement.evidence.kind
    codes = [code for code in judgement.change if code != NOTHING and _can_be_said(code, kind)]
    code = max(codes, key=judgement.change.__getitem__)
    statement = CHANGE_STATEMENTS.get(code)
    return code if statement is not None and judgement.change[code] >= statement.likely else None


def _can_be_said(code: str, kind: str | None) -> bool:
    kinds = CHANGE_STATEMENTS[code].kinds if code in CHANGE_STATEMENTS else None
    return not kinds or kind is None or kind in kinds


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
    text = cleaned(span.text)
    words = text.split()
    enough = len(words) >= _ENOUGH_WORDS or any(pattern.search(text) for pattern in TELLING)
    whole = enough and len(words) >= _FEWEST_WORDS_OF_PRAISE and plain(words[0]) not in _SUBORDINATE
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
