"""A long run that is stopped keeps the rows it has written."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main

ANSWER = Path(__file__).parent / "data" / "recordings" / "synthetic" / "retail_vague.flac"


def test_a_spreadsheet_keeps_what_was_done_when_the_run_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_args: Any, **_settings: Any) -> Iterator[dict[str, Any]]:
        yield {"file": "first.wav", "error": "first.wav: no sound"}
        raise KeyboardInterrupt

    monkeypatch.setattr("rehearse.app.batch.analyze_files", stopped)
    assert main(["analyze", "--csv", str(tmp_path / "out.csv"), str(ANSWER)]) == 130
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [line["file"] for line in csv.DictReader(file)] == ["first.wav"]
