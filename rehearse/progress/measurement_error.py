"""How far a measured value may lie from the truth, from recordings whose truth is known.

``make accuracy`` measures the errors and writes them into ``measurement_error.toml``, for each recogniser by itself.
A page shows them beside the value::

    low, high = expected_count("filled_pause", 7, attempt.model)   # 7 um/uh, expect 6 to 9
    low, high = expected_range(attempt, "speech_rate")             # 148 words a minute, expect 143 to 153

Both are None where no error is known: another model, an answer that came as text, or a measurement without a truth to
compare with. The ranges hold for recordings like the measured ones (one speaker, English, a quiet room); they hold the
true value in nine answers of ten (``COVERAGE``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from math import lgamma
from pathlib import Path
from typing import Any, Literal

import numpy as np

from rehearse.language.spoken import count_spoken
from rehearse.model import Attempt

Counted = Literal["filled_pause", "pause"]
"""What is counted and has known errors."""

FILE = Path(__file__).with_name("measurement_error.toml")
COVERAGE = 0.9
"""Probability that a range holds the true value (house default)."""
FEWEST_WORDS = 40
"""Words under which what is counted or divided by words and minutes has no range: one word changes it too much (house default)."""
_FARTHEST = 40
"""Most missed ones thought possible beyond twice those found; what lies beyond has no weight."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Events that a count got right, counted wrongly, and missed, over all measured recordings."""

    right: int
    wrong: int
    missed: int


def expected_count(counted: Counted, found: int, model: str | None) -> tuple[int, int] | None:
    """Range of the true number where so many were found, by the errors measured with this model.

    Args:
        counted: What was counted.
        found: How many.
        model: Name of the Whisper weights.

    Returns:
        Lowest and highest number to expect; None where the errors of this model are not known.

    """
    counts = _counts(model or "", counted)
    return likely_range(found, counts) if counts else None


@lru_cache(maxsize=256)
def likely_range(found: int, counts: Counts) -> tuple[int, int] | None:
    """Shortest range that holds the true number with probability ``COVERAGE``; None where so few are found that none does.

    With precision p and recall r, both uncertain (Beta, Jeffreys' prior, from
    the measured counts): of n found, k are true with binomial probability,
    and the m that were missed beside them follow the negative binomial

        P(true number = k + m) = sum over k of Binomial(k; n, p) * C(k + m, m) * r^(k + 1) * (1 - r)^m

    averaged over p and r.

    >>> likely_range(7, Counts(right=45, wrong=2, missed=3))
    (6, 9)
    """
    return _shortest(true_number(found, counts))


def expected_range(attempt: Attempt, metric: str) -> tuple[float, float] | None:
    """Range of a measurement's true value, in the measurement's own unit.

    Rates follow ``expected_count``. Others take the half width that held nine
    of ten measured errors, relative or absolute: of n errors by size, number
    ceil((n + 1) * coverage), which holds for the next recording too (split
    conformal prediction, Lei et al. 2018).

    Returns:
        Lowest and highest value to expect; None where the value or its error is not known. In an answer of fewer than
        ``FEWEST_WORDS`` words only lengths and moments in seconds have a range.

    """
    value = attempt.values.get(metric)
    if value is None or attempt.model is None:
        return None
    width = _widths(attempt.model).get(metric, {})
    if "absolute" in width:
        return max(0.0, value - width["absolute"]), value + width["absolute"]
    if count_spoken(attempt.transcript.words) < FEWEST_WORDS:
        return None
    if metric in _RATES:
        return _expected_rate(attempt, *_RATES[metric])
    return (value * (1 - width["relative"]), value * (1 + width["relative"])) if width else None


def true_number(found: int, counts: Counts) -> Sequence[float]:
    """Probability of each true number 0, 1, 2, ... where so many were found.

    >>> odds = true_number(0, Counts(right=90, wrong=5, missed=10))
    >>> round(odds[0], 2), round(sum(odds), 3)
    (0.9, 1.0)
    """
    precise, recalled = (counts.right + 0.5, counts.wrong + 0.5), (counts.right + 0.5, counts.missed + 0.5)
    a, b = recalled
    numbers = range(2 * found + _FARTHEST)
    # The logarithm of each term is a sum of what depends on k, on m and on k + m alone. Each is worked out
    # once, since an answer of an hour has millions of terms.
    of_missed = np.array([lgamma(b + m) - lgamma(m + 1) for m in numbers])
    of_both = np.array([lgamma(n + 1) - lgamma(a + b + n + 1) for n in numbers])
    odds = np.zeros(len(numbers))
    for true in range(found + 1):
        share = _log_choose(found, true) + _log_beta_ratio(precise, true, found - true)
        of_true = share + lgamma(a + true + 1) - lgamma(true + 1) + lgamma(a + b) - lgamma(a) - lgamma(b)
        odds[true:] += np.exp(of_true + of_missed[: len(numbers) - true] + of_both[true:])
    return [float(likely) for likely in odds]


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _log_beta_ratio(prior: tuple[float, float], hits: int, misses: int) -> float:
    """Logarithm of the mean of p^hits * (1 - p)^misses over a Beta distribution."""
    a, b = prior
    return lgamma(a + hits) + lgamma(b + misses) + lgamma(a + b) - lgamma(a + b + hits + misses) - lgamma(a) - lgamma(b)


def _shortest(odds: Sequence[float]) -> tuple[int, int] | None:
    """Find the shortest range that reaches the coverage; of equally short ones the likeliest."""
    below = [0.0, *accumulate(odds)]
    ranges = []
    high = 0
    for low in range(len(odds)):
        while high < len(odds) and below[high] - below[low] < COVERAGE:
            high += 1
        ranges.append((high - low, below[low] - below[high], low, high - 1))
    reaching = [found for found in ranges if -found[1] >= COVERAGE]
    return min(reaching)[2:] if reaching else None


def _filled_pauses(attempt: Attempt) -> int:
    return sum(filler.kind == "filled_pause" and filler.status == "counted" for filler in attempt.fillers)


def _pauses(attempt: Attempt) -> int:
    return len(attempt.pauses)


def _minutes(attempt: Attempt) -> float:
    return attempt.speech.duration / 60 if attempt.speech else 0.0


def _hundreds_of_words(attempt: Attempt) -> float:
    return count_spoken(attempt.transcript.words) / 100


_Rate = tuple[Counted, Callable[[Attempt], int], Callable[[Attempt], float]]
_RATES: Mapping[str, _Rate] = {
    "filled_pause_rate": ("filled_pause", _filled_pauses, _minutes),
    "filled_pauses_per_100_words": ("filled_pause", _filled_pauses, _hundreds_of_words),
    "pause_rate": ("pause", _pauses, _minutes),
}
"""Measurements that divide a count: what is counted, how many there are, and by what they are divided."""


def _expected_rate(
    attempt: Attempt, counted: Counted, count: Callable[[Attempt], int], over: Callable[[Attempt], float]
) -> tuple[float, float] | None:
    numbers, divisor = expected_count(counted, count(attempt), attempt.model), over(attempt)
    return (numbers[0] / divisor, numbers[1] / divisor) if numbers and divisor else None


@cache
def _known() -> dict[str, Any]:
    models: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))["models"]
    return models


def _counts(model: str, counted: Counted) -> Counts | None:
    found = _known().get(model, {}).get("counts", {}).get(counted)
    return Counts(found["right"], found["wrong"], found["missed"]) if found else None


def _widths(model: str) -> Mapping[str, Mapping[str, float]]:
    widths: Mapping[str, Mapping[str, float]] = _known().get(model, {}).get("widths", {})
    return widths
