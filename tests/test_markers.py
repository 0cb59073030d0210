from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.events.markers import MARKERS, chosen_markers, find_discourse_markers
from rehearse.language.words import is_filled_pause
from rehearse.model import Transcript, Word
from tests.factories import words, written

DATA = Path(__file__).parent / "data"
SETS = ("markers_dev.jsonl", "markers_heldout.jsonl")


def counted(text: str) -> list[str]:
    return [filler.text for filler in find_discourse_markers(written(text)) if filler.status == "counted"]


def bare(text: str) -> str:
    return re.sub(r"[^\w\s'-]", "", text).lower()


def fillers(text: str) -> set[int]:
    """Where the text's fillers of both kinds begin."""
    answer = written(text)
    pauses = {index for index, word in enumerate(answer.words) if is_filled_pause(word.text)}
    return pauses | {f.index for f in find_discourse_markers(answer) if f.status == "counted" and f.index is not None}


def scores(name: str, change: Callable[[str], str] = str) -> tuple[float, float, float]:
    """Precision, recall and F1 over a labelled set."""
    items = [json.loads(line) for line in (DATA / name).read_text().splitlines()]
    truth = {(item["id"], filler["index"]) for item in items for filler in item["fillers"]}
    found = {(item["id"], index) for item in items for index in fillers(change(item["text"]))}
    hits = len(truth & found)
    return hits / len(found), hits / len(truth), 2 * hits / (len(found) + len(truth))


@pytest.mark.parametrize("name", SETS)
def test_fillers_in_labelled_sentences_are_found_at_their_word(name: str) -> None:
    precision, recall, f1 = scores(name)
    assert (precision >= 0.97, recall >= 0.95, f1 >= 0.96) == (True, True, True)


@pytest.mark.parametrize("name", SETS)
def test_lower_case_without_punctuation_costs_little(name: str) -> None:
    precision, _, f1 = scores(name, bare)
    assert (precision >= 0.97, f1 >= 0.94) == (True, True)


@pytest.mark.parametrize("name", SETS)
def test_capitals_change_nothing(name: str) -> None:
    assert scores(name, str.upper) == scores(name)


@pytest.mark.parametrize("name", SETS)
def test_at_least_half_the_labelled_sentences_tempt_in_vain(name: str) -> None:
    items = [json.loads(line) for line in (DATA / name).read_text().splitlines()]
    clean = [item for item in items if all(is_filled_pause(filler["text"]) for filler in item["fillers"])]
    assert len(items) >= 120
    assert len(clean) >= len(items) / 2


def test_a_marker_is_quoted_where_its_first_word_stands() -> None:
    (filler,) = find_discourse_markers(written("It was, um, You know, late."))
    assert (filler.kind, filler.text, filler.index, filler.status) == ("discourse_marker", "you know", 3, "counted")
    assert (filler.span.start, filler.span.end, filler.span.text) == (12, 21, "You know,")


def test_every_marker_of_a_row_is_found() -> None:
    assert counted("Okay, so, like, you know, well, I mean, it rained.") == [
        "okay",
        "so",
        "like",
        "you know",
        "well",
        "i mean",
    ]


def test_other_spellings_are_the_same_marker() -> None:
    assert counted("OK, so the van, y'know, it broke.") == ["okay", "so", "you know"]


def test_silence_around_a_word_sets_it_off_like_commas() -> None:
    heard = words("the van was full of", seconds=2.0)
    like = Word("like", 2.3, 2.5)
    after = words("boxes and paint", start=2.9)
    assert [f.text for f in find_discourse_markers(Transcript((*heard, like, *after)))] == ["like"]
    close = Transcript((*words("he painted it", seconds=1.0), *words("like a wall", start=1.0)))
    assert find_discourse_markers(close) == ()


def test_a_marker_taken_out_does_not_make_its_neighbours_one() -> None:
    assert counted("I actually mean it.") == ["actually"]


def test_a_new_statement_that_opens_with_so_is_only_possible() -> None:
    (filler,) = find_discourse_markers(written("The pump failed. So we called the mechanic."))
    assert filler.status == "possible"


def test_a_person_may_drop_a_marker_or_add_one() -> None:
    answer = written("So, like, at the end of the day, it worked.")
    chosen = find_discourse_markers(answer, {"so", "at the end of the day"})
    assert [(f.text, f.index) for f in chosen] == [("so", 0), ("at the end of the day", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was late, innit, and we left.", ["counted"]),
        ("It was late, innit?", ["counted"]),
        ("Innit, we left.", ["counted"]),
        ("It was late innit and we left.", ["possible"]),
        ("Innit?", ["possible"]),
        ("It was late.", []),
    ],
)
def test_a_word_of_ones_own_counts_where_it_stands_apart(text: str, found: list[str]) -> None:
    assert [f.status for f in find_discourse_markers(written(text), (*MARKERS, "innit"))] == found


def test_a_phrase_of_ones_own_is_not_counted_a_second_time_by_a_part_of_it() -> None:
    found = find_discourse_markers(written("You know what, it was late, you know."), (*MARKERS, "you know what"))
    assert [(f.text, f.index) for f in found] == [("you know what", 0), ("you know", 6)]
    doubtful = find_discourse_markers(written("It was, you know, what a night."), (*MARKERS, "you know what"))
    assert [f.text for f in doubtful] == ["you know"]


def test_removing_a_marker_leaves_the_others_as_they_were() -> None:
    answer = written("So, like, it was, you know, basically late.")
    everything = find_discourse_markers(answer)
    left = find_discourse_markers(answer, chosen_markers(removed=["Basically"]))
    assert left == tuple(filler for filler in everything if filler.text != "basically")
    assert len(left) == len(everything) - 1


def test_leaving_out_what_is_not_looked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="'innit' is not looked for anyway"):
        chosen_markers(removed=["innit"])


@pytest.mark.parametrize("text", ["", "um", "...", "Um, uh."])
def test_nothing_is_found_where_nothing_is_said(text: str) -> None:
    assert find_discourse_markers(written(text)) == ()


SOME_WORDS = st.sampled_from(
    [*" ".join(MARKERS).split(), "I", "was", "the", "um,", "late.", "like,", "right?", "20", "-"]
)


@given(st.lists(SOME_WORDS, max_size=25))
def test_any_words_give_markers_at_their_own_place(texts: list[str]) -> None:
    answer = written(" ".join(texts))
    found = find_discourse_markers(answer)
    starts = [filler.index for filler in found]
    assert starts == sorted(set(starts))
    for filler in found:
        said = answer.words[filler.index : filler.index + len(filler.text.split())]
        assert bare(" ".join(word.text for word in said)) == filler.text
