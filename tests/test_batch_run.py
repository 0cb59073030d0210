"""``rehearse batch``: many recordings, each measured once, whatever happens in between."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from pyarrow import parquet

from rehearse.app.batch import versions
from rehearse.app.workspace import open_workspace
from rehearse.cli import main
from rehearse.storage.profiles import find
from tests.sounds import DATA

NAMES = ("results", "errors")
CLIPS = ("mfa_er", "mfa_thoughts", "libri_1688-142285-0002")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with three short recordings, one of them twice, and one that is none."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name in CLIPS:
        shutil.copy(DATA / "recordings" / "human" / f"{name}.flac", folder)
    shutil.copy(folder / "mfa_er.flac", folder / "the same.flac")
    (folder / "broken.wav").write_bytes(b"RIFF no sound")
    return folder


def lines(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.suffix == ".html" or path.stem in NAMES)
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_a_batch_is_measured_once_and_only_what_is_derived_is_done_again_when_a_rule_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["batch", str(folder), "--out", str(out)]
    assert main(command) == 1
    assert "5 recordings: 3 measured, 1 finished before, 1 failed" in capsys.readouterr().err
    first = contents(out)
    assert "Answered" not in (out / "summary.html").read_text(), "nobody knows what was asked"
    rows = lines(out / "results.csv")
    assert [Path(row["file"]).stem for row in rows] == [*sorted(CLIPS), "the same"]
    assert all(row["sha256"] and row["recognised_with"] and row["derived_with"] for row in rows)
    [error] = lines(out / "errors.csv")
    assert error["error"].startswith("broken.wav: no sound could be decoded")
    whole = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert [row["transcript"]["text"] for row in whole] == [row["transcript"] for row in rows]
    assert parquet.read_table(out / "results.parquet").column("file").to_pylist() == [row["file"] for row in rows]

    assert main(command) == 1
    assert "5 recordings: 4 finished before, 1 failed" in capsys.readouterr().err
    assert contents(out) == first

    monkeypatch.setattr(versions, "derived_with", lambda: "another rule")
    assert main(command) == 1
    assert "5 recordings: 3 measured again without transcribing, 1 finished before, 1 failed" in capsys.readouterr().err
    again = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert [{**row, "derived_with": ""} for row in again] == [{**row, "derived_with": ""} for row in whole]


@pytest.mark.usefixtures("folder")
def test_a_manifest_says_who_spoke_and_each_of_its_mistakes_has_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    (tmp_path / "answers.csv").write_text(
        "File;Person;Question;Kind;Date;Tags;Room\n"
        "recordings/mfa_er.flac;Anna <b>;Why us, and why now?;motivation;2026-05-04;spring, first;3\n"
        "recordings/none.flac;Ben;;;;;\n"
        ";Ben;;;;;\n"
        "recordings/mfa_er.flac;Ben;no-such-question;;;;\n"
        "recordings/mfa_er.flac;Ben;Why?;motive;;;\n"
        "recordings/mfa_er.flac;Ben;;;4 May;;\n"
    )
    assert main(["batch", str(tmp_path / "answers.csv"), "--out", str(tmp_path / "out"), "--check"]) == 1
    said = capsys.readouterr()
    assert "1 recording to measure, 5 problems" in said.out
    for line, mistake in (
        (3, "is not there"),
        (4, '"file" is empty'),
        (5, "no question 'no-such-question'"),
        (6, "no kind 'motive'"),
        (7, "'4 May' is no date"),
    ):
        assert any(text.startswith(f"answers.csv:{line}: ") and mistake in text for text in said.err.splitlines())
    assert "the columns 'room' are not used" in said.err
    assert not (tmp_path / "out").exists()

    for count in (1, 0):
        assert main(["batch", str(tmp_path / "answers.csv"), "--out", str(tmp_path / "out"), "--into-history"]) == 1
        assert f"{count} new in the practice history" in capsys.readouterr().err
    opened = open_workspace(find("Anna <b>"))
    [attempt] = opened.history.attempts()
    assert attempt.spoken_at.isoformat() == "2026-05-04T00:00:00+00:00"
    assert opened.history.about(attempt.id).tags == ("first", "spring")
    assert (take := opened.takes.get(attempt.id)) is not None
    assert take.audio.read_bytes() == (tmp_path / "recordings" / "mfa_er.flac").read_bytes()
    [row] = lines(tmp_path / "out" / "results.csv")
    assert [row[name] for name in ("person", "question", "kind", "date", "tags")] == [
        "Anna <b>",
        "Why us, and why now?",
        "motivation",
        "2026-05-04",
        "spring, first",
    ]
    summary = (tmp_path / "out" / "summary.html").read_text()
    [address] = re.findall(r'<a href="([^"]+)">Anna &lt;b&gt;</a>', summary)
    assert "Why us, and why now?" in (tmp_path / "out" / address).read_text()
    assert "Answered" in summary
    assert "not judged (" in summary, "three seconds are too short for most measurements"
    assert [error["manifest"] for error in lines(tmp_path / "out" / "errors.csv")] == [
        f"answers.csv:{line}" for line in range(3, 8)
    ]
