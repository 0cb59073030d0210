"""One plain sentence for each measurement over time: what moved, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.metrics import Band, Metric
from rehearse.metrics.judgement import judged_band
from rehearse.metrics.value_text import amount, day, kind_label, number
from rehearse.model import FeedbackContext, TrendPoint
from rehearse.progress.change_detection import NEW, OLD, Change, changes, setup_of
from rehearse.progress.measurement_error import expected_range
from rehearse.storage.history import History

FEW_DAYS = 3
"""Days below which a change is reported with a caution: answers of one sitting are alike (house default)."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How a person speaks of a measurement: its name, what it does when it falls and rises, and its unit."""

    name: str
    fell: str = "fell"
    rose: str = "rose"
    unit: str = ""


_WORDS: Mapping[str, _Words] = {
    "filled_pause_rate": _Words("Your ums", unit="a minute"),
    "speech_rate": _Words("Your pace", "slowed", "quickened", "words a minute"),
    "answer_length": _Words("Your answers", "got shorter,", "got longer,"),
    "longest_pause": _Words("Your longest pause", "got shorter,", "got longer,"),
    "discourse_marker_rate": _Words("Your filler words", unit="a minute"),
}


def band_of(
    points: Sequence[TrendPoint], metric: Metric, context: FeedbackContext, kind: str | None = None
) -> Band | None:
    """Return the band of all these answers; None if there is none, or if it differs between kinds of question."""
    found = {judged_band(metric, point.kind, context) for point in points} or {judged_band(metric, kind, context)}
    return found.pop() if len(found) == 1 else None


def known_error(history: History, metric: Metric, points: Sequence[TrendPoint]) -> float:
    """Return the known error of the newest value, used for all; 0 if unknown."""
    newest = history.get(points[-1].attempt_id) if points else None
    expected = expected_range(newest, metric.name) if newest else None
    return (expected[1] - expected[0]) / 2 if expected else 0.0


def last_change(points: Sequence[TrendPoint], error: float = 0.0) -> Change | None:
    """Return the last change of a measurement; None if no change stands out from chance."""
    called = changes(points, error=error)
    return called[-1] if called else None


def moved(change: Change, metric: Metric) -> str:
    """Say in one sentence what moved: "Your ums fell from 5.9 to 3.3 a minute"."""
    since = f"since {day(change.since)}"
    if _value(change.before, metric) == _value(change.after, metric):
        words = _WORDS.get(metric.name, _Words(metric.label))
        return f"{words.name} moved a little {since}, within {_with_unit(_value(change.after, metric), metric)}."
    return f"{from_to(change.before, change.after, metric)} {since}."


def from_to(before: float, after: float, metric: Metric) -> str:
    """Say how a measurement moved, as the beginning of a sentence: "Your ums fell from 5.9 to 3.3 a minute"."""
    words = _WORDS.get(metric.name, _Words(metric.label))
    verb = words.fell if after < before else words.rose
    return f"{words.name} {verb} from {_value(before, metric)} to {_with_unit(_value(after, metric), metric)}"


def is_better(change: Change, band: Band | None) -> bool:
    """Whether a change led closer to what is comfortable, or into it."""
    return band is not None and _outside(change.after, band) < _outside(change.before, band)


def cautions(change: Change, points: Sequence[TrendPoint]) -> str:
    """Say what else may lie behind a change; empty if nothing is known."""
    text = []
    if change.kind_before != change.kind_after:
        kinds = [kind_label(kind).lower() for kind in (change.kind_before, change.kind_after)]
        text.append(f"The questions changed too, from mostly {kinds[0]} to mostly {kinds[1]}, which may be why.")
    if change.days < FEW_DAYS:
        on = "a single day" if change.days == 1 else f"{change.days} days"
        text.append(f"The answers since then come from {on} only: look again after another day.")
    if change.setup != setup_of(points[-1]):
        text.append("It is measured differently now, so newer values are not compared with that.")
    return " ".join(text)


def standing(points: Sequence[TrendPoint], metric: Metric) -> str:
    """Say in one sentence how a measurement stands where no change is reported."""
    if not points:
        return "Not measured in any answer yet."
    alike = [point for point in points if setup_of(point) == setup_of(points[-1])]
    missing = OLD + NEW - len(alike)
    if missing <= 0:
        return "No change beyond your usual range."
    more = f"{missing} more answer{'s' * (missing > 1)} and you'll see a trend."
    first, latest = _value(alike[0].value, metric), _with_unit(_value(alike[-1].value, metric), metric)
    if len(alike) == 1:
        return f"{latest[:1].upper()}{latest[1:]} in one answer so far. {more}"
    if first == _value(alike[-1].value, metric):
        return f"{latest[:1].upper()}{latest[1:]} in your first answer and in your latest. {more}"
    return f"From {first} in your first answer to {latest} in your latest. {more}"


def _value(value: float, metric: Metric) -> str:
    return amount(value, metric.unit) if metric.unit == "s" else number(value)


def _with_unit(value: str, metric: Metric) -> str:
    unit = _WORDS[metric.name].unit if metric.name in _WORDS else metric.unit
    return value if metric.unit == "s" or not unit else f"{value} {unit}"


def _outside(value: float, band: Band) -> float:
    """Return how far a value lies outside of a band; 0 within it."""
    below = 0.0 if band.low is None else max(0.0, band.low - value)
    above = 0.0 if band.high is None else max(0.0, value - band.high)
    return below + above
