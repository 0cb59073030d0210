from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.change_simulation import DRAWS, false_calls, found
from rehearse.model import TrendPoint
from rehearse.progress.change_detection import (
    changes,
    current_level,
    level_starts,
    own_range,
    rolling_median,
    stretches,
)
from tests.factories import SPOKEN_AT

USUAL = (10.0, 12.0, 9.0, 11.0, 10.0, 11.0, 8.0, 10.0, 12.0, 9.0)
MOVED = (20.0, 21.0, 19.0, 22.0, 20.0, 19.0)
SERIES = 2500


def points(*values, first_day=0, **measured):
    days = range(first_day, first_day + len(values))
    return [
        TrendPoint(f"take-{day}", SPOKEN_AT + timedelta(days=day), value, **measured)
        for day, value in zip(days, values, strict=True)
    ]


@pytest.mark.parametrize("name", ["normal", "log-normal (0.6)", "Student's t (4)", "Poisson (3)"])
def test_thirty_takes_without_a_change_rarely_call_one(name):
    assert false_calls(DRAWS[name], SERIES) <= 0.05 + 2 * (0.05 * 0.95 / SERIES) ** 0.5


@pytest.mark.parametrize("after", [10, 15, 24])
@pytest.mark.parametrize("move", [2.0, -2.0])
def test_a_move_of_two_standard_deviations_is_mostly_found_within_six_takes(after, move):
    assert found(DRAWS["normal"], after, SERIES, move=move) >= 0.80 - 2 * (0.8 * 0.2 / SERIES) ** 0.5


def test_a_change_says_from_where_to_where_and_since_when():
    (change,) = changes(points(*USUAL, *MOVED))
    assert (change.before, change.after) == (10.0, 20.0)
    assert change.since == SPOKEN_AT + timedelta(days=10)
    assert (change.takes_before, change.takes_after) == (10, 6)


@pytest.mark.parametrize("count", range(16))
def test_fewer_than_six_takes_after_ten_never_call_a_change(count):
    assert changes(points(*[0.0, 0.1] * 5, *[100.0] * 6)[:count]) == ()


@pytest.mark.parametrize(
    "other",
    [{"model": "base"}, {"version": 2}, {"source": "computer"}, {"microphone": "Desk"}, {"program": "0.2.0"}],
)
def test_another_way_of_measuring_is_no_progress(other):
    measured = {"model": "tiny.en", "source": "browser"}
    taken = points(*USUAL, **measured) + points(*MOVED * 2, first_day=10, **{**measured, **other})
    assert changes(taken) == ()
    assert [len(stretch) for stretch in stretches(taken)] == [10, 12]


def test_takes_with_an_earlier_microphone_are_taken_up_again():
    between = points(50.0, first_day=10, microphone="Headset")
    (change,) = changes(points(*USUAL) + between + points(*MOVED, first_day=11))
    assert (change.before, change.after) == (10.0, 20.0)


def test_a_difference_within_the_measurement_s_own_error_is_no_change():
    taken = points(*USUAL, *MOVED)
    shrunk = (1 / 10 + 1 / 6) ** 0.5
    assert changes(taken, error=9.9 / shrunk)
    assert changes(taken, error=10.1 / shrunk) == ()


def test_the_level_of_now_begins_where_the_last_change_was_called():
    taken = points(*USUAL, *MOVED)
    assert [point.value for point in current_level(taken)] == list(MOVED)
    assert current_level(taken, error=100.0) == tuple(taken)


def test_the_count_begins_again_at_the_new_level():
    assert level_starts([*USUAL, *MOVED, *MOVED[:4], *USUAL[:6]]) == (10, 20)


def test_a_change_says_on_how_many_days_it_was_heard():
    (change,) = changes(points(*USUAL, *MOVED))
    assert change.days == 6
    one_day = [replace(point, spoken_at=SPOKEN_AT + timedelta(days=20)) for point in points(*MOVED)]
    (change,) = changes([*points(*USUAL), *one_day])
    assert change.days == 1


def test_a_change_says_when_the_questions_changed_with_it():
    taken = points(*USUAL, kind="behavioral") + points(*MOVED, first_day=10, kind="technical")
    (change,) = changes(taken)
    assert (change.kind_before, change.kind_after) == ("behavioral", "technical")
    (same,) = changes([replace(point, kind=None) for point in taken])
    assert same.kind_before is same.kind_after is None


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9])
def test_values_that_never_vary_are_no_change(value):
    assert level_starts([value] * 100) == ()


def test_a_step_between_values_that_never_vary_is_found():
    assert level_starts([0.0] * 10 + [3.0] * 6) == (10,)


def test_the_own_range_leaves_out_one_take_in_ten_at_each_end():
    assert own_range([5.0] * 9) is None
    assert own_range([100.0, *[5.0] * 18, -100.0]) == (5.0, 5.0)


@pytest.mark.parametrize(
    ("values", "expected"), [([], []), ([4.0], [None]), ([1.0, 3.0], [None, 2.0]), ([0.0, 0.0], [None, 0.0])]
)
def test_a_median_needs_its_whole_window(values, expected):
    assert rolling_median(values, window=2) == expected
