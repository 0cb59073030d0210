"""The worker: takes go through one after the other, and none is ever lost or half saved."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rehearse import audio, pipeline
from rehearse.app.worker import STEPS, Job, Worker
from rehearse.model import Attempt, Origin, Recording
from rehearse.storage.history import History
from rehearse.storage.retention import delete_sound
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.processes import kill_once_it_says
from tests.waiting import PATIENCE, ended

RECORDING = Path(__file__).parent / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"

Progress = Callable[[str, float], None]


@pytest.fixture
def worker(store: TakeStore, history: History) -> Worker:
    return Worker(store, history, lambda: lambda _: None)


class Gate:
    """Holds the analysis until it is opened, and tells when one has begun."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Replace the slow parts by ones that wait for the gate."""
    gate = Gate()

    def process(recording: Recording, *, take_id: str, progress: Progress, **_: Any) -> Attempt:
        progress("transcribe", 0.5)
        gate.begun.set()
        assert gate.open.wait(PATIENCE)
        progress("measure", 1.0)
        return factories.attempt(take_id, duration=recording.duration)

    monkeypatch.setattr(audio, "load", lambda *_: factories.tone(2.0))
    monkeypatch.setattr(pipeline, "process", process)
    return gate


def recorded(store: TakeStore) -> Take:
    return store.save(b"some sound", suffix=".wav", origin=Origin("browser"))


def test_a_take_ends_in_the_history(worker: Worker, store: TakeStore, history: History, gate: Gate) -> None:
    take = recorded(store)
    gate.open.set()
    worker.submit(take)
    assert ended(worker, take) == Job(take.id, "done", "save", 1.0)
    found = history.get(take.id)
    assert found is not None
    assert found.duration == 2.0


def test_the_step_and_its_share_can_be_watched(worker: Worker, store: TakeStore, gate: Gate) -> None:
    first, second = recorded(store), recorded(store)
    worker.submit(first)
    worker.submit(second)
    assert gate.begun.wait(PATIENCE)
    assert worker.status(first.id) == Job(first.id, "running", "transcribe", 0.5)
    assert worker.status(second.id) == Job(second.id, "waiting", STEPS[0])
    assert [job.take_id for job in worker.pending()] == [first.id, second.id]
    gate.open.set()
    assert ended(worker, second).state == "done"


def test_the_reading_of_a_long_file_is_watched_as_it_goes_on(
    worker: Worker, store: TakeStore, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Job | None] = []
    take = recorded(store)

    def load(_: Path, progress: Callable[[float], None]) -> Recording:
        for fraction in (0.25, 0.75):
            progress(fraction)
            seen.append(worker.status(take.id))
        return factories.tone(2.0)

    monkeypatch.setattr(audio, "load", load)
    gate.open.set()
    worker.submit(take)
    ended(worker, take)
    assert seen == [Job(take.id, "running", "decode", fraction) for fraction in (0.25, 0.75)]


def test_a_take_nobody_submitted_has_no_status(worker: Worker) -> None:
    assert worker.status("20250314T092653000Z-00000000") is None


