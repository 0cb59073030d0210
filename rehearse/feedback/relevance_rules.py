"""What to say where an answer surely was to another question."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.feedback.quoting import said
from rehearse.model import Attempt, Finding
from rehearse.story import find_elsewhere


def of_question(attempt: Attempt) -> Iterator[Finding]:
    """Give one change, quoting what the answer tells instead; nothing where that is not sure."""
    found = find_elsewhere(attempt.transcript, attempt.story, attempt.question)
    if found is not None:
        words = ", ".join(f"“{word}”" for word in found.missing)
        message = f"{said(found.quote, timed=attempt.transcript.timed)} seems to answer another question: of {words} nothing was heard."
        starter = "“You asked about … . In short: … .”"
        yield Finding("another_question", "question", "change", message, (found.quote,), starter)
