"""What each kind of question asks for: found where it is said, missing only where that is sure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearse.model import Question
from rehearse.story import Element, find_expected
from tests.factories import written

ANSWERS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
]
QUEUE = (
    "I would put the orders on a queue, with Kafka, so the shop keeps selling while the warehouse is down. The "
    "trade-off is "
    "that the stock on the page is a minute old. It stops working once one shop sends more than a worker can read."
)
ONE_WAY = (
    "I would put the orders on a queue. The shop writes an order there, and the warehouse reads it and packs it. "
    "Every order "
    "has a number, the worker marks it as done, and the page shows the mark to the customer in the same minute."
)
CASE = (
    "Before anything else I'd ask what success means for the owner. A cup brings in 3 euros and about a third of "
    "that is left. "
    "I'd recommend the second shop at the station. The main risk is the rent, so I'd run a stall there for a month."
)
NO_ADVICE = (
    "The rent at the station is high and the rent in the park is low. The station has people in the morning, the "
    "park has "
    "people on Sunday, and both of them have a kiosk already. The kiosk at the station sells coffee from a machine."
)
OURS = (
    "I read your report on the flood, and it names what went wrong. That is rare. I want to work where people write "
    "that "
    "down, because I have seen a team hide it for a year, and the next flood came through the same wall."
)
ANYWHERE = (
    "I want this because I enjoy a challenge. I like working in a team, I like learning, and I want to grow. It is a "
    "good "
    "step for me at this point and I feel ready for more responsibility and for new and interesting tasks."
)
PLAN = (
    "First I'd call the family, because a rumour is quicker than a letter. Then I'd sit down with the nurse and "
    "write out "
    "the hour before the fall. I'd go back to the family with it on the same day."
)
NO_REASON = (
    "I'd call the family in the morning. I'd sit down with the nurse and write out the hour before the fall. I'd "
    "send it to "
    "the manager, I'd go back to the family with it, and I'd put the file on the shelf in the office."
)


def found(answer: str, kind: str | None) -> dict[str, Element]:
    return {element.name: element for element in find_expected(written(answer), kind)}


def shown(answer: str, kind: str | None) -> set[str]:
    return {name for name, element in found(answer, kind).items() if element.shown}


def missing(answer: str, kind: str | None) -> list[str]:
    return [name for name, element in found(answer, kind).items() if element.anchor]


def test_a_technical_answer_shows_its_trade_off_its_limit_and_its_tool():
    elements = found(QUEUE, "technical")
    assert {"trade_off", "limits", "tool"} <= shown(QUEUE, "technical")
    assert elements["trade_off"].shown[0].text == "The trade-off is that the stock on the page is a minute old."
    assert elements["limits"].shown[0].text.startswith("It stops working once one shop")
    assert missing(QUEUE, "technical") == []


def test_a_technical_answer_with_one_way_only_misses_the_other_at_the_choice():
    assert missing(ONE_WAY, "technical")[0] == "trade_off"
    place = found(ONE_WAY, "technical")["trade_off"].anchor
    assert place is not None
    assert place.text == "I would put the orders on a queue."


def test_a_case_shows_question_figures_recommendation_and_risk():
    assert {"clarification", "numbers", "recommendation", "next_step"} <= shown(CASE, "case")
    assert found(CASE, "case")["recommendation"].shown[0].text == "I'd recommend the second shop at the station."
    assert missing(CASE, "case") == []


def test_a_case_without_advice_misses_the_recommendation_at_its_end():
    assert missing(NO_ADVICE, "case")[0] == "recommendation"
    place = found(NO_ADVICE, "case")["recommendation"].anchor
    assert place is not None
    assert place.text.endswith("sells coffee from a machine.")


def test_counting_the_parts_of_an_answer_is_no_figure():
    answer = (
        "There are three parts to it. I'd look at the people, at the price and at the place, and then I'd talk "
        "to the owner."
    )
    assert "numbers" not in shown(answer, "case")


def test_a_reason_of_this_employer_is_told_from_one_that_fits_all():
    assert "employer" in shown(OURS, "motivation")
    assert missing(OURS, "motivation") == []
    assert missing(ANYWHERE, "motivation") == ["employer"]


def test_you_know_speaks_to_nobody():
    assert missing(ANYWHERE.replace("I like learning", "you know, I like learning"), "motivation") == ["employer"]


def test_an_open_question_is_told_from_one_that_takes_a_yes():
    assert "open_question" in shown("Thank you. How do you decide what gets built here?", "own_question")
    assert missing("Thank you very much. Is there any training in the first year?", "own_question") == ["open_question"]
    assert missing("No, I have no more to add, you were very clear today. Thanks.", "own_question") == ["asked"]


def test_steps_and_reasons_of_a_plan_are_found_and_a_missing_reason_is_asked_for_at_the_first_step():
    assert shown(PLAN, "situational") == {"steps", "reasons"}
    assert missing(NO_REASON, "situational") == ["reasons"]
    place = found(NO_REASON, "situational")["reasons"].anchor
    assert place is not None
    assert place.text == "I'd call the family in the morning."


NINETY_DAYS = (
    "For the first month I'd listen. I would sit with the four store managers and change nothing. By sixty days the "
    "Monday "
    "report is down to a page, and at ninety you could judge me by the waiting times."
)
NO_PLAN = (
    "This position is right for my profile. My strengths are flexibility, positivity and passion for retail, plus a "
    "talent "
    "for organising. My background covers fashion, food and furniture, in Ghent, in Bruges and in Lille. My "
    "languages are "
    "Dutch, French and English. Retail is my life, retail is my hobby, and the store is my second home, always, "
    "in summer and in winter, on Sundays too."
)
DOUBTER = Question(
    "doubter", "The finance director asks: What did your proudest change cost, people's hours included?", "panel"
)


def test_a_plan_for_a_role_shows_what_comes_first_whom_it_learns_from_and_how_it_is_checked():
    elements = found(NINETY_DAYS, "role_depth")
    assert list(elements) == ["priorities", "measure", "people"]
    assert elements["priorities"].shown[0].text == "For the first month I'd listen."
    assert elements["people"].shown[0].text.startswith("I would sit with the four store managers")
    assert "you could judge me by the waiting times." in elements["measure"].shown[-1].text
    assert missing(NINETY_DAYS, "role_depth") == []


def test_a_view_of_oneself_is_no_plan_for_a_role():
    view = (
        "I think communication is like the most important thing in any team and I always try to be a good listener "
        "with "
        "everyone I meet."
    )
    assert shown(view, "role_depth") == set()


def test_a_plan_without_an_order_people_or_a_check_misses_them():
    assert missing(NO_PLAN, "role_depth") == ["priorities", "measure", "people"]


def test_a_panel_members_concern_is_found_where_the_answer_takes_up_its_words():
    answer = "We lost two clerks for a week. The change cost nine thousand euros, and it took four hundred hours."
    quiet = {element.name: element.shown for element in find_expected(written(answer), "panel")}
    heard = {element.name: element.shown for element in find_expected(written(answer), "panel", DOUBTER)}
    assert quiet["concern"] == ()
    assert [span.text for span in heard["concern"]] == [
        "The change cost nine thousand euros,",
        "and it took four hundred hours.",
    ]
    fair = "That's a fair question. I can see why you ask."
    assert "concern" in shown(fair, "panel")


def test_a_concern_is_never_called_missing():
    assert missing("I like teams, lists and long walks by the sea in any weather. " * 5, "panel") == []


def test_a_question_of_ones_own_may_tie_in_with_what_was_said_before():
    assert "linked" in shown("You mentioned the night team. How do you choose who is on it?", "own_question")
    assert "linked" not in shown("How do you choose who is on the night team?", "own_question")


@pytest.mark.parametrize("kind", ["technical", "case", "motivation", "situational"])
def test_nothing_is_missing_in_a_few_words(kind: str):
    assert missing("I'd call the family in the morning and talk to them.", kind) == []


@pytest.mark.parametrize(
    "kind",
    ["technical", "case", "motivation", "situational", "role_depth", "panel", "own_question", "behavioral", None],
)
@pytest.mark.parametrize("answer", ["", "Um.", "um uh", "?", "..."])
def test_an_answer_without_words_has_no_elements(answer: str, kind: str | None):
    assert shown(answer, kind) == set()
    assert missing(answer, kind) == []


def test_other_answers_are_credited_with_reasons_and_lessons_and_miss_none():
    answer = "I checked the list twice because it had been wrong before, and I learned to ask first."
    assert shown(answer, "behavioral") == {"reasons", "lesson"}
    assert missing("I checked the list twice and then once more. " * 5, "behavioral") == []


def test_filled_pauses_neither_hide_an_element_nor_lengthen_an_answer():
    assert "trade_off" in shown("The, um, trade-off, uh, is that it is a minute old.", "technical")
    assert missing("um " * 50 + "I'd use a list.", "technical") == []


def test_a_clause_of_an_answer_without_marks_ends_where_the_next_one_begins():
    answer = "i would not move them i would ask them where it hurts and i would press the bell and stay with them"
    assert found(answer, "situational")["steps"].shown[0].text == "i would not move them"


def test_every_element_quotes_its_own_answer():
    kinds = ("technical", "case", "motivation", "situational", "own_question", "panel", "role_depth")
    for row, kind in zip(ANSWERS[::3], kinds * 20, strict=False):
        for element in find_expected(written(row["answer"]), kind):
            assert not (element.shown and element.anchor)
            for span in (*element.shown, *filter(None, [element.anchor])):
                quoted = row["answer"][int(span.start) : int(span.end)]
                assert quoted.split() == span.text.split()
