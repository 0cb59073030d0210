"""A table opens in any spreadsheet without running anything, wherever that takes cells to end."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rehearse.files.csv_files import write_csv

HARMLESS = ("fell by -5 %", "a - b", "answer -1.wav", "a=b, c+d; e", "me@example.com", "he said: no", "")
FORMULAS = (
    "=1+1",
    ";=1+1",
    "a;=1+1;b",
    "a\t=1+1\tb",
    "a|=1+1|b",
    "a\n=1+1",
    "a\r\n+1+1",
    'a";"=1+1";"b',
    "a; =1+1",
    "\";=cmd|' /C calc'!A0;\"",
    "a;@SUM(A1);b",
    "a;-1+1;b",
    "a;\uff1d1+1;b",
    "so =1+1 it",
    " =1+1",
    '"=1+1',
    "\t=1+1",
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_becomes_a_formula_whatever_separates_cells(text: str, separator: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    write_csv(table, ["file", "transcript", "error"], [{"file": "a.wav", "transcript": text, "error": text}])
    with table.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "\t\r\n').startswith(tuple("=+-@\uff1d"))] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_are_no_formula_come_back_as_they_were_said(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "table.csv", ["transcript", "pace"], [{"transcript": text, "pace": -1.5}])
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [{"transcript": text, "pace": "-1.5"}]
