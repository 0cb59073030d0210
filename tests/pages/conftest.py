"""Pages driven without a browser: a data folder of their own, no sound card."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from rehearse import pipeline
from rehearse.audio import microphone
from rehearse.model import Attempt, Recording
from tests import factories
from tests.waiting import PATIENCE


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    monkeypatch.setattr(microphone, "_sounddevice", lambda: pytest.fail("no test may open the sound card"))
    monkeypatch.setattr(microphone, "microphone_name", lambda: "Headset")
    no_microphone(monkeypatch)
    return tmp_path


def no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.audio.microphone.microphone_problem", lambda: "no microphone was found")


@pytest.fixture
def analysis(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Analyse without listening: at once, or once this is set again after it was cleared."""
    free = Event()
    free.set()

    def process(recording: Recording, *, take_id: str, **_: Any) -> Attempt:
        assert free.wait(PATIENCE)
        return factories.attempt(take_id, duration=recording.duration)

    monkeypatch.setattr(pipeline, "process", process)
    monkeypatch.setattr("rehearse.transcription.whisper", lambda _: None)
    return free
