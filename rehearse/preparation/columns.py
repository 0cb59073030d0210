"""Separates the columns of a PDF page whose text was written line by line across them.

pypdf returns text in the order in which it was written, which for most
programs is reading order. Columns are therefore detected only where that
order jumps between them. Text widths are estimated, which is accurate enough
to find the gap between columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearse.preparation.periods import is_date
from rehearse.preparation.resume_entries import is_heading
from rehearse.preparation.user_text import one_line

if TYPE_CHECKING:
    from pypdf import PageObject

# House defaults; widths and gaps in units of the font size.
_NARROW, _USUAL, _CAPITAL = 0.27, 0.5, 0.66
_GAP = 1.5
_SAME_EDGE = 3.0
"""Tolerance in points for lines that start at the same edge."""
_FEWEST_LINES = 3
"""Fewest lines of a column."""
_MOST_JUMPS = 3
"""Most jumps between two columns on a page written in reading order."""
_MOST_DATES = 0.4
"""Largest share of dates among a column's lines; with more, each row belongs together."""
_BEYOND = 0.12
"""Share of its width by which a line may appear to extend into the next column, since widths are estimated."""


@dataclass(slots=True)
class _Piece:
    """A run of text on one line without a gap; ``x`` and ``y`` in points from the lower left corner."""

    x: float
    y: float
    end: float
    size: float
    text: str


def text_by_columns(page: PageObject) -> str | None:
    """Return a page's text column by column; None if it has no columns or was written in that order already."""
    pieces = _pieces(page)
    edge = _edge(pieces)
    if edge is None or _jumps(pieces, edge) <= _MOST_JUMPS:
        return None
    return "\n".join(_ordered(pieces))


def _pieces(page: PageObject) -> list[_Piece]:
    from pypdf.generic import FloatObject, NameObject

    contents = page.get_contents()
    if contents is None:
        return []
    # An identity matrix makes pypdf report the position of the text that follows.
    identity = ([FloatObject(number) for number in (1, 0, 0, 1, 0, 0)], b"cm")
    contents.operations = [
        step
        for operation in contents.operations
        for step in ((identity, operation) if operation[1] in (b"Tj", b"TJ", b"'", b'"') else (operation,))
    ]
    page[NameObject("/Contents")] = contents
    pieces: list[_Piece] = []

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], _: Any, size: float) -> None:
        across, up = inner[0] * outer[0] + inner[1] * outer[2], inner[2] * outer[1] + inner[3] * outer[3]
        if text.strip("\n") and across > 0 and up:
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            _add(pieces, _Piece(x, y, x + _width(text) * size * across, size * abs(up), text.replace("\n", "")))

    page.extract_text(visitor_text=visit)
    return [piece for piece in pieces if piece.text.strip()]


def _add(pieces: list[_Piece], new: _Piece) -> None:
    """Append text to the previous piece if there is no gap between them."""
    last = pieces[-1] if pieces else None
    near = last and abs(new.y - last.y) < new.size / 3 and last.x <= new.x < last.end + _GAP * new.size
    if last and near:
        last.text += new.text
        # Text shown without a position of its own continues where the previous text ended.
        last.end = last.end + new.end - new.x if new.x == last.x else max(last.end, new.end)
    else:
        pieces.append(new)


def _width(text: str) -> float:
    """Estimate a text's width in units of the font size."""
    return sum(
        _NARROW if mark in " iljtfrI.,:;'!|()-" else _CAPITAL if mark.isupper() or mark in "mw%@" else _USUAL
        for mark in text.strip("\n")
    )


def _edge(pieces: Sequence[_Piece]) -> float | None:
    """Return the left edge of a second column, where many lines start, including a heading; None if there is none."""
    if not pieces:
        return None
    left, right = min(piece.x for piece in pieces), max(piece.end for piece in pieces)
    starts = sorted({round(piece.x) for piece in pieces if left + 0.15 * (right - left) < piece.x})
    found = (edge for edge in starts if _is_edge(pieces, edge))
    return next(found, None)


def _is_edge(pieces: Sequence[_Piece], edge: float) -> bool:
    at = [piece for piece in pieces if abs(piece.x - edge) <= _SAME_EDGE]
    before = [piece for piece in pieces if piece.x < edge - _SAME_EDGE and not _crosses(piece, edge)]
    inside = [piece for piece in before if at and min(p.y for p in at) - at[0].size <= piece.y]
    if min(len(at), len(inside)) < _FEWEST_LINES or not any(is_heading(piece.text) for piece in at):
        return False
    return all(sum(is_date(one_line(piece.text)) for piece in side) <= _MOST_DATES * len(side) for side in (at, before))


def _crosses(piece: _Piece, edge: float) -> bool:
    return piece.x < edge - _SAME_EDGE and piece.end - _BEYOND * (piece.end - piece.x) > edge


def _jumps(pieces: Sequence[_Piece], edge: float) -> int:
    sides = [piece.x >= edge - _SAME_EDGE for piece in pieces if not _crosses(piece, edge)]
    return sum(before != after for before, after in itertools.pairwise(sides))


def _ordered(pieces: Sequence[_Piece]) -> Iterator[str]:
    """Yield the lines above the second column, then the columns from left to right, then the lines below."""
    edge = _edge(pieces)
    if edge is None:
        yield from _lines(pieces)
        return
    second = [piece for piece in pieces if piece.x >= edge - _SAME_EDGE]
    across = [piece.y for piece in pieces if _crosses(piece, edge)]
    top = max(piece.y for piece in second if abs(piece.x - edge) <= _SAME_EDGE) + second[0].size / 2
    ends = min(piece.y for piece in second) - second[0].size / 2
    # A line that spans both columns ends them.
    inside = [y for y in across if ends < y < top]
    bottom = max(inside) + second[0].size / 2 if inside else ends if any(y < ends for y in across) else float("-inf")
    yield from _lines([piece for piece in pieces if piece.y > top])
    band = [piece for piece in pieces if bottom <= piece.y <= top]
    for column in (
        [piece for piece in band if piece.x < edge - _SAME_EDGE],
        [piece for piece in band if piece.x >= edge - _SAME_EDGE],
    ):
        yield from _ordered(column)
        yield ""
    yield from _ordered([piece for piece in pieces if piece.y < bottom])


def _lines(pieces: Sequence[_Piece]) -> Iterator[str]:
    """Yield the text line by line, from the top."""
    line: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if line and abs(piece.y - line[0].y) > piece.size / 2:
            yield _joined(line)
            line = []
        line.append(piece)
    if line:
        yield _joined(line)


def _joined(line: Sequence[_Piece]) -> str:
    return " ".join(piece.text.strip() for piece in sorted(line, key=lambda piece: piece.x))
