"""The page Prepare, over a real history in a folder of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rehearse import content
from rehearse.datatypes import Question
from rehearse.pages import places
from rehearse.pages.services import services
from rehearse.prepare.after import Asked, Conversation, Debrief
from rehearse.prepare.claims import find_claims, question_about
from rehearse.prepare.interview import Interview, Person
from rehearse.prepare.preparation import Job, Preparation, Resume, load, save
from rehearse.prepare.research import Notes
from rehearse.questions import find_question, own_folder, question_sets
from tests import factories
from tests.documents import RESUME, docx, pdf
from tests.pages.driving import HOSTILE, open_app, shown, taken

DAY = dt.datetime.now().astimezone().date() + dt.timedelta(days=10)


def open_part(part: str) -> AppTest:
    at = open_app()
    at.query_params["part"] = part
    at.switch_page(places.PREPARE).run()
    assert not at.exception
    return at


def prepared() -> Preparation:
    return load(services().history.documents)


def keep(*parts: object) -> None:
    for part in parts:
        save(services().history.documents, part)


def everything(at: AppTest) -> str:
    boxes = [*at.subheader, *at.header, *at.caption, *at.success, *at.info, *at.warning]
    return "\n".join([shown(at), *(str(box.value) for box in boxes), *(box.label for box in at.checkbox)]).replace(
        "\\", ""
    )


def links(at: AppTest) -> list[str]:
    return [link.proto.query_string for link in at.get("page_link")]


def test_the_plan_asks_for_the_date_and_counts_its_days_from_it() -> None:
    at = open_part("Plan")
    assert "Enter the interview's date" in everything(at)
    at.date_input(key="interview_date").set_value(DAY).run()
    at.text_input(key="company").set_value("Northside").run()
    at.text_area(key="people").set_value("Ann Lee, CFO: cost\nSam").run()
    at.segmented_control(key="interview_place").set_value("video").run()
    assert "10 days to the interview" in everything(at)
    interview = prepared().interview
    assert (interview.date, interview.company, interview.place) == (DAY, "Northside", "video")
    assert interview.people == (Person("Ann Lee", "CFO", "cost"), Person("Sam"))
    assert f"by {DAY - dt.timedelta(days=7):%a}" in everything(at)


def test_two_fields_left_in_one_moment_are_both_kept() -> None:
    at = open_part("Plan")
    at.text_input(key="company").set_value("Northside")
    at.text_input(key="role").set_value("ward manager")
    at.run()
    assert (prepared().interview.company, prepared().interview.role) == ("Northside", "ward manager")


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
    first = next(one for one in question_sets() if one.id == "technical").questions[0]
    services().history.add(factories.attempt("take-1", question=first))
    at = open_part("Plan")
    at.button(key="open_technical").click().run()
    assert not at.exception
    asked = find_question(at.session_state["question"])
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
    at.switch_page(places.PRACTICE)
    at.query_params["question"] = links(at)[0].partition("=")[2]
    at.run()
    assert "has made harder" in at.title[0].value


@pytest.mark.parametrize("made", [pdf, docx, str.encode])
def test_an_uploaded_resume_lists_its_claims(made) -> None:
    at = open_part("Resume")
    at.file_uploader[0].set_value([("resume.pdf", made(RESUME), "application/pdf")]).run()
    assert "0 of 12" in everything(at)
    assert "Led a team of 34 nurses across two wards" in everything(at)
    assert prepared().resume.name == "resume.pdf"
    assert len(links(at)) == 12


def test_a_file_that_cannot_be_read_says_why_and_another_may_follow() -> None:
    at = open_part("Resume")
    at.file_uploader[0].set_value([("cv.pdf", b"%PDF-1.4 nonsense", "application/pdf")]).run()
    assert "cv.pdf cannot be used: it is damaged" in everything(at)
    assert prepared().resume == Resume()
    at.text_area(key="resume_pasted").set_value(RESUME)
    at.button(key="resume_use").click().run()
    assert not at.error
    assert prepared().resume == Resume(RESUME)
    at.button(key="resume_replace").click().run()
    assert prepared().resume == Resume()


def test_a_claim_that_was_spoken_to_is_marked() -> None:
    keep(Resume(RESUME))
    claim = find_claims(RESUME)[1]
    services().history.add(factories.attempt("take-1", question=question_about(claim)))
    at = open_part("Resume")
    assert "1 of 12" in everything(at)
    assert sum(link.proto.label == "Once more" for link in at.get("page_link")) == 1


def test_a_resume_without_any_claim_says_so() -> None:
    keep(Resume("I am a very nice and friendly person who likes people"))
    assert "No line of it says what you did" in everything(open_part("Resume"))


def test_job_words_are_told_apart_by_whether_an_answer_says_them() -> None:
    content.load()
    take_id = taken(services(), text="So I planned the rota with the nurses.")
    keep(Job("You plan the rota.\nYou keep the budget."))
    at = open_part("Job")
    assert "Not yet mentioned in any answer: 1 of 2" in everything(at)
    assert ":gray-badge[budget]" in everything(at)
    assert "**rota**: \N{LEFT DOUBLE QUOTATION MARK}So I planned the rota with the nurses." in everything(at)
    assert links(at) == [f"take={take_id}"]
    at.button(key="job_replace").click().run()
    assert at.file_uploader


def test_stories_are_banked_and_one_told_before_is_marked_in_all_its_takes() -> None:
    tills = "In spring I led the move of forty shops to a new till system and the gift cards failed."
    names = [taken(services(), text=tills) for _ in range(2)]
    at = open_part("Stories")
    assert "1** different occasion" in everything(at)
    assert "1 question, 2 takes" in everything(at)
    box = next(box for box in at.checkbox if box.label == "Told in the first interview already")
    box.check().run()
    assert [services().history.about(name).told_before for name in names] == [True, True]
    assert "They know it" in everything(at)


def test_a_story_used_for_four_questions_is_said_to_be_used_often() -> None:
    tills = "In spring I led the move of forty shops to a new till system and the gift cards failed."
    for number in range(4):
        question = Question(f"q{number}", f"Question {number}?", "behavioral", competency="ownership")
        services().history.add(factories.attempt(f"take-{number}", text=tills, question=question))
    assert "Used for 4 different questions" in everything(open_part("Stories"))


def test_stories_can_be_narrowed_to_one_competency() -> None:
    for number, (text, competency) in enumerate(
        [
            ("In spring I led the move of forty shops to new tills.", "leadership"),
            ("Last May I found a crack in the weld of a bridge.", "integrity"),
        ]
    ):
        question = Question(f"q{number}", f"Question {number}?", "behavioral", competency=competency)
        services().history.add(factories.attempt(f"take-{number}", text=text, question=question))
    at = open_part("Stories")
    assert len([box for box in at.checkbox if box.label.startswith("Told in")]) == 2
    at.get("button_group")[-1].set_value("integrity").run()
    [box] = [box for box in at.checkbox if box.label.startswith("Told in")]
    assert box.key == "told_take-1"


def test_without_a_story_every_competency_leads_to_a_question() -> None:
    at = open_part("Stories")
    assert "gathered here" in everything(at)
    labels = [link.proto.label for link in at.get("page_link")]
    assert "Leadership" in labels
    assert all(query.startswith("question=") for query in links(at))


def test_the_checklist_is_ticked_and_stays_ticked() -> None:
    keep(Interview(place="video"))
    at = open_part("Set-up")
    at.checkbox(key="item_video-light").check().run()
    assert prepared().ticks.ids == ("video-light",)
    assert open_part("Set-up").checkbox(key="item_video-light").value is True
    assert "For the room" not in everything(at)


def test_the_microphone_check_tells_level_and_noise_and_ticks_its_step() -> None:
    from tests.sounds import ANSWER

    at = open_part("Set-up")
    at.audio_input[0].upload("clip.wav", _wav_of(ANSWER)).run()
    assert "They will hear you well" in everything(at)
    assert "dB apart" in everything(at)
    assert prepared().ticks.ids == ("sound-checked",)


def test_a_silent_microphone_is_said_to_be_silent_and_ticks_nothing() -> None:
    from tests.pages.driving import wav

    at = open_part("Set-up")
    at.audio_input[0].upload("clip.wav", wav(3)).run()
    assert "Nobody is heard" in everything(at)
    assert prepared().ticks.ids == ()


def _wav_of(path: Path) -> bytes:
    import io

    import soundfile

    out = io.BytesIO()
    samples, rate = soundfile.read(path, dtype="float32", frames=8 * 16_000)
    soundfile.write(out, samples, rate, format="WAV", subtype="PCM_16")
    return out.getvalue()


def test_what_came_in_the_interview_is_what_practice_shows_first() -> None:
    at = open_part("After")
    at.text_area(key="asked").set_value("Why us?\nTell me about a time you failed.").run()
    badly = [box for box in at.checkbox if box.label == "It went badly"]
    badly[1].check().run()
    missing = next(field for field in at.text_input if field.label == "What was missing?")
    missing.set_value("the result").run()
    assert prepared().debrief == Debrief(
        (Asked("Why us?"), Asked("Tell me about a time you failed.", True, "the result"))
    )
    assert "Tell me about a time you failed" in open_app().title[0].value


def test_a_letter_is_drafted_followed_edited_and_drafted_anew() -> None:
    keep(Interview(DAY, company="Northside", people=(Person("Ann Lee", "CFO", "cost of agency staff"),)))
    at = open_part("After")
    assert "at least one thing that was spoken about" in everything(at)
    at.button(key="topic_cost of agency staff").click().run()
    assert prepared().talk.topics == "cost of agency staff"
    at.text_area(key="talk_topics_1").set_value("cost of agency staff\nnight cover").run()
    note = next(field for field in at.text_area if field.label == "Your note, to edit")
    assert note.value.startswith("Dear Ann Lee,")
    assert "cost of agency staff and night cover" in note.value
    note.set_value("Dear Ann,").run()
    assert prepared().talk.letter == "Dear Ann,"
    assert at.code[0].value == "Dear Ann,"
    at.button(key="letter_anew").click().run()
    assert prepared().talk.letter is None
    assert "night cover" in at.code[0].value
    at.checkbox(key="letter_sent").check().run()
    assert prepared().ticks.ids == ("letter-sent",)


def test_a_set_of_the_persons_own_in_the_way_is_said_and_nothing_is_lost() -> None:
    own_folder().mkdir()
    (own_folder() / "from-my-research.toml").write_text('[[questions]]\nprompt = "Mine"\n')
    at = open_part("Research")
    at.text_area(key="notes_values").set_value("Patients first").run()
    assert "a set of your own and is left alone" in everything(at)
    assert prepared().notes.values == "Patients first"


@pytest.mark.parametrize("part", ["Plan", "Research", "Resume", "Job", "Stories", "After"])
def test_hostile_text_stays_text_on_every_part(part: str) -> None:
    content.load()
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
