"""The parts of a story that only one of two answers has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehearse.metrics.value_text import story_parts
from rehearse.model import Attempt, Span


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of the story gained or lost in the later answer.

    Attributes:
        part: Its display name, such as ``Result``.
        change: ``gained`` or ``lost``.
        span: Its first passage, in the answer that has it.

    """

    part: str
    change: Literal["gained", "lost"]
    span: Span


def part_changes(earlier: Attempt, later: Attempt) -> tuple[PartChange, ...]:
    """Return the parts that only one of the two answers has, in narrative order."""
    before, after = story_parts(earlier.story), story_parts(later.story)
    return tuple(
        PartChange(part, "gained" if after[part] else "lost", (after[part] or before[part])[0])
        for part in after
        if bool(before.get(part)) != bool(after[part])
    )
