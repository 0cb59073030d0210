"""What to practise next: the competency with the fewest concrete examples, and the questions that are due again.

Both rules are deliberately simple. A competency is weak if few of its answers
describe a single concrete occasion; that is what interviewers ask for and what
answers most often lack (Bangerter, Corvalan and Cavin 2014: 23 % of answers in
real interviews). A question is due after 1, 2, 4, 8, ... days, twice as long
each time (Leitner 1972, So lernt man lernen), and the next day after an answer
that lacked the occasion it asked for. If neither rule applies, a new question
of the least answered competency is next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rehearse.model import WANT_A_STORY, Question
from rehearse.storage.history import AttemptSummary

JUDGED_FROM = 2
"""Fewest answers with which a competency is compared (house default)."""
LATEST = 5
"""Latest answers of a competency that count; older ones are out of date (house default)."""
STRONG = 0.8
"""Share of answers with an occasion from which a competency is not weak (house default)."""
LONGEST_WAIT = 32
"""Most days until a question is due again (house default)."""


@dataclass(frozen=True, slots=True)
class Weakest:
    """The competency whose answers most often lack a concrete occasion.

    Attributes:
        competency: Its name.
        with_occasion: Number of its latest answers that describe a single occasion.
        answers: Number of answers considered, at most ``LATEST``.
        lacking: Id of the newest attempt without one, which serves as evidence.
        question: What to practise: a new question of it, else the one answered longest ago.

    """

    competency: str
    with_occasion: int
    answers: int
    lacking: str
    question: Question


@dataclass(frozen=True, slots=True)
class Due:
    """A question that is due again.

    Attributes:
        question: What to practise.
        last: The day of its last answer, in the local time zone.
        waited: Days since then.
        answers: Number of days on which it has been answered.

    """

    question: Question
    last: date
    waited: int
    answers: int


@dataclass(frozen=True, slots=True)
class New:
    """An unanswered question of the least answered competency.

    Attributes:
        question: What to practise.
        answers: Number of answers of its competency so far.

    """

    question: Question
    answers: int


def weakest(summaries: Iterable[AttemptSummary], questions: Sequence[Question]) -> Weakest | None:
    """Return the weakest competency of those answered often enough to be compared.

    Args:
        summaries: The user's answers, newest first.
        questions: All questions available.

    Returns:
        None if no competency is weak, or none has ``JUDGED_FROM`` answers and a question to practise.

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
    weak = [candidate for candidate in found if candidate.with_occasion < STRONG * candidate.answers]
    return min(
        weak,
        key=lambda candidate: (candidate.with_occasion / candidate.answers, -candidate.answers, candidate.competency),
        default=None,
    )


def due(summaries: Iterable[AttemptSummary], questions: Sequence[Question], today: date) -> tuple[Due, ...]:
    """Return the questions that are due again, the most overdue first, relative to their interval.

    Args:
        summaries: The user's answers, in any order.
        questions: All questions available; others are never due.
        today: In the local time zone, like the days of the answers.

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
    return tuple(entry for _, entry in sorted(late, key=lambda pair: (-pair[0], pair[1].question.id)))


def least_practised(summaries: Iterable[AttemptSummary], questions: Sequence[Question]) -> New | None:
    """Return an unanswered question of the competency with the fewest answers.

    Args:
        summaries: The user's answers, in any order.
        questions: All questions available; of several that qualify, the first is returned.

    Returns:
        None if every question with a competency has been answered.

    """
    answers, asked = Counter[str](), set[str | None]()
    for summary in summaries:
        answers[summary.competency or ""] += 1
        asked.add(summary.question_id)
    fitting = [question for question in questions if question.competency and question.id not in asked]
    found = min(fitting, key=lambda question: answers[question.competency], default=None)
    return New(found, answers[found.competency]) if found else None


def asked_for_an_occasion(summaries: Iterable[AttemptSummary]) -> tuple[AttemptSummary, ...]:
    """Return the answers whose question asks for an occasion and whose story type is known."""
    return tuple(summary for summary in summaries if _judged(summary))


def told_an_occasion(summary: AttemptSummary) -> bool:
    """Whether the answer describes a single concrete occasion."""
    return summary.story_type == "story"


def wait_days(days_answered: int) -> int:
    """Return the days until a question is due again.

    >>> [wait_days(days) for days in (1, 2, 3, 4, 20)]
    [1, 2, 4, 8, 32]
    """
    return min(1 << min(days_answered - 1, LONGEST_WAIT), LONGEST_WAIT)


def practice_days(summaries: Iterable[AttemptSummary]) -> dict[date, int]:
    """Count the answers of each day in the local time zone."""
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
