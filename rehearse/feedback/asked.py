"""What to say where an answer surely was to another question."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.content import find_elsewhere
from rehearse.datatypes import Finding, Question, Story, Transcript
from rehearse.feedback.quotes import said


def of_question(transcript: Transcript, story: Story, question: Question | None, *, timed: bool) -> Iterator[Finding]:
    """Give one change, quoting what the answer tells instead; nothing where that is not sure."""
    found = find_elsewhere(transcript, story, question)
    if found is not None:
        words = ", ".join(f"“{word}”" for word in found.unheard)
        message = f"{said(found.said, timed=timed)} seems to answer another question: of {words} nothing was heard."
        yield Finding("question", "change", message, (found.said,), "“You asked about … . In short: … .”")
