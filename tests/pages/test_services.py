"""What is deleted stays deleted, whoever else works on it at that moment."""

from __future__ import annotations

from threading import Thread

import pytest

from rehearse.analysis.corrections import judge
from rehearse.model import Attempt
from rehearse.pages.feedback import transcript
from rehearse.pages.shared.services import services
from rehearse.storage.history import History
from tests.pages.driving import spoken


def test_a_deleted_answer_is_not_brought_back_by_a_process_that_still_analyses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt, shared, delete = spoken(), services(), History.delete

    def deleted(history: History, take_id: str) -> None:
        """Let another process keep its analysis right after the row is gone."""
        delete(history, take_id)
        history.add(attempt, wanted=lambda: shared.store.get(take_id) is not None)

    monkeypatch.setattr(History, "delete", deleted)
    shared.delete(attempt.id)
    assert (shared.store.ids(), shared.history.ids()) == ((), set())


@pytest.mark.parametrize("missing", ["sound", "words"])
def test_an_answer_of_which_a_part_is_gone_is_deleted_whole(missing: str) -> None:
    attempt, shared = spoken(), services()
    (shared.store if missing == "sound" else shared.history).delete(attempt.id)
    shared.delete(attempt.id)
    assert (shared.store.ids(), shared.history.ids()) == ((), set())


def test_an_answer_that_is_deleted_while_it_is_changed_stays_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    attempt, shared = spoken(), services()
    elsewhere = Thread(target=History(shared.folder / "history.db").delete, args=(attempt.id,))

    def judged(before: Attempt, place: int, verdict: None) -> Attempt:
        elsewhere.start()
        elsewhere.join(0.2)  # without a transaction it is through by now
        return judge(before, place, verdict)

    monkeypatch.setattr(transcript, "judge", judged)
    wish = {"do": "judge", "filler": 1, "start": attempt.fillers[1].span.start, "verdict": "dismissed"}
    assert transcript.revised(shared, attempt.id, wish) is None
    elsewhere.join()
    assert shared.history.get(attempt.id) is None
    assert transcript.revised(shared, attempt.id, wish) == "This answer has been deleted in the meantime."
