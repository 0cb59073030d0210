"""What ``rehearse analyze`` does to the files it reads and writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearse.cli import main
from tests.sounds import ANSWER


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "results.csv"


@pytest.mark.parametrize("typo", [["--model", "no-such-model"], ["--question", "no-such-question"]])
def test_a_typo_costs_no_results_of_an_earlier_run(typo: list[str], table: Path) -> None:
    table.write_text("precious")
    assert main(["analyze", "--csv", str(table), "--force", *typo, str(ANSWER)]) == 1
    assert table.read_text() == "precious"


def test_a_folder_without_recordings_costs_no_results_of_an_earlier_run(table: Path, tmp_path: Path) -> None:
    table.write_text("precious")
    (tmp_path / "empty").mkdir()
    assert main(["analyze", "--csv", str(table), "--force", str(tmp_path / "empty")]) == 1
    assert table.read_text() == "precious"


@pytest.mark.parametrize("typo", [["--model", "no-such-model"], ["--question", "no-such-question"]])
def test_a_typo_leaves_no_table_that_stands_in_the_way_of_the_next_run(typo: list[str], table: Path) -> None:
    assert main(["analyze", "--csv", str(table), *typo, str(ANSWER)]) == 1
    assert not table.exists()


def test_a_table_that_exists_is_said_before_a_wrong_model(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("precious")
    assert main(["analyze", "--csv", str(table), "--model", "no-such-model", str(ANSWER)]) == 1
    assert "exists already" in capsys.readouterr().err
