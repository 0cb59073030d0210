"""The interview page, over a real store and history in a folder of its own; what needs a browser is tested in one."""

from __future__ import annotations

import pytest

from rehearse import interview
from rehearse.audio import recorder
from rehearse.interview import MODES, member_named
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared import services as shared_parts
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from tests import factories
from tests.pages.driving import HOSTILE, FakeMicrophone, open_page, record, said, shown, wav
from tests.pages.interviewing import QUICK, analysed, kept, started, the_round
from tests.waiting import until


def test_each_mode_is_offered_with_one_sentence() -> None:
    at = open_page(routes.INTERVIEW)
    [modes] = [radio for radio in at.radio if radio.key == "mode"]
    assert modes.options == [mode.title for mode in MODES]
    assert list(modes.proto.captions) == [mode.sentence for mode in MODES]


@pytest.mark.parametrize("mode", ["mock", "panel", "case", "one_way"])
def test_a_started_round_shows_its_first_question_and_is_on_the_disk(mode: str) -> None:
    at = started(mode)
    one = the_round()
    assert one.mode == mode
    assert {step.limit_seconds for step in one.steps} == {5}
    assert at.query_params["round"] == one.id
    assert f"question 1 of {one.size}" in at.get("progress")[0].proto.text
    asker = member_named(one.steps[0].asker)
    assert asker is None or shown(at).lower().count(asker.role.lower()) == 1, "who asks is said once"


@pytest.mark.usefixtures("analysis")
def test_a_panel_leads_from_question_to_question_to_its_debrief() -> None:
    at = started("panel", panel=3)
    for place in range(3):
        assert the_round().position == place
        record(at, wav())
    one = the_round()
    takes = services().store.all()
    assert {take.id for take in takes} == set(one.takes)
    assert {take.origin for take in takes} == {Origin("browser", round=one.id)}
    at = analysed(at)
    assert at.title[0].value == "Debrief"
    said = shown(at)
    assert "3 of 3 questions answered" in said.replace("\\", "")
    assert "Helen Marsh, hiring manager" in said or "Sam Whitfield, future colleague" in said
    assert "I didn't notice any figures that changed" in said
    assert len(at.get("page_link")) >= 3


@pytest.mark.usefixtures("analysis")
def test_a_reload_loses_nothing_and_asks_before_it_goes_on() -> None:
    at = started("panel", panel=3)
    record(at, wav())
    one = the_round()
    again = open_page(routes.INTERVIEW, round=one.id)
    assert not again.audio_input
    assert "Question 2 of 3 comes next" in shown(again)
    again.button(key="resume").click().run()
    assert "question 2 of 3" in again.get("progress")[0].proto.text
    record(again, wav())
    assert len(the_round().takes) == 2


def test_a_recording_that_was_saved_just_before_a_crash_is_in_the_round() -> None:
    started("panel", panel=3)
    one = the_round()
    origin = Origin("computer", round=one.id)
    take = services().store.save(wav(), suffix=".wav", question=one.steps[0].question, origin=origin)
    at = open_page(routes.INTERVIEW, round=one.id)
    assert "Question 2 of 3" in shown(at)
    assert the_round().takes == (), "to look writes nothing"
    at.button(key="resume").click().run()
    assert the_round().takes == (take.id,)
    assert "question 2 of 3" in at.get("progress")[0].proto.text


def test_leaving_keeps_the_place_and_the_page_offers_to_resume() -> None:
    at = started("mock")
    at.button(key="skip").click().run()
    at.button(key="leave").click().run()
    assert "Question 2 of 6 comes next" in shown(at)
    assert at.button(key="begin")
    assert "recorded so far" not in shown(at)
    at.button(key="resume").click().run()
    assert "question 2 of 6" in at.get("progress")[0].proto.text


def test_of_two_rounds_that_were_left_both_can_be_resumed() -> None:
    started("mock").button(key="leave").click().run()
    older = the_round()
    at = started("case")
    at.button(key="leave").click().run()
    assert "Case study" in shown(at)
    button = at.button(key=f"round_{older.id}")
    assert "to be continued" in button.label
    button.click().run()
    assert "Mock interview: question 1 of 6" in at.get("progress")[0].proto.text


def test_a_round_without_answers_can_be_forgotten() -> None:
    at = started("mock")
    at.button(key="leave").click().run()
    at.button(key="forget").click().run()
    assert kept().all() == ()
    assert at.button(key="begin")


def test_a_one_way_interview_has_no_way_around_a_question() -> None:
    at = started("one_way")
    assert not [button for button in at.button if button.key == "skip"]
    assert '"early": false' in at.get("bidi_component")[0].proto.json


def test_a_round_without_answers_says_so() -> None:
    at = started("mock")
    at.button(key="end").click().run()
    at.button(key="end_yes").click().run()
    assert "You didn't record any answers" in at.info[0].value
    at.button(key="another").click().run()
    assert at.expander[0].button[0].label.startswith("Mock interview")