def test_a_take_that_waits_is_not_queued_twice(
    worker: Worker, store: TakeStore, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = recorded(store)
    loads: list[Path] = []
    monkeypatch.setattr(audio, "load", lambda path, _: loads.append(path) or factories.tone())
    worker.submit(take)
    worker.submit(take)
    gate.open.set()
    after = recorded(store)
    worker.submit(after)
    ended(worker, after)
    assert loads == [take.audio, after.audio]


def test_a_failed_take_stays_with_its_sentence_and_can_be_tried_again(
    worker: Worker, store: TakeStore, history: History, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = recorded(store)
    gate.open.set()

    def unusable(path: Path, _: object) -> Recording:
        msg = f"{path.name}: no sound could be decoded"
        raise ValueError(msg)

    with monkeypatch.context() as broken:
        broken.setattr(audio, "load", unusable)
        worker.submit(take)
        assert ended(worker, take).error == "audio.wav: no sound could be decoded"
    kept = store.get(take.id)
    assert kept is not None
    assert kept.error == "audio.wav: no sound could be decoded"
    assert history.get(take.id) is None

    worker.submit(take)
    assert ended(worker, take).state == "done"
    again = store.get(take.id)
    assert again is not None
    assert again.error is None


def test_an_unexpected_fault_fails_that_take_and_not_the_next(
    worker: Worker, store: TakeStore, gate: Gate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate.open.set()
    with monkeypatch.context() as broken:
        # The import linter, run by another test in this process, switches off the loggers it finds.
        broken.setattr(logging.getLogger("rehearse.app.worker"), "disabled", False)
        broken.setattr(audio, "load", lambda *_: 1 / 0)
        bad = recorded(store)
        worker.submit(bad)
        assert "recording is safe" in str(ended(worker, bad).error)
    assert "ZeroDivisionError" in caplog.text
    good = recorded(store)
    worker.submit(good)
    assert ended(worker, good).state == "done"


@pytest.mark.usefixtures("gate")
def test_missing_weights_fail_the_take_with_their_own_sentence(store: TakeStore, history: History) -> None:
    def no_weights() -> Any:
        msg = "tiny.en is not here: run 'rehearse models fetch tiny.en'"
        raise ValueError(msg)

    worker = Worker(store, history, no_weights)
    take = recorded(store)
    worker.submit(take)
    assert ended(worker, take).error == "tiny.en is not here: run 'rehearse models fetch tiny.en'"


def cancelled_midway(worker: Worker, store: TakeStore, gate: Gate) -> Take:
    """Take a recording back while it is being analysed."""
    take = recorded(store)
    worker.submit(take)
    assert gate.begun.wait(PATIENCE)
    worker.cancel(take.id)
    return take


def done_next(worker: Worker, store: TakeStore, gate: Gate) -> Take:
    """Let the analysis go on, up to the end of one more take."""
    gate.open.set()
    take = recorded(store)
    worker.submit(take)
    ended(worker, take)
    return take


def test_a_running_take_can_be_cancelled_and_nothing_of_it_is_saved(
    worker: Worker, store: TakeStore, history: History, gate: Gate
) -> None:
    take = cancelled_midway(worker, store, gate)
    after = done_next(worker, store, gate)
    assert worker.status(take.id) == Job(take.id, "cancelled", "transcribe", 0.5)
    assert history.ids() == {after.id}
    assert store.get(take.id) is not None


def test_a_waiting_take_that_is_cancelled_never_starts(worker: Worker, store: TakeStore, gate: Gate) -> None:
    first, second = recorded(store), recorded(store)
    worker.submit(first)
    worker.submit(second)
    worker.cancel(second.id)
    done_next(worker, store, gate)
    assert ended(worker, second).step == STEPS[0]


def test_deleting_while_it_is_analysed_leaves_nothing_behind(
    worker: Worker, store: TakeStore, history: History, gate: Gate
) -> None:
    take = cancelled_midway(worker, store, gate)
    store.delete(take.id)
    done_next(worker, store, gate)
    assert store.get(take.id) is None
    assert history.get(take.id) is None


def test_an_answer_deleted_by_another_process_while_it_is_analysed_does_not_come_back(
    worker: Worker, store: TakeStore, history: History, gate: Gate
) -> None:
    take = recorded(store)
    worker.submit(take)
    assert gate.begun.wait(PATIENCE)
    TakeStore(store.root).delete(take.id)
    History(history.path).delete(take.id)
    gate.open.set()
    assert ended(worker, take).state == "cancelled"
    assert history.get(take.id) is None


def test_an_answer_whose_sound_is_let_go_while_it_is_analysed_again_stays_as_it_was(
    worker: Worker, store: TakeStore, history: History, gate: Gate
) -> None:
    take = recorded(store)
    before = factories.attempt(take.id)
    history.add(before)
    worker.submit(take)
    assert gate.begun.wait(PATIENCE)
    delete_sound(TakeStore(store.root), History(history.path), take.id)
    gate.open.set()
    assert ended(worker, take).state == "cancelled"
    assert history.get(take.id) == before


KILLED = """
import sys, time
from pathlib import Path
from rehearse.storage.history import History
from rehearse.app.worker import Worker
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore

def listening():
    print("listening", flush=True)
    time.sleep(60)

root = Path(sys.argv[1])
store = TakeStore(root / "takes")
worker = Worker(store, History(root / "history.db"), listening)
worker.submit(store.save(Path(sys.argv[2]).read_bytes(), suffix=".flac", origin=Origin("browser")))
time.sleep(60)
"""


def test_a_process_killed_while_it_analyses_loses_no_recording(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    kill_once_it_says("listening", KILLED, tmp_path, RECORDING)
    [take] = store.all()
    assert take.audio.read_bytes() == RECORDING.read_bytes()
    assert take.error is None
    assert take.id not in history.ids()
