"""What to practise next: the competency with the fewest concrete examples, and the questions that are due again.

Both rules are plain on purpose. A competency is weak where few of its answers
told one concrete occasion; that is what interviewers ask for and what answers
most often lack (Bangerter, Corvalan and Cavin 2014: 23 % of answers in real
interviews). A question comes back after 1, 2, 4, 8, ... days, twice as long
each time (Leitner 1972, So lernt man lernen), and the next day after an answer
that lacked the occasion it was asked for. Where neither has anything to say,
a new question of the competency answered least is next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehearse.model import WANT_A_STORY, Question
from rehearse.storage.history import AttemptSummary

JUDGED_FROM = 2
"""Answers from which a competency is compared (house default)."""
LATEST = 5
"""Answers of a competency that count; older ones no longer say what is weak (house default)."""
STRONG = 0.8
"""Share of answers with an occasion from which a competency is not called weak (house default)."""
LONGEST_WAIT = 32
"""Days after which every question comes back (house default)."""


@dataclass(frozen=True, slots=True)
class Weakest:
    """The competency whose answers most often lacked one concrete occasion.

    Attributes:
        competency: Its name.
        told: How many of its latest answers told one occasion.
        answers: How many were looked at, at most ``LATEST``.
        lacking: Id of the newest attempt that told none: its words are the evidence.
        question: What to practise: one of its questions that is new, else the one answered longest ago.

    """

    competency: str
    told: int
    answers: int
    lacking: str
    question: Question


@dataclass(frozen=True, slots=True)
class Due:
    """A question that has come round again.

    Attributes:
        question: What to practise.
        last: The day of its last answer, in the person's time zone.
        waited: Days since then.
        answers: Days on which it was answered so far.

    """

    question: Question
    last: date
    waited: int
    answers: int


@dataclass(frozen=True, slots=True)
class New:
    """A question that was never answered, of the competency answered least.

    Attributes:
        question: What to practise.
        answers: How many answers of its competency there are so far.

    """

    question: Question
    answers: int


def weakest(summaries: Iterable[AttemptSummary], questions: Sequence[Question]) -> Weakest | None:
    """Find the weakest competency of those answered often enough to be compared.

    Args:
        summaries: The person's answers, newest first.
        questions: All that can be practised.

    Returns:
        None where no competency is weak, or none has ``JUDGED_FROM`` answers and a question to practise.

    """
    latest: dict[str, list[AttemptSummary]] = defaultdict(list)
    asked: dict[str | None, datetime] = {}
    for summary in summaries:
        asked.setdefault(summary.question_id, summary.spoken_at)
        if summary.competency and _judged(summary) and len(latest[summary.competency]) < LATEST:
            latest[summary.competency].append(summary)
    found = [
        Weakest(competency, sum(map(told_an_occasion, answers)), len(answers), lacking.id, question)
        for competency, answers in latest.items()
        if len(answers) >= JUDGED_FROM
        and (lacking := next((answer for answer in answers if not told_an_occasion(answer)), None))
        and (question := _longest_ago(competency, questions, asked))
    ]
    weak = [one for one in found if one.told < STRONG * one.answers]
    return min(weak, key=lambda one: (one.told / one.answers, -one.answers, one.competency), default=None)


def due(summaries: Iterable[AttemptSummary], questions: Sequence[Question], today: date) -> tuple[Due, ...]:
    """List the questions that have come round again, the one that waited longest beyond its time first.

    Args:
        summaries: The person's answers, in any order.
        questions: All that can be practised; others never come back.
        today: In the person's time zone, as the days of the answers are taken.

    """
    known = {question.id: question for question in questions}
    answered: dict[str, list[AttemptSummary]] = defaultdict(list)
    for summary in summaries:
        if summary.question_id in known:
            answered[summary.question_id or ""].append(summary)
    late: list[tuple[float, Due]] = []
    for name, answers in answered.items():
        days = sorted({_day(answer.spoken_at) for answer in answers})
        newest = max(answers, key=lambda answer: answer.spoken_at)
        wait = 1 if _judged(newest) and not told_an_occasion(newest) else wait_days(len(days))
        waited = (today - days[-1]).days
        if waited >= wait:
            late.append((waited / wait, Due(known[name], days[-1], waited, len(days))))
    return tuple(one for _, one in sorted(late, key=lambda pair: (-pair[0], pair[1].question.id)))


def least_practised(summaries: Iterable[AttemptSummary], questions: Sequence[Question]) -> New | None:
    """Find a question that was never answered, of the competency with the fewest answers.

    Args:
        summaries: The person's answers, in any order.
        questions: All that can be practised; of several that fit, the first is taken.

    Returns:
        None where every question that names a competency was answered.

    """
    answers, asked = Counter[str](), set[str | None]()
    for summary in summaries:
        answers[summary.competency or ""] += 1
        asked.add(summary.question_id)
    fitting = [question for question in questions if question.competency and question.id not in asked]
    found = min(fitting, key=lambda question: answers[question.competency], default=None)
    return New(found, answers[found.competency]) if found else None


def asked_for_an_occasion(summaries: Iterable[AttemptSummary]) -> tuple[AttemptSummary, ...]:
    """Pick the answers whose question asks for one occasion and of which it can be said whether they told one."""
    return tuple(summary for summary in summaries if _judged(summary))


def told_an_occasion(summary: AttemptSummary) -> bool:
    """Whether the answer told one concrete occasion."""
    return summary.story_type == "story"


def wait_days(days_answered: int) -> int:
    """Give the days until a question comes back.

    >>> [wait_days(days) for days in (1, 2, 3, 4, 20)]
    [1, 2, 4, 8, 32]
    """
    return min(1 << min(days_answered - 1, LONGEST_WAIT), LONGEST_WAIT)


def practice_days(summaries: Iterable[AttemptSummary]) -> dict[date, int]:
    """Count the answers of each day in this computer's time zone."""
    days: dict[date, int] = defaultdict(int)
    for summary in summaries:
        days[_day(summary.spoken_at)] += 1
    return dict(days)


def _judged(summary: AttemptSummary) -> bool:
    return summary.kind in WANT_A_STORY and summary.story_type is not None


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _longest_ago(competency: str, questions: Sequence[Question], asked: dict[str | None, datetime]) -> Question | None:
    fitting = [
        question for question in questions if question.competency == competency and question.kind in WANT_A_STORY
    ]
    new = [question for question in fitting if question.id not in asked]
    return new[0] if new else min(fitting, key=lambda question: asked[question.id], default=None)
