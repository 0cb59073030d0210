"""An answer is judged by the time that its round gave for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import interview
from rehearse.cli import main
from rehearse.feedback import give_feedback
from rehearse.interview import SHORT, Limits, Round, Rounds, Step
from rehearse.metrics import METRICS, Band
from rehearse.model import Attempt, Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.questions import shipped_questions
from tests import factories
from tests.pages.driving import open_page, said, spoken
from tests.playing import answered, first
from tests.workspaces import mine

WORDS = "In March the plan for the new depot moved by a week, and I rang all of the drivers before the shift began. "
USUAL = ("45 to 180", "0:45")


def panel(limits: Limits) -> Round:
    asked = [question for question in shipped_questions() if question.kind == "panel"]
    return interview.plan_panel(asked, 3, limits=limits, chance=first)


def of_length(take_id: str, seconds: float, one: Round) -> Attempt:
    """Give an answer to the round's first question that lasts so long."""
    told = factories.attempt(take_id, text=WORDS * 2, question=one.steps[0].question, duration=seconds)
    return replace(
        told,
        measurements=(factories.measured_as("answer_length", seconds),),
        origin=Origin("browser", round=one.id),
        story=replace(told.story, type=None),
    )


def statements(limits: Limits, seconds: float) -> str:
    """Return all that is said of an answer to a question of a round with these limits."""
    one = answered(panel(limits), "a", 0)
    told = of_length("a", seconds, one)
    rounds = Rounds(mine().history.documents)
    rounds.save(one)
    return " ".join(finding.message for finding in give_feedback(told, interview.context_of(told, rounds)))


@pytest.mark.parametrize("seconds", [16.0, 22.0, 28.0])
def test_an_answer_that_uses_its_short_time_keeps_to_the_guideline(seconds: float) -> None:
    assert f"{seconds:.0f} seconds is a good length for a question like this" in statements(SHORT, seconds)


def test_an_answer_shorter_than_half_of_its_short_time_is_told_the_time_it_had() -> None:
    assert "You spoke for 9 seconds; 15 to 30 is usual" in statements(SHORT, 9.0)


@pytest.mark.parametrize(
    ("limit", "shortest", "usual"),
    [(60, 30.0, "30 to 60"), (120, 45.0, "45 to 120"), (600, 45.0, "45 to 180")],
)
def test_the_guideline_follows_whatever_time_was_given(limit: int, shortest: float, usual: str) -> None:
    assert "is a good length" in statements(Limits(5, limit), shortest)
    assert f"{usual} is usual" in statements(Limits(5, limit), shortest - 15)


def test_a_time_of_six_seconds_has_a_guideline_of_its_own() -> None:
    assert "4 seconds is a good length" in statements(Limits(5, 6), 4.0)


def test_a_file_that_is_longer_than_the_time_given_is_told_so() -> None:
    one = answered(panel(SHORT), "a", 0)
    told = replace(of_length("a", 70.0, one), origin=Origin("upload", round=one.id))
    rounds = Rounds(mine().history.documents)
    rounds.save(one)
    found = [finding.message for finding in give_feedback(told, interview.context_of(told, rounds))]
    assert any("You spoke for 70 seconds; 15 to 30 is usual" in message for message in found)


def test_only_what_cannot_exceed_the_time_given_is_bound_by_it() -> None:
    assert [name for name, metric in METRICS.items() if metric.band("panel", 1) != metric.band("panel")] == [
        "answer_length"
    ]
    assert METRICS["answer_length"].band("panel", 30) == Band(15, 30)


def test_feedback_page_and_its_band_follow_the_time_that_was_given() -> None:
    attempt = spoken(WORDS * 2, seconds=20.0, origin=Origin("browser", round="r"))
    step = Step(factories.QUESTION, 5, 30, takes=(attempt.id,), ended=True)
    Rounds(services().history.documents).save(Round("r", "panel", factories.SPOKEN_AT, (step,)))
    at = open_page(routes.FEEDBACK, take=attempt.id)
    length = next(card for card in at.metric if card.label == "Answer length")
    assert length.delta == "within 15\N{EN DASH}30"
    assert not [edge for edge in USUAL if edge in said(at)]


def test_a_report_judges_an_answer_by_the_time_that_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    history, one = mine().history, answered(panel(SHORT), "a", 0)
    history.add(of_length("a", 22.0, one))
    Rounds(history.documents).save(one)
    for arguments in (["a"], ["--round"]):
        file = tmp_path / "report.html"
        assert main(["report", *arguments, "--force", "--output", str(file)]) == 0
        written = file.read_text(encoding="utf-8")
        assert "15\N{EN DASH}30 s" in written
        assert not [edge for edge in USUAL if edge in written]
