"""``rehearse analyze --transcript``: answers that are text already."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main
from rehearse.questions import shipped_questions

PARTS = ("situation", "task", "action", "result", "quantified")


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    """Run the command with ``--json``; every line of standard output has to be an object."""
    status = main(["analyze", "--json", *map(str, arguments)])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def written(place: Path, *answers: object) -> Path:
    """Write JSON Lines; text as it stands."""
    path = place / "answers.jsonl"
    lines = [answer if isinstance(answer, str) else json.dumps(answer) for answer in answers]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_answers_that_are_text_are_judged_without_sound(tmp_path, capsys):
    told = "Um, last March our till broke. I, uh, rang the supplier and wrote the receipts by hand. We lost no sale."
    path = written(tmp_path, {"id": "x", "kind": "behavioral", "answer": told}, {"id": 7, "answer": ""})
    status, [first, second] = rows(capsys, "--transcript", path)
    assert status == 0
    assert (first["id"], second["id"]) == ("x", 7)
    assert set(first) >= {"id", "fillers", "measurements", "story", "findings"}
    pauses = [filler for filler in first["fillers"] if filler["kind"] == "filled_pause"]
    assert [(filler["text"], told.split()[filler["index"]]) for filler in pauses] == [("um", "Um,"), ("uh", "uh,")]
    assert first["measurements"]["speech_rate"]["value"] is None
    assert first["measurements"]["word_count"]["value"] == 19
    assert first["story"]["type"] == "story"
    for part in PARTS:
        for span in first["story"][part]:
            assert told[int(span["start"]) : int(span["end"])] == span["text"]
    assert second["story"]["type"] is None
    assert second["fillers"] == second["findings"] == []


def test_the_question_of_the_command_is_that_of_every_line_that_names_none(tmp_path, capsys):
    asked = next(q for q in shipped_questions() if q.kind == "own_question")
    told = "No, I think you have covered everything I wanted to know, thank you very much for your time today."
    lines = [{"answer": told}, {"answer": told, "kind": "behavioral"}, {"answer": told, "kind": "own_question"}]
    path = written(tmp_path, *lines)
    _, [bare, named, plain] = rows(capsys, "--transcript", path)
    status, [decided, own, same] = rows(capsys, "--transcript", path, "--question", asked.id)
    assert status == 0
    assert decided["findings"] == same["findings"] == plain["findings"] != bare["findings"]
    assert own["findings"] == named["findings"]


def test_a_question_of_the_command_that_nobody_knows_is_said(tmp_path, capsys):
    path = written(tmp_path, {"answer": "I led it."})
    assert main(["analyze", "--json", "--transcript", str(path), "--question", "no-such"]) == 1
    assert "there is no question 'no-such'" in capsys.readouterr().err


def test_a_wrong_line_keeps_its_id_and_is_told_in_our_own_words(tmp_path, capsys):
    path = written(tmp_path, {"id": "x"}, {"id": 2, "answer": "I led it.", "question": 9}, "I led it.")
    _, [bare, asked, text] = rows(capsys, "--transcript", path)
    assert [row["id"] for row in (bare, asked, text)] == ["x", 2, None]
    assert bare["error"] == 'line 1: expected a JSON object with an "answer" that is text'
    assert asked["error"] == 'line 2: "question" has to be text such as "Why us?" (got 9)'
    assert text["error"] == 'line 3: not JSON; write one object per line, such as {"id": 1, "answer": "..."}'


def test_people_read_what_text_can_tell_and_nothing_else(tmp_path, capsys):
    told = "Um, last March our till broke. I rang the supplier and wrote the receipts by hand. We lost no sale."
    assert main(["analyze", "--transcript", str(written(tmp_path, {"id": "x", "answer": told}))]) == 0
    name, *lines = capsys.readouterr().out.splitlines()
    assert name == "x"
    assert [line.split("  ")[1] for line in lines[:3]] == ["Words", "Filled pauses per 100 words", "Story"]
    assert lines[0].endswith("  19 words")
    assert lines[1].endswith("  5.3 per 100 words")
    assert not any("not judged" in line for line in lines)


def test_a_text_without_words_is_said_to_have_none(tmp_path, capsys):
    assert main(["analyze", "--transcript", str(written(tmp_path, {"id": "x", "answer": " "}))]) == 0
    assert capsys.readouterr().out == "x\n  there are no words\n"


def test_a_spreadsheet_has_the_answer_that_came_as_text(tmp_path):
    path, table = written(tmp_path, {"id": "x", "answer": "I led it."}), tmp_path / "out.csv"
    assert main(["analyze", "--csv", str(table), "--transcript", str(path)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        [line] = csv.DictReader(file)
    assert (line["id"], line["transcript"], line["quality"]) == ("x", "I led it.", "")


def test_help_says_what_a_line_of_text_has(capsys):
    with pytest.raises(SystemExit):
        main(["analyze", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert all(f'"{field}"' in said for field in ("id", "question", "kind", "answer"))


def test_a_broken_line_is_one_row_with_its_number(tmp_path, capsys):
    good = {"id": 1, "answer": "I led it."}
    path = written(tmp_path, good, "{broken", "[]", {"id": 4}, {"id": 5, "answer": 3}, "", {**good, "kind": 9}, good)
    status, found = rows(capsys, "--transcript", path)
    assert status == 1
    assert ["error" in row for row in found] == [False, True, True, True, True, True, False]
    assert [row["error"].split(":")[0] for row in found[1:6]] == ["line 2", "line 3", "line 4", "line 5", "line 7"]


def test_an_answer_without_an_id_is_named_by_its_line(tmp_path, capsys):
    path = written(tmp_path, {"id": "x", "answer": "I led it."}, "", {"answer": "I led it."}, {"id": 0, "answer": ""})
    assert main(["analyze", "--transcript", str(path)]) == 0
    heads = [line for line in capsys.readouterr().out.splitlines() if line[0] != " "]
    assert heads == ["x", "line 3", "0"]


def test_what_failed_is_counted_beside_the_pipe(tmp_path, capsys):
    path = written(tmp_path, {"answer": "I led it."}, "{broken")
    assert main(["analyze", "--json", "--transcript", str(path)]) == 1
    assert capsys.readouterr().err == '2 answers, 1 measured, 1 failed: each has its reason under "error"\n'


def test_a_spreadsheet_that_exists_is_replaced_only_when_forced(tmp_path, capsys):
    mine = tmp_path / "out.csv"
    mine.write_text("mine")
    text = ["--transcript", str(written(tmp_path, {"answer": "I led it."}))]
    assert main(["analyze", "--csv", str(mine), *text]) == 1
    assert "exists already: name another file, or replace it with --force" in capsys.readouterr().err
    assert mine.read_text() == "mine"
    assert main(["analyze", "--csv", str(mine), "--force", *text]) == 0
    assert capsys.readouterr().err == f"1 answer measured: {mine}\n"
    assert "mine" not in mine.read_text()