@pytest.mark.usefixtures("analysis")
def test_a_case_answers_typed_questions_and_keeps_the_facts_in_sight() -> None:
    at = started("case", case=1)
    at.text_input(key="asked").set_value("Is it in all branches?")
    at.button(key="FormSubmitter:asking-Ask").click().run()
    assert the_round().steps[0].asked == ("Is it in all branches?",)
    assert "six sold far less" in shown(at)
    at.button(key="go_on").click().run()
    assert "What you know" in shown(at)
    assert "a third of the time each" in shown(at)
    assert "six sold far less" in shown(at)
    at.text_area[0].set_value("six branches first").run()
    record(at, wav())
    assert the_round().steps[1].notes == "six branches first"
    assert at.text_area[0].value == "six branches first"
    record(at, wav())
    said = shown(analysed(at))
    assert "You asked about this" in said
    assert "You didn't ask" in said
    assert "Recommendation" in said


def test_what_the_case_does_not_hold_is_to_be_assumed() -> None:
    at = started("case")
    at.text_input(key="asked").set_value(HOSTILE)
    at.button(key="FormSubmitter:asking-Ask").click().run()
    assert "Make a sensible assumption" in shown(at)
    assert "<img" not in shown(at).replace("\\<", "")


@pytest.mark.usefixtures("analysis")
def test_a_failed_answer_can_be_tried_again_from_the_debrief() -> None:
    at = started("panel", panel=3)
    record(at, b"this is no sound")
    at.button(key="end").click().run()
    at.button(key="end_yes").click().run()
    at = analysed(at)
    [take] = services().store.all()
    assert "no sound could be decoded" in at.error[0].value.replace("\\", "")
    assert at.button(key=f"retry_{take.id}").label == "Try again"


@pytest.mark.usefixtures("analysis")
def test_answers_left_behind_by_a_killed_program_are_analysed_when_it_starts_again() -> None:
    started("panel", panel=3)
    one = the_round()
    for step in one.steps:
        services().store.save(wav(), suffix=".wav", question=step.question, origin=Origin("upload", round=one.id))
    shared_parts._services.clear()
    at = analysed(open_page(routes.INTERVIEW, round=one.id))
    assert at.title[0].value == "Debrief"
    assert services().history.ids() == set(the_round().takes)


def test_deleting_a_round_keeps_its_recordings() -> None:
    at = started("mock")
    one = the_round()
    take = services().store.save(
        wav(), suffix=".wav", question=one.steps[0].question, origin=Origin("upload", round=one.id)
    )
    services().history.add(factories.attempt(take.id))
    kept().save(interview.finish(interview.adopt(one, [take])))
    at = open_page(routes.INTERVIEW, round=one.id)
    at.button(key="delete_round").click().run()
    assert "recordings stay in the library" in shown(at)
    at.button(key="delete_round_yes").click().run()
    assert kept().all() == ()
    assert services().store.get(take.id) is not None


@pytest.mark.parametrize("name", ["nothing", "../../etc/passwd", HOSTILE])
def test_an_address_of_no_round_shows_the_choice(name: str) -> None:
    at = open_page(routes.INTERVIEW, round=name, mode=name, think=name)
    assert at.button(key="begin")


def test_a_case_of_ones_own_is_asked_letter_by_letter_and_holds_no_facts() -> None:
    services().question_sets.mkdir()
    (services().question_sets / "mine.toml").write_text(
        f"kind = 'case'\n[[questions]]\nid = 'mine'\nprompt = '{HOSTILE}'\n"
    )
    at = open_page(routes.INTERVIEW, mode="case", **QUICK)
    at.selectbox(key="case").select("mine").run()
    at.button(key="begin").click().run()
    assert at.title[0].value == plain(HOSTILE)
    at.text_input(key="asked").set_value("How many branches?")
    at.button(key="FormSubmitter:asking-Ask").click().run()
    assert "Make a sensible assumption" in shown(at)


def test_this_computers_microphone_answers_the_questions_of_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.microphone.microphone_problem", lambda: None)
    monkeypatch.setattr(recorder, "microphone", lambda: FakeMicrophone)
    at = started("panel", panel=3)
    at.segmented_control(key="source").set_value("computer").run()
    at.button(key="start").click().run()
    live = services().microphone
    until(lambda: live.recorder is not None and live.recorder.ready)
    due = iter(["Sorry to step in."])
    monkeypatch.setattr(live.remarks, "due", lambda _: next(due, None))
    for _ in range(2):
        assert "Sorry to step in." in said(at.run()), "what is asked for stays until the answer ends"
    at.button(key="stop").click().run()
    one = the_round()
    [take] = services().store.all()
    assert one.takes == (take.id,)
    assert (take.origin.source, take.origin.round) == ("computer", one.id)
    assert "question 2 of 3" in at.get("progress")[0].proto.text


def test_a_recording_for_practice_that_still_runs_stays_out_of_the_round(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.microphone.microphone_problem", lambda: None)
    monkeypatch.setattr(recorder, "microphone", lambda: FakeMicrophone)
    live = services().microphone
    live.start(services().store, services().worker, factories.QUESTION, 60, Origin("computer"))
    until(lambda: live.recorder is not None and live.recorder.ready)
    at = started("panel", panel=3)
    at.segmented_control(key="source").set_value("computer").run()
    at.button(key="stop").click().run()
    [take] = services().store.all()
    assert the_round().takes == ()
    assert at.session_state["saved"] == take.id
