from dataclasses import replace
from datetime import timedelta
from typing import Any

from rehearse.model import Attempt, Measurement, Origin
from rehearse.progress.baseline import Baseline, baseline
from rehearse.storage.history import History
from tests import factories


def take(day: int, rate: float | None, **changed: Any) -> Attempt:
    made = factories.attempt(
        f"take-{day}",
        values={"speech_rate": rate, "word_count": 100.0},
        spoken_at=factories.SPOKEN_AT + timedelta(days=day),
    )
    return replace(made, **changed)


def test_the_baseline_is_median_and_range_of_the_five_takes_before(history: History) -> None:
    for day, rate in enumerate([300.0, 120.0, 150.0, 130.0, 160.0, 140.0]):
        history.add(take(day, rate))
    newest = take(6, 200.0)
    history.add(newest)
    assert baseline(history, "speech_rate", before=newest) == Baseline(140.0, 120.0, 160.0, 5)


def test_two_takes_are_no_baseline_and_three_are(history: History) -> None:
    newest = take(9, 200.0)
    for day in (0, 1):
        history.add(take(day, 120.0 + day))
    assert baseline(history, "speech_rate", before=newest) is None
    history.add(take(2, 130.0))
    assert baseline(history, "speech_rate", before=newest) == Baseline(121.0, 120.0, 130.0, 3)


def test_takes_of_another_model_formula_or_day_to_come_and_samples_are_left_out(history: History) -> None:
    other = (Measurement("speech_rate", 500.0, version=99), Measurement("word_count", 100.0))
    for day in (0, 1, 2):
        history.add(take(day, 140.0))
    history.add(take(3, 500.0, model="base"))
    history.add(take(4, None, measurements=other))
    history.add(take(5, 500.0, origin=Origin("sample")))
    history.add(take(8, 500.0))
    found = baseline(history, "speech_rate", before=take(7, 200.0))
    assert found == Baseline(140.0, 140.0, 140.0, 3)


def test_a_take_in_which_it_was_not_judged_is_no_value(history: History) -> None:
    for day, rate in enumerate([120.0, None, 130.0]):
        history.add(take(day, rate))
    assert baseline(history, "speech_rate", before=take(5, 200.0)) is None


def test_a_take_of_too_few_words_to_be_judged_says_nothing_of_what_is_usual(history: History) -> None:
    def worded(day: int, rate: float, words: float | None) -> Attempt:
        values = (Measurement("speech_rate", rate), Measurement("word_count", words), Measurement("longest_pause", 1.0))
        return take(day, None, measurements=values)

    for day in range(3):
        history.add(worded(day, 140.0 + day, 40.0))
    for day, words in ((3, 1.0), (4, 39.0), (5, None)):
        history.add(worded(day, 8.0, words))
    newest = worded(6, 150.0, 200.0)
    assert baseline(history, "speech_rate", before=newest) == Baseline(141.0, 140.0, 142.0, 3)
    assert baseline(history, "speech_rate") == Baseline(141.0, 140.0, 142.0, 3)
    pauses = baseline(history, "longest_pause", before=newest)
    assert pauses == Baseline(1.0, 1.0, 1.0, 5), "it is judged from no number of words"


def test_another_kind_of_question_has_its_own_baseline(history: History) -> None:
    technical = replace(factories.QUESTION, id="index", kind="technical")
    for day in range(3):
        history.add(take(day, 120.0))
        history.add(replace(take(day + 10, 180.0), question=technical))
    newest = take(20, 150.0)
    assert baseline(history, "speech_rate", "behavioral", before=newest) == Baseline(120.0, 120.0, 120.0, 3)
    everything = baseline(history, "speech_rate", before=newest)
    assert everything is not None
    assert (everything.low, everything.high, everything.takes) == (120.0, 180.0, 5)


def test_length_is_compared_within_the_kind_and_follow_ups_apart(history: History) -> None:
    def length(day: int, seconds: float, **changed: Any) -> Attempt:
        values = (Measurement("answer_length", seconds), Measurement("word_count", 100.0))
        return take(day, None, measurements=values, **changed)

    technical = replace(factories.QUESTION, id="index", kind="technical")
    for day in range(3):
        history.add(length(day, 90.0))
        history.add(length(day + 10, 25.0, origin=Origin("browser", parent=f"take-{day}")))
        history.add(length(day + 20, 200.0, question=technical))
    told = baseline(history, "answer_length", before=length(30, 100.0))
    probed = baseline(history, "answer_length", before=length(31, 30.0, origin=Origin("browser", parent="take-2")))
    assert told == Baseline(90.0, 90.0, 90.0, 3)
    assert probed == Baseline(25.0, 25.0, 25.0, 3)


def test_without_a_take_the_newest_comparable_ones_are_asked(history: History) -> None:
    assert baseline(history, "speech_rate") is None
    for day in range(4):
        history.add(take(day, 120.0 + day))
    assert baseline(history, "speech_rate") == Baseline(121.5, 120.0, 123.0, 4)
    history.add(take(5, 150.0, model="base"))
    assert baseline(history, "speech_rate") is None, "one take of the new model says nothing yet"


def test_a_value_inside_the_range_is_usual() -> None:
    usual = Baseline(140.0, 120.0, 160.0, 5)
    assert 120.0 in usual
    assert 161.0 not in usual
