"""What a listener would think of a statement before it is made: useful, true but useless, or wrong.

Learned from raters who judged every line of the labelled answers as praise, every advice that could be worded for them,
and every question that could be asked about them, without knowing how any of them had come about.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.coaching import model_files
from rehearse.coaching.advice import NOTHING
from rehearse.coaching.evidence import Evidence
from rehearse.coaching.lines import Line
from rehearse.coaching.roles import ROLES
from rehearse.language.clauses import LONGEST_QUOTE
from rehearse.language.words import is_filled_pause

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BELIEVED = 0.05
"""Probability below which a code is left out (house default)."""
_NEIGHBOURS = ("words ", "before ", "behind ")
"""Features of a unit that tell nothing about the worth of a line: left out, its worth is found as well (79 instead of
76 in 100 of the surest two fifths useful), in half the size."""
_SHORT, _VERY_SHORT, _LONG = 8, 6, 15
_USEFUL: Mapping[str, float] = {"B": 1.0, "U": 0.4}
"""What counts as useful praise: what a rater would show before all else, and less what is merely good (chosen on
authors left out: 75 in 100 of the surest quarter would be shown, instead of 67)."""
_RANKS = 4
_MARKS = '.,;:!?"'


@dataclass(frozen=True, slots=True)
class Worth:
    """How probably a rater calls something useful, or wrong.

    Attributes:
        useful: From 0 to 1; of a line, how probably it is among the best of its answer, and a little for merely useful.
        wrong: Probability.

    """

    useful: float
    wrong: float

    @property
    def balance(self) -> float:
        """Useful less wrong, from -1 to 1."""
        return self.useful - self.wrong


@dataclass(frozen=True, slots=True, eq=False)
class Beliefs:
    """What the models believe of an answer before its lines are judged.

    Attributes:
        evidence: The answer.
        rows: Features of its units, with their probable roles.
        roles: Shape (units, roles), probabilities in the order of ``ROLES``.
        praise: Probability of each code of praise, and of nothing to praise.
        change: Probability of each code of advice, and of nothing to change.

    """

    evidence: Evidence
    rows: Sequence[Mapping[str, float]]
    roles: npt.NDArray[np.floating]
    praise: Mapping[str, float]
    change: Mapping[str, float]

    def over(self, first: int, last: int) -> dict[str, float]:
        """Return the mean probability of each role over some words."""
        units = self.evidence.units
        low = max(0, bisect_right(units, first, key=lambda unit: unit.first) - 1)
        high = bisect_right(units, last, key=lambda unit: unit.first)
        sizes = [max(0, min(unit.last, last) - max(unit.first, first) + 1) for unit in units[low:high]]
        mean = (self.roles[low:high].T * sizes).sum(axis=1) / max(1, sum(sizes))
        return dict(zip(ROLES, map(float, mean), strict=True))


def worth(model: str, rows: Sequence[Mapping[str, float]]) -> list[Worth]:
    """Judge statements by one of the models ``line_worth``, ``advice_worth``, ``question_worth``."""
    if not rows:
        return []
    linear = model_files.load(model)
    return worths(linear.classes, linear.probabilities(rows))


def worths(classes: Sequence[str], odds: npt.NDArray[np.floating]) -> list[Worth]:
    """Return what statements are worth by the probabilities of their ratings.

    Args:
        classes: Ratings: ``B`` best of its answer, ``U`` useful, ``L`` useless, ``W`` wrong.
        odds: Shape (statements, classes).

    """
    weights = [_USEFUL.get(rating, 0.0) if "B" in classes else float(rating == "U") for rating in classes]
    wrong = classes.index("W")
    return [Worth(float(p @ weights), float(p[wrong])) for p in odds]


def rows_of_lines(lines: Sequence[Line], beliefs: Beliefs) -> list[dict[str, float]]:
    """Return the features of lines as praise."""
    code = max((code for code in beliefs.praise if code != NOTHING), key=beliefs.praise.__getitem__)
    ordered = sorted(lines, key=lambda line: line.first)
    return [dict(_of_line(line, _near(line, ordered), len(lines), beliefs, code)) for line in lines]


def _near(line: Line, ordered: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that may share words with one, of lines in the order of their first words."""
    low = bisect_left(ordered, line.first - LONGEST_QUOTE, key=lambda other: other.first)
    return ordered[low : bisect_right(ordered, line.last, key=lambda other: other.first)]


def row_of_statement(
    code: str, quote: tuple[int, int] | None, beliefs: Beliefs, lines: Mapping[Line, Worth], *, names_best: bool
) -> dict[str, float]:
    """Return the features of advice, or of a question.

    Args:
        code: Its code.
        quote: Indices of the first and last word that it quotes; None if it quotes none.
        beliefs: On the answer.
        lines: The worth of its lines as praise.
        names_best: Whether it names the strongest line too.

    """
    row = dict(_of_code(code, beliefs))
    shares = beliefs.over(0, len(beliefs.evidence.words) - 1)
    row |= {f"share {name}": 2 * p for name, p in shares.items()}
    row |= {f"{code} share {name}": 2 * p for name, p in shares.items()}
    ends = beliefs.roles[-2:].mean(axis=0)
    row |= {f"{code} end {name}": float(p) for name, p in zip(ROLES, ends, strict=True)}
    length = min(3.0, len(beliefs.evidence.words) / 80)
    best = max((found.useful for found in lines.values()), default=0.0)
    row |= {"words": length, f"{code} words": length, "best line": best, f"{code} best line": best}
    row[f"{code} names best"] = float(names_best)
    if quote is None:
        row[f"{code} bare"] = 1.0
    else:
        row |= dict(_of_quote(code, quote, beliefs, lines))
    return row


