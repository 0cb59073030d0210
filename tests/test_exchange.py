"""Everything of a profile goes into one file and comes out elsewhere the same, or not at all."""

import json
import sqlite3
import stat
import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rehearse.app.archive import Imported, export, restore
from rehearse.model import Origin
from rehearse.storage.history import History, entry_text
from rehearse.storage.takes import TakeStore
from tests.factories import QUESTION, attempt


@dataclass
class Place:
    """One profile's folder."""

    folder: Path

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.store = TakeStore(self.folder / "takes")
        self.history = History(self.folder / "history.db")
        self.sets = self.folder / "question_sets"

    def export(self, target):
        return export(self.store, self.history, self.sets, target)

    def restore(self, source, **how):
        with source.open("rb") as file:
            return restore(self.store, self.history, self.sets, file, source.name, **how)

    def rows(self):
        with closing(sqlite3.connect(self.history.path)) as connection:
            return [line for line in connection.iterdump() if line.startswith("INSERT")]

    def files(self):
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path != self.history.path
        }


@pytest.fixture
def here(tmp_path):
    """An analysed take with all that can hang on it, one not analysed, documents, and a question set."""
    place = Place(tmp_path / "here")
    take = place.store.save(b"sound", suffix=".flac", question=QUESTION, origin=Origin("upload"), name="Zoë.flac")
    place.history.add(attempt(take.id))
    place.history.add(replace(attempt(take.id, model="base.en"), origin=Origin("upload")), keep_replaced=True)
    place.history.describe(take.id, title="Mine", note="A note", tags=("a", "b"), rating=3, told_before=True)
    place.store.save(b"other sound", suffix=".wav", origin=Origin("browser", "Desk"))
    place.history.documents.put("draft", "r", {"step": 1, "words": ["Zoë", None]})
    place.sets.mkdir()
    (place.sets / "mine.txt").write_text("Why us?\n", encoding="utf-8")
    return place


@pytest.fixture
def there(tmp_path):
    return Place(tmp_path / "there")


@pytest.fixture
def zipped(here, tmp_path):
    here.export(tmp_path / "answers.zip")
    return tmp_path / "answers.zip"


def changed(source, **members):
    """Write the export again with members replaced, added, or with None left out; ``__`` stands for a slash."""
    told = {name.replace("__", "/").replace("_json", ".json"): data for name, data in members.items()}
    with zipfile.ZipFile(source) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    kept = {name: data for name, data in {**kept, **told}.items() if data is not None}
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as new:
        for name, data in kept.items():
            new.writestr(name, data)
    return target


def refused(place, source, sentence):
    """Look that nothing at all of a bad file stays, and that one sentence says what is wrong with it."""
    before, rows = place.files(), place.rows()
    with pytest.raises(ValueError, match=sentence) as error:
        place.restore(source)
    assert str(error.value).startswith(f"{source.name} cannot be imported: ")
    assert "\n" not in str(error.value)
    assert (place.files(), place.rows()) == (before, rows)


def test_an_export_gives_the_same_files_and_rows_elsewhere(here, there, zipped):
    assert there.restore(zipped) == Imported(answers=1, takes=2, documents=1, question_sets=1, skipped=0)
    assert there.files() == here.files()
    assert there.rows() == here.rows()
    assert there.store.all()[0].recorded_at == here.store.all()[0].recorded_at


def test_an_export_can_be_read_without_rehearse_and_by_its_owner_alone(here, zipped):
    assert stat.S_IMODE(zipped.stat().st_mode) == 0o600
    with zipfile.ZipFile(zipped) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        table = archive.read("answers.csv").decode("utf-8-sig").splitlines()
    assert (manifest["format"], manifest["schema"], manifest["answers"], manifest["takes"]) == (
        "rehearse export",
        1,
        1,
        2,
    )
    assert table[0].startswith("id,spoken_at,question,prompt,kind,duration,model,story,title,tags,rating,speech_rate")
    assert ',"Mine","a, b",3,141.5,' in table[1]
    (answer,) = here.history.ids()
    assert {f"answers/{answer}.json", f"takes/{answer}/audio.flac", f"takes/{answer}/take.json"} <= set(names)


def test_what_is_here_already_stays_unless_it_is_to_be_replaced(here, zipped):
    (answer,) = here.history.ids()
    here.history.describe(answer, title="Newer", tags=())
    here.history.documents.put("draft", "r", {"step": 2})
    (here.store.get(answer).audio).write_bytes(b"cut")
    (here.sets / "mine.txt").write_text("Newer?\n", encoding="utf-8")
    before, rows = here.files(), here.rows()
    assert here.restore(zipped) == Imported(0, 0, 0, 0, skipped=5)
    assert (here.files(), here.rows()) == (before, rows)
    assert here.restore(zipped, replace=True) == Imported(1, 2, 1, 1, skipped=0)
    assert here.history.about(answer).title == "Mine"
    assert here.history.documents.get("draft", "r")["step"] == 1
    assert here.store.get(answer).audio.read_bytes() == b"sound"
    assert (here.sets / "mine.txt").read_text(encoding="utf-8") == "Why us?\n"


