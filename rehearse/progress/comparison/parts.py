"""Which parts of a told occasion one answer has and the other has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehearse.metrics.value_text import story_parts
from rehearse.model import Attempt, Span


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is new in the later answer, or no longer in it.

    Attributes:
        part: Its name for people, such as ``Result``.
        change: ``gained`` or ``lost``.
        span: Its first words, in the answer that has it.

    """

    part: str
    change: Literal["gained", "lost"]
    span: Span


def part_changes(earlier: Attempt, later: Attempt) -> tuple[PartChange, ...]:
    """List the parts that only one of the two answers has, in the order a story has them."""
    before, after = story_parts(earlier.story), story_parts(later.story)
    return tuple(
        PartChange(part, "gained" if after[part] else "lost", (after[part] or before[part])[0])
        for part in after
        if bool(before.get(part)) != bool(after[part])
    )
