"""Two answers side by side, over a real store and history in a folder of their own."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from rehearse.model import Question, Span, Story
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import HOSTILE, open_page, shown, taken

FIRST = "Last spring the ward lost its list, so I rang every family myself and wrote the visits on one board for all."
SECOND = "The list was gone in April. I called the families, and a board on the wall showed all visits from then on."


def said(at: AppTest) -> str:
    return shown(at).replace("\\", "")


def words(at: AppTest) -> list[list[tuple[str, str]]]:
    components = [json.loads(found.proto.json) for found in at.get("bidi_component")]
    return [[(one["text"], one["status"]) for one in found["stretches"]] for found in components]


@pytest.fixture
def pair() -> tuple[str, str]:
    """Two answers to one question, a day apart; the later one is shorter."""
    earlier = taken(services(), text=FIRST, values={"answer_length": 90.0})
    later = taken(
        services(),
        text=SECOND,
        values={"answer_length": 60.0},
        spoken_at=factories.SPOKEN_AT + timedelta(days=1),
        story=Story("story", action=(Span(1, 2, "I called the families"),), result=(Span(3, 4, "a board showed all"),)),
    )
    return earlier, later


@pytest.mark.usefixtures("pair")
def test_the_last_two_answers_stand_side_by_side_and_can_be_played() -> None:
    at = open_page(routes.COMPARE)
    assert at.title[0].value.startswith("Tell me about a time when a deadline moved")
    assert [player.proto.alt for player in at.get("audio")] == ["Earlier answer", "Later answer"]
    first, second = words(at)
    assert any(status == "dropped" for _, status in first)
    assert any(status == "added" for _, status in second)
    assert " ".join(text for text, _ in first) == FIRST


@pytest.mark.usefixtures("pair")
def test_parts_gained_are_quoted() -> None:
    assert "New: result, “a board showed all”" in said(open_page(routes.COMPARE)).replace("**", "")


@pytest.mark.usefixtures("pair")
def test_two_answers_alone_are_measured_by_the_error_of_the_measurement_only() -> None:
    at = open_page(routes.COMPARE)
    assert "Your answers got shorter, from 1:30 min to 1:00 min: more than the measurement's own error." in said(at)
    assert "I'll know how much your answers usually differ once you have 5" in said(at)
    table = at.table[0].value
    assert table.loc["Answer length"].tolist() == [
        "1:30 min",
        "1:00 min",
        "Lower, by more than the measurement's own error",
    ]


def test_beyond_the_usual_spread_a_difference_is_told() -> None:
    for place, value in enumerate([60.0, 61.0, 59.0, 60.0, 61.0, 60.0, 59.0, 90.0]):
        taken(services(), values={"answer_length": value}, spoken_at=factories.SPOKEN_AT + timedelta(days=place))
    at = open_page(routes.COMPARE)
    assert "Your answers got longer, from 59 s to 1:30 min: more than your answers usually differ." in said(at)
    assert "chance" not in said(at)
    assert len(at.table) == 1
    at.session_state["all_differences"] = True
    at.run()
    assert at.table[1].value.loc["Answer length", "Smallest that counts"].endswith(" s")


def test_the_same_words_again_are_called_nearly_word_for_word() -> None:
    for text in (FIRST * 2, f"Um, {FIRST * 2}"):
        taken(services(), text=text)
    warning = open_page(routes.COMPARE).warning[0].value
    assert warning.startswith("Nearly word for word: 100 %")


def test_numbers_measured_in_another_way_say_in_which() -> None:
    taken(services(), values={"answer_length": 90.0})
    taken(services(), values={"answer_length": 60.0}, model="base", spoken_at=factories.SPOKEN_AT + timedelta(days=1))
    at = open_page(routes.COMPARE)
    assert at.table[0].value.loc["Answer length"].tolist()[2] == "Measured differently: now base"
    assert "so their numbers cannot be compared" in said(at)


def test_other_takes_can_be_chosen_in_any_order(pair: tuple[str, str]) -> None:
    earlier, later = pair
    at = open_page(routes.COMPARE, take=later)
    first, second = at.selectbox
    first.select(later)
    second.select(earlier).run()
    assert " ".join(text for text, _ in words(at)[0]) == FIRST
    at.selectbox[1].select(later).run()
    assert "the same answer twice" in said(at)


def test_one_answer_has_nothing_to_be_compared_with() -> None:
    take = taken(services())
    for query in ({}, {"take": take}, {"take": HOSTILE}):
        at = open_page(routes.COMPARE, **query)
        assert "Answer a question twice" in said(at)


def test_a_hostile_answer_stays_text() -> None:
    question = Question("hostile", HOSTILE, "behavioral")
    for _ in range(2):
        taken(services(), question=question, text=f"{HOSTILE} {FIRST * 2}")
    at = open_page(routes.COMPARE)
    assert "<img" not in shown(at).replace("\\<", "")


def test_feedback_and_progress_lead_here(pair: tuple[str, str]) -> None:
    for take, which in zip(pair, ("a later", "an earlier"), strict=True):
        at = open_page(routes.FEEDBACK, take=take)
        assert at.button(key="compare").label == f"Compare with {which} answer"
        at.button(key="compare").click().run()
        assert [" ".join(text for text, _ in side) for side in words(at)] == [FIRST, SECOND]
    at = open_page(routes.PROGRESS)
    at.button(key="compare_takes").click().run()
    assert len(words(at)) == 2
