"""The command line where its input ends, its output is shut, or what it shows was written by others."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.files.csv_files import write_csv
from rehearse.model import Measurement, Origin
from tests.factories import attempt
from tests.workspaces import mine

SHUT = """
import sys
sys.{stream} = None
from rehearse.cli import run
run()
"""


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))


def test_the_end_of_input_is_no_yes_to_deleting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    take = mine().takes.save(b"sound", suffix=".wav", origin=Origin("upload"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", ended)
    assert main(["history", "delete", take.id]) == 1
    assert capsys.readouterr().err == "\nnothing was deleted\n"
    assert take.audio.exists()


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_stream_that_is_shut_is_no_error(stream: str) -> None:
    script = SHUT.format(stream=stream)
    done = subprocess.run([sys.executable, "-c", script, "questions", "list"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_name_of_an_unknown_metric_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    mine().history.add(replace(attempt(), measurements=(Measurement("\x1b]0;owned\x07red", 1.0),)))
    assert main(["history", "show", "take-1"]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "red" in shown


def test_the_name_of_a_column_runs_no_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "table.csv", ["id", "=HYPERLINK(1)"], [{"id": "a", "=HYPERLINK(1)": 2.0}])
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["id", "'=HYPERLINK(1)"], ["a", "2.0"]]
