"""Thank-you notes: one for each person, in sentences that one would send, whatever the chips look like."""

from __future__ import annotations

import pytest

from rehearse.preparation.debrief import Conversation, Letter, draft_letter, draft_letters
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.preparation import load, save
from rehearse.preparation.topics import as_object
from rehearse.storage.history import History

PANEL = Interview(
    company="Northside",
    people=(Person("Ann Lee", "CFO", "can she lead several sites"), Person("Sam", "", "what agency staff cost")),
)
CHIPS = "can she lead several sites\nwhat agency staff cost\nOpened a depot in Hull in May.\nthe new rota"


@pytest.mark.parametrize(
    ("topic", "phrase"),
    [
        ("night cover", "night cover"),
        ("what agency staff cost", "what agency staff cost"),
        ("can she lead several sites", "whether I can lead several sites"),
        ("Will he cope with nights?", "whether I will cope with nights"),
        ("has she managed people", "whether I have managed people"),
        ("does he know SAP?", "whether I know SAP"),
        ("whether she stays", "whether I stay"),
        ("What is the budget?", "what the budget is"),
        ("Why do nurses leave", "why nurses leave"),
        ("closing the old ward", "closing the old ward"),
        ("NHS funding.", "NHS funding"),
    ],
)
def test_phrases_and_questions_stand_within_a_sentence(topic: str, phrase: str) -> None:
    assert as_object(topic) == phrase


@pytest.mark.parametrize(
    "topic",
    [
        "Opened a depot in Hull in May.",
        "Plans to open in 2027",
        "Launches a new app next spring",
        "Lost the Leeds contract",
        "Patients first",
        "Turnover is high",
        "They cut overtime by 9%",
        "why did she leave",
        "how does the rota work",
        "the budget; the rota",
        "her new team",
        "?",
    ],
)
def test_headlines_and_whole_sentences_never_stand_within_one(topic: str) -> None:
    assert as_object(topic) is None


def test_each_of_the_panel_gets_a_note_without_what_the_others_wanted_to_know() -> None:
    ann, sam = draft_letters(PANEL, Conversation(CHIPS, sender="Maya"))
    assert (ann.name, sam.name) == ("Ann Lee", "Sam")
    assert ann.text == (
        "Dear Ann Lee,\n\n"
        "Thank you for talking with me at Northside.\n\n"
        "We spoke about whether I can lead several sites and the new rota.\n\n"
        "We also spoke about this:\n- Opened a depot in Hull in May\n\n"
        "Kind regards\nMaya"
    )  # fmt: skip
    assert sam.text.startswith("Dear Sam,")
    assert "We spoke about what agency staff cost and the new rota." in sam.text
    assert "several sites" not in sam.text


def test_what_both_wanted_to_know_stands_in_both_notes() -> None:
    both = Interview(people=(Person("Ann", "", "the budget"), Person("Sam", "", "The budget")))
    assert all(
        "We spoke about the budget." in letter.text for letter in draft_letters(both, Conversation("the budget"))
    )


def test_two_of_one_name_get_one_note_and_nobody_by_name_gets_one_too() -> None:
    twice = Interview(people=(Person("Ann"), Person("Ann", "CFO")))
    assert [letter.text[:9] for letter in draft_letters(twice, Conversation("night cover"))] == ["Dear Ann,"]
    [letter] = draft_letters(Interview(), Conversation("night cover"))
    assert letter == Letter("", draft_letter(Interview(), Conversation("night cover")) or "")
    assert draft_letters(PANEL, Conversation()) == ()


def test_headlines_alone_make_a_list_and_no_broken_sentence() -> None:
    letter = draft_letter(Interview(), Conversation("Opened a depot in Hull in May."))
    assert letter is not None
    assert "This is what we spoke about:\n- Opened a depot in Hull in May\n" in letter


def test_each_edited_note_is_kept_and_goes_back_to_its_own_draft(history: History) -> None:
    talk = Conversation(CHIPS).with_letter("Ann Lee", "Dear Ann,").with_letter("Sam", "Hi Sam").with_letter("", "All,")
    save(history.documents, talk)
    kept = load(history.documents).talk
    assert [kept.edited(name) for name in ("Ann Lee", "Sam", "", "Eve")] == ["Dear Ann,", "Hi Sam", "All,", None]
    assert kept.with_letter("Sam", None).edited("Sam") is None
    assert kept.with_letter("Sam", None).edited("Ann Lee") == "Dear Ann,"
