from __future__ import annotations

import hashlib
import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from rehearse import pipeline, transcription, weights
from rehearse.app.settings import Settings, write_settings
from rehearse.audio.recorder import Levels
from rehearse.cli import main
from rehearse.cli.record import _is_wanted, _meter
from rehearse.events.markers import MARKERS
from rehearse.model import Attempt, Origin, Question, Recording, Story
from rehearse.questions import shipped_questions
from rehearse.storage.takes import TakeStore
from tests.factories import attempt
from tests.microphones import LOUDSPEAKER, MICROPHONE, FakeDevices, install, samples
from tests.playing import LEARNT, STORY, spoken
from tests.workspaces import mine


def test_without_a_microphone_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, FakeDevices(LOUDSPEAKER))
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    assert main(["record", "--seconds", "1", "--no-analyze"]) == 1
    assert main(["record", "--devices"]) == 1
    sentence = "rehearse: no microphone was found: plug one in and start rehearse again, or record in the browser"
    assert capsys.readouterr().err.splitlines() == [sentence, sentence]
    assert list((tmp_path / "takes").iterdir()) == []


@pytest.fixture
def microphone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a microphone that delivers 0.1 s, a data folder, and weights that need not be there."""
    install(monkeypatch, FakeDevices(MICROPHONE))
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    monkeypatch.setattr(weights, "resolve", lambda _: tmp_path)
    monkeypatch.setattr(transcription, "whisper", lambda name: name)


@pytest.mark.usefixtures("microphone")
def test_a_recorded_answer_is_analysed_and_stays_in_the_history(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def process(recording: Recording, *, take_id: str, transcriber: Any, **facts: Any) -> Attempt:
        asked.update(facts, seconds=recording.duration, transcriber=transcriber)
        return told(take_id, facts["question"])

    def told(take_id: str, question: Question) -> Attempt:
        return attempt(take_id, text=STORY, question=question, story=spoken(STORY, LEARNT).story)

    asked: dict[str, Any] = {}
    monkeypatch.setattr(pipeline, "process", process)
    question = next(question for question in shipped_questions() if question.kind == "role_depth")
    assert main(["record", "--seconds", "0.1", "--question", question.id, "--model", "base"]) == 0
    (take,) = mine().takes.all()
    assert asked == {
        "question": question,
        "spoken_at": take.recorded_at,
        "audio_name": "audio.wav",
        "sha256": hashlib.sha256(take.audio.read_bytes()).hexdigest(),
        "origin": Origin("computer", "Headset"),
        "markers": MARKERS,
        "seconds": pytest.approx(0.1),
        "transcriber": "base",
        "progress": None,
        "meter": None,
    }
    assert mine().history.get(take.id) == told(take.id, question)
    path, *advice, more = capsys.readouterr().out.splitlines()
    assert path == str(take.audio)
    headings = [line.partition(":")[0] for line in advice if line.startswith(("What worked: ", "One change for "))]
    assert headings == ["What worked", "One change for the next take"]
    assert more == f"All numbers: rehearse history show {take.id}"


@pytest.mark.usefixtures("microphone")
def test_a_take_that_cannot_be_analysed_keeps_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def process(*_: Any, **__: Any) -> Attempt:
        message = "the recording is too short"
        raise ValueError(message)

    monkeypatch.setattr(pipeline, "process", process)
    assert main(["record", "--seconds", "0.1"]) == 1
    assert capsys.readouterr().err.endswith("rehearse: the recording is too short\n")
    assert [take.error for take in mine().takes.all()] == ["the recording is too short"]


@pytest.mark.usefixtures("microphone")
def test_a_take_that_is_deleted_while_it_is_analysed_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def process(*_: Any, take_id: str, **__: Any) -> Attempt:
        mine().takes.delete(take_id)
        return attempt(take_id)

    monkeypatch.setattr(pipeline, "process", process)
    assert main(["record", "--seconds", "0.1"]) == 1
    said = capsys.readouterr()
    assert said.err.endswith(
        "rehearse: the recording was deleted while it was being analysed: nothing of it is stored\n"
    )
    assert said.out.count("\n") == 1
    assert mine().history.ids() == frozenset()


def test_missing_weights_are_told_before_anybody_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    assert main(["record", "--seconds", "1", "--model", "no-such-model"]) == 1
    assert "no-such-model is neither a folder nor one of the models" in capsys.readouterr().err
    assert not (tmp_path / "takes").exists()


@pytest.mark.usefixtures("microphone")
def test_a_microphone_that_is_pulled_out_ends_the_recording_and_keeps_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rehearse.audio.recorder._DEAF_SECONDS", 0.2)
    assert main(["record", "--seconds", "5", "--no-analyze"]) == 0
    (take,) = mine().takes.all()
    assert (len(samples(take.audio)), take.origin.source) == (1_600, "computer")
    said = capsys.readouterr()
    assert "the microphone gives no sound any more" in said.err
    assert "; the 0.1 s until then are saved" in said.err
    assert said.out == f"{take.audio}\n"


@pytest.mark.parametrize("length", ["0", "-3", "nan", "inf", "10801", "long"])
def test_a_length_that_is_none_is_a_wrong_argument(length: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["record", "--seconds", length])
    assert f"{length!r} is not a length in seconds above 0 and up to 10800 (3 hours)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "wanted", "kept"),
    [("\n", True, True), ("y\n", True, True), ("n\n", False, True), ("", False, True), ("d\n", False, False)],
    ids=["enter", "yes", "no", "end of input", "discard"],
)
def test_only_discard_throws_a_take_away(
    typed: str, wanted: bool, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = TakeStore(tmp_path)
    take = store.save(b"sound", suffix=".wav", origin=Origin("computer"))
    keyboard = io.StringIO(typed)
    monkeypatch.setattr(keyboard, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", keyboard)
    assert _is_wanted(store, take) is wanted
    assert bool(store.all()) is kept


def test_where_nobody_can_press_enter_a_length_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main(["record"]) == 1
    assert capsys.readouterr().err == "rehearse: nobody can press Enter here: use --seconds to say how long to record\n"


@pytest.mark.parametrize(
    ("levels", "line"),
    [
        (Levels(), f"0:00 [{' ' * 30}]  -96 dB"),
        (Levels(rms_dbfs=-30.0, seconds=75.4), f"1:15 [{'#' * 15}{' ' * 15}]  -30 dB"),
        (Levels(rms_dbfs=0.0, clipped=3), f"0:00 [{'#' * 30}]    0 dB  too loud"),
        (Levels(quiet=2.0), f"0:00 [{' ' * 30}]  -96 dB  no sound: is the microphone muted or not allowed?"),
        (Levels(dropped=4), f"0:00 [{' ' * 30}]  -96 dB  4 blocks lost: the disk is too slow"),
    ],
    ids=["before", "speaking", "loud", "muted", "slow"],
)
def test_the_meter_shows_time_level_and_what_is_wrong(levels: Levels, line: str) -> None:
    assert _meter(levels) == line


@pytest.mark.usefixtures("microphone")
def test_what_the_person_chose_on_the_page_holds_in_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def process(_recording: Recording, *, take_id: str, **facts: Any) -> Attempt:
        asked.update(facts)
        return attempt(take_id, text="I led the team " * 20, values={"speech_rate": 300.0}, story=Story(None))

    def advice() -> str:
        assert main(["record", "--seconds", "0.1"]) == 0
        return capsys.readouterr().out

    asked: dict[str, Any] = {}
    monkeypatch.setattr(pipeline, "process", process)
    assert "words a minute" in advice()
    write_settings(mine().history.documents, Settings(("innit",), unjudged=frozenset({"pace"}), model="base"))
    assert "words a minute" not in advice()
    assert (asked["transcriber"], asked["markers"]) == ("base", (*MARKERS, "innit"))


def test_the_example_of_the_help_names_a_question_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["record", "--help"])
    named = re.search(r"example: .*--question\s+(\S+)", capsys.readouterr().out)
    assert named is not None
    assert named[1] in {question.id for question in shipped_questions()}
