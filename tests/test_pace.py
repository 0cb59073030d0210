"""Pace over time: what a chart draws is what the table says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.metrics import METRICS
from rehearse.metrics.pace import pace_over_time
from rehearse.model import Answer, Filler, Pause, Span, Word
from tests.factories import say, words


def two_paces(slow: int, fast: int) -> Answer:
    """Speak ``slow`` words in the first 30 s and ``fast`` words in the next 30 s."""
    first, second = words("slow " * slow, seconds=30.0), words("fast " * fast, seconds=30.0)
    later = tuple(replace(word, start=word.start + 30, end=word.end + 30) for word in second)
    answer = say("la", seconds=60.0)
    return replace(answer, transcript=replace(answer.transcript, words=first + later))


def test_an_even_pace_stays_even_to_both_edges_of_the_answer():
    answer = say("we " * 100, seconds=45.5)
    pace = pace_over_time(answer.transcript.words, answer.speech)
    assert [time for time, _ in pace] == [float(second) for second in range(46)]
    assert [rate for _, rate in pace] == pytest.approx([60 * 100 / 45.5] * 46)


def test_an_answer_that_fits_every_window_has_its_speech_rate_throughout():
    answer = say("um we moved the, uh, date", seconds=7.0)
    rate = METRICS["speech_rate"].compute(answer)
    assert [value for _, value in pace_over_time(answer.transcript.words, answer.speech)] == pytest.approx([rate] * 8)


def test_a_change_of_pace_shows_when_it_happens_and_as_the_range():
    answer = two_paces(50, 100)
    pace = dict(pace_over_time(answer.transcript.words, answer.speech))
    assert (pace[10.0], pace[30.0], pace[50.0]) == pytest.approx((100, 150, 200))
    assert METRICS["speech_rate_range"].compute(answer) == pytest.approx(100.0)


def test_the_fastest_passage_is_quoted_from_where_the_chart_is_highest():
    answer = two_paces(50, 100)
    (span,) = METRICS["speech_rate"].locate(answer)
    pace = pace_over_time(answer.transcript.words, answer.speech)
    fastest = max(rate for _, rate in pace)
    peaks = [time for time, rate in pace if rate == pytest.approx(fastest)]
    assert span.text == " ".join(["fast"] * 8)
    assert min(peaks) - 7.6 <= span.start <= max(peaks)


def test_silence_before_the_answer_moves_the_times_and_no_pace():
    answer = two_paces(40, 80)
    shifted = [replace(word, start=word.start + 5, end=word.end + 5) for word in answer.transcript.words]
    late = pace_over_time(shifted, Span(5.0, 65.0))
    early = pace_over_time(answer.transcript.words, Span(0.0, 60.0))
    assert [time for time, _ in late] == [time + 5 for time, _ in early]
    assert [rate for _, rate in late] == pytest.approx([rate for _, rate in early])


def test_a_word_that_reaches_past_the_last_sound_counts_whole():
    said = (Word("we", 0.0, 0.4), Word("won", 0.4, 2.3))
    assert dict(pace_over_time(said, Span(0.0, 2.0)))[1.0] == pytest.approx(60.0)


@pytest.mark.parametrize("text", ["", "um uh"])
def test_without_words_there_is_no_pace(text):
    assert pace_over_time(say(text).transcript.words, Span(0.0, 5.0)) == ()


def test_the_range_of_a_short_answer_is_unknown():
    assert METRICS["speech_rate_range"].compute(say("we " * 60, seconds=29.0)) is None


@given(
    st.lists(st.tuples(st.floats(0, 40), st.floats(0, 3)), min_size=1, max_size=30),
    st.floats(0, 5),
    st.floats(0.01, 40),
)
def test_any_words_give_a_pace_that_is_never_negative(times, start, duration):
    said = [Word("we", begin, begin + length) for begin, length in sorted(times)]
    assert all(rate >= 0 for _, rate in pace_over_time(said, Span(start, start + duration)))


SILENCE = Pause(Span(2.0, 3.0), inside_sentence=True)


def spoken(*ums: Span) -> Answer:
    """Speak for 5 s with a second of silence in the middle, and filled pauses where they are told to lie."""
    answer = say("we won", seconds=5.0)
    return replace(answer, pauses=(SILENCE,), fillers=tuple(Filler("filled_pause", "um", um) for um in ums))


@pytest.mark.parametrize(
    ("um", "seconds"),
    [(Span(2.1, 2.9), 4.0), (Span(1.5, 2.5), 3.5), (Span(1.0, 1.5), 3.5), (Span(4.5, 5.5), 3.5), (Span(6.0, 7.0), 4.0)],
    ids=["in the silence", "into the silence", "before it", "beyond the answer", "behind the answer"],
)
def test_the_time_of_a_filled_pause_is_taken_away_once(um: Span, seconds: float) -> None:
    rate = METRICS["articulation_rate"].compute
    assert rate(spoken()) == pytest.approx(2 / 4.0)
    assert rate(spoken(um)) == pytest.approx(2 / seconds)
