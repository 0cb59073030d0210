"""What ``rehearse analyze`` does to the files it reads and writes."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

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


def rows(capsys: pytest.CaptureFixture[str], lines: bytes, folder: Path) -> list[dict[str, Any]]:
    """Analyse JSON Lines given as bytes; every line of standard output has to be strict JSON."""
    (folder / "answers.jsonl").write_bytes(lines)
    main(["analyze", "--json", "--transcript", str(folder / "answers.jsonl")])
    return [json.loads(line, parse_constant=pytest.fail) for line in capsys.readouterr().out.split("\n") if line]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_only_a_newline_ends_a_line(mark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [row] = rows(capsys, json.dumps({"id": f"a{mark}b", "answer": "I led it."}, ensure_ascii=False).encode(), tmp_path)
    assert row["id"] == f"a{mark}b"
    assert row["measurements"]["word_count"]["value"] == 3


def test_lines_that_end_as_on_windows_are_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys, b'{"id": 1, "answer": "I led it."}\r\n\r\n{"id": 2, "answer": ""}\r\n', tmp_path)
    assert [(row["line"], row["id"]) for row in found] == [(1, 1), (3, 2)]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [row] = rows(capsys, b'\xef\xbb\xbf{"id": 1, "answer": "I led it."}', tmp_path)
    assert row["id"] == 1


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_what_is_no_number_in_json_is_that_lines_error(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [row] = rows(capsys, f'{{"id": {number}, "answer": "I led it."}}'.encode(), tmp_path)
    assert row["error"] == f"line 1: {number} is not a number that JSON can hold"


@pytest.mark.parametrize("field", ["more", "id", "kind"])
@pytest.mark.parametrize("depth", [300, 960, 200_000])
def test_deep_nesting_costs_the_other_lines_nothing(
    field: str, depth: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = b'{"answer": "", "%s": %s%s}\n' % (field.encode(), b"[" * depth, b"]" * depth)
    *_, last = rows(capsys, deep + b'{"id": "ok", "answer": "I led it."}', tmp_path)
    assert last["id"] == "ok"


def test_an_id_that_is_no_name_is_that_lines_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [row] = rows(capsys, b'{"id": ["a"], "answer": "I led it."}', tmp_path)
    assert row["error"] == 'line 1: "id" has to be text or a number'


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    """Give a folder with a file named in Latin-1, and another; neither holds sound."""
    folder = tmp_path / "latin"
    folder.mkdir()
    for name in (b"a\xe9.wav", b"b.wav"):
        (folder / os.fsdecode(name)).write_bytes(b"no sound")
    return folder


def printed(monkeypatch: pytest.MonkeyPatch, status: int, *arguments: object) -> list[str]:
    """Run the command for a reader that takes UTF-8 and nothing else; give the lines it gets."""
    written = io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="utf-8", errors="strict"))
        assert main(["analyze", *map(str, arguments)]) == status
        return written.getvalue().decode("utf-8").splitlines()


def test_a_file_name_that_is_no_utf_8_is_escaped_in_the_table(latin: Path, table: Path) -> None:
    assert main(["analyze", "--csv", str(table), str(latin)]) == 1
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [Path(line["file"]).name for line in csv.DictReader(file)] == ["a\\udce9.wav", "b.wav"]


def test_a_file_name_that_is_no_utf_8_comes_back_from_json(latin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [json.loads(line)["file"] for line in printed(monkeypatch, 1, "--json", latin)]
    assert [os.fsencode(Path(name).name) for name in names] == [b"a\xe9.wav", b"b.wav"]


def test_a_file_name_that_is_no_utf_8_is_shown_to_people(latin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = printed(monkeypatch, 1, latin)
    assert first.startswith(f"{latin}{os.sep}a\\udce9.wav: ")


@pytest.mark.parametrize("form", [["--json"], ["--csv", "table.csv"]])
def test_an_id_that_is_half_a_character_ends_no_run(
    form: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.jsonl").write_text('{"id": "\\ud800", "answer": "I led it."}\n{"id": "ok", "answer": ""}\n')
    lines = printed(monkeypatch, 0, *form, "--transcript", "answers.jsonl")
    *_, first, second = lines or Path("table.csv").read_text(encoding="utf-8").splitlines()
    assert "\\ud800" in first
    assert "ok" in second
