from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import altair as alt
import pytest

from rehearse.model import TrendPoint
from rehearse.views import charts
from rehearse.views.charts import calendar_chart, occasions_chart, trend_chart
from tests.factories import SPOKEN_AT

LIGHT, DARK = "#ffffff", "#0e1117"


def points(*values, model="tiny.en", version=1, first_day=0):
    return [
        TrendPoint(f"take-{first_day + day}", SPOKEN_AT + timedelta(days=first_day + day), value, version, model)
        for day, value in enumerate(values)
    ]


def drawn(taken, band=None, unit="words/min", label="Speech rate"):
    return checked(trend_chart(taken, band, unit, label))


def checked(spec):
    """Give a specification that Vega-Lite's schema allows."""
    alt.LayerChart.from_dict(spec)
    return spec


def layers(spec, mark):
    """List the layers of one kind, each with the data and encoding of those around it."""
    found = []
    for layer in spec["layer"]:
        inner = [
            {**one, "data": layer["data"], "encoding": {**layer["encoding"], **one["encoding"]}}
            for one in layer.get("layer", [])
        ]
        found += [one for one in inner or [layer] if one["mark"]["type"] == mark]
    return found


def data(layer):
    return layer["data"]["values"]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_take_is_a_dot_at_its_time_in_utc():
    spec = drawn(points(120.0, 131.5))
    (dots,) = layers(spec, "circle")
    assert [(row["spoken_at"], row["value"]) for row in data(dots)] == [
        ("2025-03-14T09:26:53.000+00:00", 120.0),
        ("2025-03-15T09:26:53.000+00:00", 131.5),
    ]
    assert dots["encoding"]["x"]["type"] == "temporal"
    assert "timeUnit" not in dots["encoding"]["x"]
    assert dots["encoding"]["y"]["title"] == "words/min"


def test_a_stored_zero_is_a_dot_at_zero():
    spec = drawn(points(0.0, 2.0))
    assert data(layers(spec, "circle")[0])[0]["value"] == 0.0


def test_the_line_is_the_median_of_five_and_starts_at_the_fifth_take():
    spec = drawn(points(1.0, 9.0, 2.0, 8.0, 3.0, 100.0))
    (line,) = layers(spec, "line")
    assert [row["median"] for row in data(line)] == [None, None, None, None, 3.0, 8.0]
    assert line["encoding"]["y"]["field"] == "median"


def test_another_model_breaks_the_line_and_is_marked_between_the_two_takes():
    taken = points(*[100.0] * 5) + points(*[150.0] * 5, model="base", first_day=5)
    spec = drawn(taken)
    (rule,) = layers(spec, "rule")
    assert data(rule) == [{"at": "2025-03-18T21:26:53.000+00:00", "change": "now base"}]
    medians = [(row["segment"], row["median"]) for row in data(layers(spec, "line")[0])]
    assert medians == [*[(0, None)] * 4, (0, 100.0), *[(1, None)] * 4, (1, 150.0)]


def test_the_line_does_not_lead_across_another_model_to_takes_of_the_first_again():
    taken = points(*[1.0] * 5) + points(9.0, model="base", first_day=5) + points(1.0, first_day=6)
    rows = data(layers(drawn(taken), "line")[0])
    assert [(row["segment"], row["median"]) for row in rows[4:]] == [(0, 1.0), (1, None), (2, 1.0)]


def test_another_version_of_the_formula_is_marked_too():
    spec = drawn(points(1.0) + points(2.0, version=2, first_day=1) + points(3.0, version=3, model=None, first_day=2))
    (rule,) = layers(spec, "rule")
    assert [row["change"] for row in data(rule)] == ["now formula 2", "now text, formula 3"]


def test_an_unchanged_measuring_has_no_rule():
    assert not layers(drawn(points(1.0, 2.0, 3.0)), "rule")


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (120.0, 165.0, ({"datum": 120.0}, {"datum": 165.0})),
        (None, 3.0, ({"datum": 3.0}, {"value": "height"})),
        (120.0, None, ({"datum": 120.0}, {"value": 0})),
        (0.0, 0.5, ({"datum": 0.0}, {"datum": 0.5})),
    ],
)
def test_the_band_lies_behind_the_takes_and_an_open_side_reaches_the_edge(low, high, edges):
    spec = drawn(points(130.0), SimpleNamespace(low=low, high=high))
    band = spec["layer"][0]
    assert band["mark"]["type"] == "rect"
    assert (band["encoding"]["y"], band["encoding"]["y2"]) == edges


@pytest.mark.parametrize("band", [None, SimpleNamespace(low=None, high=None)])
def test_no_band_draws_no_rectangle(band):
    assert not layers(drawn(points(130.0), band), "rect")


def test_the_description_says_what_the_chart_shows():
    spec = drawn(points(120.0, 150.0), SimpleNamespace(low=110.0, high=None))
    assert spec["description"] == (
        "Speech rate of 2 answers, from 120.0 to 150.0 words/min, the last one 150.0; comfortable from 110."
    )


def test_no_takes_give_an_empty_chart_that_says_so():
    assert drawn([])["description"] == "Speech rate: no answers yet."


def test_the_axis_of_values_has_no_noughts_behind_its_figures():
    assert layers(drawn(points(1.21)), "circle")[0]["encoding"]["y"]["axis"]["format"] == ".6~g"


def test_the_chart_fits_its_container_and_a_phone():
    spec = drawn(points(1.0))
    assert (spec["width"], spec["height"]) == ("container", 190)


@pytest.mark.parametrize(("days", "format_"), [(1, "%d %b"), (400, "%b %Y")])
def test_the_time_axis_names_days_for_weeks_and_months_for_years(days, format_):
    spec = drawn(points(1.0) + points(2.0, first_day=days))
    assert layers(spec, "circle")[0]["encoding"]["x"]["axis"]["format"] == format_


