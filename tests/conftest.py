"""What many tests share: the real recogniser, loaded once."""

from __future__ import annotations

import pytest

from rehearse.transcription import Transcriber, whisper


@pytest.fixture(scope="session")
def transcriber() -> Transcriber:
    """Whisper tiny.en, as a person gets it from ``rehearse models fetch``."""
    return whisper()
