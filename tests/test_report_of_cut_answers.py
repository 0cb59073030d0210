"""What a report makes of answers that their round stopped."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.feedback import CHANGE_STATEMENTS
from rehearse.interview import Round, Rounds, Step
from rehearse.model import Origin
from tests.factories import QUESTION, attempt
from tests.playing import LEARNT, OPEN_END, spoken
from tests.workspaces import mine


def test_the_length_of_an_answer_that_its_round_stopped_is_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    told = replace(attempt(values={"answer_length": 60.0}), duration=60.0, origin=Origin("browser", round="r"))
    history = mine().history
    history.add(told)
    assert judges_length(tmp_path / "before.html")
    step = Step(QUESTION, 5, 60, takes=(told.id,), ended=True)
    Rounds(history.documents).save(Round("r", "one_way", told.spoken_at, (step,)))
    assert not judges_length(tmp_path / "alone.html")
    assert not judges_length(tmp_path / "round.html", "--round")


def test_an_end_that_its_round_cut_off_is_not_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    starter = CHANGE_STATEMENTS["result_missing"].starter
    told = replace(spoken(OPEN_END, LEARNT), duration=60.0, origin=Origin("browser", round="r"))
    history = mine().history
    history.add(told)
    assert starter in report(tmp_path / "before.html")
    step = Step(LEARNT, 5, 60, takes=(told.id,), ended=True)
    Rounds(history.documents).save(Round("r", "one_way", told.spoken_at, (step,)))
    assert starter not in report(tmp_path / "alone.html")
    assert starter not in report(tmp_path / "round.html", "--round")


def report(path: Path, *arguments: str) -> str:
    """Write a report and read it."""
    assert main(["report", *arguments, "--output", str(path)]) == 0
    return unescape(path.read_text(encoding="utf-8"))


def judges_length(path: Path, *arguments: str) -> bool:
    """Whether the answer's length stands among what is judged."""
    written = report(path, *arguments)
    return written.rindex("Answer length<") < written.rindex("Also measured, and not judged")
