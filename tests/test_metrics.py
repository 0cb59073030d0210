"""What holds for every metric, whoever adds it."""

from __future__ import annotations

import math
import string
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse import metrics
from rehearse.analysis.assemble import answer_from_text, measure
from rehearse.metrics import METRICS, Band, Metric
from rehearse.model import FOLLOW_UP, QUESTION_KINDS, Answer, Transcript
from tests.factories import say, silence

FIELDS = {
    "value": "12",
    "unit": "s",
    "count": 3,
    "times": "3 times",
    "quote": "we led",
    "where": " at 0:41",
    "low": "1",
    "high": "9",
}
WORDS = st.lists(
    st.sampled_from(
        ["um", "Um,", "uh", "I", "led.", "like", "you", "know,", "...", "-", "\N{EM DASH}", "don't", "5", "%"]
    )
    | st.text(string.printable, min_size=1, max_size=12).filter(str.strip)
    | st.text(min_size=1, max_size=6).filter(str.strip),
    max_size=60,
)

every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())


@every_metric
def test_a_metric_says_what_it_is(metric: Metric):
    assert metric.formula.startswith(f"{metric.name} = ")
    assert any(">>> " in line and f"{metric.name}(" in line for line in (metric.compute.__doc__ or "").splitlines())
    assert metric.label
    assert metric.unit
    assert metric.source
    assert metric.version >= 1


@every_metric
def test_its_messages_quote_the_speaker_and_can_be_filled_in(metric: Metric):
    for template in filter(None, (metric.low, metric.high, metric.good)):
        assert "{quote}" in template
        assert "{" not in template.format(**FIELDS)
        assert metric.locate


@every_metric
def test_its_bands_are_intervals_for_kinds_that_exist(metric: Metric):
    assert set(metric.by_kind) <= {*QUESTION_KINDS, FOLLOW_UP}
    for band in filter(None, (metric.typical, *metric.by_kind.values())):
        assert band != Band()
        assert band.low is None or band.high is None or band.low < band.high


@every_metric
def test_what_it_judges_it_explains_on_each_side(metric: Metric):
    for band in filter(None, (metric.typical, *metric.by_kind.values())):
        assert band.low is None or metric.low
        assert band.high is None or metric.high


@every_metric
def test_silence_leaves_it_unknown(metric: Metric):
    quiet = silence(5.0)
    assert metric.compute(Answer(Transcript((), None), duration=quiet.duration, recording=quiet)) is None


@every_metric
def test_an_empty_text_leaves_it_unknown(metric: Metric):
    assert metric.compute(answer_from_text("")) is None


@settings(max_examples=60, deadline=None)
@given(words=WORDS, seconds=st.floats(0.01, 600))
def test_every_value_is_finite_and_at_least_zero_for_any_words(words, seconds):
    assert_sound(say(" ".join(words), seconds=seconds))


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_every_value_is_finite_and_at_least_zero_for_any_text(words):
    assert_sound(answer_from_text(" ".join(words)))


def assert_sound(answer: Answer) -> None:
    for found in measure(answer):
        assert found.value is None or (math.isfinite(found.value) and found.value >= 0), found
        assert found.value is not None or found.spans == ()
        if answer.duration is not None:
            assert all(span.end <= answer.duration + 1e-6 for span in found.spans), found


def test_every_file_in_the_folder_registers_a_metric():
    files = {module.name for module in iter_modules(metrics.__path__)} - {"registry", "judgement", "value_text"}
    assert files == {metric.family for metric in METRICS.values()}


@every_metric
def test_a_filler_metric_is_unknown_in_another_language(metric: Metric):
    english = say("Um, I led the team and we finished the work in time.", seconds=10.0)
    foreign = Answer(Transcript(english.transcript.words, "de"), speech=english.speech, duration=english.duration)
    if metric.family == "fillers":
        assert metric.compute(english) is not None
        assert metric.compute(foreign) is None
