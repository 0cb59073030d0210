"""Values and kinds of question as text, for the pages and the report."""

from __future__ import annotations

from datetime import datetime

from rehearse.metrics.judgement import judgement
from rehearse.metrics.registry import REGISTERED, Band, Metric
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Question, Span, Story

STORY_TYPES = {
    "story": "You gave one specific example.",
    "pseudo_story": "You described what usually happens, not one particular time.",
    "self_description": "You described yourself; there's no example yet.",
    "opinion": "You gave an opinion; there's no example yet.",
    "hypothetical": "You said what you would do, not what you did on one particular time.",
}
"""What each story type means for the answer."""
TOO_LITTLE = "Nothing stood out this time, good or bad."
"""Shown where an answer has no findings."""

NOT_JUDGED = "not judged"
"""Shown where nothing can be said about a value."""

_SINGLE = {"pauses": "pause", "words": "word", "semitones": "semitone"}
"""Singular forms of units."""
_MINUTE = 60.0
_WHOLE_FROM = 20.0
"""Values from here on are shown without a decimal (house default)."""


def clock(seconds: float) -> str:
    """Format seconds as minutes and seconds.

    >>> clock(92.4)
    '1:32'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def kind_label(kind: str | None) -> str:
    """Return the display name of a kind of question.

    >>> kind_label("role_depth"), kind_label("behavioral")
    ('Role depth', 'Behavioural')
    """
    # The names of the kinds are fixed by the JSON schema, in American spelling.
    return kind.replace("_", " ").replace("behavioral", "behavioural").capitalize() if kind else "Any answer"


def goal(question: Question) -> str:
    """Say how long the answer should be, by the band with which the feedback judges its length."""
    band = REGISTERED["answer_length"].band(question.judged_as)
    edges = [clock(edge) for edge in (band.low, band.high) if edge is not None] if band else []
    return f"aim for {' to '.join(edges)}" if edges else "any length"


def when(moment: datetime) -> str:
    """Format a date and time in the local time zone."""
    return f"{moment.astimezone():%d %b %Y, %H:%M}"


def when_in_zone(moment: datetime) -> str:
    """Format a date and time in the local time zone, with its name, for a reader who may be elsewhere."""
    zone = moment.astimezone().tzname()
    # A computer whose zone was never set runs on UTC, which is nobody's local time.
    return when(moment) if zone == "UTC" else f"{when(moment)} {zone}"


def day(moment: datetime) -> str:
    """Format a date in the local time zone."""
    return f"{moment.astimezone():%d %b %Y}"


def story_parts(story: Story) -> dict[str, tuple[Span, ...]]:
    """Return the parts of a story by display name, in narrative order."""
    return {
        "Situation": story.situation,
        "Action": story.action,
        "Result": story.result,
        "Change in figures": story.quantified,
        "What you learnt": story.reflection,
    }


def amount(value: float | None, unit: str) -> str:
    """Format a value with its unit.

    >>> amount(92.0, "s"), amount(4.62, "1/min"), amount(1.0, "pauses"), amount(None, "s")
    ('1:32 min', '4.6 1/min', '1 pause', 'not judged')
    """
    if value is None:
        return NOT_JUDGED
    if unit == "s" and value >= _MINUTE:
        return f"{clock(value)} min"
    return f"{number(value)} {_named(number(value), unit)}".strip()


def interval(band: Band | None, unit: str) -> str:
    """Format a band; an open side is given in words."""
    if band is None:
        return NOT_JUDGED
    edges = _range(band, unit)
    name = "min" if _in_minutes(band, unit) else _named(edges, unit)
    return f"{_open(band)} {edges} {name}".strip()


def _named(written: str, unit: str) -> str:
    return _SINGLE.get(unit, unit) if written == "1" else unit


def _open(band: Band) -> str:
    return "at least" if band.high is None else "at most" if band.low is None else ""


def _range(band: Band, unit: str) -> str:
    edges = [edge for edge in (band.low, band.high) if edge is not None]
    if _in_minutes(band, unit):
        written = [clock(edge) for edge in edges]
    else:
        rough = any(abs(edge) >= _WHOLE_FROM for edge in edges)
        written = [number(round(edge) if rough else edge) for edge in edges]
    return "\N{EN DASH}".join(written)


def _in_minutes(band: Band, unit: str) -> bool:
    return unit == "s" and max(band.low or 0, band.high or 0) >= _MINUTE


def number(value: float) -> str:
    """Format a value, with one decimal where it is meaningful.

    >>> number(4.62), number(92.4), number(5.0)
    ('4.6', '92', '5')
    """
    return f"{value:.0f}" if abs(value) >= _WHOLE_FROM or value == int(value) else f"{value:.1f}"


def verdict(attempt: Attempt, metric: Metric, value: float | None, context: FeedbackContext = NO_LIMITS) -> str | None:
    """Describe where a value lies relative to its band, and the band; None without a value."""
    judged = judgement(attempt, metric, value, context)
    if judged.standing is None or judged.band is None:
        return standing(attempt, metric, value, context)
    lasts = metric.unit == "s"
    words = {
        "below": "shorter than" if lasts else "lower than",
        "within": _open(judged.band) or "within",
        "above": "longer than" if lasts else "higher than",
    }[judged.standing]
    return f"{words} {_range(judged.band, metric.unit)}"


def standing(attempt: Attempt, metric: Metric, value: float | None, context: FeedbackContext = NO_LIMITS) -> str | None:
    """Say whether a value is below, within or above its band, or why it is not judged; None without a value."""
    judged = judgement(attempt, metric, value, context)
    match judged.reason:
        case "undefined":
            return None
        case "by_choice":
            return f"{NOT_JUDGED}, as you chose"
        case "too_few_words":
            return f"under {metric.judged_from} words"
        case "no_band" | "truncated":
            return NOT_JUDGED
        case None:
            return judged.standing
