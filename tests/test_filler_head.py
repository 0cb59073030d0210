"""Filled pauses in the output of the head, and between the words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from rehearse.model import Word
from rehearse.transcription.filled_pauses import confidence, with_filled_pauses
from rehearse.transcription.filler_head import HeardPause, load, pauses


def frames(*peaks: tuple[int, int, float], count: int = 100, nasal: float = 0.9) -> npt.NDArray[np.float32]:
    """Probabilities that are high from one frame to another, and low elsewhere."""
    found = np.full((count, 3), 0.01, np.float32)
    found[:, 1] = nasal
    for first, last, height in peaks:
        found[first:last, (0, 2)] = height
    return found


def word(text: str, start: float, end: float) -> Word:
    return Word(text, start, end, 0.9)


def um(start: float, end: float, peak: float = 0.999, nasal: float = 0.9, second: float = 0.9) -> HeardPause:
    return HeardPause(start, end, peak, nasal, second)


def written(words: list[Word], *heard: HeardPause) -> str:
    return " ".join(found.text for found in with_filled_pauses(words, heard))


def test_a_filled_pause_lasts_as_long_as_the_frames_that_hold_it() -> None:
    (found,) = pauses(frames((20, 40, 0.98)))
    assert (found.start, found.end) == pytest.approx((0.4, 0.8))
    assert found.peak == pytest.approx(0.98)


def test_its_edges_are_where_half_of_its_peak_is_reached_however_faint_it_is() -> None:
    rising = frames((20, 40, 0.4), (18, 20, 0.15), (40, 43, 0.25))
    (found,) = pauses(rising)
    assert (found.start, found.end) == pytest.approx((0.4, 0.86))


def test_two_with_a_dip_between_them_are_two() -> None:
    assert len(pauses(frames((20, 30, 0.9), (30, 33, 0.2), (33, 45, 0.8)))) == 2
    assert len(pauses(frames((20, 30, 0.9), (30, 33, 0.7), (33, 45, 0.8)))) == 1


def test_three_without_a_pause_are_three_where_the_probability_falls_for_a_moment() -> None:
    found = pauses(frames((20, 90, 0.998), (43, 45, 0.86), (65, 67, 0.94)))
    assert [round(pause.start, 2) for pause in found] == pytest.approx([0.4, 0.86, 1.3], abs=0.03)
    assert len(pauses(frames((20, 90, 0.998), (43, 45, 0.98)))) == 1
    assert len(pauses(frames((20, 90, 0.998), (25, 27, 0.86)))) == 1


def test_a_click_of_a_few_frames_and_a_faint_murmur_are_nothing() -> None:
    assert pauses(frames((20, 22, 0.99))) == []
    assert pauses(frames((20, 40, 0.2))) == []
    assert pauses(frames(count=0)) == []


def test_um_is_told_from_uh_by_its_end() -> None:
    assert [found.nasal >= 0.5 for nasal in (0.9, 0.1) for found in pauses(frames((20, 40, 0.9), nasal=nasal))] == [
        True,
        False,
    ]


def test_the_head_gives_each_frame_its_probabilities_and_the_same_ones_each_time() -> None:
    encoded = np.random.default_rng(0).normal(0, 1, (60, 384)).astype(np.float32)
    found = load()(encoded)
    assert found.shape == (60, 3)
    assert ((found >= 0) & (found <= 1)).all()
    assert np.array_equal(found, load()(encoded))


def test_the_head_fits_into_the_repository() -> None:
    from rehearse.transcription import filler_head

    assert filler_head._FILE.stat().st_size <= 1_000_000


def test_a_filled_pause_comes_between_the_words_it_was_spoken_between() -> None:
    words = [word("I", 0.0, 0.2), word("led", 1.0, 1.3), word("it", 1.3, 1.5)]
    assert written(words, um(0.3, 0.8)) == "I um, led it"
    assert written(words, um(0.3, 0.8, nasal=0.1), um(1.6, 2.0)) == "I uh, led it um,"
    assert written([], um(0.3, 0.8)) == "um,"


def test_a_word_stretched_over_it_is_cut() -> None:
    words = [word("I", 0.0, 0.2), word("led", 0.2, 1.3), word("it", 1.3, 1.5)]
    found = with_filled_pauses(words, [um(0.3, 0.8)])
    assert [(w.text, w.start, w.end) for w in found] == [
        ("I", 0.0, 0.2),
        ("um,", 0.3, 0.8),
        ("led", 0.8, 1.3),
        ("it", 1.3, 1.5),
    ]
    before = with_filled_pauses([word("I", 0.0, 0.8), word("led", 0.8, 1.3)], [um(0.5, 0.8)])
    assert [(w.text, w.start, w.end) for w in before][:2] == [("I", 0.0, 0.5), ("um,", 0.5, 0.8)]


def test_what_the_decoder_wrote_too_is_one_and_likelier() -> None:
    words = [word("I", 0.0, 0.2), word("um,", 0.7, 0.9), word("led", 1.0, 1.3)]
    (both,) = (w for w in with_filled_pauses(words, [um(0.3, 0.8, peak=0.8)]) if w.text == "um,")
    assert (both.start, both.end) == (0.3, 0.8)
    assert both.probability == pytest.approx(confidence(um(0.3, 0.8, peak=0.8), written=True), abs=1e-3)
    assert confidence(um(0.3, 0.8, peak=0.8), written=True) > confidence(um(0.3, 0.8, peak=0.8), written=False)


def test_what_only_the_decoder_wrote_stays_in_doubt() -> None:
    (alone,) = (w for w in with_filled_pauses([word("um,", 0.0, 0.4), word("I", 0.5, 0.6)], []) if w.text == "um,")
    assert alone.probability is not None
    assert 0 < alone.probability < 0.9


def test_confidence_grows_with_the_peak() -> None:
    values = [confidence(um(0, 0.35, peak), written=False) for peak in (0.3, 0.6, 0.9, 0.99)]
    assert values == sorted(values)
    assert 0 < values[0] < values[-1] < 1


def test_a_short_one_to_which_the_second_network_objects_does_not_count() -> None:
    assert confidence(um(0, 0.2, second=0.001), written=False) < 0.5 < confidence(um(0, 0.2, second=0.1), written=False)
    assert confidence(um(0, 0.6, second=0.001), written=False) > 0.5


def test_a_unit_or_a_name_is_a_word_wherever_an_um_was_heard() -> None:
    words = [word("3", 0.0, 0.2), word("mm", 0.2, 0.5), word("thick.", 0.5, 0.9)]
    found = with_filled_pauses(words, [um(1.2, 1.6)])
    assert [w.text for w in found] == ["3", "mm", "thick.", "um,"]
    assert found[1].probability == 0.9


def test_no_word_begins_before_the_one_in_front_of_it() -> None:
    words = [word("I", 0.0, 0.2), word("a", 0.35, 0.45), word("led", 0.5, 1.3), word("it", 0.6, 0.62)]
    found = with_filled_pauses(words, [um(0.3, 0.58), um(0.59, 0.7)])
    starts = [w.start for w in found]
    assert starts == sorted(starts)
    assert all(w.end > w.start for w in found)
