"""What many tests share: an empty history, an empty store, a place on the clock, the real recogniser, loaded once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from rehearse.transcription import Transcriber, whisper

# Whisper's GNU OpenMP threads wait asleep: where two tests share two cores, waiting awake costs eight times the work.
os.environ.setdefault("GOMP_SPINCOUNT", "0")


@pytest.fixture(scope="session")
def transcriber() -> Transcriber:
    """Whisper tiny.en, as a person gets it from ``rehearse models fetch``."""
    return whisper()


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Give a history with nothing in it."""
    return History(tmp_path / "history.db")


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    """Give a folder of takes with nothing in it."""
    return TakeStore(tmp_path / "takes")


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put this computer's clock elsewhere."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder for the user's own question sets."""
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "question_sets"
    folder.mkdir(parents=True)
    return folder
