"""Whether what was agreed after one answer was done in the next, decided by the judgement that made the change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.analysis.corrections import remeasure
from rehearse.app.last_time import last_time, outcome
from rehearse.feedback import CHANGE_STATEMENTS, agreement, follow_through, give_feedback, starter_words, task
from rehearse.metrics import METRICS
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Finding, Span
from rehearse.storage.history import History
from tests import factories
from tests.pages.test_agreed import ONCE, UMS, USUALLY

OCCASION = Finding("one_occasion", "one_occasion", "change", "", (Span(0.0, 1.0, "usually"),))


def answer(text: str, *, seconds: float = 45.0, name: str = "take", day: int = 0) -> Attempt:
    spoken_at = factories.SPOKEN_AT + timedelta(days=day)
    attempt = factories.attempt(name, text=text, duration=seconds, spoken_at=spoken_at)
    return remeasure(replace(attempt, speech=Span(0.0, seconds)))


def value_change(metric: str, standing: str) -> Finding:
    return Finding(f"{metric}_{standing}", metric, "change", "", (Span(0.0, 1.0, "um"),))


@pytest.mark.parametrize(
    ("change", "text", "seconds", "done"),
    [
        (OCCASION, ONCE, 45.0, True),
        (OCCASION, USUALLY, 45.0, False),
        (OCCASION, "I rang him.", 45.0, None),
        (replace(OCCASION, code="own_part"), ONCE, 45.0, None),
        (replace(OCCASION, code="from-another-version"), ONCE, 45.0, None),
        (value_change("filled_pause_rate", "above"), ONCE, 45.0, True),
        (value_change("filled_pause_rate", "above"), UMS, 45.0, False),
        (value_change("filled_pause_rate", "above"), "Um, yes.", 45.0, None),
        (value_change("answer_length", "below"), ONCE, 50.0, True),
        (value_change("answer_length", "below"), ONCE, 300.0, None),
    ],
)
def test_what_was_agreed_was_done_or_not_or_nothing_is_said(
    change: Finding, text: str, seconds: float, done: bool | None
) -> None:
    found = follow_through(change, answer(text, seconds=seconds), NO_LIMITS)
    assert (found.done if found else None) == done
    assert found is None or found.now.end > found.now.start


def test_what_the_person_leaves_unjudged_and_an_end_that_was_cut_off_are_not_followed() -> None:
    ums = value_change("filled_pause_rate", "above")
    assert follow_through(ums, answer(ONCE), FeedbackContext(unjudged=frozenset({"fillers"}))) is None
    length = value_change("answer_length", "below")
    assert follow_through(length, answer(ONCE, seconds=50.0), FeedbackContext(truncated=True)) is None


@pytest.mark.parametrize(("ums", "is_said"), [(4, False), (0, True)])
def test_a_value_that_moved_by_less_than_its_own_error_is_not_called_done(
    tmp_path: Path, ums: int, is_said: bool
) -> None:
    history = History(tmp_path / "history.db")
    for name, count, day in (("before", 5, 0), ("after", ums, 1)):
        history.add(answer(ONCE.replace(" the ", " the um ", count), seconds=55.0, name=name, day=day))
    after = history.get("after")
    assert after is not None
    last = last_time(history, factories.QUESTION.id, before=after)
    assert last is not None
    assert last.change.topic == "filled_pause_rate"
    assert (outcome(history, last, after) is not None) == is_said


def test_each_task_is_one_short_sentence_with_words_to_begin_with_beside_it() -> None:
    assert set(agreement._TASKS) <= set(CHANGE_STATEMENTS)
    for code in agreement._TASKS:
        change = Finding(code, code, "change", "A message.", (), CHANGE_STATEMENTS[code].starter)
        assert task(change)[0].isupper()
        assert len(task(change).split()) <= 10
        assert starter_words(change).startswith("“")
    for metric in METRICS.values():
        for starter in filter(None, (metric.when_low, metric.when_high)):
            change = Finding(f"{metric.name}_above", metric.name, "change", "A message.", (), starter)
            assert task(change).endswith(".")
            assert "…" not in task(change)


def test_the_change_that_the_feedback_shows_is_the_one_that_is_agreed(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.add(answer(USUALLY))
    last = last_time(history, factories.QUESTION.id)
    shown = next(finding for finding in give_feedback(answer(USUALLY)) if finding.kind == "change")
    assert last is not None
    assert last.change == shown
    history.add(replace(answer(ONCE, name="sample", day=1), origin=replace(answer(ONCE).origin, source="sample")))
    assert last_time(history, factories.QUESTION.id) == last, "the sample is nobody's take"
