"""Preparation without a page: plan, research, job description, what comes after, and what is kept."""

from __future__ import annotations

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.model import Origin
from rehearse.preparation.checklist import checklist
from rehearse.preparation.claims import find_claims, question_about
from rehearse.preparation.debrief import Asked, Conversation, Debrief
from rehearse.preparation.interview import Interview
from rehearse.preparation.job import compare
from rehearse.preparation.plan import Facts, Step, countdown, plan
from rehearse.preparation.preparation import Job, Resume, Ticks, facts, load, save, start_over, update
from rehearse.preparation.research import Notes, questions_to_answer, questions_to_ask
from rehearse.preparation.stories import story_bank
from rehearse.storage.history import Documents, History
from rehearse.story import load as load_parser
from tests import factories
from tests.documents import BEFORE, DAY, INTERVIEW, NOTES, RESUME


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    return History(tmp_path / "history.db").documents


def step(name: str, interview: Interview = INTERVIEW, today: dt.date = BEFORE, **done: Any) -> Step:
    return next(one for one in plan(interview, Facts(**done), today) if one.id == name)


def test_days_are_counted_back_from_the_interview_and_on_to_the_day_after() -> None:
    assert step("research").due == DAY - dt.timedelta(days=7)
    assert step("set-up").due == DAY - dt.timedelta(days=1)
    assert step("debrief").due == DAY
    assert step("letter").due == DAY + dt.timedelta(days=1)


def test_with_three_days_left_the_steps_move_together_and_none_lies_in_the_past() -> None:
    soon = replace(INTERVIEW, planned_on=DAY - dt.timedelta(days=3))
    days = [one.due for one in plan(soon, Facts(), BEFORE) if one.due]
    assert days == sorted(days)
    assert days[0] == soon.planned_on


def test_an_interview_today_or_gone_by_when_it_is_entered_puts_every_step_on_its_day() -> None:
    for planned in (DAY, DAY + dt.timedelta(days=2)):
        steps = plan(replace(INTERVIEW, planned_on=planned), Facts(), DAY)
        assert {one.due for one in steps if one.id not in ("letter", "debrief")} == {DAY}


def test_a_step_is_later_then_due_then_done_by_itself() -> None:
    assert step("behavioral").state == "later"
    assert step("behavioral", today=DAY).state == "due"
    assert step("behavioral", kinds={"behavioral": 2}).progress == "2 of 3 answers"
    done = step("behavioral", today=DAY, kinds={"behavioral": 3})
    assert (done.state, done.progress, done.by_hand) == ("done", "", False)


def test_after_the_interview_only_what_still_helps_is_due() -> None:
    steps = plan(INTERVIEW, Facts(job=True), DAY + dt.timedelta(days=1))
    assert [one.id for one in steps if one.state == "due"] == ["debrief", "letter"]
    assert {one.state for one in steps} == {"due", "done", "missed"}
    assert not [one for one in steps if one.state == "missed" and one.progress]


def test_a_tick_by_hand_is_told_apart_from_a_fact() -> None:
    ticked = {one.id: one for one in plan(INTERVIEW, Facts(job=True), BEFORE, {"resume", "job"})}
    assert (ticked["resume"].state, ticked["resume"].by_hand) == ("done", True)
    assert (ticked["job"].state, ticked["job"].by_hand) == ("done", False)


def test_without_a_date_no_step_has_a_day_and_none_is_due() -> None:
    steps = plan(Interview(), Facts(headings=3), BEFORE)
    assert {one.due for one in steps} == {None}
    assert {one.state for one in steps} == {"done", "open"}
    assert "Add the date of the interview" in countdown(Interview(), BEFORE)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (BEFORE, "10 days to the interview"),
        (DAY - dt.timedelta(days=1), "The interview is tomorrow"),
        (DAY, "The interview is today"),
        (DAY + dt.timedelta(days=1), "The interview was 1 day ago"),
        (DAY + dt.timedelta(days=9), "The interview was 9 days ago"),
    ],
)
def test_the_countdown_reads_as_a_sentence(today: dt.date, said: str) -> None:
    assert countdown(INTERVIEW, today) == said


def test_each_note_becomes_a_question_to_ask_that_quotes_it() -> None:
    values, opened, planned = questions_to_ask(NOTES)
    assert '"Patients first"' in values.prompt
    assert '"Opened a second ward in May"' in opened.prompt
    assert "made harder" in opened.prompt
    assert '"Plans to go paperless by 2027"' in planned.prompt
    assert "go well first" in planned.prompt
    assert {question.kind for question in (values, opened, planned)} == {"own_question"}


def test_notes_and_concerns_become_questions_to_answer() -> None:
    questions = questions_to_answer(NOTES, INTERVIEW)
    assert [question.kind for question in questions] == ["motivation"] * 3 + ["panel"]
    assert all("note on Northside" in question.prompt for question in questions[:3])
    assert questions[-1].prompt.startswith('Ann Lee (CFO) may be wondering about "cost of agency staff"')


def test_a_question_keeps_its_id_when_another_note_is_added() -> None:
    more = replace(NOTES, values="We listen\nPatients first")
    assert questions_to_ask(NOTES)[0].id in [question.id for question in questions_to_ask(more)]


