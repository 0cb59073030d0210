"""What the person says of fillers and words counts everywhere, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse import audio, pipeline
from rehearse.analysis.assemble import measure
from rehearse.analysis.corrections import LONGEST_CORRECTION, carry_over, correct, judge, remeasure, restore
from rehearse.language.words import plain
from rehearse.model import Attempt, Filler, Measurement, Span, Word
from rehearse.storage.history import History
from rehearse.transcription import Transcriber
from tests.factories import QUESTION, SPOKEN_AT, attempt, say
from tests.pages.driving import RECORDING

SAID = "Um, last spring I led the move to Cuban Eddies, and um the waiting list fell by a third."


def measured(text: str = SAID) -> Attempt:
    """An answer of 30 s whose measurements are those of its words."""
    spoken = replace(attempt(text=text, duration=30.0), speech=Span(0.0, 30.0))
    return replace(spoken, measurements=measure(replace(say(text, seconds=30.0), kind=QUESTION.kind)))


def value(spoken: Attempt, metric: str) -> float | None:
    return spoken.values[metric]


def text(spoken: Attempt) -> str:
    return spoken.transcript.text


def told(spoken: Attempt) -> object:
    """All that a person is told of an answer, to be compared as a whole."""
    return spoken.transcript, spoken.fillers, spoken.measurements, spoken.story


@pytest.fixture(scope="module")
def nurse(transcriber: Transcriber) -> Attempt:
    """A real answer, analysed as on the page."""
    return pipeline.process(
        audio.load(RECORDING), question=QUESTION, transcriber=transcriber, take_id="nurse", spoken_at=SPOKEN_AT
    )


def test_a_dismissed_filler_is_not_counted_and_a_confirmed_one_is() -> None:
    spoken = measured()
    assert value(spoken, "filled_pause_rate") == 4.0
    fewer = judge(spoken, 1, "dismissed")
    assert value(fewer, "filled_pause_rate") == 2.0
    possible = replace(spoken, fillers=(replace(spoken.fillers[0], status="possible"), spoken.fillers[1]))
    assert value(remeasure(possible), "filled_pause_rate") == 2.0
    assert value(judge(possible, 0, "confirmed"), "filled_pause_rate") == 4.0


def test_a_verdict_can_be_taken_back() -> None:
    spoken = remeasure(measured())
    assert told(judge(judge(spoken, 0, "dismissed"), 0, None)) == told(spoken)


def test_a_real_answer_measures_the_same_without_its_sound(nurse: Attempt) -> None:
    assert remeasure(nurse).measurements == nurse.measurements


def test_an_attempt_stored_before_speech_was_kept_measures_the_same(nurse: Attempt) -> None:
    assert remeasure(replace(nurse, speech=None)).measurements == nurse.measurements


def test_what_noise_hid_stays_unknown() -> None:
    spoken = measured()
    hidden = {"silence_share", "pause_rate", "mean_length_of_run", "longest_pause", "median_pause", "articulation_rate"}
    noisy = replace(
        spoken,
        measurements=tuple(
            replace(found, value=None) if found.metric in hidden else found for found in spoken.measurements
        ),
    )
    again = judge(noisy, 0, "dismissed")
    assert {name for name in hidden if value(again, name) is not None} == set()
    assert value(again, "speech_rate") is not None


def test_a_corrected_word_keeps_its_time_and_what_was_heard() -> None:
    spoken = measured("I led the mooved wards.")
    corrected = correct(spoken, 3, "moved")
    assert text(corrected) == "I led the moved wards."
    before, after = spoken.transcript.words[3], corrected.transcript.words[3]
    assert after == replace(before, text="moved", recognised="mooved")
    assert told(restore(corrected, 3)) == told(remeasure(restore(spoken, 3)))


def test_two_words_become_one_and_one_becomes_two() -> None:
    spoken = measured()
    one = correct(spoken, 8, "Kubernetes", count=2)
    assert "move to Kubernetes and um" in text(one)
    assert one.transcript.words[8].recognised == "Cuban Eddies,"
    assert [one.fillers[1].index, one.transcript.words[one.fillers[1].index or 0].text] == [10, "um"]
    assert value(one, "word_count") == (value(spoken, "word_count") or 0) - 1
    assert text(restore(one, 8)) == SAID
    two = correct(spoken, 6, "big move")
    assert "the big move to" in text(two)
    assert [two.transcript.words[6].recognised, two.transcript.words[7].recognised] == ["move", ""]
    assert two.transcript.words[6].end == two.transcript.words[7].start
    for word in (6, 7):
        assert told(restore(two, word))[:2] == told(spoken)[:2]


def test_a_second_correction_of_a_word_keeps_what_was_heard_first() -> None:
    once = correct(measured(), 6, "big move")
    twice = correct(once, 7, "migration")
    assert "led the migration to" in text(twice)
    assert twice.transcript.words[6].recognised == "move"


def test_a_sentence_ends_where_it_ended() -> None:
    spoken = measured("I led the team. Then we left")
    assert text(correct(spoken, 3, "tram,")) == "I led the tram. Then we left"
    assert text(correct(spoken, 1, "lit.")) == "I lit the team. Then we left"


def test_everything_is_found_again_in_the_corrected_words() -> None:
    spoken = measured("I led the team, and we, I dream, moved the ward.")
    corrected = correct(spoken, 7, "mean")
    assert [filler.text for filler in corrected.fillers] == ["i mean"]
    assert value(corrected, "discourse_marker_rate") == 2.0
    assert restore(corrected, 7).fillers == ()


def test_a_filled_pause_that_was_a_word_counts_no_more_and_comes_back() -> None:
    spoken = measured()
    corrected = correct(spoken, 11, "um")
    assert corrected.fillers == spoken.fillers
    arm = correct(spoken, 11, "Tom")
    assert value(arm, "filled_pause_rate") == 2.0
    assert value(arm, "word_count") == (value(spoken, "word_count") or 0) + 1
    assert told(restore(arm, 11))[:2] == told(spoken)[:2]


def test_a_word_that_was_a_filled_pause_is_counted_and_leaves_no_trace() -> None:
    spoken = measured("I led the earn move")
    corrected = correct(spoken, 3, "um")
    assert [(filler.text, filler.verdict) for filler in corrected.fillers] == [("um", "confirmed")]
    assert value(corrected, "filled_pause_rate") == 2.0
    assert restore(corrected, 3).fillers == ()


@pytest.mark.parametrize("typed", ["", "  ", "...", "x" * (LONGEST_CORRECTION + 1), "\x00\x07"])
def test_a_correction_that_says_nothing_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"1 to {LONGEST_CORRECTION} characters"):
        correct(measured(), 3, typed)


def test_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="2 fillers, none at place 2"):
        judge(measured(), 2, "dismissed")
    with pytest.raises(ValueError, match="none at place 19"):
        correct(measured(), 19, "word")


def test_history_keeps_a_revision(tmp_path_factory: pytest.TempPathFactory) -> None:
    history = History(tmp_path_factory.mktemp("history") / "history.db")
    revised = judge(correct(measured(), 8, "Kubernetes", count=2), 1, "dismissed")
    history.add(revised)
    assert history.get(revised.id) == revised
    assert history.summaries()[0].values["filled_pause_rate"] == 2.0


def test_a_newer_analysis_keeps_the_persons_words_and_verdicts() -> None:
    old = judge(correct(measured(), 8, "Kubernetes", count=2), 1, "dismissed")
    new = measured(SAID.replace("Cuban Eddies,", "cube and eddies,"))
    words = [Word(w.text, 30 / 19 * i, 30 / 19 * (i + 1), 0.9) for i, w in enumerate(measured().transcript.words)]
    eddies = [Word("cube", words[8].start, words[8].end), Word("an", words[9].start, words[9].start + 0.5)]
    words[8:10] = [*eddies, Word("eddies,", words[9].start + 0.5, words[9].end)]
    new = replace(new, transcript=replace(new.transcript, words=tuple(words)), fillers=measured().fillers)
    again = carry_over(old, new)
    assert text(again) == text(old)
    assert again.transcript.words[8].recognised == "cube an eddies,"
    assert [filler.verdict for filler in again.fillers] == [None, "dismissed"]
    assert value(again, "filled_pause_rate") == 2.0


def test_a_newer_analysis_that_heard_it_right_needs_no_correction() -> None:
    old = correct(measured("I led the mooved wards."), 3, "moved")
    new = measured("I led the moved wards.")
    assert carry_over(old, new) == new


def test_a_confirmed_filler_that_the_newer_analysis_missed_is_added() -> None:
    old = judge(measured(), 0, "confirmed")
    new = replace(measured(), fillers=measured().fillers[1:])
    new = replace(new, transcript=replace(new.transcript, words=new.transcript.words[1:]))
    added = carry_over(old, new).fillers[0]
    assert (added.text, added.index, added.verdict) == ("um", None, "confirmed")


def test_the_voice_keeps_its_numbers_and_quotes_the_corrected_words() -> None:
    spoken = measured("I led the mooved wards.")
    fade = Measurement("sentence_end_fade", 4.2, (Span(6.0, 30.0, "led the mooved wards."),))
    others = tuple(found for found in spoken.measurements if found.metric != "sentence_end_fade")
    corrected = correct(replace(spoken, measurements=(*others, fade)), 3, "moved")
    [kept] = [found for found in corrected.measurements if found.metric == "sentence_end_fade"]
    assert (kept.value, kept.spans[0].text) == (4.2, "led the moved wards.")


def test_a_quote_of_a_word_that_an_earlier_version_kept_without_a_length_keeps_the_word() -> None:
    spoken = measured("I led the mooved wards.")
    words = [replace(word, end=word.start) if word.text == "wards." else word for word in spoken.transcript.words]
    kept = replace(spoken, transcript=replace(spoken.transcript, words=tuple(words)))
    fade = Measurement("sentence_end_fade", 4.2, (kept.transcript.span(4, 4),))
    others = tuple(found for found in kept.measurements if found.metric != "sentence_end_fade")
    corrected = correct(replace(kept, measurements=(*others, fade)), 3, "moved")
    [requoted] = [found for found in corrected.measurements if found.metric == "sentence_end_fade"]
    assert requoted.spans[0].text == "wards."


def test_a_marker_the_person_removed_from_the_list_is_not_found_again() -> None:
    spoken = measured("I led the teem, and we, I mean, moved the ward.")
    assert [filler.text for filler in correct(spoken, 3, "team,").fillers] == ["i mean"]
    assert correct(spoken, 3, "team,", markers=("you know",)).fillers == ()


def test_a_confirmed_marker_survives_a_correction_elsewhere() -> None:
    spoken = measured("I really led the teem and moved the ward.")
    really = Filler("discourse_marker", "led", spoken.transcript.span(2, 2), index=2, verdict="confirmed")
    corrected = correct(replace(spoken, fillers=(really,)), 4, "big team")
    assert corrected.fillers == (really,)


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.integers(1, 4),
        st.lists(st.sampled_from(["Tom", "um", "you", "know,", "end.", "well", "St."]), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES)
def test_whatever_was_corrected_can_be_taken_back(changes: list[tuple[int, int, list[str]]]) -> None:
    spoken = revised = measured("Um, I led it. And you know, um, we won.")
    for first, count, said in changes:
        words = revised.transcript.words
        place = first % len(words)
        revised = correct(revised, place, " ".join(said), count=min(count, len(words) - place))
        starts = [word.start for word in revised.transcript.words]
        assert starts == sorted(starts)
        for filler in revised.fillers:
            if filler.index is not None and filler.verdict != "dismissed":
                assert filler.text.split()[0] == plain(revised.transcript.words[filler.index].text)
    for _ in changes:
        corrected = [place for place, word in enumerate(revised.transcript.words) if word.recognised]
        revised = restore(revised, corrected[0]) if corrected else revised
    assert text(revised) == text(spoken)
    assert [filler.text for filler in revised.fillers if filler.counts] == ["um", "you know", "um"]
