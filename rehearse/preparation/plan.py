"""The plan: steps before and after the interview, each due on a day counted from the interview's date.

Steps and days are house defaults: research comes first, since questions are
made from it; answers are practised days before, since weak ones need several
takes; the last evening is for clothes and sound, not for learning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from rehearse.preparation.interview import Interview

Part = Literal["Plan", "Research", "CV", "Job", "Stories", "Set-up", "After"]
State = Literal["done", "due", "later", "open", "missed"]

USUAL_DAYS = 7
"""Days over which the steps are spread; with fewer days left, they move closer together (house default)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What has been done, counted from stored data.

    Attributes:
        headings: Research headings with at least one note.
        job: Whether there is a job description.
        claims: Claims of the resume that a take has addressed; None without a resume.
        stories: Number of different stories in the takes.
        kinds: Number of different questions answered aloud, by question kind.
        rounds: Number of completed interview rounds.
        checklist: Whether every item of dress and set-up is ticked.
        sound: Whether the microphone was checked and is usable.
        letter: Whether the thank-you note is ticked as sent.
        asked: Number of questions of the real interview that were noted.
        people: Number of panel members entered.

    """

    headings: int = 0
    job: bool = False
    claims: int | None = None
    stories: int = 0
    kinds: Mapping[str, int] | None = None
    rounds: int = 0
    checklist: bool = False
    sound: bool = False
    letter: bool = False
    asked: int = 0
    people: int = 0

    def answered(self, *kinds: str) -> int:
        """Return the number of different questions of the given kinds that were answered aloud."""
        counted = self.kinds or {}
        return sum(counted.get(kind, 0) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan.

    Attributes:
        id: Key under which a manual tick is stored; the question kind if the step is about one kind.
        text: What to do.
        part: Part of the page on which it is done; None if it is done in Practice.
        due: Day on which it is due; None until the interview has a date.
        state: ``done``; ``due`` today or overdue; ``later``; ``open`` if it has no day; ``missed`` if the interview
            is over and the step is no longer useful.
        progress: Such as ``2 of 3 answers``; empty if the step is done or not counted.
        by_hand: Whether it is done only because the person ticked it.

    """

    id: str
    text: str
    part: Part | None
    due: dt.date | None
    state: State
    progress: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class _Goal:
    id: str
    text: str
    part: Part | None
    days_before: int
    have: int
    need: int
    counted: str = ""


def plan(interview: Interview, facts: Facts, today: dt.date, ticked: Collection[str] = ()) -> tuple[Step, ...]:
    """Return the steps in the order in which they are due.

    Args:
        interview: The interview; if its date is None, no step has a day.
        facts: Completed work, by which steps are ticked automatically.
        today: Current date.
        ticked: Ids of the steps ticked by the person.

    """
    return tuple(_step(goal, interview, today, goal.id in ticked) for goal in _goals(facts))


def _goals(facts: Facts) -> tuple[_Goal, ...]:
    panel = "Answer two questions from a panel aloud" if facts.people > 1 else "Answer a question from a panel aloud"
    resume = "Talk about three claims in your CV for a minute each"
    if facts.claims is None:
        resume = "Add your CV and talk about three of its claims for a minute each"
    return (
        _Goal("research", "Read about the company and make notes under three of the four headings",
              "Research", 7, facts.headings, 3, "headings"),
        _Goal("job", "Add the job description and see which of its words you never say",
              "Job", 6, int(facts.job), 1),
        _Goal("resume", resume, "CV", 6, facts.claims or 0, 3, "claims"),
        _Goal("stories", "Have three different stories ready, and tell them aloud",
              "Stories", 5, facts.stories, 3, "stories"),
        _Goal("behavioral", "Answer three behavioural questions aloud",
              None, 5, facts.answered("behavioral"), 3, "answers"),
        _Goal("technical", "Answer two technical questions or cases aloud",
              None, 4, facts.answered("technical", "case"), 2, "answers"),
        _Goal("loose_end", "Answer aloud what the first interview left open", None, 4, facts.answered("loose_end"), 1),
        _Goal("motivation", "Say aloud, twice, why this company, from your own notes",
              "Research", 3, facts.answered("motivation"), 2, "answers"),
        _Goal("panel", panel, None, 3, facts.answered("panel"), 2 if facts.people > 1 else 1, "answers"),
        _Goal("ask", "Say three questions of your own aloud",
              "Research", 2, facts.answered("own_question"), 3, "questions"),
        _Goal("round", "Go through one whole round without stopping", None, 2, facts.rounds, 1),
        _Goal("set-up", "Go through the checklist for the day: clothes, the journey or the video call",
              "Set-up", 1, int(facts.checklist), 1),
        _Goal("sound", "Check the microphone's level and the room's noise", "Set-up", 1, int(facts.sound), 1),
        _Goal("debrief", "That evening: write down the questions they asked", "After", 0, facts.asked, 1),
        _Goal("letter", "The day after: send the thank-you note", "After", -1, int(facts.letter), 1),
    )  # fmt: skip


def _step(goal: _Goal, interview: Interview, today: dt.date, ticked: bool) -> Step:
    met = goal.have >= goal.need
    due = _due(goal.days_before, interview)
    state: State = "done" if met or ticked else _undone(goal, interview, today, due)
    progress = "" if state in ("done", "missed") or goal.need == 1 else f"{goal.have} of {goal.need} {goal.counted}"
    return Step(goal.id, goal.text, goal.part, due, state, progress, by_hand=ticked and not met)


def _undone(goal: _Goal, interview: Interview, today: dt.date, due: dt.date | None) -> State:
    if due is None:
        return "open"
    if goal.days_before > 0 and is_over(interview, today):
        return "missed"
    return "due" if due <= today else "later"


def is_over(interview: Interview, today: dt.date) -> bool:
    """Whether the interview's day has passed."""
    return interview.date is not None and interview.date < today


def _due(days_before: int, interview: Interview) -> dt.date | None:
    """Count back from the interview's date; if less time than usual was left, the steps move closer together."""
    if interview.date is None:
        return None
    if days_before <= 0:
        return interview.date - dt.timedelta(days=days_before)
    left = (interview.date - interview.planned_on).days if interview.planned_on else USUAL_DAYS
    share = min(1.0, max(0, left) / USUAL_DAYS)
    return interview.date - dt.timedelta(days=round(days_before * share))


def countdown(interview: Interview, today: dt.date) -> str:
    """Return a sentence that says how far away the interview is."""
    if interview.date is None:
        return "Add the date of the interview and the plan will count down to it"
    days = (interview.date - today).days
    if days < 0:
        return f"The interview was {-days} day{'s' if days < -1 else ''} ago"
    return {0: "The interview is today", 1: "The interview is tomorrow"}.get(days, f"{days} days to the interview")
