"""Questions and question sets."""

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
"""Kinds of question; fixed, because they are part of the JSON format."""

WANT_A_STORY = frozenset({"behavioral", "loose_end"})
"""Kinds that ask for one specific past occasion."""

FOLLOW_UP = "follow_up"
"""Key of the bands for follow-up questions; it is not a kind."""


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question.

    Attributes:
        id: Unique over all sets, lower case with hyphens.
        prompt: The question as it is asked.
        kind: One of ``QUESTION_KINDS``.
        seconds: Length for planning an interview, (shortest, longest); the comfortable length depends on the kind.
        think_seconds: Time to think before speaking, in seconds.
        competency: What it probes, such as ``ownership``.
        difficulty: 1 (warm-up) to 3 (hard).
        listen_for: What a strong answer contains.
        probes: Follow-up questions.
        field: Job family that it is for, such as ``nursing``; empty if it suits any.
        parent_id: Id of the question that it belongs to; None for an independent question.
        is_probe: Whether it follows up an answer to its parent, rather than being another part of it.

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
        """Id of the question as listed in the sets: its parent's id, or its own if it has no parent."""
        return self.parent_id or self.id

    @property
    def judged_as(self) -> str:
        """The key that selects the comfortable bands: the kind, but ``FOLLOW_UP`` for probes, which need short answers.

        In a case, a follow-up question is the next part of the case, so it is judged as a case.
        """
        return FOLLOW_UP if self.is_probe and self.kind != "case" else self.kind


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that belong together, from one file."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...]
