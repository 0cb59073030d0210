"""The page Prepare, over a real history in a folder of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.preparation.claims import find_claims, question_about
from rehearse.preparation.debrief import Asked, Conversation, Debrief
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.preparation import Job, Preparation, Resume
from rehearse.preparation.research import Notes
from rehearse.story import load
from tests import factories
from tests.documents import RESUME, docx, pdf
from tests.pages.driving import HOSTILE, taken
from tests.pages.preparing import everything, keep, links, open_part, prepared

DAY = dt.datetime.now().astimezone().date() + dt.timedelta(days=10)


def test_the_plan_asks_for_the_date_and_counts_its_days_from_it() -> None:
    at = open_part("Plan")
    assert "Add the date of the interview" in everything(at)
    at.date_input(key="interview_date").set_value(DAY).run()
    at.text_input(key="company").set_value("Northside").run()
    at.text_area(key="people").set_value("Ann Lee, CFO: cost\nSam").run()
    at.segmented_control(key="interview_place").set_value("video").run()
    assert "10 days to the interview" in everything(at)
    interview = prepared().interview
    assert (interview.date, interview.company, interview.venue) == (DAY, "Northside", "video")
    assert interview.people == (Person("Ann Lee", "CFO", "cost"), Person("Sam"))
    assert f"by {DAY - dt.timedelta(days=7):%a}" in everything(at)


def test_two_fields_left_in_one_moment_are_both_kept() -> None:
    at = open_part("Plan")
    at.text_input(key="company").set_value("Northside")
    at.text_input(key="role").set_value("ward manager")
    at.run()
    assert (prepared().interview.company, prepared().interview.role) == ("Northside", "ward manager")


def test_after_the_interview_open_steps_fold_away() -> None:
    keep(Interview(dt.datetime.now().astimezone().date() - dt.timedelta(days=3)))
    at = open_part("Plan")
    assert "Not done before the interview: 13" in [box.label for box in at.expander]
    assert [button.key for button in at.button if str(button.key).startswith("open_")] == [
        "open_debrief",
        "open_letter",
    ]


def test_a_step_is_ticked_by_hand_and_the_tick_taken_back() -> None:
    at = open_part("Plan")
    at.checkbox(key="tick_loose_end").check().run()
    assert prepared().ticks.ids == ("loose_end",)
    assert "Done: 1 of 15" in [box.label for box in at.expander]
    at.checkbox(key="done_loose_end").uncheck().run()
    assert prepared().ticks.ids == ()


def test_real_takes_tick_a_step_which_then_cannot_be_unticked() -> None:
    for number in range(3):
        question = replace(factories.QUESTION, id=f"q{number}")
        services().history.add(factories.attempt(f"take-{number}", question=question))
    at = open_part("Plan")
    assert at.checkbox(key="done_behavioral").value is True
    assert at.checkbox(key="done_behavioral").disabled


def test_a_step_opens_the_part_it_is_about() -> None:
    at = open_part("Plan")
    at.button(key="open_research").click().run()
    assert at.text_area(key="notes_values").label == "What they say they stand for"


def test_a_step_about_speaking_opens_a_question_of_its_kind_that_is_not_answered_yet() -> None:
    first = next(one for one in services().questions.sets if one.id == "technical").questions[0]
    services().history.add(factories.attempt("take-1", question=first))
    at = open_part("Plan")
    at.button(key="open_technical").click().run()
    assert not at.exception
    asked = services().questions.find(at.session_state["question"])
    assert asked.kind == "technical"
    assert asked.id != first.id


def test_another_interview_asks_first_and_keeps_the_resume() -> None:
    keep(Interview(DAY, company="Northside"), Notes("Patients first"), Resume(RESUME))
    at = open_part("Plan")
    at.button(key="start_over").click().run()
    assert prepared().interview.company == "Northside"
    at.button(key="start_over_yes").click().run()
    assert prepared() == Preparation(resume=Resume(RESUME))
    assert at.text_input(key="company_1").value == ""


def test_notes_become_questions_that_lead_to_practice() -> None:
    at = open_part("Research")
    at.text_area(key="notes_news").set_value("Opened a second ward in May").run()
    assert prepared().notes.news == "Opened a second ward in May"
    text = everything(at)
    assert 'Ask what "Opened a second ward in May" has made harder' in text
    assert any(query.startswith("question=ask-") for query in links(at))
    at.switch_page(routes.PRACTICE)
    at.query_params["question"] = links(at)[0].partition("=")[2]
    at.run()
    assert "has made harder" in at.title[0].value


@pytest.mark.parametrize("made", [pdf, docx, str.encode])
def test_an_uploaded_resume_lists_its_claims(made) -> None:
    at = open_part("CV")
    at.file_uploader[0].set_value([("resume.pdf", made(RESUME), "application/pdf")]).run()
    assert "0 of 12" in everything(at)
    assert "Led a team of 34 nurses across two wards" in everything(at)
    assert prepared().resume.name == "resume.pdf"
    assert len(links(at)) == 12


def test_a_file_that_cannot_be_read_says_why_and_another_may_follow() -> None:
    at = open_part("CV")
    at.file_uploader[0].set_value([("cv.pdf", b"%PDF-1.4 nonsense", "application/pdf")]).run()
    assert "cv.pdf cannot be used: it is damaged" in everything(at)
    assert prepared().resume == Resume()
    at.text_area(key="resume_pasted").set_value(RESUME)
    at.button(key="resume_use").click().run()
    assert not at.error
    assert prepared().resume == Resume(RESUME)


@pytest.mark.parametrize(
    ("part", "kept", "key"), [("CV", Resume(RESUME), "resume"), ("Job", Job("You plan the rota."), "job")]
)
def test_a_document_stays_until_another_one_is_accepted(part: str, kept: Resume | Job, key: str) -> None:
    load()
    keep(kept)
    at = open_part(part)
    at.button(key=f"{key}_replace").click().run()
    at.file_uploader[0].set_value([("bad.pdf", b"%PDF-1.4 nonsense", "application/pdf")]).run()
    assert "bad.pdf cannot be used" in everything(at)
    assert getattr(prepared(), key) == kept
    at.button(key=f"{key}_stays").click().run()
    assert not at.file_uploader
    at.button(key=f"{key}_replace").click().run()
    at.text_area(key=f"{key}_pasted").set_value("Led a team of 9 nurses")
    at.button(key=f"{key}_use").click().run()
    assert getattr(prepared(), key) == type(kept)("Led a team of 9 nurses")
    assert not at.file_uploader


def test_a_claim_that_was_spoken_to_is_marked() -> None:
    keep(Resume(RESUME))
    _, claim, other, *_ = find_claims(RESUME)
    for take, asked in (("take-1", claim), ("take-2", other)):
        services().history.add(
            factories.attempt(take, text="We cut the wait for beds.", question=question_about(asked))
        )
    at = open_part("CV")
    assert "1 of 12" in everything(at), "an answer without a word of its claim speaks to something else"
    assert sum(link.proto.label == "Once more" for link in at.get("page_link")) == 1


def test_what_is_entered_twice_in_other_writing_is_listed_once() -> None:
    keep(
        Resume("- Led a team of 9.\n\n- led a team of 9\nSkills\nLed a team of 9"),
        Notes("Patients first\nPATIENTS FIRST!"),
        Interview(people=(Person("Ann", "", "cost"), Person("Ann", "", "Cost?"))),
        Debrief((Asked("Why us?"),)),
    )
    assert "0 of 1" in everything(open_part("CV"))
    assert len(links(open_part("Research"))) == 3
    at = open_part("After")
    at.text_area(key="asked").set_value("Why us?\nwhy us\nWhy now?").run()
    assert [asked.question for asked in prepared().debrief.asked] == ["Why us?", "Why now?"]
    assert not services().questions.problems


def test_a_resume_without_any_claim_says_so() -> None:
    keep(Resume("I am a very nice and friendly person who likes people"))
    assert "I found nothing in it to ask about" in everything(open_part("CV"))


def test_job_words_are_told_apart_by_whether_an_answer_says_them() -> None:
    load()
    take_id = taken(services(), text="So I planned the rota with the nurses.")
    keep(Job("You plan the rota.\nYou keep the budget."))
    at = open_part("Job")
    assert "Not yet mentioned in any answer: 1 of 2" in everything(at)
    assert [link.proto.label for link in at.get("page_link")] == ["budget", "Open"]
    asked = services().questions.find(links(at)[0].partition("=")[2])
    assert 'The job description mentions "budget"' in asked.prompt
    assert "**rota**: \N{LEFT DOUBLE QUOTATION MARK}So I planned the rota with the nurses." in everything(at)
    assert links(at)[1] == f"take={take_id}"
    keep(Job())
    assert "from-the-job" not in [one.id for one in services().questions.sets]
    assert not services().question_sets.exists()


@pytest.mark.parametrize("part", ["Plan", "Research", "CV", "Job", "Stories", "After"])
def test_hostile_text_stays_text_on_every_part(part: str) -> None:
    load()
    taken(services(), text=f"In spring I led the move of forty shops {HOSTILE}", question=factories.QUESTION)
    keep(
        Interview(DAY, company=HOSTILE, role=HOSTILE, people=(Person(HOSTILE, HOSTILE, HOSTILE),)),
        Notes(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        Resume(f"- Led 3 {HOSTILE}", HOSTILE),
        Job(f"Shops {HOSTILE}"),
        Debrief((Asked(HOSTILE, True, HOSTILE),)),
        Conversation(f"night cover {HOSTILE}"),
    )
    at = open_part(part)
    written = [*(str(one.value) for one in [*at.markdown, *at.caption, *at.subheader, *at.header])]
    written += [button.label for button in at.button] + [link.proto.label for link in at.get("page_link")]
    assert not any("<img" in text.replace("\\<img", "") or "](https" in text for text in written)
