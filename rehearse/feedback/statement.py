"""Statements as records: when one is made, which words it quotes, and how it is worded."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from rehearse.coaching import Role
from rehearse.feedback.quoting import cleaned
from rehearse.model import Span


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a coach says about an answer.

    Attributes:
        code: Identifies it, whatever its wording.
        quotes: Roles of the words that it may quote.
        least: Probability of those roles from which words may be quoted (chosen on the training authors).
        wordings: Variants with ``{quote}``; ``{prompt}`` is the question.
        with_best: Variants that name the strongest line before the quote as well, ``{best}``.
        best_only: Variants that name the strongest line alone.
        bare: Variants for an absence, or where no words can be quoted; empty if it needs a quote.
        closer: Variants for quotes that match a pattern, tried in order before ``wordings``.
        by_kind: Statements of the same code that take its place in some kinds of question.
        contains: Pattern that a quote must match; None if any will do.
        starter: What the speaker could say next time; empty for praise.
        title: What it is about, as a heading where it repeats over several answers; empty for praise.
        kinds: Kinds of question to which it can be said (those in which labellers said it); empty if to any.
        asked: Pattern that the question must match; None if any will do.

    """

    code: str
    wordings: tuple[str, ...] = ()
    quotes: tuple[Role, ...] = ()
    least: float = 0.3
    contains: re.Pattern[str] | None = None
    with_best: tuple[str, ...] = ()
    best_only: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    starter: str = ""
    title: str = ""
    kinds: frozenset[str] = frozenset()
    asked: re.Pattern[str] | None = None
    closer: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()
    by_kind: tuple[tuple[str, Statement], ...] = ()

    def of_kind(self, kind: str | None) -> Statement:
        """Return what is said in its place of an answer to a question of this kind."""
        return next((own for name, own in self.by_kind if name == kind), self)

    def suits(self, kind: str | None, prompt: str) -> bool:
        """Whether it can be said of an answer to this question, of this kind."""
        is_asked = self.asked is None or self.asked.search(prompt) is not None
        return is_asked and (not self.kinds or kind is None or kind in self.kinds)

    def matches(self, quote: Span) -> bool:
        """Whether words have what a quote must contain."""
        return self.contains is None or self.contains.search(cleaned(quote.text)) is not None

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
        text = cleaned(quote.text) if quote is not None else ""
        fitting = next((found for pattern, found in self.closer if text and pattern.search(text)), wordings)
        wording = fitting[zlib.crc32(f"{self.code} {answer}".encode()) % len(fitting)]
        return wording.format(quote=text, prompt=prompt, best=cleaned(best.text) if best is not None else "")
