"""Pace and melody of one answer: chart and table say the same, and nothing is drawn that is not known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pytest

from rehearse.metrics import Band
from rehearse.model import Attempt, Measurement, Pause, Span, Transcript
from rehearse.views.charts import Spec
from rehearse.views.take_charts import (
    Melody,
    find_melody,
    melody_chart,
    melody_rows,
    melody_said,
    pace_chart,
    pace_points,
    pace_rows,
    pace_said,
)
from tests.factories import attempt, joined, silence, tone, words

BAND = Band(100, 190)


def spoken(*, seconds: float = 60.0) -> Attempt:
    """Speak 120 words a minute in the first half, 240 in the second."""
    half = seconds / 2
    said = words("la " * round(half * 2), seconds=half) + words("la " * round(half * 4), start=half, seconds=half)
    return replace(attempt(duration=seconds), transcript=Transcript(said), pauses=(), speech=Span(0.0, seconds))


def drawn(chart: Spec) -> list[dict[str, Any]]:
    """Give the points of the chart's line; Vega-Lite's schema has to allow it."""
    alt.LayerChart.from_dict(chart)
    rows: list[dict[str, Any]] = chart["layer"][-1]["data"]["values"]
    return rows


def test_the_table_gives_values_of_the_curve() -> None:
    points = pace_points(spoken())
    curve = {row["time"]: row["pace"] for row in drawn(pace_chart(points, BAND))}
    table = pace_rows(points, BAND)
    assert [row["Around"] for row in table] == ["0:00", "0:15", "0:30", "0:45", "1:00"]
    assert [row["Words/min"] for row in table] == [f"{curve[row['Around']]:.0f}" for row in table]
    assert [row["Here"] for row in table] == ["within", "within", "within", "above", "above"]


def test_the_pace_is_said_in_words_and_names_the_chart() -> None:
    points = pace_points(spoken())
    assert pace_said(points, BAND) == (
        "From 120 words a minute around 0:00 to 240 around 0:38; 52 % of it within the comfortable band."
    )
    assert pace_chart(points, None)["description"].startswith("Pace through the answer. From 120")


def test_an_unjudged_pace_has_no_band() -> None:
    points = pace_points(spoken())
    assert "Here" not in pace_rows(points, None)[0]
    assert "band" not in pace_said(points, None)
    assert len(pace_chart(points, None)["layer"]) == len(pace_chart(points, BAND)["layer"]) - 1


@pytest.mark.parametrize(
    "short",
    [spoken(seconds=29.0), replace(spoken(), speech=None), replace(spoken(), transcript=Transcript((), None))],
    ids=["too short", "nobody spoke", "no words"],
)
def test_what_cannot_be_followed_is_not_drawn(short: Attempt) -> None:
    assert pace_points(replace(short, measurements=())) == ()


def test_an_older_attempt_tells_its_speech_by_its_measurements() -> None:
    measured = (Measurement("response_latency", 0.0), Measurement("answer_length", 60.0))
    older = replace(spoken(), speech=None, measurements=measured)
    assert pace_points(older) == pace_points(spoken())


def test_a_melody_is_measured_against_its_own_middle_and_breaks_at_pauses() -> None:
    sound = joined(tone(4, hertz=150), silence(1.0), tone(4, hertz=300))
    told = replace(attempt(duration=9.0), speech=Span(0.0, 9.0), pauses=(Pause(Span(4.0, 5.0)),))
    melody = find_melody(sound, told)
    assert melody is not None
    low, high = np.nanmedian(melody.semitones[:380]), np.nanmedian(melody.semitones[520:])
    assert high - low == pytest.approx(12, abs=0.1)
    assert np.isnan(melody.semitones[420:480]).all()
    assert [row["pitch"] for row in drawn(melody_chart(melody)) if 4.2 < row["at"] < 4.8] == [None] * 5


def test_the_melodys_table_has_a_row_for_each_ten_seconds_with_voice() -> None:
    semitones = np.concatenate([np.linspace(-2, 2, 1000), np.full(1000, np.nan), np.full(1000, 3.0)])
    rows = melody_rows(Melody(semitones))
    assert [row["From"] for row in rows] == ["0:00", "0:20"]
    assert [rows[0]["Low"], rows[0]["High"], rows[1]["Middle"]] == ["-1.8", "+1.8", "+3.0"]
    assert melody_said(Melody(semitones)) == "Nine tenths of your voice stays within 5 semitones."


def test_silence_has_no_melody() -> None:
    told = replace(attempt(duration=3.0), speech=Span(0.0, 3.0), pauses=())
    assert find_melody(silence(3.0), told) is None
    assert find_melody(silence(3.0), replace(told, speech=None, measurements=())) is None


def test_a_long_melody_is_drawn_with_as_many_points_as_a_screen_has() -> None:
    rows = drawn(melody_chart(Melody(np.zeros(60_000))))
    assert len(rows) == 1200
    assert all(later["at"] > earlier["at"] for earlier, later in pairwise(rows))
