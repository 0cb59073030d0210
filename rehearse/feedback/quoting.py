"""Quotes of the speaker, as somebody would repeat them: without fillers, stutters and the commas around them."""

from __future__ import annotations

import re

from rehearse.language.words import filled_pauses
from rehearse.metrics.value_text import clock
from rehearse.model import Span

_MEANT_TWICE = "very|really|had|that|no|never|more|long|far|many"
_SPEAKER = re.compile(r"\bi(?=$|[\s,.;:!?']|\u2019)")
_STUTTER = re.compile(rf"\b(?!(?:{_MEANT_TWICE})\b)([\w']+(?: [\w']+)?),? \1\b(?=[ ,.;!?]|$)", re.IGNORECASE)


def cleaned(text: str) -> str:
    """Return words of the answer as a quote.

    >>> cleaned("I, I withdrew it, um, on the Friday.")
    'I withdrew it on the Friday'
    """
    words = text.split()
    spoken: list[str] = []
    for word, filled in zip(words, filled_pauses(words), strict=True):
        if not filled:
            spoken.append(word)
        elif spoken:
            spoken[-1] = spoken[-1].rstrip(",")
    once = _STUTTER.sub(lambda found: found[1], " ".join(spoken))
    return _SPEAKER.sub("I", once).strip(" .,;:!-")


def when(span: Span, *, timed: bool) -> str:
    """Return the time at which a span starts; empty for an answer without times."""
    return f" at {clock(span.start)}" if timed else ""
