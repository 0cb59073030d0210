"""The report on a round, printed: the debrief on top, at most a page an answer, numbered as the page numbers them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import pytest
from pypdf import PdfReader

from rehearse import interview
from rehearse.app.round_report import round_report
from rehearse.interview import Round, Rounds
from rehearse.metrics import METRICS
from rehearse.model import Attempt, FeedbackContext, Origin, Question
from rehearse.questions import shipped_questions
from tests import factories
from tests.browser.conftest import Open
from tests.browser.test_debrief_in_browser import BRIEF, STOCK
from tests.playing import answered, case, first, spoken
from tests.workspaces import mine

WINTER = datetime(2025, 1, 14, 23, 26, 53, tzinfo=UTC)
SENTENCES = [f"{sentence}." for sentence in f"{STOCK} {BRIEF}".replace("\n", " ").split(".") if sentence.strip()]


def of_words(count: int) -> str:
    """Speak on for about so many words."""
    text = " ".join(islice(cycle(SENTENCES), count))
    return " ".join(text.split()[: count - 1]) + " end."


def given(one: Round, texts: Sequence[str]) -> tuple[Round, list[Attempt]]:
    """Answer the questions of a round in turn, every measurement known."""
    attempts = []
    for place, text in enumerate(texts):
        step = one.steps[place]
        one = answered(one, f"take-{place}", place)
        told = spoken(text, step.question, f"take-{place}")
        measured = {metric.metric: metric for metric in told.measurements}
        every = tuple(
            measured[name] if measured[name].value is not None else factories.measured_as(name, 3.5) for name in METRICS
        )
        when = WINTER + timedelta(minutes=3 * place)
        attempts.append(replace(told, spoken_at=when, measurements=every, origin=Origin("browser", round=one.id)))
    return interview.finish(one), attempts


def panel(length: int) -> Round:
    asked: list[Question] = [question for question in shipped_questions() if question.kind == "panel"]
    return interview.plan_panel(asked, length, chance=first)


def printed(open_window: Open, place: Path, one: Round, attempts: Sequence[Attempt]) -> list[str]:
    """Print the report, and give the text of each page."""
    rounds = Rounds(mine().history.documents)
    rounds.save(one)
    file = place / "report.html"
    file.write_text(round_report(attempts, {}, rounds, FeedbackContext()), encoding="utf-8")
    page = open_window()
    page.goto(file.as_uri())
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    return [found.extract_text() for found in reader.pages]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("lengths", "most"),
    [((60, 60, 60, 60), 4), ((110, 110, 110, 110), 4), ((350, 350, 350), 4), ((700, 700, 700), 4), ((1500, 1500), 3)],
    ids=["short", "2:54 min in all", "two minutes each", "five minutes each", "ten minutes each"],
)
def test_a_printed_round_takes_at_most_a_page_an_answer(
    open_window: Open, tmp_path: Path, lengths: tuple[int, ...], most: int
) -> None:
    one, attempts = given(panel(len(lengths)), [of_words(count) for count in lengths])
    pages = printed(open_window, tmp_path, one, attempts)
    assert len(pages) <= most
    text = " ".join(" ".join(pages).split())
    for attempt in attempts:
        assert attempt.transcript.words[-1].text in text
    assert text.count("end.") >= len(lengths), "no word of an answer is left out"


def test_the_debrief_comes_first(open_window: Open, tmp_path: Path) -> None:
    one, attempts = given(panel(3), [STOCK, BRIEF, BRIEF])
    top = " ".join(printed(open_window, tmp_path, one, attempts)[0].split())
    parts = ["3 of 3 questions answered", "Worth keeping", "What each of them wanted to know", "What keeps coming up"]
    assert [top.index(part) for part in parts] == sorted(top.index(part) for part in parts)
    assert top.index("What keeps coming up") < top.index("What was said")


def test_a_case_prints_what_was_asked_and_what_is_not_judged(open_window: Open, tmp_path: Path) -> None:
    one = interview.go_on(interview.ask(interview.plan_case(case(), 1), "Did it get dearer there?"))
    one = answered(one, "a", 1)
    attempt = replace(spoken(BRIEF, one.steps[1].question, "a"), origin=Origin("browser", round=one.id))
    text = " ".join(" ".join(printed(open_window, tmp_path, interview.finish(one), [attempt])).split())
    assert f"Recommendation: not judged (words: {len(BRIEF.split())} of 40 needed)" in text
    assert "You asked Prices went up by four percent" in text
    assert "2. All of the loss comes from six branches. What now? (Not answered)" in text
