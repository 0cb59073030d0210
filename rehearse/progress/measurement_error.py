"""Measurement error: how far a value may be from the truth, from recordings whose truth is known.

``make accuracy`` measures the errors and writes them to ``measurement_error.toml``, separately for each recogniser.
A page shows them with the value::

    low, high = expected_count("filled_pause", 7, attempt.model)   # 7 um/uh, expect 6 to 9
    low, high = expected_range(attempt, "speech_rate")             # 148 words a minute, expect 143 to 153

Both are None if no error is known: another model, an answer given as text, or a measurement without ground truth.
The ranges are valid for recordings like the measured ones (one speaker, English, a quiet room); they contain the true
value in nine answers out of ten (``COVERAGE``).
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
"""Events whose counts have known errors."""

FILE = Path(__file__).with_name("measurement_error.toml")
COVERAGE = 0.9
"""Probability that a range contains the true value (house default)."""
FEWEST_WORDS = 40
"""Words below which counts and rates have no range, since a single word changes them too much (house default)."""
_FARTHEST = 40
"""Most missed events considered beyond twice those found; the rest has negligible probability."""


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives of a count, over all measured recordings."""

    right: int
    wrong: int
    missed: int


def expected_count(counted: Counted, found: int, model: str | None) -> tuple[int, int] | None:
    """Return the range of the true number, given the number found and the errors measured with this model.

    Args:
        counted: The kind of event.
        found: How many were found.
        model: Name of the Whisper weights.

    Returns:
        Lowest and highest number to expect; None if the errors of this model are unknown.

    """
    counts = _counts(model or "", counted)
    return likely_range(found, counts) if counts else None


@lru_cache(maxsize=256)
def likely_range(found: int, counts: Counts) -> tuple[int, int] | None:
    """Return the shortest range with probability ``COVERAGE`` of the true number; None if no range reaches it.

    With precision p and recall r, both uncertain (Beta, Jeffreys' prior, from
    the measured counts): of n found, k are true with binomial probability,
    and the m that were missed follow the negative binomial distribution

        P(true number = k + m) = sum over k of Binomial(k; n, p) * C(k + m, m) * r^(k + 1) * (1 - r)^m

    averaged over p and r.

    >>> likely_range(7, Counts(right=45, wrong=2, missed=3))
    (6, 9)
    """
    return _shortest(true_number(found, counts))


def expected_range(attempt: Attempt, metric: str) -> tuple[float, float] | None:
    """Return the range of a measurement's true value, in its own unit.

    Rates follow ``expected_count``. Others use the half width that contained
    nine out of ten measured errors, relative or absolute: of n sorted errors,
    number ceil((n + 1) * coverage), which also covers the next recording (split
    conformal prediction, Lei et al. 2018).

    Returns:
        Lowest and highest value to expect; None if the value or its error is unknown. In an answer of fewer than
        ``FEWEST_WORDS`` words only values with an absolute error, in seconds, have a range.

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
    """Return the probability of each true number 0, 1, 2, ..., given the number found.

    >>> odds = true_number(0, Counts(right=90, wrong=5, missed=10))
    >>> round(odds[0], 2), round(sum(odds), 3)
    (0.9, 1.0)
    """
    precise, recalled = (counts.right + 0.5, counts.wrong + 0.5), (counts.right + 0.5, counts.missed + 0.5)
    a, b = recalled
    numbers = range(2 * found + _FARTHEST)
    # The logarithm of each term is a sum of parts that depend only on k, on m or on k + m. Each part is computed
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
    """Return the logarithm of the mean of p^hits * (1 - p)^misses over a Beta distribution."""
    a, b = prior
    return lgamma(a + hits) + lgamma(b + misses) + lgamma(a + b) - lgamma(a + b + hits + misses) - lgamma(a) - lgamma(b)


def _shortest(odds: Sequence[float]) -> tuple[int, int] | None:
    """Return the shortest range that reaches the coverage; of equally short ones the likeliest."""
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
"""Rates: the kind of event, its count in an attempt, and the divisor."""


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
