"""Open, fill and read pages without a browser."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from rehearse.analysis.corrections import remeasure
from rehearse.model import Attempt, Origin, Span
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services, services
from tests import factories
from tests.waiting import PATIENCE

ROOT = Path(__file__).parent.parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
SAID = "Um, last spring I led the move to the new ward, and um the waiting list fell by a third."
HOSTILE = "<img src=x onerror=alert(1)> **bold** $x$ :smile: [a](https://example.com)"


def open_home() -> AppTest:
    """Open the first page as a browser sees it that cannot stream: no script of ours runs here."""
    at = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=PATIENCE)
    at.session_state["plain_recorder"] = True
    at.run()
    assert not at.exception
    return at


def open_app() -> AppTest:
    """Open the page on which one answers."""
    at = open_home().switch_page(routes.PRACTICE).run()
    assert not at.exception
    return at


def open_page(page: str, **query: str) -> AppTest:
    at = open_home()
    for key, value in query.items():
        at.query_params[key] = value
    at.switch_page(page).run()
    assert not at.exception
    return at


def unfolded(at: AppTest, key: str) -> AppTest:
    """Open a part of the page that is folded away."""
    at.session_state[key] = True
    at.run()
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
    return "\n".join(str(element.value) for element in [*at.title, *at.header, *at.markdown, *at.caption, *at.error])


def said(at: AppTest) -> str:
    return shown(at).replace("\\", "")


def component(at: AppTest, word: str) -> str:
    """Give what was sent to the component that shows this."""
    return next(one.proto.json for one in at.get("bidi_component") if word in one.proto.json)


def record(at: AppTest, sound: bytes) -> AppTest:
    at.audio_input[0].upload("answer.wav", sound).run()
    assert not at.exception
    return at


def taken(shared: Services, *, name: str = "", **measured: Any) -> str:
    """Put a take with its attempt into store and history; return its id."""
    take = shared.store.save(wav(), suffix=".wav", question=factories.QUESTION, origin=Origin("upload"), name=name)
    shared.history.add(factories.attempt(take.id, **measured))
    return take.id


def spoken(text: str = SAID, *, seconds: float = 30.0, **changes: Any) -> Attempt:
    """Put a measured answer into store and history."""
    shared = services()
    take = shared.store.save(
        RECORDING.read_bytes(), suffix=".flac", question=factories.QUESTION, origin=Origin("upload")
    )
    attempt = factories.attempt(take.id, text=text, duration=seconds)
    attempt = remeasure(replace(attempt, **{"speech": Span(0.0, seconds), **changes}))
    shared.history.add(attempt)
    return attempt


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
