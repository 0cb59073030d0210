"""What is marked in a transcript and on the time line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rehearse.model import Attempt, Filler, Pause, Span, Story, Transcript, Word
from rehearse.views.annotations import timeline, word_views
from tests.factories import attempt, words

SAID = words("Um, I led it and you know we won", seconds=9.0)


def spoken(**changes: Any) -> Attempt:
    told = replace(attempt(), transcript=Transcript(SAID), fillers=(), pauses=(), story=Story("opinion"))
    return replace(told, **changes)


def marks(told: Attempt) -> list[str]:
    return [view["mark"] for view in word_views(told)]


def test_every_word_of_a_filler_is_marked_by_what_it_counts_as() -> None:
    um = Filler("filled_pause", "um", Span(0, 0.8), index=0)
    know = Filler("discourse_marker", "you know", Span(5, 7), index=5, status="possible")
    assert marks(spoken(fillers=(um, know))) == ["filled_pause", *[""] * 4, "possible", "possible", "", ""]
    judged = (replace(um, verdict="dismissed"), replace(know, verdict="confirmed"))
    assert marks(spoken(fillers=judged)) == ["dismissed", *[""] * 4, "discourse_marker", "discourse_marker", "", ""]
    assert [view["filler"] for view in word_views(spoken(fillers=judged))][4:7] == [None, 1, 1]


def test_a_filler_that_only_the_sound_shows_stands_where_it_was_heard() -> None:
    views = word_views(spoken(fillers=(Filler("filled_pause", "uh", Span(3.95, 4.0)),)))
    assert [(view["text"], view["index"]) for view in views][3:6] == [("it", 3), ("uh", None), ("and", 4)]


def test_every_word_of_a_correction_tells_what_was_heard() -> None:
    corrected = (*SAID[:2], replace(SAID[2], recognised="letit"), replace(SAID[3], recognised=""), *SAID[4:])
    views = word_views(spoken(transcript=Transcript(corrected)))
    assert [view["recognised"] for view in views][1:5] == [None, "letit", "letit", None]


def test_words_belong_to_the_part_of_the_story_they_lie_in() -> None:
    story = Story("story", action=(SAID_SPAN,), result=(Span(8.2, 9.0),))
    parts = [view["part"] for view in word_views(spoken(story=story))]
    assert parts == ["", "action", "action", "", "", "", "", "", "result"]


SAID_SPAN = Span(SAID[1].start, SAID[2].end, "I led")


def test_the_time_line_shows_a_part_that_goes_on_as_one() -> None:
    again, later = Span(4.0, 4.5), Span(7.6, 9.0)
    [row] = [
        row
        for row in timeline(spoken(story=Story("story", action=(later, SAID_SPAN, again))))
        if row["label"] == "Story"
    ]
    assert [(one["start"], one["end"]) for one in row["stretches"]] == [(SAID_SPAN.start, 4.5), (7.6, 9.0)]


def test_the_time_line_leaves_out_what_is_no_filler_and_short_pauses() -> None:
    um = Filler("filled_pause", "um", Span(0, 0.8), index=0, verdict="dismissed")
    rows = timeline(spoken(fillers=(um,), pauses=(Pause(Span(1, 1.5)), Pause(Span(2, 3.5)))))
    assert [(row["label"], len(row["stretches"])) for row in rows] == [("Fillers", 0), ("Pauses", 1)]


def test_nobody_spoke_is_no_stretch_of_speech() -> None:
    assert spoken(speech=None, measurements=()).spoken_span is None
    assert word_views(spoken(transcript=Transcript((), None))) == []
    assert word_views(spoken(transcript=Transcript((Word("one", 0, 1),))))[0]["mark"] == ""
