"""The story bank: which answers tell one occasion, what is worn, and where nothing is ready."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from rehearse.model import Attempt, Question, Story
from rehearse.preparation.same_story import same_occasion, telling_words
from rehearse.preparation.stories import WORN, StoryBank, competencies, story_bank
from rehearse.questions import shipped_questions
from tests import factories

DATA = Path(__file__).parent / "data"
RETELLINGS = [json.loads(line) for line in (DATA / "retellings.jsonl").read_text().splitlines()]
TILLS = [row["answer"] for row in RETELLINGS if row["story"] == "till-migration"]
WANTED = competencies(shipped_questions())
THEFT = [row["answer"] for row in RETELLINGS if row["story"] == "till-theft"]


def told(number: int, text: str, *, question: str = "", competency: str = "ownership", **changes: object) -> Attempt:
    name = question or f"q-{number}"
    asked = Question(name, f"Question {name}?", "behavioral", competency=competency)
    one = factories.attempt(f"take-{number}", text=text, question=asked)
    return replace(one, spoken_at=one.spoken_at + timedelta(days=number), **changes)


def banked(takes: list[Attempt], **known: Any) -> StoryBank:
    return story_bank(takes, WANTED, **known)


def pairs(half: str) -> list[tuple[bool, bool]]:
    rows = [(row["story"], telling_words(row["answer"])) for row in RETELLINGS if row["half"] == half]
    return [(a == b, same_occasion(first, second)) for (a, first), (b, second) in combinations(rows, 2)]


def test_retellings_are_found_and_nothing_else_is_taken_for_one() -> None:
    assert all(same == found for same, found in pairs("dev"))
    heldout = pairs("heldout")
    assert sum(found for same, found in heldout if same) >= 7
    assert not any(found for same, found in heldout if not same)


@pytest.mark.parametrize("name", ["answers", "answers_heldout", "answers_independent"])
def test_other_stories_of_any_trade_are_hardly_ever_taken_for_one(name: str) -> None:
    answers = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text().splitlines()]
    words = [telling_words(row["answer"]) for row in answers if row["type"] == "story"]
    found = [same_occasion(first, second) for first, second in combinations(words, 2)]
    assert len(found) > 400
    assert sum(found) / len(found) < 0.0005


def test_one_occasion_told_for_two_questions_is_one_story_used_twice() -> None:
    bank = banked([told(1, TILLS[0], competency="adaptability"), told(2, TILLS[1], competency="leadership")])
    [story] = bank.stories
    assert story.take_ids == ("take-2", "take-1")
    assert story.uses == 2
    assert story.competencies == ("adaptability", "leadership")


def test_a_second_take_of_a_question_is_no_second_use() -> None:
    [story] = banked([told(1, TILLS[0], question="same"), told(2, TILLS[1], question="same")]).stories
    assert story.uses == 1
    assert len(story.tellings) == 2


def test_a_story_that_answers_four_questions_is_worn_and_three_not() -> None:
    takes = [told(number, TILLS[number % 2]) for number in range(WORN)]
    assert [story.worn for story in banked(takes).stories] == [True]
    assert [story.worn for story in banked(takes[1:]).stories] == [False]


def test_two_occasions_in_one_workplace_stay_two_stories_the_last_told_first() -> None:
    bank = banked([told(1, TILLS[0]), told(3, THEFT[0]), told(2, TILLS[1])])
    assert [story.take_ids for story in bank.stories] == [("take-3",), ("take-2", "take-1")]


def test_only_concrete_occasions_are_banked() -> None:
    general = told(1, "I usually move tills.", story=Story("pseudo_story"))
    assert banked([general, told(2, TILLS[0], story=Story(None))]).stories == ()


def test_competencies_without_a_story_are_named_and_the_others_not() -> None:
    bank = banked([told(1, TILLS[0], competency="adaptability")])
    assert "adaptability" not in bank.uncovered
    assert set(bank.uncovered) == set(WANTED) - {"adaptability"}
    assert len(bank.uncovered) >= 5
    assert bank.covered == ("adaptability",)
    assert bank.of("adaptability") == bank.stories


def test_a_tick_on_one_telling_holds_for_the_whole_story() -> None:
    bank = banked([told(1, TILLS[0]), told(2, TILLS[1]), told(3, THEFT[0])], told_before={"take-1"})
    assert {story.take_ids[0]: story.told_before for story in bank.stories} == {"take-3": False, "take-2": True}


def test_a_story_bears_the_name_that_the_person_gave_one_of_its_answers() -> None:
    takes = [told(1, TILLS[0]), told(2, TILLS[1]), told(3, THEFT[0])]
    assert [story.title for story in banked(takes, titles={"take-1": "The tills"}).stories] == ["", "The tills"]


def test_a_take_without_a_question_is_banked_under_no_competency() -> None:
    [story] = banked([replace(told(1, TILLS[0]), question=None)]).stories
    assert story.competencies == ()
    assert story.uses == 1
    assert story.tellings[0].deed
