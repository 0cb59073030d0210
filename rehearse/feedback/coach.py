"""The one strength and the one change that a coach would choose, worded with the speaker's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rehearse.coaching import Judgement, Role, judge
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.quotable_units import thought
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.praise_statements import PRAISE_STATEMENTS, STANDS_OUT
from rehearse.feedback.quoting import cleaned
from rehearse.feedback.statement import Statement
from rehearse.model import Attempt, FeedbackContext, Finding, Span
from rehearse.story import is_elsewhere

MOST_DOUBT_ABOUT_A_CHANGE = 0.5
"""Probability of nothing to change up to which a change is suggested (chosen on left-out training authors)."""
MOST_DOUBT_ABOUT_PRAISE = 0.3
"""Probability of nothing to praise up to which something is praised (chosen in the same way)."""
AT_THE_END = frozenset({"result_missing", "weak_ending", "lesson", "shorter", "checkpoint", "result_size"})
"""Codes about an ending, which an answer that was cut off does not have."""
_BETWEEN_PARTS = frozenset({"weak_ending", "shorter", "one_story", "long_scene"})
"""Codes that compare parts of an answer."""
_FEWEST_PARTS = 4
"""Clauses from which an answer has parts to compare (house default)."""
_SURE_OF_A_QUOTE = 0.12
"""Probability that a coach would quote these words, from which they are praised (chosen in the same way)."""
_CLEARLY = 0.55
"""Share of all praise from which one code names it (house default)."""
_FEWEST_WORDS_OF_PRAISE = 6
"""Words below which what is praised says too little by itself (house default)."""
_STRONG: tuple[Role, ...] = ("own_act", "outcome", "outcome_figure", "lesson", "view", "hypothetical", "own_question")
"""Roles of words that can be called the strongest."""
_ALARMING = {"off_question": 0.6, "confidential": 0.5, "boast": 0.4}
"""Least probability of codes that hurt where they are wrong (house default); other codes need only be the first."""


def coach_change(attempt: Attempt, context: FeedbackContext) -> Finding | None:
    """Return the one change in what is said; None if there is nothing to change, or nothing was judged."""
    judgement = judged(attempt)
    if judgement is None or judgement.change[NOTHING] > MOST_DOUBT_ABOUT_A_CHANGE:
        return None
    for code in _candidates(judgement, context)[:2]:
        statement = CHANGE_STATEMENTS[code]
        found = worded(statement, attempt, judgement)
        if found is not None:
            message, spans = found
            return Finding(code, code, "change", message, spans, statement.starter)
        if statement.contains is not None:
            return None  # the words themselves refute the advice, and what is next is far less probable
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
    judgement = judge(transcript, attempt.story, attempt.kind, attempt.question)
    if judgement is not None and is_elsewhere(transcript, attempt.story, attempt.question):
        return replace(judgement, change={"off_question": 1.0, NOTHING: 0.0})
    return judgement


def probable_changes(judgement: Judgement) -> list[str]:
    """Return the codes of advice, the most probable first, without alarming ones that are not sure enough."""
    probable = {code: p for code, p in judgement.change.items() if code != NOTHING and p >= _ALARMING.get(code, 0)}
    return sorted(probable, key=probable.__getitem__, reverse=True)


def worded(statement: Statement, attempt: Attempt, judgement: Judgement) -> tuple[str, tuple[Span, ...]] | None:
    """Word a statement on what is missing.

    Returns:
        The text and the moments that show it; None if it needs a quote, and the answer has none that fits.

    """
    transcript, units = judgement.evidence.transcript, judgement.evidence.units
    quotes = (thought(transcript, units, index) for index in _fitting(statement, judgement))
    quote = next((span for span in quotes if span is not None and _is_of_the_form(statement, span)), None)
    best = _best(judgement, quote) if any("{best}" in wording for wording in statement.wordings) else None
    possible = {"{quote}": quote is not None, "{best}": best is not None}
    wordings = tuple(
        wording for wording in statement.wordings if all(possible[name] for name in possible if name in wording)
    )
    wordings = wordings or statement.bare
    if not wordings:
        return None
    prompt = attempt.question.prompt if attempt.question else ""
    text = statement.filled(wordings, attempt.transcript.text, quote=quote, best=best, prompt=prompt)
    shown = tuple(span for span in (quote, best) if span is not None) if wordings != statement.bare else ()
    return text, shown or (transcript.span(0, len(transcript.words) - 1),)


def _praise_statement(judgement: Judgement) -> Statement:
    """Return the statement for the most probable code of praise, or a general one if others are nearly as probable."""
    found = {code: p for code, p in judgement.praise.items() if code != NOTHING}
    code = max(found, key=found.__getitem__)
    return PRAISE_STATEMENTS[code] if found[code] >= _CLEARLY * sum(found.values()) else STANDS_OUT


def _last_unit(judgement: Judgement) -> Span:
    unit = judgement.evidence.units[-1]
    return judgement.evidence.transcript.span(unit.first, unit.last)


def _is_praiseworthy(statement: Statement, span: Span) -> bool:
    long = "own_question" in statement.quotes or len(cleaned(span.text).split()) >= _FEWEST_WORDS_OF_PRAISE
    return long and _is_of_the_form(statement, span)


def _is_of_the_form(statement: Statement, span: Span) -> bool:
    return statement.contains is None or statement.contains.search(span.text) is not None


def _candidates(judgement: Judgement, context: FeedbackContext) -> list[str]:
    """Return the most probable code and those that are no less probable than nothing to change, if they apply."""
    probable = probable_changes(judgement)
    least = judgement.change[NOTHING]
    likely = [code for code in probable if code == probable[0] or judgement.change[code] >= least]
    return [code for code in likely if _applies(code, judgement, context)]


def _applies(code: str, judgement: Judgement, context: FeedbackContext) -> bool:
    if context.truncated and code in AT_THE_END:
        return False
    if code in _BETWEEN_PARTS and len(judgement.evidence.units) < _FEWEST_PARTS:
        return False
    return not (code == "clarify_first" and context.has_asked)


def _praised(statement: Statement, judgement: Judgement) -> Sequence[int]:
    """Return the units that may be praised, the best first."""
    sure = _sure(statement, judgement)
    fitting = [i for i, p in enumerate(sure) if p >= statement.least and judgement.quotes[i] >= _SURE_OF_A_QUOTE]
    return sorted(fitting, key=lambda index: judgement.quotes[index] * sure[index], reverse=True)


def _fitting(statement: Statement, judgement: Judgement) -> Sequence[int]:
    """Return the units that a statement may quote, the best first."""
    sure = _sure(statement, judgement)
    fitting = [index for index, p in enumerate(sure) if p >= statement.least]
    if statement.where == "best":
        sizes = [unit.size for unit in judgement.evidence.units]
        return sorted(fitting, key=lambda index: sure[index] * min(_LONG, sizes[index]), reverse=True)
    return fitting if statement.where == "first" else fitting[::-1]


_STRONGLY = 0.7
"""Probability of those roles from which they are (house default)."""
_LONG = 12
"""Words above which a longer unit is no better to quote (house default)."""


def _sure(statement: Statement, judgement: Judgement) -> list[float]:
    return [judgement.probability(index, *statement.quotes) for index in range(len(judgement.evidence.units))]


def _best(judgement: Judgement, other: Span | None) -> Span | None:
    """Return the words that a coach would most probably quote, unless they are the ones quoted already."""
    units = judgement.evidence.units
    for index in sorted(range(len(units)), key=judgement.quotes.__getitem__, reverse=True):
        span = thought(judgement.evidence.transcript, units, index)
        if judgement.quotes[index] < _SURE_OF_A_QUOTE or (
            other is not None and span is not None and span.overlaps(other)
        ):
            return None
        long = span is not None and len(cleaned(span.text).split()) >= _FEWEST_WORDS_OF_PRAISE
        if long and judgement.probability(index, *_STRONG) >= _STRONGLY:
            return span
    return None
