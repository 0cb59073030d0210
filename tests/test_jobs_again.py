"""A take that is cancelled and submitted again: the run that was given up does nothing, the new one does it all."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from rehearse import audio, pipeline
from rehearse.app.worker import Worker
from rehearse.events.sound_meter import SoundMeter
from rehearse.model import Attempt, Origin
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.waiting import PATIENCE, ended, until


@pytest.fixture
def worker(store: TakeStore, history: History, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Hear the factory's answer, whatever was said, and name the model as what listens says."""

    def process(*_: Any, take_id: str, transcriber: Callable[[], str], **__: Any) -> Attempt:
        return factories.attempt(take_id, model=transcriber())

    monkeypatch.setattr(audio, "load", lambda *_: factories.tone())
    monkeypatch.setattr(pipeline, "process", process)
    return Worker(store, history, lambda: lambda _: None)


class Listening:
    """Hears nothing until it is told to go on, and then perhaps fails."""

    def __init__(self, *, fails: bool = False) -> None:
        self.begun, self.going_on, self.fails = threading.Event(), threading.Event(), fails

    def __call__(self) -> str:
        self.begun.set()
        assert self.going_on.wait(PATIENCE)
        if self.fails:
            msg = "no words were heard"
            raise ValueError(msg)
        return "old"


def recorded(worker: Worker) -> Take:
    return worker.store.save(b"sound", suffix=".wav", origin=Origin("browser"))


def submit(worker: Worker, take: Take, listening: Any) -> None:
    worker.submit(take, lambda: listening)


def models_once_done(worker: Worker, take: Take) -> list[str | None]:
    """Wait for the take to be through; give the model of its analysis and of those before."""
    job = ended(worker, take)
    assert job.state == "done", job.error
    found = worker.history.get(take.id)
    assert found is not None
    return [found.model, *(earlier.attempt.model for earlier in worker.history.earlier(take.id))]


@pytest.mark.parametrize("fails", [False, True])
def test_a_run_that_was_cancelled_saves_nothing_and_fails_nothing_of_the_next(worker: Worker, *, fails: bool) -> None:
    take, listening = recorded(worker), Listening(fails=fails)
    submit(worker, take, listening)
    assert listening.begun.wait(PATIENCE)
    worker.cancel(take.id)
    submit(worker, take, lambda: "new")
    listening.going_on.set()
    assert models_once_done(worker, take) == ["new"]
    kept = worker.store.get(take.id)
    assert kept is not None
    assert kept.error is None


def test_a_take_cancelled_while_it_waits_is_listened_to_once_and_as_asked_last(worker: Worker) -> None:
    first, take, listening = recorded(worker), recorded(worker), Listening()
    heard: list[str] = []
    submit(worker, first, listening)
    assert listening.begun.wait(PATIENCE)
    submit(worker, take, lambda: heard.append("old") or "old")
    worker.cancel(take.id)
    submit(worker, take, lambda: heard.append("new") or "new")
    listening.going_on.set()
    assert models_once_done(worker, take) == ["new"]
    assert heard == ["new"]


def test_an_analysis_given_up_for_a_better_one_leaves_the_one_before_as_it_was(worker: Worker) -> None:
    take, listening = recorded(worker), Listening()
    submit(worker, take, lambda: "first")
    assert models_once_done(worker, take) == ["first"]
    submit(worker, take, listening)
    assert listening.begun.wait(PATIENCE)
    worker.cancel(take.id)
    submit(worker, take, lambda: "better")
    listening.going_on.set()
    assert models_once_done(worker, take) == ["better", "first"]


def test_what_was_measured_of_a_take_is_let_go_once_it_is_analysed(worker: Worker) -> None:
    take, meter = recorded(worker), SoundMeter(16_000)
    left = weakref.ref(meter)
    worker.submit(take, lambda: lambda: "new", meter)
    del meter
    assert models_once_done(worker, take) == ["new"]
    until(lambda: gc.collect() >= 0 and left() is None)
