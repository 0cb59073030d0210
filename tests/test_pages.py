"""Every page, driven without a browser, over a real store and history in a folder of its own."""

from __future__ import annotations

import io
import time
import wave
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rehearse import microphone, pipeline, recorder
from rehearse.datatypes import Attempt, Recording, Span, Story
from rehearse.history import History
from rehearse.pages import places
from rehearse.pages.services import Services, services
from rehearse.pages.text import plain
from rehearse.questions import question_sets
from tests import factories

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x$ :smile: [a](https://example.com)"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    monkeypatch.setattr(microphone, "_sounddevice", lambda: pytest.fail("no test may open the sound card"))
    no_microphone(monkeypatch)
    return tmp_path


def no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.microphone.microphone_problem", lambda: "no microphone was found")


@pytest.fixture
def analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Analyse at once, without listening."""

    def process(recording: Recording, *, take_id: str, **_: Any) -> Attempt:
        return factories.attempt(take_id, duration=recording.duration)

    monkeypatch.setattr(pipeline, "process", process)
    monkeypatch.setattr("rehearse.transcription.whisper", lambda _: None)


def open_app() -> AppTest:
    at = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=20).run()
    assert not at.exception
    return at


def open_page(page: str, **query: str) -> AppTest:
    at = open_app()
    for key, value in query.items():
        at.query_params[key] = value
    at.switch_page(page).run()
    assert not at.exception
    return at


def wav(seconds: float = 1.0) -> bytes:
    out = io.BytesIO()
    with closing(wave.open(out, "wb")) as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\0\0" * int(seconds * 16_000))
    return out.getvalue()


def shown(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in [*at.title, *at.markdown, *at.caption, *at.error])


def until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < limit, "nothing happened for 10 s"
        time.sleep(0.02)


def record(at: AppTest, sound: bytes) -> AppTest:
    at.audio_input[0].upload("answer.wav", sound).run()
    assert not at.exception
    return at


def taken(shared: Services, *, name: str = "", **measured: Any) -> str:
    """Put a take with its attempt into store and history; return its id."""
    take = shared.store.save(wav(), suffix=".wav", question=factories.QUESTION, source="upload", name=name)
    shared.history.add(factories.attempt(take.id, **measured))
    return take.id


def test_practice_starts_with_a_question_and_its_hints() -> None:
    first = question_sets()[0].questions[0]
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
    other = question_sets()[1]
    at = open_app()
    at.selectbox[0].select(other.id).run()
    assert at.session_state["question"] == other.questions[0].id


def test_a_recording_is_on_the_disk_before_anything_else_is_offered() -> None:
    sound = wav(2)
    at = record(open_app(), sound)
    [take] = services().store.all()
    assert take.audio.read_bytes() == sound
    assert take.question is not None
    assert [at.button(key="analyse").label, at.button(key="discard").label] == ["Analyse", "Discard"]
    assert not services().history.ids()


@pytest.mark.usefixtures("analysis")
def test_an_analysed_recording_leads_to_its_feedback() -> None:
    at = record(open_app(), wav(2))
    at.button(key="analyse").click().run()
    [take] = services().store.all()
    until(lambda: bool(services().history.ids()))
    until(lambda: not services().worker.pending())
    at.run()
    [link] = at.get("page_link")
    assert link.proto.label == "Read the feedback"
    assert take.id in link.proto.query_string
    assert at.audio_input[0].value is None


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
    at.button(key="analyse").click().run()
    [take] = services().store.all()
    until(lambda: not services().worker.pending())
    at.run()
    assert "no sound could be decoded" in shown(at).replace("\\", "")
    at.button(key=f"retry_{take.id}").click().run()
    assert not at.exception
    assert services().store.get(take.id) is not None


def test_recordings_of_an_earlier_visit_are_offered(data: Path) -> None:
    kept = services().store.save(wav(), suffix=".wav", source="browser", name=HOSTILE)
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


def test_this_computers_microphone_records_to_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.microphone.microphone_problem", lambda: None)
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
    assert take.source == "computer"
    assert take.audio.stat().st_size > 1600
    assert at.button(key="analyse")


class FakeMicrophone:
    """Delivers one second of a tone as soon as it is opened."""

    def __init__(self, deliver: Callable[[Any, bool], None]) -> None:
        self._deliver = deliver

    def __enter__(self) -> int:
        samples = (factories.tone(1.0).samples * 32_000).astype("int16")
        self._deliver(samples.reshape(-1, 1), False)
        return factories.SAMPLE_RATE

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.parametrize("take_id", ["20250314T092653000Z-00000000", "../../etc/passwd", HOSTILE])
def test_feedback_of_no_take_says_so(take_id: str) -> None:
    at = open_page(places.FEEDBACK, take=take_id)
    assert "no feedback at this address" in shown(at)


def test_feedback_without_an_address_shows_the_newest_answer() -> None:
    taken(services())
    at = open_page(places.FEEDBACK)
    assert "a deadline moved" in shown(at)
    assert at.get("audio")[0].proto.alt == "Your answer"


def test_feedback_shows_words_numbers_and_what_to_do_next() -> None:
    take_id = taken(services())
    at = open_page(places.FEEDBACK, take=take_id)
    components = " ".join(component.proto.json for component in at.get("bidi_component"))
    assert '"text":"Um,"' in components.replace(": ", ":")
    assert "filled_pause" in components
    assert "I led" in components
    assert list(at.table[0].value.columns) == ["Value", "Comfortable", "Here", "Source"]
    assert [button.label for button in at.button] == ["Answer it again", "Next question"]
    assert "They may ask next" in shown(at)


def test_what_is_unknown_is_called_not_judged() -> None:
    take_id = taken(services(), values={"speech_rate": None})
    at = open_page(places.FEEDBACK, take=take_id)
    assert at.metric[0].value == "not judged"
    assert at.table[0].value["Value"].tolist() == ["not judged"]


def test_words_and_names_of_a_hostile_answer_stay_text() -> None:
    take_id = taken(services(), text=HOSTILE, name=HOSTILE, story=Story("opinion", Span(0, 1, HOSTILE)))
    at = open_page(places.FEEDBACK, take=take_id)
    assert "<img" not in shown(at).replace("\\<", "")
    at = open_page(places.LIBRARY)
    assert "\\<img" in shown(at)
    assert "<img" not in shown(at).replace("\\<", "")


def test_feedback_outlives_its_recording() -> None:
    services().history.add(factories.attempt("20250314T092653000Z-00000000"))
    at = open_page(places.FEEDBACK)
    assert "no longer on this computer" in shown(at)


def test_progress_and_library_begin_with_one_sentence_and_one_button() -> None:
    for page in (places.FEEDBACK, places.PROGRESS, places.LIBRARY):
        at = open_page(page)
        assert at.button[0].label == "Practise a question"


@pytest.mark.usefixtures("analysis")
def test_a_sample_answer_can_be_analysed_before_the_first_own_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "nurse.flac").write_bytes(RECORDING.read_bytes())
    monkeypatch.setattr("rehearse.pages.empty.shipped", lambda _: samples)
    at = open_page(places.PROGRESS)
    at.button[1].click().run()
    [take] = services().store.all()
    assert take.source == "sample"
    until(lambda: take.id in services().history.ids())


def test_without_a_sample_only_practice_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.pages.empty.shipped", lambda _: tmp_path / "nothing")
    assert [button.label for button in open_page(places.PROGRESS).button] == ["Practise a question"]


def test_progress_draws_what_was_measured_and_says_it_in_words() -> None:
    for value in (120.0, 130.0, 140.0, 150.0, 160.0):
        taken(services(), values={"speech_rate": value})
    at = open_page(places.PROGRESS)
    assert any("140 words/min" in caption.value.replace("\\", "") for caption in at.caption)
    assert at.get("vega_lite_chart")
    assert len(at.dataframe[0].value) == 5


def test_progress_can_be_narrowed_to_one_kind() -> None:
    taken(services())
    taken(services(), question=None)
    at = open_page(places.PROGRESS)
    assert len(at.dataframe[0].value) == 2
    at.selectbox[0].select("behavioral").run()
    assert len(at.dataframe[0].value) == 1


def test_the_library_lists_what_failed_and_what_waits_and_opens_the_rest() -> None:
    shared = services()
    done = taken(shared)
    failed = shared.store.save(b"noise", suffix=".wav", source="upload", name="noise.wav")
    shared.store.fail(failed.id, "noise.wav: no sound could be decoded")
    waiting = shared.store.save(wav(), suffix=".wav", source="browser")
    at = open_page(places.LIBRARY)
    assert [at.button(key=f"analyse_{take.id}").label for take in (failed, waiting)] == ["Try again", "Analyse"]
    assert "no sound could be decoded" in at.error[0].value
    at.button(key=f"open_{done}").click().run()
    assert "a deadline moved" in shown(at)


def test_deleting_says_what_goes_and_leaves_no_file_and_no_row(data: Path) -> None:
    take_id = taken(services())
    at = open_page(places.LIBRARY)
    at.button(key=f"delete_{take_id}").click().run()
    assert "recording, its transcript and its numbers" in shown(at)
    assert services().store.get(take_id) is not None
    at.button(key="delete_yes").click().run()
    assert services().history.ids() == frozenset()
    assert list((data / "takes").iterdir()) == []


def test_a_long_library_comes_in_pages() -> None:
    for _ in range(25):
        services().store.save(b"x", suffix=".wav", source="browser")
    at = open_page(places.LIBRARY)
    assert len([button for button in at.button if str(button.key).startswith("delete_")]) == 20
    at.number_input[0].set_value(2).run()
    assert len([button for button in at.button if str(button.key).startswith("delete_")]) == 5


def test_a_history_from_a_newer_version_is_one_sentence(data: Path) -> None:
    import sqlite3

    History(data / "history.db")
    with closing(sqlite3.connect(data / "history.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
    at = open_app()
    assert "update rehearse" in at.error[0].value
