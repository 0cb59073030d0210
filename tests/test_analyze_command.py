"""``rehearse analyze`` as programs, spreadsheets and people read it, with real recordings and the real recogniser."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from rehearse import audio
from rehearse.cli import analyze, main
from rehearse.language.words import is_filled_pause
from rehearse.metrics import METRICS
from rehearse.model import Recording
from rehearse.questions import shipped_questions
from tests.factories import silence
from tests.served import REHEARSE
from tests.sounds import ANSWER, DATA, write_wav

LONG = DATA / "recordings" / "synthetic" / "long_answer.flac"
SHORT = DATA / "recordings" / "human" / "mfa_um.flac"
STORY = DATA / "recordings" / "synthetic" / "engineer_result_first.flac"
FIELDS = {
    "schema",
    "file",
    "sha256",
    "model",
    "duration",
    "transcript",
    "fillers",
    "pauses",
    "measurements",
    "story",
    "findings",
}
WORD = {"text", "start", "end", "probability"}
FILLER = {"kind", "text", "start", "end", "evidence", "probability", "status"}
PARTS = ("situation", "task", "action", "result", "quantified")
ODD_NAME = 'it\'s "my" answer <script>alert(1)<\N{DIVISION SLASH}script> \N{SPEAKING HEAD IN SILHOUETTE}.flac'


@pytest.fixture(autouse=True)
def _real_recogniser_and_own_data(transcriber, tmp_path, monkeypatch):
    monkeypatch.setattr(analyze, "_transcriber", lambda _model: transcriber)
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))


@pytest.fixture
def folder(tmp_path) -> Path:
    """Good recordings with a broken one among them."""
    place = tmp_path / "answers"
    (place / "more").mkdir(parents=True)
    shutil.copy(SHORT, place / "a.flac")
    (place / "b.wav").write_bytes(b"no sound")
    write_wav(place / "c.wav", silence(1.0))
    (place / "notes.txt").write_text("not a recording")
    shutil.copy(SHORT, place / "more" / ODD_NAME)
    return place


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """Run the command with ``--json``; every line of standard output has to be an object."""
    status = main(["analyze", "--json", *map(str, arguments)])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_recording_gives_the_agreed_object(capsys):
    status, [row] = rows(capsys, STORY)
    assert status == 0
    assert set(row) >= FIELDS
    assert (row["schema"], row["file"], row["model"]) == (1, str(STORY), "tiny.en")
    assert row["sha256"] == audio.sha256(STORY)
    assert row["duration"] == pytest.approx(audio.load(STORY).duration, abs=0.001)
    assert row["transcript"]["language"] == "en"
    assert row["transcript"]["text"] == " ".join(word["text"] for word in row["transcript"]["words"])
    assert all(set(word) == WORD for word in row["transcript"]["words"])
    assert row["fillers"]
    assert all(set(filler) == FILLER for filler in row["fillers"])
    assert {filler["kind"] for filler in row["fillers"]} <= {"filled_pause", "discourse_marker"}
    assert {filler["status"] for filler in row["fillers"]} <= {"counted", "possible"}
    assert {evidence for filler in row["fillers"] for evidence in filler["evidence"]} <= {"transcript", "sound"}
    assert row["pauses"]
    assert all(set(pause) == {"start", "end", "inside_sentence"} for pause in row["pauses"])
    assert all(pause["end"] - pause["start"] >= 0.249 for pause in row["pauses"])


def test_a_filled_pause_that_is_only_possible_is_none_of_the_words_said(capsys):
    _, [row] = rows(capsys, DATA / "recordings" / "human" / "mfa_uhum.flac")
    possible = [one for one in row["fillers"] if one["kind"] == "filled_pause" and one["status"] == "possible"]
    counted = [one for one in row["fillers"] if one["kind"] == "filled_pause" and one["status"] == "counted"]
    said = [word for word in row["transcript"]["words"] if is_filled_pause(word["text"])]
    assert possible
    assert [word["start"] for word in said] == [one["start"] for one in counted]


def test_times_lie_inside_the_recording_and_in_order(capsys):
    _, [row] = rows(capsys, ANSWER)
    starts = [word["start"] for word in row["transcript"]["words"]]
    assert starts == sorted(starts)
    for moment in [*row["transcript"]["words"], *row["fillers"], *row["pauses"]]:
        assert 0 <= moment["start"] <= moment["end"] <= row["duration"] + 0.05


def test_measurements_story_and_findings_have_their_agreed_form(capsys):
    _, [row] = rows(capsys, STORY)
    assert list(row["measurements"]) == list(METRICS)
    assert all(found["unit"] == METRICS[name].unit for name, found in row["measurements"].items())
    story = row["story"]
    assert story["type"] == "story"
    assert story["ownership"] in {"own", "shared", "unclear"}
    assert all({"text", "start", "end"} == set(span) for part in PARTS for span in story[part])
    assert story["result"]
    assert story["quantified"]
    assert row["findings"]
    for finding in row["findings"]:
        assert set(finding) >= {"measurement", "kind", "message", "spans"}
        assert finding["kind"] in {"strength", "change"}
        assert finding["measurement"] in METRICS or finding["measurement"].startswith("story")
        assert finding["spans"]


def test_a_folder_comes_in_order_with_a_sentence_for_what_is_broken(folder, capsys):
    status, found = rows(capsys, folder)
    assert status == 1
    assert [Path(row["file"]).name for row in found] == ["a.flac", "b.wav", "c.wav", ODD_NAME]
    broken = found[1]
    assert set(broken) == {"file", "error"}
    assert broken["error"].startswith("b.wav: no sound could be decoded")
    assert found[2]["transcript"] == {"text": "", "language": None, "words": []}
    assert found[2]["story"]["type"] is None
    assert all(value["value"] is None for value in found[2]["measurements"].values())
    assert found[3]["transcript"] == found[0]["transcript"]


def test_inputs_come_in_the_order_given_and_twice_the_same(folder, capsys):
    status, found = rows(capsys, folder / "c.wav", folder / "a.flac", folder / "a.flac")
    assert status == 0
    assert [Path(row["file"]).name for row in found] == ["c.wav", "a.flac", "a.flac"]
    assert found[1] == found[2]


def test_a_missing_file_costs_the_others_nothing(folder, capsys):
    status, found = rows(capsys, folder / "gone.wav", folder / "c.wav")
    assert status == 1
    assert found[0] == {"file": str(folder / "gone.wav"), "error": "gone.wav: no such file"}
    assert found[1]["duration"] == 1.0


def test_a_folder_that_ends_like_a_recording_is_looked_into(folder, capsys):
    folder.rename(folder.with_name("answers.wav"))
    (folder.with_name("answers.wav") / "inner.wav").mkdir()
    _, found = rows(capsys, folder.with_name("answers.wav"))
    assert len(found) == 4


def test_a_folder_without_recordings_is_said(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["analyze", str(tmp_path / "empty")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"rehearse: no recordings in {tmp_path / 'empty'}\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["a.wav", "--transcript", "b.jsonl"], ["--json", "--csv", "out.csv", "a.wav"], ["--what", "a.wav"]],
)
def test_wrong_arguments_end_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["analyze", *arguments])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("option", "said"), [("--question", "no-such-question"), ("--model", "no-such-model"), ("--transcript", "gone")]
)
def test_a_wrong_name_is_one_sentence(option, said, capsys):
    files = [] if option == "--transcript" else [str(SHORT)]
    assert main(["analyze", option, said, *files]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("rehearse: ")
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_nothing_is_written_into_the_practice_history(tmp_path, capsys):
    rows(capsys, SHORT)
    (tmp_path / "answers.jsonl").write_text('{"answer": "I led it."}')
    main(["analyze", "--transcript", str(tmp_path / "answers.jsonl")])
    assert not list((tmp_path / "data").rglob("*"))


def test_the_question_decides_the_bands(capsys):
    asked = {kind: find_question_of(kind) for kind in ("behavioral", "own_question")}
    judged = {}
    for kind, question in asked.items():
        _, [row] = rows(capsys, STORY, "--question", question)
        judged[kind] = {found["kind"] for found in row["findings"] if found["measurement"] == "answer_length"}
    assert judged["behavioral"] == {"change"}
    assert "change" not in judged["own_question"]


def find_question_of(kind: str) -> str:
    return next(q.id for q in shipped_questions() if q.kind == kind)


def test_people_get_a_table(folder, capsys):
    assert main(["analyze", str(STORY), str(folder / "b.wav"), str(folder / "c.wav")]) == 1
    printed = capsys.readouterr().out
    assert str(STORY) in printed
    assert "words/min" in printed
    assert {"  Filled pauses", "  Discourse markers", "  Story", "  One change for the next take"} <= {
        line[:32].rstrip() for line in printed.splitlines()
    }
    assert f"\n{folder / 'b.wav'}: no sound could be decoded" in printed
    assert printed.endswith(f"\n{folder / 'c.wav'}\n  I can't hear any speech\n")


def test_a_spreadsheet_has_one_row_a_recording(folder, tmp_path, capsys):
    assert main(["analyze", "--csv", str(tmp_path / "out.csv"), str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith(f"4 files, 3 measured, 1 failed: {tmp_path / 'out.csv'} has the reasons\n")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [Path(line["file"]).name for line in lines] == ["a.flac", "b.wav", "c.wav", ODD_NAME]
    assert lines[1]["error"].startswith("b.wav: no sound")
    assert lines[1]["word_count"] == ""
    assert float(lines[0]["word_count"]) > 0
    assert lines[0]["error"] == lines[2]["error"] == ""
    assert lines[2]["quality"], "a silent recording says why it has no numbers"
    assert set(METRICS) <= set(lines[0])


def test_a_spreadsheet_runs_no_formula(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_wav(tmp_path / "=cmd.wav", silence(0.5))
    main(["analyze", "--csv", "out.csv", "--", "=cmd.wav"])
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        [line] = csv.DictReader(file)
    assert line["file"] == "'=cmd.wav"


def test_a_spreadsheet_that_cannot_be_written_is_said_before_any_work(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(analyze, "_transcriber", None)
    assert main(["analyze", "--csv", str(tmp_path / "no folder" / "out.csv"), str(SHORT)]) == 1
    assert "out.csv cannot be written (No such file or directory); name another" in capsys.readouterr().err


def test_a_pipe_gets_objects_alone(folder):
    done = subprocess.run(
        [*REHEARSE, "analyze", "--json", str(folder)],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert done.returncode == 1
    assert [bool(json.loads(line)["file"]) for line in done.stdout.splitlines()] == [True] * 4


def test_three_words_are_a_recording_like_any_other(tmp_path, capsys):
    whole = audio.load(ANSWER)
    path = write_wav(tmp_path / "short.wav", Recording(whole.samples[: round(1.5 * 16_000)], 16_000))
    status, [row] = rows(capsys, path)
    assert status == 0
    assert row["story"]["type"] is None
    assert row["findings"] == []
