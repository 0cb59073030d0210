"""A long run that is stopped keeps the rows it has written, and what was there before it."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main
from tests.served import REHEARSE
from tests.waiting import until

ANSWER = Path(__file__).parent / "data" / "recordings" / "synthetic" / "retail_vague.flac"


def rows(table: Path) -> list[str]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return [line["file"] for line in csv.DictReader(file)]


def test_a_spreadsheet_keeps_what_was_done_when_the_run_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_args: Any, **_settings: Any) -> Iterator[dict[str, Any]]:
        yield {"file": "first.wav", "error": "first.wav: no sound"}
        raise KeyboardInterrupt

    monkeypatch.setattr("rehearse.app.batch.analyze_files", stopped)
    table, gathered = tmp_path / "out.csv", tmp_path / "out.partial.csv"
    table.write_text("precious")
    assert main(["analyze", "--csv", str(table), "--force", str(ANSWER)]) == 130
    assert rows(gathered) == ["first.wav"]
    assert table.read_text() == "precious"
    assert f"{gathered} has what was measured until then" in capsys.readouterr().err
    assert main(["analyze", "--csv", str(tmp_path / "other.csv"), str(ANSWER)]) == 130
    assert not (tmp_path / "other.csv").exists(), "what is broken off never looks whole"


def test_a_run_that_is_killed_leaves_the_old_table_and_no_half_one(tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    table.write_text("precious")
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    for number in range(20):
        (recordings / f"{number:02}.flac").write_bytes(ANSWER.read_bytes())
    command = [*REHEARSE, "analyze", "--force", "--csv", str(table), str(recordings)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        until(
            lambda: (tmp_path / "out.partial.csv").exists() and "00.flac" in (tmp_path / "out.partial.csv").read_text()
        )
        running.kill()
    assert table.read_text() == "precious"
    assert 1 <= len(rows(tmp_path / "out.partial.csv")) < 20
    assert {path.name for path in tmp_path.iterdir()} == {"out.csv", "out.partial.csv", "recordings"}


def test_rows_of_a_run_that_was_stopped_are_replaced_only_when_forced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.partial.csv").write_text("an hour's work")
    (tmp_path / "answers.jsonl").write_text('{"answer": "I led it."}')
    text = ["analyze", "--csv", str(tmp_path / "out.csv"), "--transcript", str(tmp_path / "answers.jsonl")]
    assert main(text) == 1
    assert "out.partial.csv exists already: name another file, or replace it with --force" in capsys.readouterr().err
    assert main([*text, "--force"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.jsonl", "out.csv"]


def test_a_table_behind_a_link_is_written_where_the_link_points(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out.csv").symlink_to(tmp_path / "elsewhere" / "real.csv")
    (tmp_path / "answers.jsonl").write_text('{"answer": "I led it."}')
    assert main(["analyze", "--csv", str(tmp_path / "out.csv"), "--transcript", str(tmp_path / "answers.jsonl")]) == 0
    assert (tmp_path / "out.csv").is_symlink()
    assert (tmp_path / "elsewhere" / "real.csv").stat().st_size
