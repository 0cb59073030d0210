"""The practice page, over a real store and history in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from rehearse.audio import recorder
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from tests import factories
from tests.pages.driving import HOSTILE, RECORDING, FakeMicrophone, open_app, open_page, record, shown, wav
from tests.waiting import ended, until


def test_practice_starts_with_a_question_and_its_hints() -> None:
    first = services().questions.sets[0].questions[0]
    at = open_app()
    assert at.title[0].value == plain(first.prompt)
    assert "aim for" in at.caption[0].value
    assert all(plain(point) in at.markdown[0].value for point in first.listen_for)


def test_next_and_previous_walk_through_the_set() -> None:
    at = open_app()
    first = at.title[0].value
    at.button[1].click().run()
    assert at.button[1].label == "Next"
    assert at.title[0].value != first
    at.button[0].click().run()
    assert at.title[0].value == first


def test_another_set_shows_its_first_question() -> None:
    other = services().questions.sets[1]
    at = open_app()
    at.selectbox[0].select(other.id).run()
    assert at.session_state["question"] == other.questions[0].id


def test_any_question_of_the_set_can_be_chosen_at_once() -> None:
    last = services().questions.sets[0].questions[-1]
    at = open_app()
    at.selectbox[1].select(last.id).run()
    assert at.title[0].value == plain(last.prompt)
    assert at.selectbox[0].value == services().questions.sets[0].id


def test_a_question_of_another_set_is_found_too_and_brings_its_set() -> None:
    other = services().questions.sets[-1]
    at = open_app()
    at.selectbox[1].select(other.questions[-1].id).run()
    assert at.title[0].value == plain(other.questions[-1].prompt)
    assert at.selectbox[0].value == other.id


def test_a_recording_is_on_the_disk_before_anything_else_is_offered() -> None:
    sound = wav(2)
    at = record(open_app(), sound)
    [take] = services().store.all()
    assert take.audio.read_bytes() == sound
    assert take.question is not None
    assert [at.button(key="analyse").label, at.button(key="discard").label] == ["Analyse", "Discard"]
    assert not services().history.ids()


@pytest.mark.usefixtures("analysis")
def test_the_feedback_opens_by_itself_and_asks_for_no_rating_first() -> None:
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([("answer.flac", RECORDING.read_bytes(), "audio/flac")]).run()
    [take] = services().store.all()
    assert at.title[0].value == plain(factories.QUESTION.prompt)
    assert at.query_params["take"] == take.id
    assert not [button for button in at.button if button.key == "unrated_yes"]
    at.switch_page(routes.PRACTICE).run()
    assert not at.get("page_link"), "what was read is not offered again"


def test_whoever_does_not_wait_for_the_feedback_practises_on_and_finds_the_way_to_it(analysis: Event) -> None:
    analysis.clear()
    at = record(open_app(), wav(2))
    at.button(key="analyse").click().run()
    assert at.get("progress")
    at.button(key="meanwhile").click().run()
    assert at.audio_input[0].value is None
    analysis.set()
    until(lambda: not services().worker.pending())
    at.run()
    [link] = at.get("page_link")
    assert link.proto.label == "Read the feedback"
    order = [element.type for element in at.main if hasattr(element, "type")]
    assert order.index("page_link") < order.index("title"), "what is waited for is in sight without scrolling"
    assert services().store.all()[0].id in link.proto.query_string


@pytest.mark.usefixtures("analysis")
def test_above_a_follow_up_question_the_way_to_the_feedback_says_whose_it_is() -> None:
    take = services().store.save(wav(2), suffix=".wav", question=factories.QUESTION, origin=Origin("browser"))
    at = open_app()
    services().worker.submit(take)
    ended(services().worker, take)
    at.query_params["parent"], at.query_params["probe"] = take.id, "0"
    for _ in ("named by the address", "remembered"):
        at.run()
        assert at.button(key="leave_follow_up")
        assert at.get("page_link")[0].proto.label == "Read the feedback on the previous answer"
    at.button(key="leave_follow_up").click().run()
    assert at.get("page_link")[0].proto.label == "Read the feedback"


def test_discard_asks_first_and_then_leaves_nothing() -> None:
    at = record(open_app(), wav())
    at.button(key="discard").click().run()
    assert len(services().store.all()) == 1
    at.button(key="discard_yes").click().run()
    assert services().store.all() == ()
    assert at.audio_input


@pytest.mark.usefixtures("analysis")
def test_a_failed_analysis_says_why_keeps_the_take_and_can_be_tried_again() -> None:
    at = record(open_app(), b"this is no sound")
    [take] = services().store.all()
    until(lambda: not services().worker.pending())
    at.run()
    assert "no sound could be decoded" in shown(at).replace("\\", "")
    at.button(key=f"retry_{take.id}").click().run()
    assert not at.exception
    assert services().store.get(take.id) is not None


def test_recordings_of_an_earlier_visit_are_offered(data: Path) -> None:
    kept = services().store.save(wav(), suffix=".wav", origin=Origin("browser"), name=HOSTILE)
    at = open_app()
    assert at.expander[0].label == "Recordings without feedback: 1"
    assert [button.key for button in at.expander[0].button] == [f"analyse_{kept.id}", f"discard_{kept.id}"]
    assert "<img" not in shown(at).replace("\\<img", "")
    at.button(key=f"discard_{kept.id}").click().run()
    at.button(key="discard_yes").click().run()
    assert services().store.all() == ()
    assert list((data / "takes").iterdir()) == []


def test_an_upload_that_is_no_recording_is_refused_with_its_name() -> None:
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([("portrait.wav", b"\x89PNG\r\n\x1a\n" * 40, "audio/wav")]).run()
    assert "portrait.wav: no sound could be decoded" in at.error[0].value.replace("\\", "")
    assert services().store.all() == ()


def test_an_upload_of_no_sound_with_any_ending_is_refused_in_one_sentence() -> None:
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([("notes.pdf", b"%PDF-1.4 nothing to hear", "application/pdf")]).run()
    assert "notes.pdf: no sound could be decoded; use a WAV" in at.error[0].value.replace("\\", "")
    assert services().store.all() == ()


@pytest.mark.parametrize("name", ["answer.dat", "answer", "ANSWER.WAV"])
def test_an_upload_with_sound_is_taken_whatever_its_name(name: str) -> None:
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([(name, wav(), "application/octet-stream")]).run()
    [take] = services().store.all()
    assert take.name == name
    assert at.button(key="analyse")


def test_a_silent_recording_is_said_to_be_silent_before_it_is_analysed() -> None:
    at = record(open_app(), wav(3))
    assert at.warning[0].value.startswith("I can't hear a voice in this recording.")
    assert at.button(key="analyse")


def test_an_upload_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.length", lambda _: 3 * 3600.0)
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([("all day.wav", wav(), "audio/wav")]).run()
    assert "the limit is 2 hours" in at.error[0].value
    assert services().store.all() == ()


def test_an_upload_keeps_its_name_and_its_question() -> None:
    at = open_app()
    at.segmented_control(key="source").set_value("upload").run()
    at.file_uploader[0].set_value([("my answer <b>.wav", wav(), "audio/wav")]).run()
    [take] = services().store.all()
    assert take.name == "my answer <b>.wav"
    assert take.question is not None
    assert at.button(key="analyse")


def test_without_a_microphone_of_its_own_the_computer_is_not_offered() -> None:
    at = open_app()
    assert at.segmented_control(key="source").options == ["Browser microphone", "Upload a file"]
    assert "no microphone was found" in at.segmented_control(key="source").help.replace("\\", "")


@pytest.mark.usefixtures("analysis")
def test_this_computers_microphone_records_to_the_store_and_opens_the_feedback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.microphone.microphone_problem", lambda: None)
    monkeypatch.setattr(recorder, "microphone", lambda: FakeMicrophone)
    at = open_app()
    at.segmented_control(key="source").set_value("computer").run()
    at.button(key="start").click().run()
    live = services().microphone
    until(lambda: live.recorder is not None and live.recorder.ready)
    at.run()
    assert "Speak now" in shown(at)
    at.button(key="stop").click().run()
    [take] = services().store.all()
    assert (take.origin.source, take.origin.microphone) == ("computer", "Headset")
    assert take.audio.stat().st_size > 1600
    assert at.button(key="analyse").click().run().query_params["take"] == take.id


def test_a_long_wait_can_be_used_to_rate_the_answer_before_its_feedback(analysis: Event) -> None:
    analysis.clear()
    at = record(open_app(), wav(2))
    at.button(key="analyse").click().run()
    [take] = services().store.all()
    at.segmented_control(key=f"self_rating_{take.id}").set_value(4).run()
    analysis.set()
    ended(services().worker, take)
    at.run()
    assert at.title[0].value == plain(factories.QUESTION.prompt)
    assert services().history.about(take.id).rating == 4


@pytest.mark.usefixtures("analysis")
def test_an_answer_can_be_discarded_beside_its_feedback() -> None:
    at = record(open_app(), wav(2))
    at.button(key="analyse").click().run()
    # the test driver stays on the page that switched, so the answer is discarded on the one switched to
    [take] = services().store.all()
    at = open_page(routes.FEEDBACK, take=take.id)
    at.button(key="discard").click().run()
    assert len(services().store.all()) == 1
    at.button(key="discard_yes").click().run()
    assert services().store.all() == ()
    assert services().history.ids() == set()
    assert at.audio_input, "back on Practice"
