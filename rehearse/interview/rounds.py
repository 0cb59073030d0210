"""What a round is made of: its questions in order, and what has come of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rehearse.model import Question

ModeName = Literal["mock", "panel", "case", "one_way", "follow_up"]
Part = Literal["answer", "clarify"]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to rehearse.

    Attributes:
        name: Stored with each round.
        title: For people.
        sentence: What happens in it.
        lengths: How many questions it can have; the first is offered.

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
        "Several people take turns, each with a concern; one asks for something again in other words.",
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
        "Nobody on the other side: a fixed time to think, one take, a hard limit, no way back.",
        (5, 3, 4, 6),
    ),
    Mode(
        "follow_up",
        "Follow-up questions",
        "They dig into an answer you have given: its follow-up questions, asked and answered.",
        (2, 1, 3),
    ),
)
"""All modes, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a round.

    Attributes:
        question: As it is asked.
        think_seconds: Until the recording starts by itself.
        limit_seconds: Until the recording stops by itself.
        part: ``clarify`` where the candidate asks about a case, as often as they like.
        asker: Name of the panel's member who asks; empty elsewhere.
        again: Id of the round's earlier question that this one puts in other words; empty where it does not.
        parent: Id of the take whose follow-up question this is.
        takes: Ids of the recordings made here.
        asked: Clarifying questions in the order they came: text that was typed, or the id of a recording.
        notes: What the person wrote while thinking.
        ended: Whether the round has gone on from here, with an answer or without.

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
    """Several questions that are asked in one go.

    Attributes:
        id: Safe in an address.
        mode: One of ``MODES``.
        began_at: In UTC.
        steps: In the order they are asked; follow-up questions join while it runs.
        aloud: Whether the questions are read aloud.
        probes: How many follow-up questions may still join.

    """

    id: str
    mode: ModeName
    began_at: datetime
    steps: tuple[Step, ...]
    aloud: bool = True
    probes: int = 0

    @property
    def position(self) -> int | None:
        """Index of the step that is due; None where the round is over."""
        return next((place for place, step in enumerate(self.steps) if not step.ended), None)

    @property
    def current(self) -> Step | None:
        """The step that is due; None where the round is over."""
        place = self.position
        return None if place is None else self.steps[place]

    @property
    def takes(self) -> tuple[str, ...]:
        """Ids of all recordings of the round, in the order of its steps."""
        return tuple(take for step in self.steps for take in step.takes)

    @property
    def size(self) -> int:
        """How many questions the round counts: follow-up questions that joined are none, nor is asking about a case."""
        return len(self._planned()) + (self.probes if self.mode == "follow_up" else 0)

    def is_joined(self, step: Step) -> bool:
        """Whether a step is a follow-up question that joined while the round ran."""
        return step.parent is not None and self.mode != "follow_up"

    def number(self, step: Step) -> int:
        """Count which question a step is, or which one it follows up or prepares; from 1 to ``size``."""
        planned = self._planned()
        asked = next((one for one in planned if step.parent in one.takes), step) if self.is_joined(step) else step
        return planned.index(asked) + 1 if asked in planned else 1

    def _planned(self) -> list[Step]:
        return [step for step in self.steps if step.part == "answer" and not self.is_joined(step)]


def mode_named(name: str) -> Mode:
    """Find a mode.

    Raises:
        ValueError: There is none of this name.

    """
    for mode in MODES:
        if mode.name == name:
            return mode
    msg = f"there is no mode {name!r:.40}; use {', '.join(mode.name for mode in MODES)}"
    raise ValueError(msg)
