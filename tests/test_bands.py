"""Comfortable bands by kind of question: which there are, where they come from, and that a follow-up has its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.datatypes import FOLLOW_UP, QUESTION_KINDS, Finding, Measurement, Question, Span, Story
from rehearse.feedback import give_feedback
from rehearse.metrics import METRICS, Band, Metric
from rehearse.phrases import verdict
from rehearse.rounds.moves import follow_up_step
from tests import factories


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.name)
def test_bands_by_kind_are_named_as_ours_and_no_kind_is_left_without(metric: Metric) -> None:
    every = [metric.band(kind) for kind in (None, FOLLOW_UP, *QUESTION_KINDS)]
    assert [band is not None for band in every] == [metric.typical is not None] * len(every)
    assert not metric.by_kind or "house default" in metric.source.lower()


def of_length(question: Question, seconds: float) -> list[Finding]:
    told = factories.say("I led the team " * 15, seconds=seconds)
    measured = Measurement("answer_length", seconds, (Span(0.0, 1.0, "I led the team"),))
    found = give_feedback([measured], Story(None), kind=question.kind, transcript=told.transcript, question=question)
    return [finding for finding in found if finding.measurement == "answer_length"]


def test_half_a_minute_is_short_for_a_question_and_enough_for_a_follow_up() -> None:
    question = factories.QUESTION
    asked = follow_up_step(factories.attempt(), "What would you do differently?", 10, 60).question
    assert (asked.kind, asked.judged_as, asked.seconds) == (question.kind, FOLLOW_UP, (20, 60))
    assert [finding.kind for finding in of_length(question, 30.0)] == ["change"]
    assert [finding.kind for finding in of_length(asked, 30.0)] == ["strength"]
    answered = replace(factories.attempt(), question=asked)
    assert verdict(answered, METRICS["answer_length"], 30.0) == "within 0:10\N{EN DASH}1:30"


def test_a_further_part_of_a_case_takes_as_long_as_a_case() -> None:
    case = replace(factories.QUESTION, kind="case", seconds=(90, 180))
    asked = follow_up_step(replace(factories.attempt(), question=case), "What would break first?", 10, 60).question
    assert (asked.judged_as, asked.seconds) == ("case", (90, 180))
    assert METRICS["answer_length"].band(asked.judged_as) == Band(30, 210)
