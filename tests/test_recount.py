from collections.abc import Callable
from dataclasses import replace

import pytest

from rehearse.analysis import corrections
from rehearse.app.recount_markers import recount, recount_all
from rehearse.events.markers import MARKERS, chosen_markers
from rehearse.model import Attempt, Span
from rehearse.storage.history import History
from tests import factories

TEXT = "Um, it was, you know, late, innit, and, basically, we left, you know."


def told(take_id: str = "take-1", text: str = TEXT) -> Attempt:
    made = factories.attempt(take_id, text=text, duration=30.0)
    return recount(replace(made, speech=Span(0.0, 30.0)), MARKERS)


def counted(attempt: Attempt) -> list[str]:
    return [filler.text for filler in attempt.fillers if filler.counts]


def rate(attempt: Attempt) -> float | None:
    return attempt.values["discourse_marker_rate"]


def test_what_is_counted_follows_the_choice_and_so_does_the_rate() -> None:
    before = told()
    assert counted(before) == ["um", "you know", "basically", "you know"]
    assert rate(before) == pytest.approx(6.0)
    after = recount(before, chosen_markers(["innit"], ["you know"]))
    assert counted(after) == ["um", "innit", "basically"]
    assert rate(after) == pytest.approx(4.0)
    assert recount(after, MARKERS) == before


def test_a_verdict_stays_unless_its_word_counts_no_longer() -> None:
    judged = corrections.judge(corrections.judge(told(), 0, "dismissed"), 1, "confirmed")
    assert counted(recount(judged, chosen_markers(["innit"]))) == ["you know", "innit", "basically", "you know"]
    assert counted(recount(judged, chosen_markers(removed=["you know"]))) == ["basically"]


def test_an_answer_in_another_language_is_left_alone() -> None:
    made = told()
    foreign = replace(made, fillers=(), transcript=replace(made.transcript, language="nl"))
    assert recount(foreign, chosen_markers(["innit"])) is foreign


def test_all_earlier_answers_are_counted_again_and_only_changed_ones_are_written(history: History) -> None:
    history.add(told("take-1"))
    history.add(told("take-2", "We left early and nobody minded."))
    done: list[float] = []
    assert recount_all(history, chosen_markers(["innit"]), done.append) == 1
    assert done == [0.5, 1.0]
    again = history.get("take-1")
    assert again is not None
    assert counted(again) == ["um", "you know", "innit", "basically", "you know"]
    assert recount_all(history, chosen_markers(["innit"])) == 0


def changed_elsewhere(history: History, change: Callable[[str], object]) -> History:
    """Give a history in which another window changes each answer as soon as it has been read here."""

    class Read(History):
        def get(self, attempt_id: str) -> Attempt | None:
            found = super().get(attempt_id)
            change(attempt_id)
            return found

    return Read(history.path)


def test_an_answer_deleted_while_it_is_counted_again_does_not_come_back(history: History) -> None:
    history.add(told())
    assert recount_all(changed_elsewhere(history, history.delete), chosen_markers(["innit"])) == 0
    assert history.ids() == frozenset()


def test_a_verdict_given_while_it_is_counted_again_is_not_lost(history: History) -> None:
    history.add(told())
    judged = corrections.judge(told(), 0, "dismissed")
    recount_all(changed_elsewhere(history, lambda _: history.add(judged)), chosen_markers(["innit"]))
    again = history.get("take-1")
    assert again is not None
    assert counted(again) == ["you know", "innit", "basically", "you know"]
