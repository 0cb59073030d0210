"""What was agreed for the next answer to a question, and whether it was done.

What is agreed is the one change that the feedback on an answer shows. Whether it was done is decided by its code and by
the judgement that made it: a value by where it lies to its band, a change in what is said by the coach's models. Where
that judgement is not made, or in two minds, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearse.coaching import Judgement, Role
from rehearse.coaching.advice import NOTHING
from rehearse.feedback.change_statements import CHANGE_STATEMENTS
from rehearse.feedback.coach import AT_THE_END, coach_change, judged
from rehearse.metrics import METRICS, Metric
from rehearse.metrics.judgement import judgement
from rehearse.model import Attempt, FeedbackContext, Finding, Span

DONE_BELOW = 0.05
"""Probability of the change's code below which it was done (chosen on training authors that were left out)."""
CONTENT_FROM = 0.2
"""Probability of nothing to change from which it was done (chosen likewise)."""
SURE = 0.4
"""Probability of the roles that show it from which words are played as the moment of doing it (house default)."""
_OPENING_WORDS = 8
"""Words of the opening that is played where no moment shows a value (house default)."""


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """Whether what was agreed was done in the next answer to the question.

    Attributes:
        change: What was agreed.
        done: Whether it was done.
        now: The moment of the later answer that shows it; ``change.spans`` has those of the earlier one.

    """

    change: Finding
    done: bool
    now: Span


@dataclass(frozen=True, slots=True)
class _Task:
    """What a change asks for, as a sentence without its capital, and the roles of the words that do it.

    Without roles it is never said that it was done: the models overlook this fault too often to call it mended, or
    there are too few labelled answers to know.
    """

    text: str
    shown_by: tuple[Role, ...] = ()


_TASKS: Mapping[str, _Task] = {
    "off_question": _Task("answer the question they asked", ("own_act", "shared_act", "view", "hypothetical")),
    "concern": _Task("name their worry, then say what you'd do", ("own_act", "hypothetical", "outcome")),
    "straight_answer": _Task(
        "put your answer in the first sentence", ("view", "hypothetical", "own_act", "self_description")
    ),
    "about_the_job": _Task("ask one thing about the work itself", ("own_question",)),
    "nearest_example": _Task("give them the closest example you've got", ("own_act", "shared_act", "scene")),
    "one_occasion": _Task("pick one particular time and tell them what happened", ("own_act", "scene", "shared_act")),
    "one_story": _Task("pick one story and tell it to the end"),
    "specific_reason": _Task("give one reason nobody else would give", ("view", "feeling", "goal", "own_act")),
    "concrete_steps": _Task("give the first two steps you'd take", ("hypothetical", "own_act")),
    "confidential": _Task("tell the story without saying who it was"),
    "blame": _Task("talk about yourself, not about other people", ("own_act",)),
    "hedging": _Task("say it straight, without the maybes"),
    "own_part": _Task("say which part was yours"),
    "result_missing": _Task("say how it turned out"),
    "clarify_first": _Task("ask one question before you answer", ("own_question",)),
    "lesson": _Task("say what you do differently now"),
    "reasons": _Task("say why, not just what"),
    "checkpoint": _Task("say how they'd know it's working"),
    "why_hard": _Task("say what made it hard"),
    "result_size": _Task("give one number, or one thing somebody said"),
    "weak_ending": _Task("stop on your strongest line"),
    "shorter": _Task("stop once you've made your point"),
    "long_scene": _Task("start with what you did"),
    "jargon": _Task("say it in everyday words"),
}


def task(change: Finding) -> str:
    """Return what a change asks for, to be read just before speaking: one short sentence."""
    text = _TASKS[change.code].text if change.code in _TASKS else _advice(change)[0] or change.message
    sentence = text[:1].upper() + text[1:]
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def starter_words(change: Finding) -> str:
    """Return words to say next time; empty where the task itself is all there is to say."""
    return change.starter if change.code in _TASKS else _advice(change)[1]


def _advice(change: Finding) -> tuple[str, str]:
    """Split the advice on a value, such as "Say more: “First I …”", into what to do and words to say."""
    text, opened, words = change.starter.partition(": \N{LEFT DOUBLE QUOTATION MARK}")
    return text, opened.removeprefix(": ") + words


def follow_through(change: Finding, later: Attempt, context: FeedbackContext) -> FollowThrough | None:
    """Decide whether a change was made in a later answer.

    Args:
        change: What was agreed after the earlier answer.
        later: The next answer to the same question.
        context: What is known of the later answer when it is judged.

    Returns:
        None where it cannot be judged.

    """
    metric = METRICS.get(change.topic)
    if metric is not None:
        return _of_value(change, metric, later, context)
    return _of_words(change, later, context) if change.code in CHANGE_STATEMENTS else None


def _of_value(change: Finding, metric: Metric, later: Attempt, context: FeedbackContext) -> FollowThrough | None:
    measured = next((found for found in later.measurements if found.metric == metric.name), None)
    if measured is None or not later.transcript.words:
        return None
    standing = judgement(later, metric, measured.value, context).standing
    if standing is None:
        return None
    last = min(_OPENING_WORDS, len(later.transcript.words)) - 1
    now = measured.spans[0] if measured.spans else later.transcript.span(0, last)
    if standing == "within":
        return FollowThrough(change, True, now)
    return FollowThrough(change, False, now) if change.code == f"{metric.name}_{standing}" else None


def _of_words(change: Finding, later: Attempt, context: FeedbackContext) -> FollowThrough | None:
    again = coach_change(later, context)
    if again is not None and again.code == change.code:
        return FollowThrough(change, False, again.spans[0])
    found = judged(later)
    asked = _TASKS.get(change.code)
    if found is None or asked is None or (context.truncated and change.code in AT_THE_END):
        return None
    if not is_done(found.change, change.code):
        return None
    now = _shown(found, asked)
    return FollowThrough(change, True, now) if now is not None else None


def shown_by(code: str) -> tuple[Role, ...]:
    """Return the roles of the words that show that a change was made; empty where that is never said."""
    return _TASKS[code].shown_by if code in _TASKS else ()


def is_done(change: Mapping[str, float], code: str) -> bool:
    """Whether a coach would certainly not ask for this change, given the probability of each code."""
    return change.get(code, 1.0) < DONE_BELOW and change[NOTHING] >= CONTENT_FROM


def _shown(found: Judgement, asked: _Task) -> Span | None:
    """Return the words that do what was asked, the most quotable first; None if none certainly do."""
    units = found.evidence.units
    sure = [found.probability(index, *asked.shown_by) for index in range(len(units))]
    fitting = sorted((i for i, p in enumerate(sure) if p >= SURE), key=lambda i: -sure[i] * found.keepable(i))
    return next((span for index in fitting if (span := found.quote(index)) is not None), None)
