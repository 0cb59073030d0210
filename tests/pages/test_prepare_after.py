"""The parts of Prepare about stories, set-up and what comes after."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import soundfile

from rehearse.model import Question
from rehearse.pages.shared.services import services
from rehearse.preparation.debrief import Asked, Debrief
from rehearse.preparation.interview import Interview, Person
from tests import factories
from tests.pages.driving import open_app, taken, wav
from tests.pages.preparing import everything, keep, links, open_part, prepared
from tests.sounds import ANSWER

DAY = dt.datetime.now().astimezone().date() + dt.timedelta(days=10)


def test_stories_are_banked_and_one_told_before_is_marked_in_all_its_takes() -> None:
    tills = "In spring I led the move of forty shops to a new till system and the gift cards failed."
    names = [taken(services(), text=tills) for _ in range(2)]
    at = open_part("Stories")
    assert "You have **1 story**" in everything(at)
    assert "1 question, 2 takes" in everything(at)
    box = next(box for box in at.checkbox if box.label == "Already used in the first interview")
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
    assert len([box for box in at.checkbox if box.label.startswith("Already used in")]) == 2
    at.get("button_group")[-1].set_value("integrity").run()
    [box] = [box for box in at.checkbox if box.label.startswith("Already used in")]
    assert box.key == "told_take-1"


def test_without_a_story_every_competency_leads_to_a_question() -> None:
    at = open_part("Stories")
    assert "collected here" in everything(at)
    labels = [link.proto.label for link in at.get("page_link")]
    assert "Leadership" in labels
    assert all(query.startswith("question=") for query in links(at))


def test_the_checklist_is_ticked_and_stays_ticked() -> None:
    keep(Interview(venue="video"))
    at = open_part("Set-up")
    at.checkbox(key="item_video-light").check().run()
    assert prepared().ticks.ids == ("video-light",)
    assert open_part("Set-up").checkbox(key="item_video-light").value is True
    assert "For the room" not in everything(at)


def test_the_microphone_check_tells_level_and_noise_and_ticks_its_step() -> None:
    at = open_part("Set-up")
    at.audio_input[0].upload("clip.wav", _wav_of(ANSWER)).run()
    assert "They will hear you clearly" in everything(at)
    assert "dB apart" in everything(at)
    assert prepared().ticks.ids == ("sound-checked",)


def test_a_silent_microphone_is_said_to_be_silent_and_ticks_nothing() -> None:
    at = open_part("Set-up")
    at.audio_input[0].upload("clip.wav", wav(3)).run()
    assert "I can't hear you" in everything(at)
    assert prepared().ticks.ids == ()


def _wav_of(path: Path) -> bytes:
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
    assert "at least one thing you spoke about" in everything(at)
    at.button(key="topic_cost of agency staff").click().run()
    assert prepared().talk.topics == "cost of agency staff"
    topics = next(field for field in at.text_area if field.label == "What you spoke about, one per line")
    assert topics.value == "cost of agency staff"
    topics.set_value("cost of agency staff\nnight cover").run()
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


def test_each_of_the_panel_has_a_note_that_is_edited_by_itself() -> None:
    panel = (Person("Ann *Lee*", "CFO", "can she lead several sites"), Person("Sam", "", "night cover"))
    keep(Interview(DAY, people=panel))
    at = open_part("After")
    at.button(key="topic_can she lead several sites").click().run()
    at.button(key="topic_night cover").click().run()
    ann, sam = (field for field in at.text_area if field.label.startswith("Your note to"))
    assert [ann.label.replace("\\", ""), sam.label] == ["Your note to Ann *Lee*, to edit", "Your note to Sam, to edit"]
    assert "We spoke about whether I can lead several sites." in ann.value
    assert "We spoke about night cover." in sam.value
    sam.set_value("Dear Sam, thanks").run()
    assert [code.value.partition("\n")[0] for code in at.code] == ["Dear Ann *Lee*,", "Dear Sam, thanks"]
    at.button(key="letter_anew_1").click().run()
    assert "We spoke about night cover." in at.code[1].value
    assert not at.exception


def test_a_set_of_the_persons_own_in_the_way_is_said_and_nothing_is_lost() -> None:
    services().question_sets.mkdir()
    (services().question_sets / "from-my-research.toml").write_text('[[questions]]\nprompt = "Mine"\n')
    at = open_part("Research")
    at.text_area(key="notes_values").set_value("Patients first").run()
    assert "a set of your own and is left alone" in everything(at)
    assert prepared().notes.values == "Patients first"