@pytest.mark.parametrize("page", [LIGHT, DARK])
@pytest.mark.parametrize("colour", [charts.DOT, charts.LINE, charts.RULE, charts.BAND])
def test_colours_stand_out_on_the_light_and_the_dark_page(colour, page):
    assert contrast(colour, page) >= 3


def evening(*values, minutes=7, day=0):
    start = SPOKEN_AT + timedelta(days=day)
    return [
        TrendPoint(f"take-{day}-{number}", start + timedelta(minutes=minutes * number), value, 1, "tiny.en")
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_the_answers_of_one_evening_stand_one_after_another_with_their_times(count):
    spec = drawn(evening(*[120.0 + number for number in range(count)]))
    (dots,) = layers(spec, "circle")
    x = dots["encoding"]["x"]
    assert [row[x["field"]] for row in data(dots)] == list(range(1, count + 1))
    assert x["scale"]["domain"] == [0.5, count + 0.5]
    assert (x["axis"]["values"], "%H:%M" in x["axis"]["labelExpr"]) == (list(range(1, count + 1)), True)
    assert x["axis"]["title"] == "14 Mar 2025"


def test_several_evenings_are_told_apart_by_the_day_at_their_first_answer():
    spec = drawn([point for day in range(0, 21, 3) for point in evening(1.0, 2.0, 3.0, day=day)])
    axis = layers(spec, "circle")[0]["encoding"]["x"]["axis"]
    assert axis["values"] == [1, 4, 7, 10, 13, 16, 19]
    assert "%d %b" in axis["labelExpr"]
    assert axis["grid"] is True


def test_an_answer_a_day_for_three_weeks_stays_on_a_time_scale():
    x = layers(drawn(points(*[1.0] * 21)), "circle")[0]["encoding"]["x"]
    assert (x["field"], x["type"]) == ("spoken_at", "temporal")


def test_another_model_in_the_middle_of_an_evening_is_marked_between_its_two_answers():
    other = [replace(point, model="base") for point in evening(1.0, 2.0, 3.0)]
    spec = drawn([*evening(1.0, 2.0, minutes=1), *other[2:]])
    (rule,) = layers(spec, "rule")
    assert data(rule) == [{"at": 2.5, "change": "now base"}]
    assert rule["encoding"]["x"]["axis"] == layers(spec, "circle")[0]["encoding"]["x"]["axis"]


def test_occasions_of_one_evening_stand_one_after_another_too():
    answers = [(f"take-{number}", SPOKEN_AT + timedelta(minutes=number), True) for number in range(3)]
    (dots,) = layers(checked(occasions_chart(answers)), "point")
    assert [row[dots["encoding"]["x"]["field"]] for row in data(dots)] == [1, 2, 3]


def test_takes_are_drawn_from_one_copy_of_their_data():
    spec = drawn(points(*[float(i % 50) for i in range(700)]))
    assert [len(layer["data"]["values"]) for layer in spec["layer"]] == [700]


def test_a_click_on_a_dot_tells_which_answer_it_was():
    spec = drawn(points(120.0))
    (dots,) = layers(spec, "circle")
    (selection,) = dots["params"]
    assert selection["name"] == charts.CHOSEN
    assert selection["select"]["fields"] == ["attempt_id"]
    assert data(layers(spec, "circle")[0])[0]["attempt_id"] == "take-0"


def test_the_usual_range_is_an_empty_dashed_frame():
    spec = checked(trend_chart(points(120.0), None, "words/min", "Speech rate", usual=(110.0, 140.0)))
    (frame,) = layers(spec, "rect")
    assert (frame["mark"]["fillOpacity"], frame["mark"]["strokeDash"]) == (0, [4, 3])
    assert (frame["encoding"]["y"], frame["encoding"]["y2"]) == ({"datum": 110.0}, {"datum": 140.0})


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("source", "upload", "now uploaded file"),
        ("microphone", "M" * 200, f"now {'M' * 30}"),
        ("program", "0.2.0", "now Rehearse 0.2.0"),
    ],
)
def test_another_source_microphone_or_release_is_marked(field, value, told):
    spec = drawn([*points(1.0), *(replace(point, **{field: value}) for point in points(2.0, first_day=1))])
    assert [row["change"] for row in data(layers(spec, "rule")[0])] == [told]
    assert [row["segment"] for row in data(layers(spec, "line")[0])] == [0, 1]


def test_the_calendar_shows_each_day_of_its_weeks_up_to_the_last_with_its_answers():
    spec = checked(calendar_chart({date(2025, 3, 13): 2, date(2024, 1, 1): 9}, date(2025, 3, 14), weeks=2))
    rows = data(layers(spec, "rect")[0])
    assert [(row["week"], row["weekday"], row["answers"]) for row in rows][-2:] == [
        ("10 Mar", "Thu", 2),
        ("10 Mar", "Fri", 0),
    ]
    assert (rows[0]["day"], len(rows)) == ("03 Mar 2025", 12)
    assert spec["description"] == "Days practised in the last 2 weeks: 1 of 12."


def test_answers_with_an_occasion_are_told_from_those_without_by_place_and_shape():
    spec = checked(occasions_chart([("take-1", SPOKEN_AT, True), ("take-2", SPOKEN_AT, False)]))
    (dots,) = layers(spec, "point")
    assert [(row["attempt_id"], row["answer"], row["full"]) for row in data(dots)] == [
        ("take-1", "one example", True),
        ("take-2", "none", False),
    ]
    assert dots["encoding"]["fill"]["value"] == "transparent"
    assert spec["description"] == "A specific example in 1 of 2 answers that called for one."
