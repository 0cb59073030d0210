"""Lines of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.accuracy.matching import interval
from benchmarks.accuracy.texts import SETS, TextSet


def heading(title: str, *columns: str, says: str = "") -> Iterator[str]:
    """Begin a section with a table."""
    yield from ("", f"## {title}", "")
    if says:
        yield from (says, "")
    yield row(*columns)
    yield "|" + "---|" * len(columns)


def row(*cells: object) -> str:
    """Give one line of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def share(value: float | None) -> str:
    """Write a share with two digits; a dash where it is not defined."""
    return "-" if value is None else f"{value:.2f}"


def interval_text(value: float | None, bounds: tuple[float, float] | None) -> str:
    """Write a share with its interval."""
    return share(value) if value is None or bounds is None else f"{value:.2f} ({bounds[0]:.2f} to {bounds[1]:.2f})"


def text_rows(sets: Sequence[TextSet]) -> Iterator[str]:
    """Give one line a labelled set."""
    for one in sets:
        score = one.score
        f1 = interval_text(score.f1, interval(one.scores, lambda found: found.f1))
        yield row(
            f"`{one.name}`, {len(one.scores)}",
            one.clean,
            SETS[one.name],
            share(score.precision),
            share(score.recall),
            f1,
        )
