"""The interviewer steps in only where the result is missing near the limit, and never into a pause."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse import interview
from rehearse.app.worker import Worker
from rehearse.interview import Round, Step
from rehearse.interview.limits import Limits
from rehearse.model import Origin, RecogniserOutput, Recording, Word
from rehearse.pages.practice.browser_recording import BrowserRecording, Ticket
from rehearse.pages.practice.remarks import Remark
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from rehearse.synthesis import Voice, speak
from rehearse.transcription import Transcriber
from rehearse.transcription.live import LiveTranscription
from tests import factories
from tests.playing import STORY, WITHOUT_RESULT, first
from tests.test_live_transcription import BLOCK, DATA, RATE, Counting, as_recorded
from tests.waiting import PATIENCE, until


def playing() -> tuple[Round, Step]:
    one = replace(interview.plan_panel(shipped_questions(), 4, chance=first, limits=Limits(1, 90)), steps_in=True)
    return one, one.steps[0]


def heard(text: str, *more: Word) -> tuple[RecogniserOutput, float]:
    """Give what is heard of a text that is spoken at a usual pace, right up to now."""
    words = (*factories.words(text), *more)
    return RecogniserOutput(words, np.ones(1, np.float32), "en"), words[-1].end + 0.3


def test_a_result_that_has_not_come_half_a_minute_before_the_limit_is_asked_for_by_whoever_asked() -> None:
    one, step = playing()
    assert interview.may_step_in(one, step)
    assert interview.earliest(step) == 60
    assert interview.earliest(replace(step, limit_seconds=30)) == 20
    member = interview.member_named(step.asker)
    assert member is not None
    assert interview.stepping_in(step, *heard(WITHOUT_RESULT)) == (
        f"{member.person}: Sorry to step in: how did it turn out in the end?"
    )


def test_whoever_has_said_how_it_turned_out_or_tells_no_story_is_left_to_speak() -> None:
    _, step = playing()
    assert interview.stepping_in(step, *heard(STORY)) is None
    assert interview.stepping_in(step, *heard("I always ask people first, and usually that goes well for all.")) is None
    output, now = heard(WITHOUT_RESULT)
    assert interview.stepping_in(step, replace(output, language="de"), now) is None


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ((), 1.5),
        ((("um,", 0.2, 0.6),), 0.2),
        ((("and", 1.5, 1.8), ("then", 1.8, 2.1)), 0.2),
        (tuple(("the", 0.3 * i, 0.3 * i + 0.2) for i in range(12)), 0.2),
    ],
    ids=["a thinking pause", "a filled pause", "words after a pause", "a word said again and again"],
)
def test_nobody_steps_into_a_pause_or_a_block(more: tuple[tuple[str, float, float], ...], seconds: float) -> None:
    _, step = playing()
    start = factories.words(WITHOUT_RESULT)[-1].end
    output, _ = heard(WITHOUT_RESULT, *(Word(word, start + low, start + high, 0.9) for word, low, high in more))
    assert interview.stepping_in(step, output, output.words[-1].end + seconds) is None


def test_in_other_rounds_at_follow_up_questions_and_where_it_is_switched_off_nobody_steps_in() -> None:
    one, step = playing()
    assert not interview.may_step_in(replace(one, steps_in=False), step)
    assert not interview.may_step_in(one, replace(step, parent="take-1"))
    own = replace(step, question=replace(step.question, kind="own_question"))
    assert not interview.may_step_in(one, own)
    assert not interview.plan_case(next(q for q in shipped_questions() if q.kind == "case"), 1).steps_in


def test_what_has_been_said_so_far_can_be_asked_for_and_changes_nothing_about_the_end(transcriber: Transcriber) -> None:
    samples = as_recorded(DATA / "synthetic" / "nurse_conflict.flac")
    asked: list[tuple[RecogniserOutput, float]] = []
    live = LiveTranscription(transcriber)
    half = len(samples) // 2
    live.add(samples[:half])
    live.ask(lambda output, seconds: asked.append((output, seconds)))
    until(lambda: asked)
    live.add(samples[half:])
    whole = Recording(samples.astype(np.float32) / np.float32(32_768), RATE)
    output, expected = live(whole), transcriber(whole)
    assert output.words == expected.words
    (so_far, seconds), *_ = asked
    assert seconds == half / RATE
    assert {word.text for word in so_far.words[:5]} == {word.text for word in expected.words[:5]}
    assert 0.7 * half / RATE < so_far.words[-1].end <= half / RATE + 0.1


def test_in_the_midst_of_a_spoken_story_without_its_result_the_interviewer_steps_in(transcriber: Transcriber) -> None:
    _, step = playing()
    sound, rate = soundfile.read(io.BytesIO(speak(WITHOUT_RESULT, Voice())), dtype="float32")
    told = Recording(np.interp(np.arange(0, len(sound), rate / RATE), np.arange(len(sound)), sound), RATE)
    asked: list[str | None] = []
    live = LiveTranscription(transcriber)
    live.add((told.samples * 32_767).astype(np.int16)[: 10 * RATE])
    live.ask(lambda output, seconds: asked.append(interview.stepping_in(step, output, seconds)))
    until(lambda: asked)
    live.stop()
    assert asked[0] is not None


def test_a_remark_is_made_once_while_somebody_speaks_and_waits_while_they_do_not(tmp_path: Path) -> None:
    looked = threading.Event()

    def words(_output: RecogniserOutput, _seconds: float) -> str:
        looked.set()
        return "Sorry to step in."

    store = TakeStore(tmp_path / "takes")
    worker = Worker(store, History(tmp_path / "history.db"), Counting)
    ticket = Ticket(
        store, worker, factories.QUESTION, Origin("browser"), 600, lambda *_: None, Remark(earliest=1.0, words=words)
    )
    recording = BrowserRecording(ticket)
    recording.begin(RATE)
    speech = as_recorded(DATA / "synthetic" / "nurse_conflict.flac")

    def push(samples: np.ndarray) -> None:
        for start in range(0, len(samples), BLOCK):
            recording.push(recording.expected, samples[start : start + BLOCK])

    push(speech[: RATE // 2])
    assert not looked.wait(0.2), "it is too early"
    push(speech[RATE // 2 : 2 * RATE])
    assert looked.wait(PATIENCE)
    push(np.zeros(6 * BLOCK, np.int16))
    assert recording.due_remark() is None
    push(speech[2 * RATE : 5 * RATE // 2])
    until(lambda: recording.due_remark() == "Sorry to step in.")
    push(speech[5 * RATE // 2 :])
    assert recording.due_remark() is None
    recording.leave()
