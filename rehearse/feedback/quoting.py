"""Quotes of the speaker, with their times."""

from __future__ import annotations

from rehearse.language.words import quotation
from rehearse.metrics.value_text import clock
from rehearse.model import Span


def quoted(span: Span, *, timed: bool) -> str:
    """Quote a span of the answer, with the time at which it starts.

    >>> quoted(Span(41.0, 43.0, "and, um, we improved the process."), timed=True)
    '“we improved the process” at 0:41'
    """
    return f"“{quotation(span.text)}”{when(span, timed=timed)}"


def when(span: Span, *, timed: bool) -> str:
    """Return the time at which a span starts; empty for an answer without times."""
    return f" at {clock(span.start)}" if timed else ""
