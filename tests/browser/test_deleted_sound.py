"""Sound that was deleted is served to nobody, however long a window that showed it stays open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.retention import delete_answer
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.browser.conftest import RECORDING


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_the_sound_of_an_answer_is_gone_at_once_while_two_windows_still_show_it(
    open_page: Callable[..., Page], store: TakeStore, history: History, how: str
) -> None:
    data = RECORDING.read_bytes() + how.encode()
    take = store.save(data, suffix=".flac", question=factories.QUESTION, origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    windows = [open_page(f"feedback?take={take.id}") for _ in range(2)]
    players = [window.locator("audio").first for window in windows]
    sources = [player.evaluate("player => player.src") for player in players]
    answers = [window.request.get(source) for window, source in zip(windows, sources, strict=True)]
    assert [answer.body() for answer in answers] == [data, data]
    if how == "deleted":
        delete_answer(store, history, take.id)
    else:
        take.audio.write_bytes(b"other sound")
    assert [window.request.get(source).status for window, source in zip(windows, sources, strict=True)] == [404, 404]
    history.delete(take.id)
    store.delete(take.id)
