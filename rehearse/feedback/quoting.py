"""How the speaker is quoted."""

from __future__ import annotations

from rehearse.language.words import quotation
from rehearse.metrics.value_text import clock
from rehearse.model import Span


def said(span: Span, *, timed: bool) -> str:
    """Quote a stretch of the answer, and say when it was said.

    >>> said(Span(41.0, 43.0, "and, um, we improved the process."), timed=True)
    '“we improved the process” at 0:41'
    """
    return f"“{quotation(span.text)}”{when(span, timed=timed)}"


def when(span: Span, *, timed: bool) -> str:
    """Say when a stretch begins, where starts are seconds."""
    return f" at {clock(span.start)}" if timed else ""
