"""Rounds and preparation travel whole; what their readers could not read never comes in."""

import datetime as dt
from dataclasses import replace
from typing import get_type_hints

import pytest

from rehearse.app.archive.owners import check_documents
from rehearse.app.settings import Settings, write_settings
from rehearse.interview import Rounds, plan_case, plan_panel, probe, write
from rehearse.preparation.debrief import Asked, Conversation, Debrief
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.preparation import Job, Preparation, Resume, Ticks, load, save
from rehearse.preparation.research import Notes
from rehearse.questions import shipped_questions
from rehearse.storage.history import Document, History, documents_in, documents_text
from tests.playing import BLAME, answered, spoken

PREPARED = Preparation(
    Interview(
        dt.date(2026, 12, 1), dt.date(2026, 11, 20), "Zoë & Co", "nurse", "video", (Person("Ana", "peer", "pace"),)
    ),
    Notes("care", "a new ward", "Ana", "beds"),
    Resume("I led twelve people.", "resume.pdf"),
    Job("Leads a ward.", "job.txt"),
    Ticks(("sound-checked",)),
    Debrief((Asked("Why us?", went_badly=True, missing="a figure"),)),
    Conversation("beds", "more staff", "the people", "Zoë", None),
)


def test_all_that_is_prepared_rehearsed_and_set_travels_whole(history, tmp_path):
    documents = history.documents
    for name in get_type_hints(Preparation):
        save(documents, getattr(PREPARED, name))
    questions = shipped_questions()
    rounds = [plan_panel(questions, 4), plan_case(next(one for one in questions if one.kind == "case"), 2)]
    followed_up = replace(rounds[0], id="followed-up", steps_in=True)
    told = spoken(BLAME, followed_up.steps[0].question)
    rounds.append(probe(answered(followed_up, told.id), {told.id: told}))
    assert rounds[-1].steps[1].parent == told.id
    for one in rounds:
        Rounds(documents).save(write(one, "notes"))
    write_settings(documents, Settings(added=("innit",), unjudged=frozenset({"pace"}), reader="browser"))
    told = documents_in(documents_text(documents.everything()))
    check_documents(told)
    elsewhere = History(tmp_path / "elsewhere.db")
    with elsewhere.restoring([], told):
        pass
    assert load(elsewhere.documents) == PREPARED
    assert {one.id: one for one in Rounds(elsewhere.documents).all()} == {
        one.id: one for one in Rounds(documents).all()
    }
    assert elsewhere.documents.everything() == documents.everything()


@pytest.mark.parametrize(
    ("kind", "name", "data", "field"),
    [
        ("prepare", "interview", {"date": "soon"}, "date"),
        ("prepare", "interview", {"people": [{"name": 5}]}, "people.0.name"),
        ("prepare", "interview", {"place": "moon"}, "venue"),
        ("prepare", "interview", {"venue": "moon"}, "venue"),
        ("prepare", "notes", {"values": ["<b>"]}, "values"),
        ("prepare", "debrief", {"asked": "all"}, "asked"),
        ("round", "r", {"id": "r", "mode": "duel", "began_at": "2026-11-23T00:00:00+00:00", "steps": []}, "mode"),
        ("round", "r", {"steps": [{}]}, "id"),
    ],
)
def test_a_document_that_its_reader_could_not_read_is_refused(kind, name, data, field):
    with pytest.raises(ValueError, match=rf"the {kind} '{name}' in it cannot be read: {field}: "):
        check_documents([Document(kind, name, "now", data)])


def test_an_interview_stored_with_its_venue_under_the_former_name_is_checked_and_read(history):
    data = {"company": "Northside", "place": "video"}
    check_documents([Document("prepare", "interview", "now", data)])
    history.documents.put("prepare", "interview", data)
    assert load(history.documents).interview == Interview(company="Northside", venue="video")


def test_the_current_name_of_the_venue_counts_where_both_are_stored(history):
    history.documents.put("prepare", "interview", {"venue": "room", "place": "video"})
    assert load(history.documents).interview.venue == "room"


def test_a_document_that_nobody_reads_here_passes_through():
    check_documents([Document("later", "a", "now", {"x": [1]}), Document("prepare", "later", "now", {})])
