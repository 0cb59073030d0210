"""Charts of one answer over time: pace and melody, each with the rows of its table.

Chart and table use the same points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.events.activity import FRAME
from rehearse.events.pitch import track_pitch
from rehearse.metrics.pace import WINDOW, pace_over_time
from rehearse.metrics.value_text import clock
from rehearse.model import Attempt, Recording
from rehearse.views.charts import DOT, Spec, band_layer, chart, field

if TYPE_CHECKING:
    import numpy.typing as npt

    from rehearse.metrics import Band

HEIGHT = 180
"""Pixels (house default)."""
SHORTEST = 2 * WINDOW
"""Fewest seconds of speech for a pace curve; below, all windows overlap (house default)."""
MELODY_WINDOW = 10.0
"""Seconds per row of the melody's table (Hincks 2005)."""
_MOST_POINTS = 1200
"""Most points of a drawn melody; more than a wide screen has pixels (house default)."""
_FINEST = 0.1
"""Least seconds between two points of a drawn melody (house default)."""
_LEAST_VOICED = 1.0
"""Least seconds of voice in a row (house default)."""
_MOST_TICKS = 8
_CLOCK = "floor(datum.value / 60) + ':' + (datum.value % 60 < 10 ? '0' : '') + datum.value % 60"


@dataclass(frozen=True, slots=True, eq=False)
class Melody:
    """The pitch of one answer relative to its own median.

    Attributes:
        semitones: Shape (n,), one value for each ``step`` seconds; NaN without voice.
        step: Seconds per value.

    """

    semitones: npt.NDArray[np.float64]
    step: float = FRAME


def pace_points(attempt: Attempt) -> tuple[tuple[float, float], ...]:
    """Return the speech rate over time as pairs of seconds and words a minute; empty if the answer is too short."""
    speech = attempt.spoken_span
    if speech is None or speech.duration < SHORTEST or not attempt.transcript.timed:
        return ()
    return pace_over_time(attempt.transcript.words, speech)


def pace_rows(points: Sequence[tuple[float, float]], band: Band | None) -> list[dict[str, str]]:
    """Return a row for every fifteenth second of the curve, so that the windows do not overlap."""
    return [
        {"Around": clock(time), "Words/min": f"{rate:.0f}", **({"Here": _here(rate, band)} if band else {})}
        for time, rate in points[:: int(WINDOW)]
    ]


def pace_said(points: Sequence[tuple[float, float]], band: Band | None) -> str:
    """Describe the curve in words."""
    slowest, fastest = min(points, key=lambda point: point[1]), max(points, key=lambda point: point[1])
    summary = (
        f"From {slowest[1]:.0f} words a minute around {clock(slowest[0])} "
        f"to {fastest[1]:.0f} around {clock(fastest[0])}"
    )
    if band is None:
        return f"{summary}."
    outside = sum(rate not in band for _, rate in points)
    inside = f"{100 * (len(points) - outside) / len(points):.0f} % of it" if outside else "all of it"
    return f"{summary}; {inside} within the comfortable band."


def pace_chart(points: Sequence[tuple[float, float]], band: Band | None) -> Spec:
    """Draw the pace through an answer with its comfortable band."""
    rows = [{"at": round(time, 1), "pace": round(rate, 1), "time": clock(time)} for time, rate in points]
    curve = _curve(rows, "pace", "Words a minute", end=points[-1][0])
    return chart([*band_layer(band), curve], HEIGHT, f"Pace through the answer. {pace_said(points, band)}")


def find_melody(recording: Recording, attempt: Attempt) -> Melody | None:
    """Track the pitch of a recording between its stored pauses.

    Args:
        recording: Mono sound.
        attempt: Its analysis; its pauses are excluded.

    Returns:
        The melody; None if no voice is found.

    """
    speech = attempt.spoken_span
    if speech is None:
        return None
    spoken = np.zeros(int(recording.duration / FRAME), bool)
    spoken[round(speech.start / FRAME) : round(speech.end / FRAME)] = True
    for pause in attempt.pauses:
        spoken[round(pause.span.start / FRAME) : round(pause.span.end / FRAME)] = False
    pitch = track_pitch(recording, spoken)
    if np.isnan(pitch).all():
        return None
    semitones = 12 * np.log2(pitch)
    return Melody(semitones - float(np.nanmedian(semitones)))


def melody_rows(melody: Melody) -> list[dict[str, str]]:
    """Return a row for each ten seconds: 5th percentile, median and 95th percentile, relative to the median of all."""
    width = round(MELODY_WINDOW / melody.step)
    rows: list[dict[str, str]] = []
    for first in range(0, len(melody.semitones), width):
        voiced = _voiced(melody.semitones[first : first + width])
        if len(voiced) * melody.step >= _LEAST_VOICED:
            low, middle, high = np.percentile(voiced, [5, 50, 95])
            start = clock(first * melody.step)
            rows.append({"From": start, "Low": f"{low:+.1f}", "Middle": f"{middle:+.1f}", "High": f"{high:+.1f}"})
    return rows


def melody_said(melody: Melody) -> str:
    """Describe the melody in words."""
    low, high = np.percentile(_voiced(melody.semitones), [5, 95])
    return f"Nine tenths of your voice stays within {high - low:.0f} semitones."


def melody_chart(melody: Melody) -> Spec:
    """Draw the melody in semitones around the voice's own median; the line breaks where there is no voice."""
    length = len(melody.semitones) * melody.step
    width = max(1, round(max(_FINEST, length / _MOST_POINTS) / melody.step))
    rows = [
        {
            "at": round(first * melody.step, 2),
            "pitch": round(float(np.median(voiced)), 2) if len(voiced) else None,
            "time": clock(first * melody.step),
        }
        for first in range(0, len(melody.semitones), width)
        for voiced in (_voiced(melody.semitones[first : first + width]),)
    ]
    curve = _curve(rows, "pitch", "Semitones", end=length)
    return chart([curve], HEIGHT, f"Melody of the voice. {melody_said(melody)}")


def _voiced(semitones: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    voiced: npt.NDArray[np.float64] = semitones[~np.isnan(semitones)]
    return voiced


def _here(rate: float, band: Band) -> str:
    if rate in band:
        return "within"
    return "below" if band.low is not None and rate < band.low else "above"


def _curve(rows: list[dict[str, Any]], name: str, title: str, *, end: float) -> Spec:
    axis = {"labelExpr": _CLOCK, "values": _ticks(end), "grid": False}
    return {
        "data": {"values": rows},
        "encoding": {
            "x": field("at", "quantitative", None, scale={"domain": [0, end], "nice": False}, axis=axis),
            "y": field(name, "quantitative", title, scale={"zero": False, "nice": True}),
            "tooltip": [field("time", "nominal", "At"), field(name, "quantitative", title, format=".1f")],
        },
        "layer": [
            {"mark": {"type": "line", "color": DOT, "strokeWidth": 2}},
            {"mark": {"type": "circle", "size": 80, "opacity": 0}},
        ],
    }


def _ticks(end: float) -> list[int]:
    step = next((step for step in (5, 10, 15, 30, 60, 120, 300, 600) if end / step <= _MOST_TICKS), 1800)
    return list(range(0, int(end) + 1, step))
