"""The report on a round: numbered as the page numbers it, in local time, with the debrief."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse import interview
from rehearse.app.round_report import round_report
from rehearse.cli import main
from rehearse.interview import Round, Rounds
from rehearse.model import Attempt, FeedbackContext, Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.questions import shipped_questions
from tests.pages.driving import open_page, said
from tests.playing import BLAME, answered, first, spoken
from tests.workspaces import mine

OPEN_END = (
    "Last March our booking page broke the night before the concert. I rang the caretaker, because he had the spare"
    " key, and I printed the whole list at the office."
)
EVENING = datetime(2025, 1, 14, 23, 26, 53, tzinfo=UTC)


def probed() -> tuple[Round, list[Attempt]]:
    """Play a mock interview whose first answer is followed up."""
    one = interview.plan_mock(shipped_questions(), 5, chance=first)
    one = replace(one, began_at=EVENING)
    attempts: list[Attempt] = []
    for place in range(3):
        step = one.steps[place]
        one = answered(one, f"take-{place}", place)
        told = spoken(OPEN_END if place else BLAME, replace(step.question, kind="behavioral"), f"take-{place}")
        origin = Origin("browser", parent=step.parent, round=one.id)
        attempts.append(replace(told, spoken_at=EVENING, origin=origin))
        if not place:
            one = interview.probe(one, {attempts[0].id: attempts[0]})
    return interview.finish(one), attempts


def report(one: Round, attempts: list[Attempt]) -> str:
    rounds = Rounds(mine().history.documents)
    rounds.save(one)
    return round_report(attempts, {}, rounds, FeedbackContext())


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))


@pytest.mark.usefixtures("own_data")
def test_a_follow_up_has_the_number_that_the_page_gives_it() -> None:
    one, attempts = probed()
    numbers = re.findall(r"<h1 dir=\"auto\"><span>([^<]+)</span>", report(one, attempts))
    assert numbers == ["1.", "Follow-up to 1:", "2."]
    assert [one.label(step) for step in one.steps[:3]] == numbers


def test_page_and_report_count_and_number_alike() -> None:
    shared = services()
    one, attempts = probed()
    for attempt in attempts:
        shared.history.add(attempt)
    rounds = Rounds(shared.history.documents)
    rounds.save(one)
    page = said(open_page(routes.INTERVIEW, round=one.id))
    written = round_report(attempts, {}, rounds, FeedbackContext())
    for words in ("2 of 5 questions and 1 of 1 follow-up question answered", "Follow-up to 1:"):
        assert words in page
        assert words in written


@pytest.mark.usefixtures("own_data", "new_york")
def test_a_report_knows_one_time_the_local_one() -> None:
    one, attempts = probed()
    written = report(one, attempts)
    times = set(re.findall(r"\d\d Jan 2025, \d\d:\d\d \w+", written))
    assert times == {"14 Jan 2025, 18:26 EST"}
    assert "UTC" not in written


@pytest.mark.usefixtures("own_data")
def test_a_round_that_was_deleted_is_reported_without_its_debrief(tmp_path: Path) -> None:
    one, attempts = probed()
    for attempt in attempts:
        mine().history.add(attempt)
    file = tmp_path / "report.html"
    assert main(["report", "--round", one.id, "--output", str(file)]) == 0
    written = file.read_text(encoding="utf-8")
    assert "Worth keeping" not in written
    assert re.findall(r"<h1 dir=\"auto\"><span>([^<]+)</span>", written) == ["1.", "2.", "3."]


@pytest.mark.usefixtures("own_data")
def test_the_command_writes_the_debrief_of_the_round_too(tmp_path: Path) -> None:
    one, attempts = probed()
    for attempt in attempts:
        mine().history.add(attempt)
    Rounds(mine().history.documents).save(one)
    file = tmp_path / "report.html"
    assert main(["report", "--round", "--output", str(file)]) == 0
    written = file.read_text(encoding="utf-8")
    assert written.index("Worth keeping") < written.index("<article")
    assert "(Not answered)" in written
