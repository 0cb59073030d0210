"""What never ends is refused in one sentence: a pipe that nobody writes into, a device."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import REHEARSE

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has neither named pipes in folders nor /dev/zero"
)

ROOT = Path(__file__).parent.parent
SENTENCE = "a pipe or a device, which may never end"


def run(folder: Path, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REHEARSE_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*REHEARSE, *arguments],
        cwd=folder,
        env=environment,
        input=given,
        stdin=None if given else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(params=["pipe", "zero"])
def endless(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name what never ends, without its ending."""
    for ending in ("wav", "toml", "csv", "txt", "jsonl", "zip"):
        if request.param == "pipe":
            os.mkfifo(tmp_path / f"pipe.{ending}")
        else:
            (tmp_path / f"zero.{ending}").symlink_to("/dev/zero")
    return str(request.param)


@pytest.mark.parametrize(
    "command",
    [
        "analyze {}.wav",
        "analyze --json {}.wav",
        "analyze --csv out.csv {}.wav",
        "analyze --transcript {}.jsonl",
        "questions check {}.toml",
        "questions check {}.csv",
        "questions new mine.toml --from {}.txt",
        "history import {}.zip",
    ],
)
def test_what_never_ends_is_refused_in_one_sentence(command: str, endless: str, tmp_path: Path) -> None:
    done = run(tmp_path, *command.format(endless).split())
    printed = done.stdout + done.stderr
    table = tmp_path / "out.csv"
    assert done.returncode == 1
    assert SENTENCE in printed + (table.read_text(encoding="utf-8") if table.exists() else "")
    assert "Traceback" not in printed


def test_answers_come_in_from_another_program() -> None:
    answers = json.dumps({"id": "a", "answer": "I led it."})
    command = [*REHEARSE, "analyze", "--json", "--transcript", "/dev/stdin"]
    done = subprocess.run(command, input=answers, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, "a")


@pytest.mark.parametrize("command", ["history export {}", "history export --force {}", "report --force --output {}"])
def test_a_device_is_never_replaced_by_a_file(command: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "device")
    done = run(tmp_path, *command.format("device").split())
    assert done.returncode == 1
    assert (tmp_path / "device").is_fifo()


def test_a_table_goes_into_a_pipe_as_it_comes(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_text('{"id": "a", "answer": "I led it."}')
    done = run(tmp_path, "analyze", "--csv", "/dev/stdout", "--transcript", "answers.jsonl")
    assert done.returncode == 0
    assert '"I led it."' in done.stdout
