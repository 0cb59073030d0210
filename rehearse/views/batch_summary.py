"""The summary of a batch: one HTML page for whoever looks after many people's practice.

It says who answered what, how the answers lie beside the comfortable bands, and what would help most. It ranks nobody
and has no score: people stand in alphabetical order, and distributions name nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from rehearse.feedback import CHANGE_STATEMENTS
from rehearse.metrics import METRICS, Band, Metric
from rehearse.metrics.value_text import amount, clock, interval, kind_label, number
from rehearse.views.report import template

_BINS = 24
_WIDTH, _HEIGHT = 600, 56
_FEWEST_FOR_HALF = 4
"""Values from which the middle half is given (house default)."""
_MOST_CHANGES = 6
"""Changes listed for all answers (house default)."""
_REASONS = {
    "undefined": "not known",
    "too_few_words": "too few words",
    "by_choice": "by choice",
    "truncated": "cut off",
    "no_band": "no band",
}


@dataclass(frozen=True, slots=True)
class Values:
    """All values of one measurement over a batch.

    Attributes:
        metric: What was measured.
        values: In the metric's unit, in any order; None left out.
        lows: Lower ends of the ranges of the true values, where they are known.
        highs: Upper ends likewise.
        standings: How often a value is below, within or above its band, or not judged, and why.
        kinds: Keys of the bands that the answers are judged by.

    """

    metric: Metric
    values: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]
    standings: Mapping[str, int]
    kinds: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A suggested change, counted.

    Attributes:
        topic: As in ``Finding``.
        answers: In how many answers it is a change to make.
        people: Of how many people they are; None where nobody is named.
        starter: What to try.

    """

    topic: str
    answers: int
    people: int | None
    starter: str

    @property
    def title(self) -> str:
        """What it is about."""
        metric = METRICS.get(self.topic)
        return metric.label if metric else CHANGE_STATEMENTS[self.topic].title


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """What the answers to one question have in common.

    Attributes:
        number: In this summary.
        prompt: What was asked; empty where it is not known.
        kind: Kind of question; None where it is not known.
        answers: How many.
        seconds: Their median length; None where it is not known.
        examples: How many give a specific example, of those of which that can be said.
        judged: Of how many that can be said.
        change: The change suggested most often; None if there is none.

    """

    number: int
    prompt: str
    kind: str | None
    answers: int
    seconds: float | None
    examples: int
    judged: int
    change: Change | None

    @property
    def facts(self) -> str:
        """Its figures on one line."""
        length = [f"median length {amount(self.seconds, 's')}"] if self.seconds is not None else []
        example = [f"an example in {self.examples} of {self.judged}"] if self.judged else []
        return " · ".join([_answers(self.answers), *length, *example])


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one person answered.

    Attributes:
        name: Of the person, or of the recording where nobody is named.
        report: Address of the report, relative to the summary; None if nothing was measured.
        answers: How many.
        questions: Numbers of the questions answered.
        unanswered: Numbers of the others.
        seconds: Length of all recordings.
        change: What would help most; None if nothing stands out.

    """

    name: str
    report: str | None
    answers: int
    questions: Sequence[int]
    unanswered: Sequence[int]
    seconds: float
    change: Change | None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """All that the page shows.

    Attributes:
        answers: How many recordings were measured.
        models: Weights that transcribed them.
        seconds: Their length.
        is_named: Whether people are named.
        changes: Suggested changes, the most frequent first.
        values: Of each judged measurement.
        questions: In the order in which they come.
        people: In alphabetical order.
        problems: File and sentence of what could not be measured.

    """

    answers: int
    models: Sequence[str]
    seconds: float
    is_named: bool
    changes: Sequence[Change]
    values: Sequence[Values]
    questions: Sequence[QuestionRow]
    people: Sequence[PersonRow]
    problems: Sequence[tuple[str, str]]


def render_batch(summary: BatchSummary) -> str:
    """Render the page: a complete HTML document that can be encoded as UTF-8."""
    facts = [_answers(summary.answers), f"{clock(summary.seconds)} min recorded"]
    if summary.is_named:
        facts.insert(1, _count(len(summary.people), "person", "people"))
    written = template("batch.html").render(
        summary=summary,
        facts=facts,
        changes=summary.changes[:_MOST_CHANGES],
        spreads=[_spread(values) for values in summary.values if values.values],
        count=_count,
        kind_label=kind_label,
        minutes=clock,
    )
    return written.encode(errors="replace").decode()


def _answers(number: int) -> str:
    return _count(number, "answer", "answers")


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _spread(found: Values) -> dict[str, object]:
    """Return what is shown of one measurement: figures in words, and the bars of its distribution."""
    values, unit = sorted(found.values), found.metric.unit
    bands = {found.metric.band(kind) for kind in found.kinds}
    band = bands.pop() if len(bands) == 1 else None
    edges = [edge for edge in (band.low, band.high) if edge is not None] if band else []
    low, high = min([values[0], *edges]), max([values[-1], *edges])
    high = high if high > low else low + 1

    def place(value: float) -> float:
        return round((value - low) / (high - low) * _WIDTH, 1)

    counts = Counter(min(_BINS - 1, int((value - low) / (high - low) * _BINS)) for value in values)
    most = max(counts.values())
    return {
        "metric": found.metric,
        "width": _WIDTH,
        "height": _HEIGHT,
        "bars": [
            (round(number * _WIDTH / _BINS + 1, 1), round(count / most * _HEIGHT, 1), round(_WIDTH / _BINS - 2, 1))
            for number, count in sorted(counts.items())
        ],
        "band": None
        if band is None
        else (
            place(band.low if band.low is not None else low),
            place(band.high if band.high is not None else high),
        ),
        "median": place(median(values)),
        "edges": (amount(low, unit), amount(high, unit)),
        "middle": _middle(values, unit),
        "comfortable": "depends on the question" if band is None else interval(band, unit),
        "standing": _standing(found.standings),
        "error": _error(found),
    }


def _middle(values: Sequence[float], unit: str) -> str:
    text = f"Median {amount(median(values), unit)}"
    if len(values) < _FEWEST_FOR_HALF:
        return text
    first, _, third = quantiles(values, n=4, method="inclusive")
    if number(first) == number(third):
        return text
    return f"{text}; the middle half {interval(Band(first, third), unit)}"


def _standing(standings: Mapping[str, int]) -> str:
    judged = {name: standings.get(name, 0) for name in ("below", "within", "above")}
    parts = [f"{judged['within']} within"]
    parts += [f"{judged[name]} {name}" for name in ("below", "above") if judged[name]]
    reasons = {name: count for name, count in standings.items() if name in _REASONS and count}
    if reasons:
        why = ", ".join(f"{count} {_REASONS[name]}" for name, count in sorted(reasons.items()))
        parts.append(f"{sum(reasons.values())} not judged ({why})")
    return ", ".join(parts)


def _error(found: Values) -> str:
    """Say how far a single value may be from the truth."""
    if not found.lows:
        return "Its error has not been measured with this model."
    halves = [(high - low) / 2 for low, high in zip(found.lows, found.highs, strict=True)]
    return f"A single value is right to about ±{amount(median(halves), found.metric.unit)}, nine times out of ten."
