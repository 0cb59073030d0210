"""Where the person's choices take effect: in the worker, in a coach's report, in the name of the microphone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rehearse import pipeline
from rehearse.app.settings import Settings, write_settings
from rehearse.app.worker import Worker
from rehearse.audio.microphone import microphone_name
from rehearse.cli import main
from rehearse.events.markers import MARKERS
from rehearse.model import Attempt, Origin, Recording, Story
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from rehearse.views.report import render
from tests import factories
from tests.microphones import LOUDSPEAKER, MICROPHONE, FakeDevices, install
from tests.pages.driving import wav
from tests.waiting import until
from tests.workspaces import mine

SLOW = factories.attempt(text="I led the team " * 20, values={"speech_rate": 60.0}, story=Story(None))


def test_the_worker_looks_for_the_persons_own_words(
    store: TakeStore, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    def process(_recording: Recording, *, take_id: str, markers: tuple[str, ...], **_: Any) -> Attempt:
        asked.append(markers)
        return factories.attempt(take_id)

    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(pipeline, "process", process)
    worker = Worker(store, history, lambda: lambda _: None)
    for chosen in (Settings(), Settings(("innit",), ("so",))):
        write_settings(history.documents, chosen)
        worker.submit(store.save(wav(), suffix=".wav", origin=Origin("browser")))
        until(lambda: not worker.pending())
    assert asked == [MARKERS, (*(name for name in MARKERS if name != "so"), "innit")]


def test_a_report_leaves_unjudged_what_the_person_left_unjudged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "words a minute" in render(SLOW).partition("Also measured, and not judged")[0]
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    history = mine().history
    history.add(SLOW)
    write_settings(history.documents, Settings(unjudged=frozenset({"pace"})))
    written = tmp_path / "report.html"
    assert main(["report", "--output", str(written)]) == 0
    assert capsys.readouterr().out == f"{written}\n"
    judged, _, free = written.read_text(encoding="utf-8").partition("Also measured, and not judged")
    assert "words/min" not in judged.partition("<footer>")[0]
    assert "words a minute" not in judged
    assert "60 words/min" in free


def test_the_microphone_that_opens_has_a_name_and_none_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, FakeDevices(MICROPHONE))
    assert (microphone_name(), microphone_name("Head"), microphone_name("Radio")) == ("Headset", "Headset", None)
    install(monkeypatch, FakeDevices(LOUDSPEAKER))
    assert microphone_name() is None
