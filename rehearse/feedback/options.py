"""All that could be said of an answer with one statement, in its different forms and with different quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.coaching import Judgement
from rehearse.feedback.statement import Statement
from rehearse.model import Attempt, Span

MOST_QUOTES = 3
"""Quotes that are tried with a statement (house default)."""
_LEAST_QUOTED = 0.02
"""Probability that a coach would quote some words with a statement, from which they are tried (house default)."""
_MOST_UNITS = 200
"""Units that are considered, more than an answer of ten minutes has (house default)."""
_BEST_FROM = 0.35
"""Probability that a line is worth keeping, from which it may be called the strongest (house default)."""


@dataclass(frozen=True, slots=True)
class Option:
    """A statement as it could be made.

    Attributes:
        statement: The record that it is made from.
        text: What would be said.
        spans: The moments that show it; the whole answer where nothing is quoted.
        quote: Indices of the first and last word of its quote; None if it has none.
        names_best: Whether it names the strongest line.

    """

    statement: Statement
    text: str
    spans: tuple[Span, ...]
    quote: tuple[int, int] | None
    names_best: bool

    @property
    def key(self) -> tuple[str, tuple[int, int] | None, bool]:
        """What its worth depends on, beside the answer."""
        return self.statement.code, self.quote, self.names_best


def options(statement: Statement, attempt: Attempt, judgement: Judgement) -> Iterator[Option]:
    """Word a statement on an answer in every way that it can be, the likeliest quote first."""
    transcript = judgement.evidence.transcript
    answer, prompt = attempt.transcript.text, attempt.question.prompt if attempt.question else ""
    for words in _quotes(statement, judgement) if statement.wordings or statement.with_best else ():
        span = transcript.span(*words)
        best = _best_line(judgement, words[0]) if statement.with_best else None
        if best is not None:
            text = statement.filled(statement.with_best, answer, quote=span, best=best, prompt=prompt)
            yield Option(statement, text, (best, span), words, names_best=True)
        elif statement.wordings:
            text = statement.filled(statement.wordings, answer, quote=span, prompt=prompt)
            yield Option(statement, text, (span,), words, names_best=False)
    best = _best_line(judgement, judgement.evidence.units[-1].first) if statement.best_only else None
    if best is not None:
        text = statement.filled(statement.best_only, answer, best=best, prompt=prompt)
        yield Option(statement, text, (best,), None, names_best=True)
    if statement.bare:
        text = statement.filled(statement.bare, answer, prompt=prompt)
        yield Option(statement, text, (transcript.span(0, len(transcript.words) - 1),), None, names_best=False)


def _quotes(statement: Statement, judgement: Judgement) -> Sequence[tuple[int, int]]:
    """Return what a statement may quote, those words first that a coach would most probably quote with it."""
    evidence = judgement.evidence
    sure = {index: judgement.probability(index, *statement.quotes) for index in range(len(evidence.units))}
    fitting = [index for index, p in sure.items() if p >= statement.least and judgement.thoughts[index] is not None]
    faults = judgement.faults(statement.code, sorted(fitting, key=sure.__getitem__, reverse=True)[:_MOST_UNITS])
    found: list[tuple[int, int]] = []
    for index in sorted(faults, key=faults.__getitem__, reverse=True):
        if len(found) == MOST_QUOTES or faults[index] < _LEAST_QUOTED:
            break
        words = judgement.thoughts[index]
        if words is None or not statement.matches(evidence.transcript.span(*words)):
            continue
        if all(words[0] > last or words[1] < first for first, last in found):
            found.append(words)
    return found


def _best_line(judgement: Judgement, before: int) -> Span | None:
    """Return the line before some word that is most worth keeping; None if none is good enough."""
    lines = {line: found for line, found in judgement.lines.items() if line.last < before}
    best = max(lines, key=lambda line: lines[line].balance, default=None)
    return best.span if best is not None and lines[best].useful >= _BEST_FROM else None
