"""What comes after the interview: the drill and the thank-you note."""

from __future__ import annotations

import pytest

from rehearse.preparation.debrief import (
    Asked,
    Conversation,
    Debrief,
    draft_letter,
    drill,
    kind_of,
    missing_facts,
    with_questions,
)
from rehearse.preparation.interview import Interview
from tests.documents import INTERVIEW


def test_a_letter_is_made_of_what_was_entered_and_of_nothing_else() -> None:
    talk = Conversation(
        "- the new discharge round\nnight cover.",
        "agency staff cost 9% last year",
        "I want to run a ward of this size.",
        "Maya",
    )
    assert draft_letter(INTERVIEW, talk) == (
        "Dear Ann Lee and Sam,\n\n"
        "Thank you for talking with me on Friday, 20 March about the role of ward manager at Northside.\n\n"
        "We spoke about the new discharge round and night cover.\n\n"
        "What stayed with me: agency staff cost 9% last year.\n\n"
        "I am still very interested in the role: I want to run a ward of this size.\n\n"
        "Kind regards\nMaya"
    )  # fmt: skip
    assert missing_facts(INTERVIEW, talk) == ()


def test_a_letter_leaves_out_what_is_not_known_and_says_what_would_help() -> None:
    letter = draft_letter(Interview(), Conversation("night cover"))
    assert letter == "Hello,\n\nThank you for talking with me.\n\nWe spoke about night cover.\n\nKind regards"
    assert len(missing_facts(Interview(), Conversation("night cover"))) == 5


def test_without_a_topic_there_is_no_letter() -> None:
    assert draft_letter(INTERVIEW, Conversation(topics=" \n-", reason="I want it")) is None
    assert "at least one thing" in missing_facts(INTERVIEW, Conversation())[0]


def test_what_went_badly_comes_first_in_the_drill_with_what_was_missing() -> None:
    debrief = Debrief((Asked("Why us?"), Asked("Tell me about a time you failed.", True, "the result, in figures")))
    first, second = drill(debrief)
    assert first.prompt == "Tell me about a time you failed."
    assert first.listen_for == ("what was missing last time: the result, in figures",)
    assert (first.kind, second.kind) == ("behavioral", "motivation")


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("Give us an example of a conflict.", "behavioral"),
        ("What would you do if two nurses called in sick?", "situational"),
        ("Why should we hire you?", "motivation"),
        ("What do you plan for your first 90 days?", "role_depth"),
        ("What is the difference between a process and a thread?", "technical"),
        ("Do you have any questions for us?", "own_question"),
        ("Pineapple?", "behavioral"),
    ],
)
def test_the_kind_of_a_question_that_came_is_guessed_from_its_words(prompt: str, kind: str) -> None:
    assert kind_of(prompt) == kind


def test_editing_the_list_of_questions_keeps_what_was_said_of_the_others() -> None:
    debrief = Debrief((Asked("Why us?", True, "a reason"), Asked("Why now?")))
    changed = with_questions(debrief, "1. Why us?\n- Why here?\n\n- Why us?")
    assert changed.asked == (Asked("Why us?", True, "a reason"), Asked("Why here?"))