def _of_code(code: str, beliefs: Beliefs) -> Iterator[tuple[str, float]]:
    change, kind = beliefs.change, beliefs.evidence.kind or "unknown"
    p, none = change.get(code, 0.0), change[NOTHING]
    order = sorted((other for other in change if other != NOTHING), key=change.__getitem__, reverse=True)
    rank = min(order.index(code), _RANKS) if code in order else _RANKS
    yield f"code {code}", 1.0
    yield f"kind {kind}", 0.5
    yield f"{code} kind {kind}", 1.0
    for prefix in ("", f"{code} "):
        yield f"{prefix}p", 3 * p
        yield f"{prefix}none", 2 * none
        yield f"{prefix}rank {rank}", 0.8
        yield f"{prefix}log p", 0.7 * math.log(p + 1e-3)
    yield "log none", math.log(none + 1e-3)
    yield from ((f"change {name}", value) for name, value in change.items() if value > _BELIEVED)
    yield from ((f"praise {name}", value) for name, value in beliefs.praise.items() if value > _BELIEVED)


def _of_quote(
    code: str, quote: tuple[int, int], beliefs: Beliefs, lines: Mapping[Line, Worth]
) -> Iterator[tuple[str, float]]:
    first, last = quote
    words = _spoken(beliefs.evidence, first, last)
    count = len(beliefs.evidence.words)
    useful = max(
        (found.useful for line, found in lines.items() if line.first <= last and line.last >= first), default=0.0
    )
    for name, p in beliefs.over(first, last).items():
        yield f"quote {name}", p
        yield f"{code} quote {name}", 2 * p
    for word in words:
        yield f"in {word}", 0.4
        yield f"{code} in {word}", 0.4
    for prefix in ("", f"{code} "):
        yield f"{prefix}position", first / count
        yield f"{prefix}quote useful", useful
    yield f"{code} last", float(last >= count - 3)
    yield "length", min(2.0, len(words) / 10)
    yield "very short", float(len(words) < _VERY_SHORT)


def _of_line(line: Line, near: Sequence[Line], count: int, beliefs: Beliefs, code: str) -> Iterator[tuple[str, float]]:
    evidence, kind = beliefs.evidence, beliefs.evidence.kind or "unknown"
    yield from (item for item in beliefs.rows[line.unit].items() if not item[0].startswith(_NEIGHBOURS))
    for name, p in beliefs.over(line.first, line.last).items():
        yield f"quote {name}", 1.5 * p
        yield f"quote {code} {name}", p
        yield f"quote kind {kind} {name}", p
    words = _spoken(evidence, line.first, line.last)
    yield from ((f"in {word}", 0.5) for word in words)
    yield f"starts {words[0]}", 1.0
    yield f"starts {' '.join(words[:2])}", 0.7
    yield f"ends {words[-1]}", 1.0
    yield from _shape(words)
    yield "part of more", float(any(other.holds(line) for other in near))
    yield "holds more", float(any(line.holds(other) for other in near))
    yield from _borders(line, evidence)
    yield from ((f"praise {name}", p) for name, p in beliefs.praise.items())
    yield from ((f"change {name}", p) for name, p in beliefs.change.items() if p > _BELIEVED)
    yield "place", line.first / len(evidence.words)
    yield "words", min(3.0, len(evidence.words) / 80)
    yield "many lines", min(2.0, count / 15)


def _shape(words: Sequence[str]) -> Iterator[tuple[str, float]]:
    yield "size", min(2.0, len(words) / 10)
    yield "short", float(len(words) < _SHORT)
    yield "very short", float(len(words) < _VERY_SHORT)
    yield "long", float(len(words) > _LONG)
    yield "figures", float(any(mark.isdigit() for word in words for mark in word))
    yield "speaker", float(not {"i", "i'd", "i've"}.isdisjoint(words))


def _borders(line: Line, evidence: Evidence) -> Iterator[tuple[str, float]]:
    words = evidence.transcript.words
    ending = words[line.last].text
    yield "stop behind", float(ending.endswith((".", "?", "!")) or line.last == len(words) - 1)
    yield "comma behind", float(ending.endswith(","))
    yield "stop before", float(line.first == 0 or words[line.first - 1].text.endswith((".", "?", "!", ",")))


def _spoken(evidence: Evidence, first: int, last: int) -> list[str]:
    """Return the words of a quote without filled pauses and marks, in lower case."""
    words = evidence.transcript.words[first : last + 1]
    spoken = [word.text.lower().strip(_MARKS) for word in words if not is_filled_pause(word.text)]
    return [word for word in spoken if word] or ["..."]
