import itertools
import json
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.model import Filler, Origin, Span, Story
from rehearse.progress.comparison import WORD_FOR_WORD, compare_wordings, differences, part_changes
from tests import factories

RETELLINGS = Path(__file__).parent / "data" / "retellings.jsonl"
ANSWER = (
    "Last spring the ward lost its booking list, so I rang every family myself and wrote the visits on a board. "
    "By Friday nobody had missed a visit, and the matron kept the board for the rest of the year."
)


def take(name, *, days=0, **made):
    attempt = factories.attempt(name, spoken_at=factories.SPOKEN_AT + timedelta(days=days), **made)
    return replace(attempt, origin=Origin("browser"))


def difference(history, earlier, later, metric="articulation_rate"):
    return next(found for found in differences(history, earlier, later) if found.metric.name == metric)


@pytest.fixture
def compared(history):
    """Compare the last two of some takes."""

    def run(*values, **changed):
        takes = [take(f"take-{i}", days=i, values={"articulation_rate": value}) for i, value in enumerate(values)]
        takes[-1] = replace(takes[-1], **changed)
        for one in takes:
            history.add(one)
        return difference(history, *takes[-2:])

    return run


def test_a_difference_within_the_person_s_spread_means_nothing(compared):
    found = compared(4.0, 4.4, 4.2, 3.8, 4.6)
    assert (found.earlier, found.later, found.meaning) == (3.8, 4.6, "same")
    assert found.smallest == pytest.approx(1.96 * 2**0.5 * 0.316, abs=0.01)


@pytest.mark.parametrize(("last", "meaning"), [(9.0, "more"), (1.0, "less")])
def test_a_difference_beyond_the_spread_says_in_which_direction(compared, last, meaning):
    assert compared(*[5.0, 5.1, 4.9, 5.0] * 3, last).meaning == meaning


def test_with_few_takes_nothing_is_said_of_a_difference(compared):
    found = compared(1.0, 2.0, 3.0, 100.0)
    assert (found.meaning, found.smallest) == ("too_few", None)


@pytest.mark.parametrize("changed", [{"model": "base.en"}, {"origin": Origin("upload")}, {"program": "9.0"}])
def test_takes_measured_in_different_ways_are_not_compared(compared, changed):
    assert compared(1.0, 2.0, 3.0, 2.0, 2.5, 9.0, **changed).meaning == "other_setup"


def test_an_unknown_value_has_no_difference(compared):
    found = compared(1.0, 2.0, 1.0, 2.0, 1.0, None)
    assert (found.later, found.meaning) == (None, None)


def test_the_known_error_counts_where_it_is_wider_than_the_spread(history):
    takes = [
        take(f"take-{i}", days=i, text="I led the team " * 10, values={"speech_rate": 150.0 + i / 10}) for i in range(6)
    ]
    for one in takes:
        history.add(one)
    found = difference(history, takes[0], takes[-1], "speech_rate")
    assert found.meaning == "same"
    assert found.smallest > 1.0


def test_words_only_one_answer_has_are_told_apart_in_order():
    found = compare_wordings(
        take("a", text="I rang the old surgeon again."), take("b", text="So I rang the new surgeon again today.")
    )
    assert [(one.text, one.status) for one in found.earlier] == [
        ("I rang the", "both"),
        ("old", "dropped"),
        ("surgeon again.", "both"),
    ]
    assert [(one.text, one.status) for one in found.later if one.status == "added"] == [
        ("So", "added"),
        ("new", "added"),
        ("today.", "added"),
    ]


def test_fillers_and_punctuation_make_no_difference():
    marker = Filler("discourse_marker", "you know", Span(0, 1), index=2)
    later = replace(take("b", text="Um, I you know rang, the WARD."), fillers=(replace(marker, index=2),))
    found = compare_wordings(take("a", text="I rang the ward"), later)
    assert [one.text for one in found.later if one.status == "filler"] == ["Um,", "you know"]
    assert {one.status for one in found.later} == {"filler", "both"}


def test_a_filled_pause_that_is_doubtful_or_dismissed_is_not_shown_as_said():
    um = Filler("filled_pause", "um", Span(0, 0.8), index=0)
    for unsure in (replace(um, status="possible"), replace(um, verdict="dismissed")):
        answer = replace(take("a", text="Um, I rang the ward"), fillers=(unsure,))
        assert [one.text for one in compare_wordings(answer, answer).earlier] == ["I rang the ward"]
        assert answer.counted_transcript.text == "I rang the ward"
    confirmed = replace(answer, fillers=(replace(um, status="possible", verdict="confirmed"),))
    assert confirmed.counted_transcript == confirmed.transcript


def test_the_same_words_again_are_told_from_the_same_occasion_told_again():
    told = [json.loads(line) for line in RETELLINGS.read_text(encoding="utf-8").splitlines()]
    stories = defaultdict(list)
    for row in told:
        stories[row["story"]].append(take(row["story"], text=row["answer"]))
    pairs = [pair for answers in stories.values() for pair in itertools.combinations(answers, 2)]
    assert max(compare_wordings(*pair).shared or 0.0 for pair in pairs) < WORD_FOR_WORD / 2
    misheard = ANSWER.replace("rang", "ran").replace("board.", "bored.", 1).replace("Friday", "Fridays")
    assert compare_wordings(take("a", text=ANSWER), take("b", text=f"Um, {misheard}")).by_heart


def test_a_few_words_are_never_called_learned_by_heart():
    found = compare_wordings(take("a", text="I rang the ward."), take("b", text="I rang the ward."))
    assert found.shared is None
    assert not found.by_heart


def test_empty_answers_can_be_compared():
    found = compare_wordings(take("a", text=""), take("b", text=ANSWER))
    assert found.earlier == ()
    assert {one.status for one in found.later} == {"added"}


def test_two_long_answers_are_compared_at_once():
    import time

    long = " ".join(f"word{i % 150} and then" for i in range(600))
    begun = time.process_time()
    compare_wordings(take("a", text=long), take("b", text=f"new {long}"))
    assert time.process_time() - begun < 5


def test_story_parts_gained_and_lost_are_quoted():
    earlier = take("a", story=Story("story", situation=(Span(0, 1, "last spring"),), action=(Span(1, 2, "I rang"),)))
    later = take("b", story=Story("story", action=(Span(1, 2, "I rang"),), result=(Span(3, 4, "nobody waited"),)))
    assert [(one.part, one.change, one.span.text) for one in part_changes(earlier, later)] == [
        ("Situation", "lost", "last spring"),
        ("Result", "gained", "nobody waited"),
    ]
