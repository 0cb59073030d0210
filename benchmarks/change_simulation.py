"""Ask how often ``rehearse.progress.change_detection`` calls a change that is none, and how often it finds one that is.

    python benchmarks/change_simulation.py [SERIES]     (default: 10000 a row)

Prints the table of ``benchmarks/README.md``. Seeded: the same count prints the same table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from rehearse.progress.change_detection import NEW, level_starts

TAKES = 30
MOVED_AFTER = (10, 15, 24)
MOVE = 2.0
Draw = Callable[[np.random.Generator, int], npt.NDArray[np.float64]]


def gaussian(chance: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw series of independent normal values; each kind of series has mean 0 and standard deviation 1."""
    return chance.standard_normal((count, TAKES))


def log_normal(chance: np.random.Generator, count: int, *, sigma: float = 0.6) -> npt.NDArray[np.float64]:
    """Draw skewed values, as lengths and pauses are."""
    spread = np.exp(sigma**2)
    return (np.exp(sigma * gaussian(chance, count)) - np.sqrt(spread)) / np.sqrt((spread - 1) * spread)


def heavy_tailed(chance: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw Student's t with four degrees of freedom: now and then a take is far off."""
    return chance.standard_t(4, (count, TAKES)) / np.sqrt(2)


def counted(chance: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Draw Poisson counts around three, as fillers are."""
    return (chance.poisson(3, (count, TAKES)) - 3) / np.sqrt(3)


def followed(correlation: float) -> Draw:
    """Draw normal values that resemble the one before."""

    def draw(chance: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
        values = gaussian(chance, count)
        fresh = np.sqrt(1 - correlation**2)
        for take in range(1, TAKES):
            values[:, take] = correlation * values[:, take - 1] + fresh * values[:, take]
        return values

    return draw


def in_sittings(chance: np.random.Generator, count: int, *, takes: int = 3) -> npt.NDArray[np.float64]:
    """Draw normal values of which those of one sitting have a third of their variance in common."""
    common = np.repeat(chance.standard_normal((count, -(-TAKES // takes))), takes, axis=1)[:, :TAKES]
    return np.sqrt(1 / 3) * common + np.sqrt(2 / 3) * gaussian(chance, count)


DRAWS: dict[str, Draw] = {
    "normal": gaussian,
    "log-normal (0.6)": log_normal,
    "Student's t (4)": heavy_tailed,
    "Poisson (3)": counted,
    "normal, each like the last by 0.1": followed(0.1),
    "normal, each like the last by 0.2": followed(0.2),
    "normal, three a sitting with a third in common": in_sittings,
}


def false_calls(draw: Draw, count: int) -> float:
    """Share of series without a change that ever call one."""
    series = draw(np.random.default_rng(1), count)
    return sum(bool(level_starts(one)) for one in series.tolist()) / count


def found(draw: Draw, after: int, count: int, *, move: float = MOVE) -> float:
    """Share of series that move by ``move`` standard deviations and call one within the six takes after it."""
    series = draw(np.random.default_rng(2), count)
    series[:, after:] += move
    calls = [len(level_starts(one[: after + NEW])) > len(level_starts(one[:after])) for one in series.tolist()]
    return sum(calls) / count


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    moved = " | ".join(f"+2 SD after {after}" for after in MOVED_AFTER)
    print(f"| {count} series of {TAKES} takes | ever calls a change that is none | {moved} | -2 SD after 10 |")
    print("|---|---|---|---|---|---|")
    for name, draw in DRAWS.items():
        shares = [found(draw, after, count) for after in MOVED_AFTER] + [found(draw, 10, count, move=-MOVE)]
        row = " | ".join(f"{100 * share:.1f} %" for share in [false_calls(draw, count), *shares])
        print(f"| {name} | {row} |")


if __name__ == "__main__":
    main()
