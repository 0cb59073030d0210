"""Syllables are counted as people say them."""

import json
import re
from pathlib import Path

import pytest

from rehearse.language import syllables as module
from rehearse.language.syllables import syllables

DATA = Path(__file__).parent / "data"
PRONOUNCED = json.loads((DATA / "syllables.json").read_text(encoding="utf-8"))


def test_nearly_every_word_of_the_pronouncing_dictionary_has_as_many_as_the_dictionary_says():
    words = PRONOUNCED["dictionary_sample"]
    right = sum(syllables(word) in said for word, said in words.items())
    assert right / len(words) >= 0.99


def test_every_word_of_the_recordings_is_right():
    recorded = PRONOUNCED["words_of_the_recordings"]
    assert {word: syllables(word) for word in recorded if syllables(word) not in recorded[word]} == {}


def test_the_list_holds_every_word_of_the_recordings_transcripts():
    spoken = set()
    for truth in (DATA / "recordings").glob("*/truth.json"):
        for item in json.loads(truth.read_text(encoding="utf-8")):
            spoken |= set(
                re.findall(
                    r"[a-z]+(?:'[a-z]+)?", re.sub(r"<[^>]*>|\[[^\]]*\]", " ", item.get("transcript") or "").lower()
                )
            )
    assert spoken - PRONOUNCED["words_of_the_recordings"].keys() - set(PRONOUNCED["no_words"]) == set()


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("40", 2),
        ("117", 6),
        ("2,500", 6),
        ("1.5", 3),
        ("1998", 5),
        ("1905", 4),
        ("1900", 4),
        ("2024", 5),
        ("$3", 3),
        ("7%.", 4),
        ("2nd", 2),
        ("90s", 2),
        ("007", 6),
        ("9" * 5000, 5000),
    ],
)
def test_a_number_has_the_syllables_with_which_it_is_read(written, count):
    assert syllables(written) == count


@pytest.mark.parametrize(("written", "count"), [("HR", 2), ("AWS", 5), ("a.m.", 2), ("OK", 2), ("well-known", 2)])
def test_letters_and_joined_words_are_read_one_by_one(written, count):
    assert syllables(written) == count


@pytest.mark.parametrize("written", ["", "...", "²", "ß", "日本", "'", "-"])
def test_what_is_no_english_word_counts_as_one(written):
    assert syllables(written) == 1


def test_the_list_is_small_and_its_notice_lies_beside_it():
    assert module.EXCEPTIONS.stat().st_size < 400_000
    assert "Carnegie Mellon University" in (module.EXCEPTIONS.parent / "NOTICE").read_text(encoding="utf-8")
