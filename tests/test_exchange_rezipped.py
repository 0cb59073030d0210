"""An export that was unpacked and packed again, by whatever system, comes in like the one that was written."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.app.archive import Imported, export, restore_file
from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories

Names = Callable[[str], str]
LEFT = {
    "mac": ("{}.DS_Store", "{}takes/.DS_Store", "__MACOSX/._{}manifest.json", "{}takes/._audio.wav", "{}Icon\r"),
    "windows": ("{}Thumbs.db", "{}takes/desktop.ini", "{}takes/THUMBS.DB", "$RECYCLE.BIN/x"),
    "other": ("{}@eaDir/a.json", "{}.directory", ".Trashes/501/x", ".fseventsd/0001"),
}


@pytest.fixture
def zipped(tmp_path: Path, store: TakeStore, history: History) -> Path:
    """Export an analysed answer with its sound, a document and a question set."""
    take = store.save(b"sound", suffix=".wav", question=factories.QUESTION, origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    history.documents.put("draft", "r", {"step": 1})
    (tmp_path / "question_sets").mkdir()
    (tmp_path / "question_sets" / "Zoë.txt").write_text("Why us?\n", encoding="utf-8")
    export(store, history, tmp_path / "question_sets", tmp_path / "answers.zip")
    return tmp_path / "answers.zip"


def again(zipped: Path, named: Names, *left: str, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack the export again under other names, with further files."""
    target = zipped.with_name("again.zip")
    with zipfile.ZipFile(zipped) as old, zipfile.ZipFile(target, "w", packing) as new:
        for name in old.namelist():
            new.writestr(named(name), old.read(name))
        for name in left:
            new.writestr(name, b"x")
    return target


def come_in(folder: Path, zipped: Path) -> Imported:
    folder.mkdir()
    store, history = TakeStore(folder / "takes"), History(folder / "history.db")
    done = restore_file(store, history, folder / "question_sets", zipped)
    assert [path.name for path in (folder / "question_sets").iterdir()] == ["Zoë.txt"]
    assert set(store.ids()) == history.ids()
    return done


@pytest.mark.parametrize("around", ["", "./", "answers/", "answers 2/", "Desktop/answers/", "./a/b/c/"])
@pytest.mark.parametrize("system", LEFT)
def test_an_export_with_folders_around_it_and_what_a_system_left_there_comes_in(
    tmp_path: Path, zipped: Path, around: str, system: str
) -> None:
    left = [name.format(around) for name in LEFT[system]]
    target = again(zipped, lambda name: f"{around}{name}", *left, around or "folder/")
    assert come_in(tmp_path / "there", target) == Imported(1, 1, 1, 1, 0)


@pytest.mark.parametrize("around", ["", "answers\\"])
def test_an_export_packed_with_backslashes_comes_in(tmp_path: Path, zipped: Path, around: str) -> None:
    target = again(zipped, lambda name: around + name.replace("/", "\\"), f"{around}takes\\", f"{around}Thumbs.db")
    assert come_in(tmp_path / "there", target) == Imported(1, 1, 1, 1, 0)


def test_a_question_set_whose_accents_a_mac_wrote_apart_keeps_its_name(tmp_path: Path, zipped: Path) -> None:
    target = again(zipped, lambda name: f"x/{unicodedata.normalize('NFD', name)}")
    assert come_in(tmp_path / "there", target).question_sets == 1


@pytest.mark.parametrize(
    "name",
    [
        "other/notes.txt",
        "../evil.txt",
        "answers/../evil.txt",
        "/etc/evil",
        "answers\\..\\..\\evil.txt",
        "C:\\evil.txt",
        "answers/takes/..\\..\\evil.wav",
        "answers/manifest.json/x",
        "answers/x/manifest.json",
        "answers/.hidden",
    ],
)
def test_a_file_that_belongs_to_no_export_is_still_refused(tmp_path: Path, zipped: Path, name: str) -> None:
    target = again(zipped, lambda inside: f"answers/{inside}", name)
    with pytest.raises(ValueError, match="which no export does"):
        come_in(tmp_path / "there", target)
    assert not list(tmp_path.rglob("*evil*"))


def test_two_files_that_become_one_name_are_refused(tmp_path: Path, zipped: Path) -> None:
    target = again(zipped, lambda name: name, ".\\documents.json")
    with pytest.raises(ValueError, match=r"it holds 'documents\.json' twice"):
        come_in(tmp_path / "there", target)


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("cut", [None, 10])
def test_an_export_packed_in_an_unusual_way_is_refused_in_one_sentence(
    tmp_path: Path, zipped: Path, packing: int, cut: int | None
) -> None:
    target = again(zipped, lambda name: name, packing=packing)
    if cut:
        data = bytearray(target.read_bytes())
        data[60:90] = bytes(30)
        target.write_bytes(bytes(data))
    with pytest.raises(ValueError, match=r"^again\.zip cannot be imported: it is packed in an unusual way"):
        come_in(tmp_path / "there", target)


def test_a_name_that_is_no_text_is_refused_without_words_of_a_codec(tmp_path: Path, zipped: Path) -> None:
    data = zipped.read_bytes().replace("Zoë".encode(), b"Zo\xff\xfe")
    (tmp_path / "bad.zip").write_bytes(data)
    with pytest.raises(ValueError, match=r"damaged or cut short") as refused:
        come_in(tmp_path / "there", tmp_path / "bad.zip")
    assert "codec" not in str(refused.value)


def test_a_file_that_points_to_before_its_own_beginning_is_refused_without_a_number_of_the_system(
    tmp_path: Path, zipped: Path
) -> None:
    data = bytearray(zipped.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (len(data) * 2).to_bytes(4, "little")
    (tmp_path / "bad.zip").write_bytes(bytes(data))
    with pytest.raises(ValueError, match=r"damaged or cut short") as refused:
        come_in(tmp_path / "there", tmp_path / "bad.zip")
    assert "Errno" not in str(refused.value)