def test_an_empty_profile_goes_through_too(there, tmp_path):
    there.export(tmp_path / "empty.zip")
    assert there.restore(tmp_path / "empty.zip") == Imported(0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.json",
        "/etc/evil",
        "takes/../evil/audio.wav",
        "takes/20250314T092653000Z-00000000/../../x",
        "takes/20250314T092653000Z-00000000/run.sh",
        "takes/99999999T999999999Z-00000000/audio.wav",
        "answers/..json",
        "answers/take-1.json",
        "question_sets/..\\evil.toml",
        "question_sets/.hidden.toml",
        "question_sets/sub/evil.toml",
        "question_sets/evil.exe",
        "C:\\evil",
        "history.db",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(there, zipped, name):
    refused(there, changed(zipped, **{name: b"x"}), "which no export does")


def test_a_file_that_would_fill_the_disk_is_refused(there, zipped, tmp_path):
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(zipped.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("takes/20250314T092653000Z-00000000/audio.wav", bytes(50_000_000))
    refused(there, bomb, "it would unfold to 10 files and 50,[0-9,]+ bytes, far more than any export")


def test_an_export_larger_than_the_free_disk_is_refused(there, zipped, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(OSError, match=r"there is no room for it: it needs [0-9,]+ bytes"):
        there.restore(zipped)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(there, zipped, share):
    data = zipped.read_bytes()
    short = zipped.with_name("short.zip")
    short.write_bytes(data[: int(len(data) * share)])
    refused(there, short, "not an export, or it is damaged or cut short")


def test_a_file_with_one_changed_byte_is_refused(there, zipped):
    data = zipped.read_bytes()
    zipped.write_bytes(data.replace(b"other sound", b"other round"))
    refused(there, zipped, "damaged or cut short")


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"manifest_json": None}, "a ZIP file, but not an export from rehearse"),
        ({"manifest_json": b"[" * 100_000}, "not an export"),
        ({"manifest_json": b"{"}, "a ZIP file, but not an export from rehearse"),
        (
            {"manifest_json": b'{"format": "rehearse export", "schema": 2}'},
            "has schema 2, and this rehearse reads schema 1",
        ),
        ({"documents_json": None}, r"documents\.json is missing"),
        ({"documents_json": b'[{"kind": 1}]'}, r"the documents cannot be read: 0\.kind"),
        ({"documents_json": b'[{"kind":"a","name":"b","saved_at":"","data":{"x":NaN}}]'}, "the a b cannot be kept"),
        ({"takes__20250314T092653000Z-00000000__take_json": b"{}"}, "has not one file of sound"),
    ],
)
def test_a_file_with_a_wrong_part_is_refused(there, zipped, members, sentence):
    refused(there, changed(zipped, **members), sentence)


def test_an_answer_that_is_missing_or_wrong_is_refused(here, there, zipped):
    (answer,) = here.history.ids()
    name = f"answers/{answer}.json"
    refused(there, changed(zipped, **{name: None}), "it should hold 1 answers and holds 0: part of it is missing")
    refused(there, changed(zipped, **{name: b"{}"}), rf"{name} in it is no analysed answer: attempt: Field required")
    text = entry_text(here.history.entry(answer)).replace('"version":2', '"version":1')
    for old, new, sentence in [
        (answer, "20250314T092653000Z-00000000", "under another name"),
        ("2025-03-14T09", "0001-03-14T09", "not a time that can be shown"),
        ('"audio":"audio.wav"', '"audio":"../../etc/passwd"', "not a name that a recording can have"),
        ('"version":1', f'"version":{10**30}', "damaged|no analysed answer"),
        ('"metric":"filled_pause_rate"', '"metric":"speech_rate"', "one measurement twice"),
    ]:
        assert old in text
        refused(there, changed(zipped, **{name: text.replace(old, new)}), sentence)


def test_notes_that_are_wrong_are_refused(here, there, zipped):
    (answer,) = here.history.ids()
    name = f"takes/{answer}/take.json"
    for notes in (
        b"[]",
        b'{"schema": 1, "name": 5}',
        b'{"question": {"id": "a", "prompt": 5, "kind": "case"}}',
        b"\xff",
    ):
        refused(there, changed(zipped, **{name: notes}), rf"{name} in it is no notes of a recording")


def test_a_name_that_stands_twice_or_a_locked_file_is_refused(there, zipped):
    with zipfile.ZipFile(zipped, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("documents.json", "[]")
    refused(there, zipped, "it holds 'documents.json' twice")


def test_a_file_locked_with_a_password_is_refused(there, zipped):
    data = bytearray(zipped.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    zipped.write_bytes(data)
    refused(there, zipped, "locked with a password")


@pytest.mark.parametrize("how", [{}, {"replace": True}])
def test_an_import_that_fails_halfway_takes_everything_back(here, there, zipped, monkeypatch, how):
    place = here if how else there
    before, rows = place.files(), place.rows()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rehearse.app.archive.importing.write_safely", full)
    with pytest.raises(OSError, match="no room left on the disk"):
        place.restore(zipped, **how)
    assert (place.files(), place.rows()) == (before, rows)


def test_an_export_that_cannot_be_written_leaves_the_old_one(here, tmp_path, monkeypatch):
    target = tmp_path / "answers.zip"
    target.write_bytes(b"older")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="no room left on the disk"):
        here.export(target)
    assert target.read_bytes() == b"older"
    assert not list(tmp_path.glob("*.tmp"))
