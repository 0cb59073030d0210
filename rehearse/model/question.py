"""What was asked."""

from __future__ import annotations

from dataclasses import dataclass

QUESTION_KINDS = (
    "behavioral",
    "situational",
    "technical",
    "case",
    "panel",
    "motivation",
    "role_depth",
    "loose_end",
    "own_question",
)
"""Kinds of question, as fixed by the JSON schema."""

WANT_A_STORY = frozenset({"behavioral", "loose_end"})
"""Kinds that ask for one past occasion."""

FOLLOW_UP = "follow_up"
"""What the bands of a follow-up question go by; it is no kind of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question.

    Attributes:
        id: Unique over all sets, lower case with hyphens.
        prompt: The question as it is asked.
        kind: One of ``QUESTION_KINDS``.
        seconds: Length to plan an interview with, as (shortest, longest); how long is comfortable goes by the kind.
        think_seconds: Time to think before speaking.
        competency: What it probes, such as ``ownership``.
        difficulty: 1 (warm-up) to 3 (hard).
        listen_for: What a strong answer contains.
        probes: Follow-up questions.
        field: Job family it is for, such as ``nursing``; empty where it fits any.
        parent_id: Id of the question it belongs to; None for one that stands by itself.
        is_probe: Whether it probes an answer to its parent, rather than being another part of it.

    """

    id: str
    prompt: str
    kind: str
    seconds: tuple[int, int] = (60, 120)
    think_seconds: int = 20
    competency: str = ""
    difficulty: int = 2
    listen_for: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    field: str = ""
    parent_id: str | None = None
    is_probe: bool = False

    @property
    def root_id(self) -> str:
        """Id under which the sets know it: its own, or its parent's."""
        return self.parent_id or self.id

    @property
    def judged_as(self) -> str:
        """What decides the comfortable bands: the kind, but a follow-up asks for a short answer whatever it probes.

        In a case the next question is the next part of it.
        """
        return FOLLOW_UP if self.is_probe and self.kind != "case" else self.kind


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that belong together, from one file."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...]
