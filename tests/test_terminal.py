"""What is printed is shown, never obeyed: names, transcripts, imported text and questions may hold anything."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.storage.history import History
from tests.factories import QUESTION, attempt
from tests.served import REHEARSE
from tests.sounds import ANSWER

EVIL = "\x1b[2J\x1b]0;gotcha\x07\x9b31m\u202egnp\r\nrehearse: all is well\x7f"
OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SET = 'title = "{0}"\n[[questions]]\nid = "a"\nkind = "case"\nprompt = "Why {0}?"\n'


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """Give all that was printed; fail where a terminal would obey any of it, or a name made up a line."""
    found = capsys.readouterr()
    text = found.out + found.err
    assert OBEYED.findall(text) == []
    assert "\r\n" not in text
    assert "\nrehearse: all is well" not in text
    return text


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv", f"{EVIL}.csv"]])
def test_a_file_name_cannot_command_the_terminal(form: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("recordings")
    folder.mkdir()
    (folder / f"{EVIL}.wav").write_bytes(b"no sound")
    (folder / f"{EVIL}.flac").write_bytes(ANSWER.read_bytes())
    assert main(["analyze", *form, str(folder)]) == 1
    text = printed(capsys)
    assert ("\\u001b[2J" if form == ["--json"] else "\\x1b[2J") in text
    if form == ["--json"]:
        names = {Path(json.loads(line)["file"]).name for line in text.splitlines() if line.startswith("{")}
        assert names == {f"{EVIL}.wav", f"{EVIL}.flac"}


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_words_and_ids_that_were_given_cannot_command_the_terminal(
    form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = {"id": EVIL, "answer": f"When {EVIL} failed I rang the ward in 5 minutes. So we {EVIL} saved 20 %."}
    lines = [json.dumps(answer), json.dumps({"id": EVIL, "kind": EVIL, "answer": 1})]
    Path("answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["analyze", *form, "--transcript", "answers.jsonl"]) == 1
    printed(capsys)


def test_an_answer_that_was_imported_cannot_command_the_terminal(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = History(data / "history.db")
    history.add(replace(attempt("a"), question=replace(QUESTION, prompt=EVIL), model=EVIL))
    for command in (["history"], ["history", "--json"], ["history", "show", "a"], ["history", "show", EVIL]):
        main(command)
        printed(capsys)


def test_a_question_set_cannot_command_the_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = data / "question_sets"
    own.mkdir(parents=True)
    evil = json.dumps(EVIL)[1:-1].replace("\x7f", "\\u007f").replace("\x9b", "\\u009b")
    (own / "mine.toml").write_text(SET.format(evil), encoding="utf-8")
    (own / f"{EVIL}.toml").write_text("x", encoding="utf-8")
    assert main(["questions", "list"]) == 0
    assert "gotcha" in printed(capsys)
    main(["questions", "check", str(own / f"{EVIL}.toml")])
    printed(capsys)
    main(["questions", "new", f"{EVIL}.toml"])
    printed(capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        [EVIL],
        ["analyze", EVIL],
        ["analyze", "--model", EVIL, EVIL],
        ["analyze", "--marker", EVIL, EVIL],
        ["analyze", "--no-such-option", EVIL],
        ["--profile", EVIL, "history"],
        ["profiles", "new", EVIL],
        ["record", "--question", EVIL],
        ["record", "--device", EVIL, "--seconds", "1"],
        ["report", EVIL],
        ["history", "delete", EVIL, "--yes"],
        ["history", "import", EVIL],
        ["history", "export", f"{EVIL}/{EVIL}.zip"],
        ["models", "fetch", EVIL],
        ["models", "fetch", "base", "--source", EVIL],
        ["questions", "list", "--set", EVIL],
        ["questions", "new", "a.toml", "--from", EVIL],
    ],
)
def test_an_argument_cannot_command_the_terminal(
    arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if arguments[0] == "models":
        monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    with suppress(SystemExit):
        assert main(arguments) == 1
    assert "rehearse: " in printed(capsys)


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_terminal_that_lacks_a_character_gets_it_escaped(form: list[str]) -> None:
    Path("answers.jsonl").write_text('{"id": "Zo\u00eb \U0001f600", "answer": "I led it."}', encoding="utf-8")
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii:strict", "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [*REHEARSE, "analyze", *form, "--transcript", "answers.jsonl"]
    done = subprocess.run(command, env=narrow, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if form:
        assert json.loads(done.stdout)["id"] == "Zo\u00eb \U0001f600"
    else:
        assert done.stdout.startswith("Zo\\xeb \\U0001f600\n")
