"""Lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.accuracy.matching import Score, interval, total
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


def with_interval(scores: Sequence[Score], figure: Callable[[Score], float | None]) -> str:
    """Write a share over all recordings with its interval."""
    bounds = interval(scores, figure)
    return share(figure(total(scores))) + (f" ({bounds[0]:.2f} to {bounds[1]:.2f})" if bounds else "")


def text_rows(sets: Sequence[TextSet]) -> Iterator[str]:
    """Give one line a labelled set."""
    for one in sets:
        score = one.score
        f1 = with_interval(one.scores, lambda found: found.f1)
        yield row(
            f"`{one.name}`, {len(one.scores)}",
            one.clean,
            SETS[one.name],
            share(score.precision),
            share(score.recall),
            f1,
        )
