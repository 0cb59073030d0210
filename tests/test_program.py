"""``rehearse`` as a program of its own: what it writes arrives, though it leaves without taking anything apart."""

import subprocess
from pathlib import Path

import pytest

from tests.served import REHEARSE


def test_what_was_printed_arrives_in_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    with out.open("w") as file:
        done = subprocess.run([*REHEARSE, "questions", "list"], stdout=file, check=False)
    assert done.returncode == 0
    assert out.read_text().count("\n") > 100


def test_a_failure_is_told_by_the_status_and_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run([*REHEARSE, "analyze", tmp_path / "no.wav"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no.wav: no such file" in done.stderr + done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_output_that_cannot_be_written_is_one_sentence_and_a_failure() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*REHEARSE, "models", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "rehearse: there is no room left on the disk: free some space, then try again\n"


def test_a_reader_that_has_enough_is_told_by_the_status_alone() -> None:
    with subprocess.Popen([*REHEARSE, "questions", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 141


def test_help_is_given_as_ever() -> None:
    done = subprocess.run([*REHEARSE, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("usage: rehearse")
