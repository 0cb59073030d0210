"""The figures of docs/ACCURACY.md: what counts as right, wrong and missed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.accuracy import __main__ as command
from benchmarks.accuracy import errors, figures, store, truth
from benchmarks.accuracy.document import page
from benchmarks.accuracy.listeners import Output
from benchmarks.accuracy.matching import (
    Score,
    interval,
    match_counts,
    match_overlap,
    match_sentences,
    match_times,
    word_errors,
)
from benchmarks.accuracy.results import Results
from benchmarks.hearing import figures as left_out
from rehearse.model import Span

TRUTHS = truth.load()


def at(*moments: float) -> list[Span]:
    return [Span(moment, moment + 0.3) for moment in moments]


def test_an_event_within_the_collar_is_the_same_one_and_each_is_found_once() -> None:
    assert match_times(at(1, 5), at(1.3, 1.4, 9), 0.5) == Score(right=1, wrong=2, missed=1)
    assert match_times(at(1, 5), at(1.3, 5), 0.2) == Score(right=1, wrong=1, missed=1)


def test_counting_alone_lets_a_miss_and_a_false_alarm_cancel() -> None:
    assert match_counts(3, 3) == Score(3, 0, 0)
    assert match_counts(1, 3) == Score(1, 2, 0)
    assert match_counts(3, 1) == Score(1, 0, 2)


def test_an_event_counts_only_in_a_sentence_that_has_one() -> None:
    sentences = [(Span(0, 4), 1), (Span(5, 9), 0)]
    assert match_sentences(sentences, at(1)) == Score(1, 0, 0)
    assert match_sentences(sentences, at(6)) == Score(0, 1, 1)
    assert match_sentences(sentences, at(4.05)) == Score(1, 0, 0)


def test_a_pause_is_right_where_half_the_time_is_shared_and_a_doubtful_one_counts_neither_way() -> None:
    true, doubtful = [Span(1, 2), Span(5, 6)], [Span(8, 8.25)]
    assert match_overlap(true, [Span(1.1, 2.1), Span(5.8, 7), Span(8, 8.3)], doubtful) == Score(1, 1, 1)


def test_word_errors_are_the_fewest_changes() -> None:
    assert word_errors(["i", "led", "the", "team"], ["i", "led", "team", "well"]) == 2
    assert word_errors([], ["well"]) == 1
    assert word_errors(["well"], ["well"]) == 0


def test_nothing_true_and_nothing_found_has_no_precision_recall_or_f1() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (None, None, None)
    assert (Score(wrong=1).recall, Score(wrong=1).f1) == (None, 0.0)


def test_the_interval_is_the_same_each_time_and_holds_the_figure() -> None:
    scores = [Score(3, 1, 0), Score(2, 0, 2), Score(1, 1, 1), Score(4, 0, 0)]
    first, again = (interval(scores, lambda score: score.f1) for _ in range(2))
    assert first == again
    assert first is not None
    assert first[0] < 20 / 26 < first[1]


def test_an_apostrophe_tells_her_from_a_filled_pause_and_notes_are_no_words() -> None:
    assert truth.content_words("I told 'er, um, <laugh> twice. [cough]") == ("i", "told", "'er", "twice")


def test_the_recordings_hold_54_filled_pauses_and_none_in_read_speech() -> None:
    assert sum(one.filled_pauses for one in TRUTHS) == 54
    assert {one.filled_pauses for one in TRUTHS if one.group == "read"} == {0}


def test_the_monologues_are_labelled_in_order_and_within_their_speech() -> None:
    labelled = [one for one in TRUTHS if one.pauses is not None]
    assert {one.group for one in labelled} == {"monologue"}
    for one in labelled:
        assert one.speech is not None
        spans = sorted([*(one.pauses or ()), *one.doubtful], key=lambda span: span.start)
        assert all(before.end < after.start for before, after in pairwise(spans))
        assert one.speech.start < spans[0].start
        assert spans[-1].end < one.speech.end
        assert all(pause.duration >= 0.25 for pause in one.pauses or ())
        assert len(one.filled_spans or ()) == one.filled_pauses


def silent(found: Sequence[Span] = ()) -> figures.Outputs:
    return {one.path: Output(tuple(found), 0.1, (), (), {}) for one in TRUTHS}


def test_who_hears_nothing_misses_everything_and_has_every_word_wrong() -> None:
    heard = figures.pair(TRUTHS, silent(), "synthetic")
    assert sum(one.filled_pauses.missed for one in heard) == 22
    wrong, words = figures.content_errors(heard) or (0, 1)
    assert wrong == words == 611
    assert figures.made_pauses(heard) == (0, 22, None)


def test_a_false_alarm_in_read_speech_is_counted_by_the_minute() -> None:
    alarms, minutes = figures.false_alarms(figures.pair(TRUTHS, silent(at(1)), "read"))
    assert alarms == 15
    assert minutes == pytest.approx(2.2, abs=0.05)


def test_a_width_needs_enough_recordings_to_hold_nine_of_ten() -> None:
    assert errors.half_width([0.01] * 8) is None
    assert errors.half_width([0.01] * 8 + [-0.04]) == 0.04
    assert errors.half_width([0.01] * 18 + [0.5]) == 0.01


def test_the_document_is_the_same_for_the_same_outputs_and_names_what_is_missing() -> None:
    outputs = {"tiny.en": {"plain": silent(at(1)), "rehearse": silent()}}
    results = Results(TRUTHS, outputs, ["erm 0.4.0: no index."], [], [], "tiny.en")
    lines = list(page(results))
    assert lines == list(page(results))
    assert "**Not measured:** erm 0.4.0: no index." in lines
    assert any("human: recall: plain" in line for line in lines)


def test_a_loss_is_told_where_another_way_is_better_and_only_there() -> None:
    better = Results(TRUTHS, {"tiny.en": {"plain": silent(), "rehearse": silent(at(1))}}, [], [], [], "tiny.en")
    lines = [line for line in page(better) if line.startswith("- tiny.en")]
    assert [line for line in lines if "false alarms" in line] == [
        "- tiny.en, false alarms a minute of read speech: plain 0.000; rehearse 6.831."
    ]


def test_without_erm_the_others_stay_and_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    outputs = {"tiny.en": {"plain": silent(), "rehearse": silent()}}
    (sentence,) = command._add_erm(outputs, TRUTHS, keep=False)
    assert sentence.startswith("erm 0.4.0 with tiny.en: the programs ffmpeg and ffprobe")
    assert list(outputs["tiny.en"]) == ["plain", "rehearse"]


def test_what_a_way_heard_is_kept_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(store, "FOLDER", tmp_path)
    heard = {TRUTHS[0].path: Output((Span(1.0, 1.5),), 0.25, ("so",), None, {"speech_rate": None})}
    store.put("tiny.en", "plain", heard)
    assert store.get("tiny.en", "plain") == heard
    assert store.get("base", "plain") is None


def unseen(*found: tuple[float, float]) -> left_out.LeftOut:
    true = [{"text": "um", "start": 1.0, "end": 1.5}, {"text": "uh", "start": 4.0, "end": 4.2}]
    fillers = [{"start": start, "end": end, "status": "counted"} for start, end in found]
    return left_out.scored({"corpus": "ami", "duration": 30.0, "truth": {"filled_pauses": true}, "fillers": fillers})


def test_a_recording_that_its_head_never_saw_is_scored_near_and_nearer_and_by_its_edges() -> None:
    row = unseen((1.1, 1.5), (4.3, 4.6))
    assert (row.wide, row.narrow) == (Score(2, 0, 0), Score(1, 1, 1))
    assert left_out.edge_error([row]) == pytest.approx((0.2, 0.2))
    assert left_out.edge_error([]) is None


def test_where_no_times_are_known_the_number_is_scored() -> None:
    row = left_out.scored({"corpus": "mfa", "duration": 6.0, "truth": {"filled_pauses": ["um", "um"]}, "fillers": []})
    assert (row.wide, row.narrow) == (Score(0, 0, 2), None)


def test_every_corpus_that_was_left_out_is_in_the_document() -> None:
    assert {row.corpus for row in left_out.load()} == set(left_out.NAMES)
