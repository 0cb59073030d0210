"""Open, fill and read pages without a browser."""

from __future__ import annotations

import io
import time
import wave
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from rehearse.datatypes import Origin
from rehearse.pages.services import Services
from tests import factories

ROOT = Path(__file__).parent.parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x$ :smile: [a](https://example.com)"


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
    take = shared.store.save(wav(), suffix=".wav", question=factories.QUESTION, origin=Origin("upload"), name=name)
    shared.history.add(factories.attempt(take.id, **measured))
    return take.id


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
