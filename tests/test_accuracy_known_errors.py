"""Numbers that carry their known error: the range that a page shows beside them."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from math import comb, exp, lgamma

import pytest

from rehearse import weights
from rehearse.model import Attempt, Filler, Measurement, Span, Transcript
from rehearse.progress.measurement_error import (
    COVERAGE,
    FILE,
    Counts,
    expected_count,
    expected_range,
    likely_range,
    true_number,
)
from tests.factories import SPOKEN_AT, words

GOOD = Counts(right=45, wrong=2, missed=3)
KNOWN = tomllib.loads(FILE.read_text(encoding="utf-8"))["models"]


def attempt(metric: str, value: float | None, *, um: int = 0, model: str | None = "tiny.en") -> Attempt:
    heard = words("um " * um + "we led the team " * 25, seconds=60.0)
    fillers = tuple(
        Filler("filled_pause", "um", Span(word.start, word.end), index=i) for i, word in enumerate(heard[:um])
    )
    return Attempt(
        id="take",
        question=None,
        spoken_at=SPOKEN_AT,
        duration=61.0,
        model=model,
        transcript=Transcript(heard, "en"),
        fillers=fillers,
        measurements=(Measurement(metric, value),),
        speech=Span(0.0, 60.0),
    )


def test_the_default_model_has_known_errors_for_its_counts_and_its_pace() -> None:
    assert {"filled_pause", "pause"} <= set(KNOWN[weights.DEFAULT]["counts"])
    assert {"speech_rate", "answer_length"} <= set(KNOWN[weights.DEFAULT]["widths"])


@pytest.mark.parametrize("found", [0, 1, 4, 7, 20, 150])
def test_a_range_reaches_its_coverage_and_none_shorter_does(found: int) -> None:
    odds = true_number(found, GOOD)
    low, high = likely_range(found, GOOD) or (0, 0)
    assert sum(odds) == pytest.approx(1, abs=1e-6)
    assert sum(odds[low : high + 1]) >= COVERAGE
    width = high - low
    assert all(sum(odds[start : start + width]) < COVERAGE for start in range(len(odds)))


def by_definition(found: int, counts: Counts, number: int) -> float:
    """Sum the formula of ``likely_range`` term by term; the mean of p^x * (1 - p)^y over a Beta is a ratio of two."""

    def beta(x: float, y: float) -> float:
        return lgamma(x) + lgamma(y) - lgamma(x + y)

    right, wrong, missed = counts.right + 0.5, counts.wrong + 0.5, counts.missed + 0.5
    return sum(
        comb(found, k)
        * comb(number, number - k)
        * exp(beta(right + k, wrong + found - k) - beta(right, wrong))
        * exp(beta(right + k + 1, missed + number - k) - beta(right, missed))
        for k in range(min(found, number) + 1)
    )


@pytest.mark.parametrize("counts", [GOOD, Counts(11, 2, 0), Counts(0, 5, 20), Counts(2000, 1500, 900)])
@pytest.mark.parametrize("found", [0, 1, 7, 60])
def test_each_number_is_as_probable_as_the_formula_says(found: int, counts: Counts) -> None:
    odds = true_number(found, counts)
    assert odds == pytest.approx([by_definition(found, counts, n) for n in range(len(odds))], abs=1e-10)


def test_an_hour_of_pauses_is_judged_at_once() -> None:
    begun = time.process_time()
    low, high = likely_range(1600, Counts(right=11, wrong=2, missed=0)) or (0, 0)
    assert time.process_time() - begun < 1
    assert low < 1600 < high


def test_any_number_of_measured_recordings_gives_odds_that_add_up() -> None:
    assert sum(true_number(1600, Counts(right=90_000, wrong=4_000, missed=5_000))) == pytest.approx(1, abs=1e-6)


def test_seven_um_found_are_six_to_nine_with_few_errors_and_more_uncertain_with_many() -> None:
    assert likely_range(7, GOOD) == (6, 9)
    low, high = likely_range(7, Counts(right=20, wrong=10, missed=10)) or (7, 7)
    assert low < 6
    assert high > 9


def test_none_found_may_still_be_one_missed_but_never_less_than_none() -> None:
    low, high = likely_range(0, Counts(right=10, wrong=2, missed=5)) or (1, 0)
    assert low == 0
    assert high >= 1


def test_errors_too_large_for_any_range_give_none() -> None:
    assert likely_range(3, Counts(right=0, wrong=5, missed=20)) is None


def test_what_was_measured_with_another_model_has_no_range() -> None:
    assert expected_count("filled_pause", 7, "somebody's own") is None
    assert expected_count("filled_pause", 7, None) is None
    assert expected_range(attempt("speech_rate", 150.0, model="somebody's own"), "speech_rate") is None


def test_the_pace_is_given_with_the_measured_error_around_it() -> None:
    low, high = expected_range(attempt("speech_rate", 150.0), "speech_rate") or (0.0, 0.0)
    width = KNOWN["tiny.en"]["widths"]["speech_rate"]["relative"]
    assert (low, high) == (pytest.approx(150 * (1 - width)), pytest.approx(150 * (1 + width)))
    assert 0 < width < 0.1


def test_a_rate_is_as_uncertain_as_the_count_it_comes_from() -> None:
    count = expected_count("filled_pause", 6, "tiny.en")
    rate = expected_range(attempt("filled_pause_rate", 6.0, um=6), "filled_pause_rate")
    hundred = expected_range(attempt("filled_pauses_per_100_words", 6.0, um=6), "filled_pauses_per_100_words")
    assert rate == count
    assert hundred == count


def test_a_shortest_length_is_never_negative() -> None:
    low, _ = expected_range(attempt("response_latency", 0.01), "response_latency") or (None, None)
    assert low == 0


@pytest.mark.parametrize("metric", ["lexical_variety", "pitch_variation", "hedge_rate"])
def test_a_measurement_without_a_truth_to_compare_with_has_no_range(metric: str) -> None:
    assert expected_range(attempt(metric, 3.0), metric) is None


def test_what_is_not_judged_has_no_range() -> None:
    assert expected_range(attempt("speech_rate", None), "speech_rate") is None
    unknown = replace(attempt("filled_pause_rate", 2.0, um=2), speech=None)
    assert expected_range(unknown, "filled_pause_rate") is None


@pytest.mark.parametrize(("count", "known"), [(1, False), (39, False), (40, True)])
@pytest.mark.parametrize("metric", ["speech_rate", "filled_pause_rate"])
def test_a_pace_or_rate_of_a_few_words_has_no_range(metric: str, count: int, known: bool) -> None:
    made = attempt(metric, 100.0, um=2)
    cut = replace(made, transcript=Transcript(made.transcript.words[: 2 + count], "en"))
    assert (expected_range(cut, metric) is not None) is known


def test_a_length_in_seconds_is_known_as_well_for_a_few_words() -> None:
    cut = replace(attempt("answer_length", 2.0), transcript=Transcript(words("I led it."), "en"))
    assert expected_range(cut, "answer_length") is not None
