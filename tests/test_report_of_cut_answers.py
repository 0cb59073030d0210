"""What a report makes of answers that their round stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.datatypes import Origin
from rehearse.history import History
from rehearse.rounds import Round, Rounds, Step
from tests.factories import QUESTION, attempt


def test_the_length_of_an_answer_that_its_round_stopped_is_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    told = replace(attempt(values={"answer_length": 60.0}), duration=60.0, origin=Origin("browser", round="r"))
    history = History()
    history.add(told)
    assert judges_length(tmp_path / "before.html")
    step = Step(QUESTION, 5, 60, takes=(told.id,), ended=True)
    Rounds(history.documents).save(Round("r", "one_way", told.spoken_at, (step,)))
    assert not judges_length(tmp_path / "alone.html")
    assert not judges_length(tmp_path / "round.html", "--round")


def judges_length(report: Path, *arguments: str) -> bool:
    """Write a report; tell whether the answer's length stands among what is judged."""
    assert main(["report", *arguments, "--output", str(report)]) == 0
    written = report.read_text(encoding="utf-8")
    return written.rindex("Answer length<") < written.rindex("Also measured, and not judged")
