"""Comfortable bands by kind of question: which there are, where they come from, and that a follow-up has its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.feedback import give_feedback
from rehearse.interview.transitions import follow_up_step
from rehearse.metrics import METRICS, Band, Metric
from rehearse.metrics.value_text import amount, clock, goal, interval, verdict
from rehearse.model import FOLLOW_UP, QUESTION_KINDS, Finding, Measurement, Pause, Question, Span
from tests import factories


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_bands_by_kind_are_named_as_ours_and_no_kind_is_left_without(metric: Metric) -> None:
    every = [metric.band(kind) for kind in (None, FOLLOW_UP, *QUESTION_KINDS)]
    assert [band is not None for band in every] == [metric.typical is not None] * len(every)
    assert not metric.by_kind or "house default" in metric.source.lower()


def of_length(question: Question, seconds: float) -> list[Finding]:
    told = factories.say("I led the team " * 15, seconds=seconds)
    measured = Measurement("answer_length", seconds, (Span(0.0, 1.0, "I led the team"),))
    found = give_feedback(factories.analysed(told, measured, question=question))
    return [finding for finding in found if finding.topic == "answer_length"]


def test_half_a_minute_is_short_for_a_question_and_enough_for_a_follow_up() -> None:
    question = factories.QUESTION
    asked = follow_up_step(factories.attempt(), "What would you do differently?", 10, 60).question
    assert (asked.kind, asked.judged_as, asked.seconds) == (question.kind, FOLLOW_UP, (20, 60))
    assert [finding.kind for finding in of_length(question, 30.0)] == ["change"]
    assert [finding.kind for finding in of_length(asked, 30.0)] == ["strength"]
    answered = replace(factories.attempt(), question=asked)
    assert verdict(answered, METRICS["answer_length"], 30.0) == "within 0:10\N{EN DASH}1:30"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("pitch_variation", 3.7, "at least 2"),
        ("pitch_variation", 1.0, "lower than 2"),
        ("filled_pause_rate", 1.0, "at most {high:g}"),
        ("filled_pause_rate", 60.0, "higher than {high:g}"),
        ("answer_length", 20.0, "shorter than 0:45\N{EN DASH}3:00"),
        ("answer_length", 400.0, "longer than 0:45\N{EN DASH}3:00"),
    ],
)
def test_how_a_value_lies_to_its_band_reads_like_words_at_an_open_side_too(name: str, value: float, said: str) -> None:
    metric = METRICS[name]
    answered = factories.attempt(text="I led the team out " * 30)
    band = metric.band(factories.QUESTION.judged_as) or Band()
    assert verdict(answered, metric, value) == said.format(high=band.high or 0)


def test_an_open_band_is_written_with_its_one_side() -> None:
    assert interval(Band(low=2), "semitones") == "at least 2 semitones"
    assert interval(Band(high=4), "1/min") == "at most 4 1/min"


@pytest.mark.parametrize("kind", QUESTION_KINDS)
def test_the_length_to_aim_for_is_the_one_that_the_feedback_judges_by(kind: str) -> None:
    question = replace(factories.QUESTION, kind=kind, seconds=(75, 150))
    band = METRICS["answer_length"].band(question.judged_as) or Band()
    assert goal(question) == f"aim for {clock(band.low or 0)} to {clock(band.high or 0)}"


@pytest.mark.parametrize(("seconds", "inside", "count"), [(1.0, None, 0.0), (2.5, None, None), (2.5, True, 1.0)])
def test_only_a_long_pause_has_to_be_placed_to_count_the_long_ones(
    seconds: float, inside: bool | None, count: float | None
) -> None:
    answer = replace(factories.say("I led the team", seconds=9.0), pauses=(Pause(Span(1.0, 1.0 + seconds), inside),))
    assert METRICS["long_pauses"].compute(answer) == count


def test_a_further_part_of_a_case_takes_as_long_as_a_case() -> None:
    case = replace(factories.QUESTION, kind="case", seconds=(90, 180))
    asked = follow_up_step(replace(factories.attempt(), question=case), "What would break first?", 10, 60).question
    assert (asked.judged_as, asked.seconds) == ("case", (90, 180))
    assert METRICS["answer_length"].band(asked.judged_as) == Band(30, 210)


@pytest.mark.parametrize(("count", "times"), [(1, "once"), (2, "twice"), (3, "3 times")])
def test_one_long_pause_is_mentioned_as_well_as_three(count: int, times: str) -> None:
    stops = tuple(Span(float(i), i + 2.5, "I led the") for i in range(count))
    told = factories.say("I led the team " * 15, seconds=60.0)
    measured = Measurement("long_pauses", float(count), stops)
    [found] = [
        finding
        for finding in give_feedback(factories.analysed(told, measured, kind="behavioral"))
        if finding.topic == "long_pauses"
    ]
    assert found.message.startswith(f"You stopped {times} in the middle of a sentence for more than two seconds")


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0 pauses"), (1.0, "1 pause"), (1.04, "1.0 pauses"), (2.0, "2 pauses")]
)
def test_one_of_a_unit_is_written_in_the_singular(value: float, written: str) -> None:
    assert amount(value, "pauses") == written
    assert interval(Band(high=value), "pauses") == f"at most {written}"
