"""What kept coming up in one round, and whether the next one left it behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rehearse.feedback import FollowThrough, follow_through
from rehearse.interview.debrief import REPEATS_FROM, Debrief, Repeat
from rehearse.interview.rounds import Round
from rehearse.interview.truncation import context_in
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Finding

Outcome = Literal["done", "less", "again"]


@dataclass(frozen=True, slots=True)
class Habit:
    """A change that several answers of the last round share, and how often this round's answers still need it.

    Attributes:
        before: What was reported after the last round.
        again: Answers of this round that still need the change, each with its moment.
        without: Answers of this round that do what was agreed, likewise.

    """

    before: Repeat
    again: tuple[tuple[Attempt, FollowThrough], ...]
    without: tuple[tuple[Attempt, FollowThrough], ...]

    @property
    def of(self) -> int:
        """Number of this round's answers in which it could be judged."""
        return len(self.again) + len(self.without)

    @property
    def outcome(self) -> Outcome:
        """Whether the habit is gone, rarer, or as frequent as before."""
        if len(self.again) < REPEATS_FROM and len(self.without) >= REPEATS_FROM:
            return "done"
        return "less" if len(self.again) * self.before.of < self.before.count * self.of else "again"


def habit_of(debrief: Debrief) -> tuple[Repeat, Finding] | None:
    """Return the change to take into the next round: the one that most answers share; None if none repeats."""
    repeat = next(iter(debrief.repeats), None)
    return (repeat, repeat.shown[0][1]) if repeat else None


def round_before(rounds: Sequence[Round], interview_round: Round | None = None) -> Round | None:
    """Return the newest finished round, or the newest that began before this one; None if there is none."""
    finished = [
        one
        for one in rounds
        if one.position is None and one.takes and (interview_round is None or one.began_at < interview_round.began_at)
    ]
    return max(finished, key=lambda one: one.began_at, default=None)


def follow_habit(
    earlier: Debrief, interview_round: Round, attempts: Mapping[str, Attempt], *, context: FeedbackContext = NO_LIMITS
) -> Habit | None:
    """Say how the habit of the last round went in this one; None where fewer than two answers can be judged.

    Args:
        earlier: Debrief of the round before.
        interview_round: The round.
        attempts: Its analysed recordings by take id.
        context: What the user wants left unjudged.

    """
    agreed = habit_of(earlier)
    if agreed is None:
        return None
    repeat, change = agreed
    answers = [attempts[take] for step in interview_round.steps if step.part == "answer" for take in step.takes
               if take in attempts]  # fmt: skip
    judged = [
        (attempt, found)
        for attempt in answers
        if (found := follow_through(change, attempt, context_in(interview_round, attempt, context))) is not None
    ]
    if len(judged) < REPEATS_FROM:
        return None
    return Habit(
        repeat,
        again=tuple(pair for pair in judged if not pair[1].done),
        without=tuple(pair for pair in judged if pair[1].done),
    )
