"""Pace, fillers, pauses and voice that a person wants measured but not judged."""

from __future__ import annotations

from rehearse import interview
from rehearse.analysis.assemble import measure
from rehearse.feedback import give_feedback
from rehearse.interview.planning import new_round
from rehearse.interview.rounds import Step
from rehearse.metrics import DELIVERY, METRICS
from rehearse.metrics.judgement import judged_band
from rehearse.metrics.value_text import standing, verdict
from rehearse.model import FeedbackContext, Finding, Story
from tests import factories
from tests.factories import say

FAST = say("um I led the whole team through the move " * 8, seconds=20.0)


def without(*families: str) -> FeedbackContext:
    return FeedbackContext(frozenset(families))


def found(*unjudged: str) -> tuple[Finding, ...]:
    return give_feedback(factories.analysed(FAST, *measure(FAST)), without(*unjudged))


def test_a_family_left_unjudged_has_no_finding_and_the_others_keep_theirs() -> None:
    everything = {finding.topic for finding in found()}
    assert {"speech_rate", "filled_pause_rate"} <= everything
    assert {finding.topic for finding in found("pace")} == everything - {"speech_rate"}
    assert {finding.topic for finding in found("pace", "fillers")}.isdisjoint(
        name for name, metric in METRICS.items() if metric.family in ("pace", "fillers")
    )


def test_what_is_left_unjudged_has_no_band_and_says_why() -> None:
    rate, length = METRICS["speech_rate"], METRICS["answer_length"]
    answer = factories.attempt(text="I led the team " * 20)
    assert judged_band(rate, "technical", without("pace")) is None
    assert judged_band(length, "technical", without("pace")) == length.band("technical") is not None
    assert standing(answer, rate, 240.0) == "above"
    assert standing(answer, rate, 240.0, without("pace")) == "not judged, as you chose"
    assert verdict(answer, rate, 240.0, without("pace")) == "not judged, as you chose"
    assert verdict(answer, rate, None, without("pace")) is None


def test_only_how_something_is_said_can_be_left_unjudged() -> None:
    families = {metric.family for metric in METRICS.values() if metric.typical}
    assert set(DELIVERY) < families
    assert families - set(DELIVERY) == {"length", "wording"}


def test_the_debrief_of_a_round_leaves_it_unjudged_too() -> None:
    asked = Step(factories.QUESTION, 10, 60, takes=("take-1",))
    one = new_round("mock", [asked])
    spoken = factories.attempt(text="I led the team " * 20, values={"speech_rate": 300.0}, story=Story(None))
    [judged] = interview.debrief(one, {"take-1": spoken}).lines
    [free] = interview.debrief(one, {"take-1": spoken}, context=without("pace")).lines
    assert judged.change is not None
    assert judged.change.topic == "speech_rate"
    assert free.change is None
