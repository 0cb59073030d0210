"""Whatever an export writes can be imported, whatever else happens meanwhile and however the files are called."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rehearse.app.archive import Exported, Imported, export, restore_file
from rehearse.model import Origin
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests.factories import attempt

TAKE = "20250314T092653000Z-00000000"


def elsewhere(tmp_path: Path, zipped: Path) -> tuple[TakeStore, Path, Imported]:
    """Import into a new profile; give its takes, its question sets and what was done."""
    there = tmp_path / "there"
    there.mkdir()
    other = TakeStore(there / "takes")
    done = restore_file(other, History(there / "history.db"), there / "question_sets", zipped)
    return other, there / "question_sets", done


@pytest.mark.parametrize("listed", [True, False])
def test_a_take_deleted_while_it_is_exported_is_not_counted(tmp_path: Path, history: History, *, listed: bool) -> None:
    class Meanwhile(TakeStore):
        """Another process deletes one of the takes, once its files are listed or just before."""

        def files(self, take_id: str) -> tuple[Path, ...]:
            before = super().files(take_id)
            if take_id == gone.id:
                self.delete(take_id)
            return before if listed else super().files(take_id)

    store = Meanwhile(tmp_path / "takes")
    kept, gone = (store.save(b"sound", suffix="wav", origin=Origin("upload")) for _ in range(2))
    zipped = tmp_path / "answers.zip"
    assert export(store, history, tmp_path / "question_sets", zipped) == Exported(0, 1, 0, 0)
    other, _, done = elsewhere(tmp_path, zipped)
    assert done.takes == 1
    assert other.ids() == (kept.id,)


@pytest.mark.parametrize(
    "name", ["What next?.txt", 'a:b|c*<d>"e.csv', "Ein\u00a0Satz.TXT", "\U0001f469\u200d\U0001f680.txt", "mine..txt"]
)
def test_a_question_set_of_any_name_that_a_folder_can_have_goes_through(
    tmp_path: Path, store: TakeStore, history: History, name: str
) -> None:
    sets = tmp_path / "question_sets"
    sets.mkdir()
    (sets / name).write_text("Why us?\n", encoding="utf-8")
    export(store, history, sets, tmp_path / "answers.zip")
    _, folder, done = elsewhere(tmp_path, tmp_path / "answers.zip")
    assert done.question_sets == 1
    assert (folder / name).read_text(encoding="utf-8") == "Why us?\n"


@pytest.mark.parametrize("name", ["a\\b.txt", "a\nb.txt", "\x1b[31mred.txt", "\udcff.txt"])
def test_a_question_set_whose_name_no_import_would_take_is_named_and_no_export_made(
    tmp_path: Path, store: TakeStore, history: History, name: str
) -> None:
    sets = tmp_path / "question_sets"
    sets.mkdir()
    (sets / name).write_text("Why us?\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"^the question set '.*' cannot be exported under this name: rename the file$"
    ):
        export(store, history, sets, tmp_path / "answers.zip")
    assert not (tmp_path / "answers.zip").exists()


@pytest.mark.parametrize(
    "name", ["a\\b.txt", "..\\evil.txt", "a\nb.txt", "\x1b[31mred.txt", ".hidden.txt", "..", "sub/evil.txt"]
)
def test_a_question_set_of_a_name_that_leads_elsewhere_or_hides_something_is_refused(
    tmp_path: Path, store: TakeStore, history: History, name: str
) -> None:
    zipped = tmp_path / "answers.zip"
    export(store, history, tmp_path / "question_sets", zipped)
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.writestr(f"question_sets/{name}", "Why us?")
    with pytest.raises(ValueError, match="which no export does"):
        elsewhere(tmp_path, zipped)
    assert not list(tmp_path.rglob("*.txt"))


@pytest.mark.parametrize("metric", ['=HYPERLINK("http://x","y")', "\x1b[31mred", "", "speech rate", "größe"])
@pytest.mark.parametrize("earlier", [True, False])
def test_a_measurement_whose_name_a_table_or_a_terminal_would_follow_is_refused(
    tmp_path: Path, store: TakeStore, history: History, metric: str, *, earlier: bool
) -> None:
    history.add(attempt(TAKE, values={metric: 1.0}))
    if earlier:
        history.add(attempt(TAKE), keep_replaced=True)
    export(store, history, tmp_path / "question_sets", tmp_path / "answers.zip")
    with pytest.raises(ValueError, match=r"no analysed answer: .* is not the name of a measurement$"):
        elsewhere(tmp_path, tmp_path / "answers.zip")
    assert History(tmp_path / "there" / "history.db").ids() == frozenset()


def test_a_measurement_that_only_a_newer_rehearse_knows_comes_in(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    history.add(attempt(TAKE, values={"Invented_2030": 1.0}))
    export(store, history, tmp_path / "question_sets", tmp_path / "answers.zip")
    assert elsewhere(tmp_path, tmp_path / "answers.zip")[2].answers == 1