def test_the_checklist_is_for_the_room_or_for_the_call() -> None:
    room = " ".join(item.text for item in checklist(INTERVIEW))
    video = " ".join(item.text for item in checklist(replace(INTERVIEW, venue="video")))
    assert "3 printed copies of your CV" in room
    assert "Camera" not in room
    assert "Camera" in video
    assert "printed" not in video
    assert len(checklist(Interview())) == len({item.id for item in checklist(Interview())})


def test_everything_that_is_saved_is_read_again(documents: Documents) -> None:
    parts = {
        "interview": INTERVIEW,
        "notes": NOTES,
        "resume": Resume(RESUME, "resume.pdf"),
        "job": Job("We need a rota planner"),
        "ticks": Ticks(("letter-sent",)),
        "debrief": Debrief((Asked("Why us?", True),)),
        "talk": Conversation("night cover", letter="Dear Ann"),
    }
    for part in parts.values():
        save(documents, part)
    assert {name: getattr(load(documents), name) for name in parts} == parts


def test_a_newer_field_is_passed_over(documents: Documents) -> None:
    documents.put("prepare", "job", {"text": "Rota", "colour": "blue"})
    assert load(documents).job == Job("Rota")


def test_changes_from_many_threads_at_once_are_all_kept(documents: Documents) -> None:
    def tick(name: str) -> None:
        update(documents, "ticks", lambda ticks: ticks.switched(name, on=True))

    names = {f"step-{number}" for number in range(12)}
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, names))
    assert set(load(documents).ticks.ids) == names


def test_another_interview_starts_afresh_but_keeps_the_resume(documents: Documents) -> None:
    for part in (INTERVIEW, NOTES, Resume(RESUME), Ticks(("x",))):
        save(documents, part)
    start_over(documents)
    prepared = load(documents)
    assert prepared.resume.text == RESUME
    assert (prepared.interview, prepared.notes, prepared.ticks) == (Interview(), Notes(), Ticks())


def test_real_takes_tick_the_steps_that_are_about_speaking(documents: Documents, tmp_path: Path) -> None:
    save(documents, Resume(RESUME))
    save(documents, replace(INTERVIEW, date=factories.SPOKEN_AT.date() + dt.timedelta(days=5)))
    history = History(tmp_path / "history.db")
    claims = find_claims(RESUME)[:3]
    told = "; ".join(claim.text for claim in claims)
    for number, claim in enumerate(claims):
        history.add(factories.attempt(f"take-{number}", text=told, question=question_about(claim)))
    old = factories.SPOKEN_AT - dt.timedelta(days=100)
    history.add(factories.attempt("old", spoken_at=old, question=replace(factories.QUESTION, kind="panel")))
    for number, name in enumerate(("whole", "whole", "whole", "left")):
        one = factories.attempt(f"round-{number}", question=replace(factories.QUESTION, id=f"r{number}", kind="case"))
        history.add(replace(one, origin=Origin(round=name)))
    counted = facts(load(documents), history.summaries(), story_bank(history.attempts(), ()), history.get)
    assert counted.claims == 3
    assert counted.rounds == 1
    assert counted.kinds == {"behavioral": 3, "case": 4}
    assert counted.stories == 1


def test_words_of_the_job_description_are_found_in_answers_with_their_quote() -> None:
    load_parser()
    description = (
        "We look for a ward manager.\n- Planning the rota for 40 nurses\n- Budget responsibility\n- "
        "Safeguarding of children"
    )
    newer = factories.attempt(
        "b", text="So I planned the rota with the nurses and nobody had to work two nights in a row after that.",
        spoken_at=factories.SPOKEN_AT + dt.timedelta(days=1),
    )  # fmt: skip
    wanted = {one.text: one for one in compare(description, [factories.attempt("a", text="The rota was late."), newer])}
    assert [mention.take_id for mention in wanted["rota"].mentions] == ["b", "a"]
    assert wanted["rota"].mentions[0].quote.text == "So I planned the rota with the nurses and nobody had to work two"
    unsaid = [text for text, one in wanted.items() if not one.mentions]
    assert {"budget responsibility", "ward manager"} <= {text.lower() for text in unsaid}
    assert list(wanted)[: len(unsaid)] == unsaid


def test_a_key_word_that_an_earlier_version_kept_without_a_length_is_quoted_in_its_sentence() -> None:
    load_parser()
    heard = factories.attempt("a", text="Nobody helped. So I planned the rota with them. It held.")
    said = [replace(word, end=word.start) if word.text == "rota" else word for word in heard.transcript.words]
    kept = replace(heard, transcript=replace(heard.transcript, words=tuple(said)))
    [mention] = next(one.mentions for one in compare("- Planning the rota for 40 nurses", [kept]) if one.text == "rota")
    assert mention.quote.text == "So I planned the rota with them."


def test_an_empty_description_asks_for_nothing() -> None:
    assert compare("", [factories.attempt()]) == ()


def test_the_table_of_what_is_served_names_only_files_that_are_there() -> None:
    root = Path(__file__).parent.parent
    named = re.findall(r"`([\w/]+\.\w+)`", (root / "docs" / "second-interview.md").read_text())
    assert len(named) > 30
    assert [name for name in named if not (root / name).is_file()] == []
