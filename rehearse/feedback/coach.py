"""The one strength and the one change that a coach would choose, worded with the speaker's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rehearse.coaching import Judgement, judge
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.lines import Line
from rehearse.coaching.worth import Worth
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.options import Option, options
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT
from rehearse.feedback.statement import Statement
from rehearse.model import Attempt, FeedbackContext, Finding, Span
from rehearse.story import is_elsewhere

LEAST_USEFUL_ADVICE, MOST_WRONG_ADVICE = 0.42, 0.28
"""Probability that a rater calls advice useful, from which it is given, and wrong, up to which (chosen on training
authors left out)."""
SURELY_USEFUL = 0.7
CAUTIOUS = frozenset({"off_question", "straight_answer", "hedging", "result_size"})
"""Codes that raters of new authors' answers called wrong most often, below a probability of 0.7 to be useful: with that
bound for them 90 instead of 82 % of the advice to training authors left out is useful, and 7 instead of 10 % wrong."""
LEAST_BALANCE_OF_PRAISE = 0.52
"""Probability of useful less that of wrong, from which a line is praised (chosen in the same way)."""
_LEAST_BELIEVED = 0.02
_MOST_CODES = 6
"""Probability of a code, and how many of them, from which advice is considered at all (as the raters were shown it)."""
_SURELY_ELSEWHERE = 0.93
"""Probability from which an answer is said to belong to another question (at most 1 % of the training answers that fit
theirs, with their authors left out)."""
OFF_QUESTION = "off_question"
AT_THE_END = frozenset({"result_missing", "lesson", "weak_ending", "shorter", "checkpoint"})
"""Codes about an ending, which an answer that was cut off does not have."""
_MOST_GOAL = 0.4
"""Mean probability that the words of a line are a goal, up to which it is praised (house default)."""
_CLEARLY = 0.6
"""Share of all praise from which one code names it (house default)."""


def coach_change(attempt: Attempt, context: FeedbackContext) -> Finding | None:
    """Return the one change in what is said; None if there is nothing to change, or nothing was judged."""
    judgement = judged(attempt)
    if judgement is None:
        return None
    surest = best_option(CHANGE_STATEMENTS, attempt, judgement, context)
    if surest is None:
        return None
    option, found = surest
    code = option.statement.code
    least = SURELY_USEFUL if code in CAUTIOUS else LEAST_USEFUL_ADVICE
    if found.useful < least or found.wrong > MOST_WRONG_ADVICE:
        return None
    return Finding(code, code, "change", option.text, option.spans, option.statement.starter)


def best_option(
    statements: Mapping[str, Statement], attempt: Attempt, judgement: Judgement, context: FeedbackContext
) -> tuple[Option, Worth] | None:
    """Return the advice that is worth most, and what it is worth; None if there is none."""
    possible = [
        option
        for code in considered(statements, judgement, context)
        for option in options(statements[code].of_kind(judgement.evidence.kind), attempt, judgement)
    ]
    if judgement.change.get(OFF_QUESTION) == 1.0:
        return (possible[0], Worth(1.0, 0.0)) if possible else None
    worths = judgement.worth_of([option.key for option in possible])
    return max(zip(possible, worths, strict=True), key=lambda pair: pair[1].balance, default=None)


def considered(statements: Mapping[str, Statement], judgement: Judgement, context: FeedbackContext) -> list[str]:
    """Return the codes of the advice that a coach may have, the most probable first."""
    kind = judgement.evidence.kind
    codes = [
        code
        for code, p in judgement.change.items()
        if code in statements
        and p >= _LEAST_BELIEVED
        and statements[code].suits(kind, judgement.evidence.prompt)
        and _applies(code, context)
    ]
    return sorted(codes, key=judgement.change.__getitem__, reverse=True)[:_MOST_CODES]


def coach_praise(attempt: Attempt, allowed: Callable[[Span], bool], context: FeedbackContext) -> Finding | None:
    """Return the strength that a coach would name; None if there is none that is sure enough.

    Args:
        attempt: The answer.
        allowed: Whether words may be praised.
        context: If the answer was cut off, the clause at which it was is not praised.

    """
    judgement = judged(attempt)
    if judgement is None:
        return None
    fragment = _last_unit(judgement) if context.truncated else None
    for line in sorted(judgement.lines, key=lambda line: judgement.lines[line].balance, reverse=True):
        if judgement.lines[line].balance < LEAST_BALANCE_OF_PRAISE:
            return None
        is_cut = fragment is not None and line.span.overlaps(fragment)
        if not is_cut and allowed(line.span) and judgement.over(line.span, "goal") <= _MOST_GOAL:
            statement = _praise_statement(judgement, line)
            message = statement.filled(statement.wordings, attempt.transcript.text, quote=line.span)
            return Finding(statement.code, "story", "strength", message, (line.span,))
    return None


def _praise_statement(judgement: Judgement, line: Line) -> Statement:
    """Return the statement for the most probable code of praise if the line is of its sort, else a general one."""
    found = {code: p for code, p in judgement.praise.items() if code != NOTHING}
    code = max(found, key=found.__getitem__)
    statement = PRAISE_STATEMENTS[code]
    is_clear = found[code] >= _CLEARLY * sum(found.values())
    fits = judgement.over(line.span, *statement.quotes) >= statement.least and statement.matches(line.span)
    return statement if is_clear and fits else STANDS_OUT


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
        return replace(judgement, change={OFF_QUESTION: 1.0, NOTHING: 0.0})
    return judgement


def _last_unit(judgement: Judgement) -> Span:
    unit = judgement.evidence.units[-1]
    return judgement.evidence.transcript.span(unit.first, unit.last)


def _applies(code: str, context: FeedbackContext) -> bool:
    if context.truncated and code in AT_THE_END:
        return False
    return not (code == "clarify_first" and context.has_asked)
