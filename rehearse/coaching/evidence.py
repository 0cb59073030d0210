"""What rules and parser know of an answer before its clauses are judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearse.coaching.units import Unit, find_units
from rehearse.language.words import straight
from rehearse.model import Question, Span, Story, Transcript
from rehearse.story import find_expected

_MARKS = '.,;:!?"()-\u2026\u201c\u201d\u2013\u2014'
"""Marks around a word, with ellipsis, curly quotation marks and dashes."""
_PARTS = ("situation", "task", "action", "result", "quantified", "reflection")


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer with its units and what is known of them.

    Attributes:
        transcript: The answer.
        kind: The question's kind; None if unknown.
        prompt: The question in lower case; empty if unknown.
        story: The rules' assessment of it.
        units: Its units, in order.
        words: Its words in lower case with straight apostrophes, without punctuation at their ends.
        rules: For each unit, names of the story parts and expected elements that cover most of it.
        elements: For each expected element, whether it was found (True), is certainly missing (False), or neither.

    """

    transcript: Transcript
    kind: str | None
    prompt: str
    story: Story
    units: tuple[Unit, ...]
    words: tuple[str, ...]
    rules: tuple[frozenset[str], ...]
    elements: Mapping[str, bool | None]

    def text(self, unit: Unit) -> tuple[str, ...]:
        """Return the words of a unit."""
        return self.words[unit.first : unit.last + 1]


def gather(transcript: Transcript, story: Story, kind: str | None, question: Question | None) -> Evidence:
    """Gather the evidence on an answer.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    units = find_units(transcript)
    elements = find_expected(transcript, kind)
    named: dict[str, tuple[Span, ...]] = {part: getattr(story, part) for part in _PARTS}
    named["evidence"] = (story.evidence,) if story.evidence else ()
    named |= {f"expected {element.name}": element.shown for element in elements}
    return Evidence(
        transcript=transcript,
        kind=kind,
        prompt=question.prompt.lower() if question else "",
        story=story,
        units=units,
        words=tuple(_bare(word.text) for word in transcript.words),
        rules=tuple(_covering(transcript, unit, named) for unit in units),
        elements={element.name: True if element.shown else False if element.anchor else None for element in elements},
    )


def _bare(text: str) -> str:
    return straight(text).lower().strip(_MARKS)


def _covering(transcript: Transcript, unit: Unit, named: Mapping[str, tuple[Span, ...]]) -> frozenset[str]:
    start, end = transcript.words[unit.first].start, transcript.words[unit.last].end
    half = (end - start) / 2
    return frozenset(
        name
        for name, spans in named.items()
        if any(min(span.end, end) - max(span.start, start) > half for span in spans)
    )
