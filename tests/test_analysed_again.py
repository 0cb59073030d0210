"""A take analysed again by another model: the numbers from before stay, and so does what the person said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse import audio, pipeline
from rehearse.analysis.corrections import correct, judge
from rehearse.app.worker import Worker
from rehearse.model import Attempt, Origin
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.waiting import ended


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """Hear the factory's answer, whatever was said, and name the model after what is handed over."""

    def process(*_: Any, take_id: str, transcriber: str, **__: Any) -> Attempt:
        return factories.attempt(take_id, model=transcriber)

    monkeypatch.setattr(audio, "load", lambda *_: factories.tone())
    monkeypatch.setattr(pipeline, "process", process)
    worker: Worker = Worker(TakeStore(tmp_path / "takes"), History(tmp_path / "history.db"), lambda: "tiny.en")
    return worker


def analysed(worker: Worker, take: Take, model: Any = None) -> Attempt:
    worker.submit(take, model and (lambda: model))
    job = ended(worker, take)
    assert job.state == "done", job.error
    found = worker.history.get(take.id)
    assert found is not None
    return found


def test_the_analysis_before_stays_with_its_model_and_numbers(worker: Worker) -> None:
    take = worker.store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    first = analysed(worker, take)
    assert worker.history.earlier(take.id) == ()
    worker.history.describe(take.id, title="Mine")
    assert analysed(worker, take, "base.en").model == "base.en"
    (earlier,) = worker.history.earlier(take.id)
    assert earlier.attempt == first
    assert worker.history.about(take.id).title == "Mine"


def test_verdicts_and_corrections_survive(worker: Worker) -> None:
    take = worker.store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    first = analysed(worker, take)
    place = next(place for place, word in enumerate(first.transcript.words) if word.text == "ward")
    worker.history.add(judge(correct(first, place, "wing"), 0, "dismissed"))
    again = analysed(worker, take, "base.en")
    assert again.transcript.words[place] == replace(first.transcript.words[place], text="wing", recognised="ward")
    assert again.fillers[0].verdict == "dismissed"
    assert again.model == "base.en"
