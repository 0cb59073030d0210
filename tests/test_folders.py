"""What is measured in a folder and taken as an upload, and what is said of the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rehearse import audio
from rehearse.audio.formats import SUFFIXES
from rehearse.cli import main
from rehearse.storage.takes import is_take_file
from tests.sounds import ANSWER

README = Path(__file__).parent.parent / "README.md"
PHONES_AND_CAMERAS = [
    "caf",
    "qta",
    "m4v",
    "weba",
    "mka",
    "avi",
    "wmv",
    "3ga",
    "mp2",
    "ts",
    "au",
    "w64",
    "mov",
    "aac",
    "3gp",
    "aiff",
    "oga",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder as a Mac, a camera and a network drive leave it."""
    root = tmp_path / "answers"
    for name in ("anna.flac", "day two/ben.MOV"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ANSWER, root / name)
    for name in ("._anna.flac", ".Trashes/501/old.wav", "__MACOSX/._ben.mov", "day two/@eaDir/ben.mov", ".hidden.mp3"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"no sound")
    return root


def test_what_systems_leave_in_a_folder_is_no_recording(folder):
    assert [file.name for file in audio.recordings(folder)] == ["anna.flac", "ben.MOV"]
    assert audio.left_out(folder) == ()


def test_a_file_named_outright_is_read_however_it_is_called(folder):
    hidden = folder / "._answer"
    shutil.copy(ANSWER, hidden)
    assert audio.recordings(hidden) == (hidden,)
    assert audio.recordings(folder / ".hidden.mp3") == (folder / ".hidden.mp3",)


def test_a_hidden_folder_named_outright_is_read(folder):
    assert [file.name for file in audio.recordings(folder / ".Trashes")] == ["old.wav"]


@pytest.mark.parametrize("ending", PHONES_AND_CAMERAS)
def test_what_phones_and_cameras_write_is_found_and_kept(ending, tmp_path):
    file = tmp_path / f"answer.{ending.upper()}"
    file.write_bytes(b"")
    assert audio.recordings(tmp_path) == (file,)
    assert is_take_file(f"audio.{ending}")


def test_what_a_folder_holds_besides_is_counted_and_named(folder, tmp_path, capsys):
    for name in ("answer.voc", "answer.RA", "answer", "notes.txt", "plan.PDF", "face.jpg"):
        (folder / name).write_bytes(b"text")
    assert main(["analyze", "--csv", str(tmp_path / "table.csv"), str(folder)]) == 0
    assert capsys.readouterr().err.startswith(
        "3 files left out, not named like recordings (endings: .ra, .voc, none); name a file itself to have it read\n"
    )


def test_the_endings_in_the_document_are_those_of_the_program():
    listed = README.read_text(encoding="utf-8").partition("ends in ")[2].partition(".\n")[0]
    assert listed.replace("\n", " ").split(", ") == sorted(ending.removeprefix(".") for ending in SUFFIXES)
