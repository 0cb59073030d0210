"""The data model of a round: its questions in order, and the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rehearse.model import Question

ModeName = Literal["mock", "panel", "case", "one_way", "follow_up"]
Part = Literal["answer", "clarify"]


@dataclass(frozen=True, slots=True)
class Mode:
    """A kind of round.

    Attributes:
        name: Identifier, stored with each round.
        title: The label shown to the user.
        sentence: A description shown to the user.
        lengths: Possible numbers of questions, the default first.

    """

    name: ModeName
    title: str
    sentence: str
    lengths: tuple[int, ...]


MODES: tuple[Mode, ...] = (
    Mode(
        "mock",
        "Mock interview",
        "A whole interview: an opening, a mix of questions, your own question at the end. Feedback comes at the end.",
        (6, 5, 7, 8),
    ),
    Mode(
        "panel",
        "Panel",
        "Several people take turns, each with a concern; one of them asks the same thing again in other words.",
        (4, 3, 5, 6),
    ),
    Mode(
        "case",
        "Case study",
        "A problem to solve aloud: ask about it first, think with notes, then answer and meet a new fact.",
        (1, 2),
    ),
    Mode(
        "one_way",
        "One-way interview",
        "Nobody on the other side: fixed thinking time, one take, a hard limit, no going back.",
        (5, 3, 4, 6),
    ),
    Mode(
        "follow_up",
        "Follow-up questions",
        "Questions that dig deeper into an answer you have given.",
        (2, 1, 3),
    ),
)
"""All modes, in display order."""


ADAPTIVE: tuple[ModeName, ...] = ("mock", "panel")
"""Modes in which an answer may be followed up at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a round.

    Attributes:
        question: The question, as it is asked.
        think_seconds: Seconds until the recording starts automatically.
        limit_seconds: Seconds until the recording stops automatically.
        part: ``clarify`` if the candidate asks about a case, any number of times.
        asker: Name of the panel member who asks; empty in other modes.
        again: Id of the earlier question that this one rephrases; empty if none.
        parent: Id of the take that this question follows up.
        takes: Ids of the recordings made at this step.
        asked: Clarifying questions in order: typed text, or the id of a recording.
        notes: Notes that the user wrote while thinking.
        ended: Whether the round has moved past this step, answered or not.

    """

    question: Question
    think_seconds: int
    limit_seconds: int
    part: Part = "answer"
    asker: str = ""
    again: str = ""
    parent: str | None = None
    takes: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    notes: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Several questions that are asked in one sitting.

    Attributes:
        id: URL-safe identifier.
        mode: Name of one of ``MODES``.
        began_at: Start time in UTC.
        steps: The questions in order; follow-up questions are inserted while the round runs.
        aloud: Whether the questions are read aloud.
        probes: Number of follow-up questions that may still be inserted.
        steps_in: Whether the interviewer may ask for the result while an answer is being given.

    """

    id: str
    mode: ModeName
    began_at: datetime
    steps: tuple[Step, ...]
    aloud: bool = True
    probes: int = 0
    steps_in: bool = False

    @property
    def is_adaptive(self) -> bool:
        """Whether an answer may still be followed up while the round runs."""
        return self.probes > 0 and self.mode in ADAPTIVE

    @property
    def position(self) -> int | None:
        """Index of the current step; None if the round is over."""
        return next((index for index, step in enumerate(self.steps) if not step.ended), None)

    @property
    def current(self) -> Step | None:
        """The current step; None if the round is over."""
        index = self.position
        return None if index is None else self.steps[index]

    @property
    def takes(self) -> tuple[str, ...]:
        """Ids of all recordings of the round, in step order."""
        return tuple(take for step in self.steps for take in step.takes)

    @property
    def size(self) -> int:
        """Number of questions, without inserted follow-up questions and the clarifying step of a case."""
        return len(self._planned()) + (self.probes if self.mode == "follow_up" else 0)

    def is_joined(self, step: Step) -> bool:
        """Whether a step is a follow-up question that was inserted while the round ran."""
        return step.parent is not None and self.mode != "follow_up"

    def number(self, step: Step) -> int:
        """Return the number of a step's question, or of the question it follows up or prepares; from 1 to ``size``."""
        planned = self._planned()
        asked = step
        if self.is_joined(step):
            asked = next((candidate for candidate in planned if step.parent in candidate.takes), step)
        return planned.index(asked) + 1 if asked in planned else 1

    def label(self, step: Step) -> str:
        """Return the number of a step's question in words, for pages and reports alike."""
        number = self.number(step)
        if step.part == "clarify":
            return f"Before {number}:"
        return f"Follow-up to {number}:" if self.is_joined(step) else f"{number}."

    def _planned(self) -> list[Step]:
        return [step for step in self.steps if step.part == "answer" and not self.is_joined(step)]


def mode_named(name: str) -> Mode:
    """Return the mode with the given name.

    Raises:
        ValueError: If there is no such mode.

    """
    for mode in MODES:
        if mode.name == name:
            return mode
    msg = f"there is no mode {name!r:.40}; use {', '.join(mode.name for mode in MODES)}"
    raise ValueError(msg)
