"""Statements as records: when one is made, which words it quotes, and how it is worded."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import Literal

from rehearse.coaching import Role
from rehearse.feedback.quoting import cleaned
from rehearse.model import Span

Where = Literal["best", "first", "last"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a coach says about an answer.

    Attributes:
        code: Identifies it, whatever its wording.
        title: What it is about, as a heading where it repeats over several answers.
        quotes: Roles of the words that it may quote; empty if it quotes what is praised most.
        where: Which of those words: the surest, the first or the last.
        least: Probability of those roles from which words may be quoted (chosen on the training authors).
        wordings: Variants with ``{quote}``; ``{prompt}`` is the question and ``{best}`` the answer's strongest words.
        contains: Pattern that a quote must match; None if any will do.
        bare: Variants for an absence, or where no words can be quoted; empty if it needs a quote.
        starter: What the speaker could say next time; empty for praise.

    """

    code: str
    title: str
    wordings: tuple[str, ...]
    quotes: tuple[Role, ...] = ()
    where: Where = "best"
    least: float = 0.4
    contains: re.Pattern[str] | None = None
    bare: tuple[str, ...] = ()
    starter: str = ""

    def filled(
        self,
        wordings: tuple[str, ...],
        answer: str,
        *,
        quote: Span | None = None,
        best: Span | None = None,
        prompt: str = "",
    ) -> str:
        """Choose one of the wordings, always the same for the same answer, and fill it in."""
        wording = wordings[zlib.crc32(f"{self.code} {answer}".encode()) % len(wordings)]
        named = {name: cleaned(span.text) for name, span in (("quote", quote), ("best", best)) if span is not None}
        return wording.format(**named, prompt=prompt)
