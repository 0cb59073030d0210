"""Your data: what is kept, taking it elsewhere, two people apart, and deleting it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rehearse.app.archive import export
from rehearse.app.recount_markers import is_outdated
from rehearse.events.markers import MARKERS
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.storage import profiles
from rehearse.storage.history import History
from rehearse.storage.retention import old_sound_days
from tests.pages.driving import HOSTILE, open_page, shown, taken


def import_(at: AppTest, path: Path) -> AppTest:
    at.text_input(key="import_path").input(str(path))
    at.button(key="import_yes").click().run()
    assert not at.exception
    return at


def test_an_export_made_here_brings_back_what_was_deleted(tmp_path: Path) -> None:
    take_id = taken(services())
    before = services().history.get(take_id)
    at = open_page(routes.YOUR_DATA)
    at.text_input(key="export_folder").input(str(tmp_path))
    at.button(key="export_yes").click().run()
    [exported] = tmp_path.glob("rehearse-*.zip")
    assert exported.name in at.success[0].value.replace("\\", "")
    services().delete(take_id)
    import_(at, exported)
    assert at.success[0].value == "2 items imported: 1 recording, 1 analysed answer."
    import_(at, exported)
    assert at.success[0].value == "Nothing new was imported. 2 items were already here and stayed as they were."
    assert services().history.get(take_id) == before


def test_an_export_can_be_uploaded_and_what_is_here_stays_or_is_replaced(tmp_path: Path) -> None:
    take_id = taken(services())
    shared = services()
    export(shared.store, shared.history, shared.question_sets, tmp_path / "answers.zip")
    shared.history.describe(take_id, title="Newer")
    at = open_page(routes.YOUR_DATA)
    for replace, title in ((False, "Newer"), (True, "")):
        uploaded = ("answers.zip", (tmp_path / "answers.zip").read_bytes(), "application/zip")
        at.file_uploader(key="import_file").set_value([uploaded])
        at.checkbox(key="import_replace").set_value(replace)
        at.button(key="import_yes").click().run()
        assert not at.exception
        assert ("2 items were already here" in at.success[0].value) is not replace
        assert shared.history.about(take_id).title == title


def test_what_comes_in_and_what_stays_add_up(tmp_path: Path) -> None:
    shared = services()
    first = taken(shared)
    taken(shared)
    for name in ("one", "two"):
        shared.history.documents.put("draft", name, {})
    export(shared.store, shared.history, shared.question_sets, tmp_path / "answers.zip")
    shared.delete(first)
    shared.history.documents.delete("draft", "one")
    at = import_(open_page(routes.YOUR_DATA), tmp_path / "answers.zip")
    assert at.success[0].value == (
        "3 items imported: 1 recording, 1 analysed answer, 1 note on rounds, preparation or settings. "
        "3 items were already here and stayed as they were."
    )
    assert is_outdated(shared.history, MARKERS), "answers from elsewhere may be counted with other words"


def test_what_is_too_large_for_a_download_is_written_into_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    taken(services())
    at = open_page(routes.YOUR_DATA)
    assert at.get("download_button")
    assert at.markdown[0].value.startswith("Everything you practise"), "no sentence for programmers is shown"
    monkeypatch.setattr("rehearse.storage.retention.DiskUse.total", 600_000_000)
    at = open_page(routes.YOUR_DATA)
    assert not at.get("download_button")
    assert "600 MB is too much to download at once" in shown(at)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "choose a file first"), ("no.zip", "no.zip cannot be read"), ("bad.zip", "bad.zip cannot be imported")],
)
def test_a_file_that_cannot_come_in_is_one_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    at = open_page(routes.YOUR_DATA)
    at.text_input(key="import_path").input(str(tmp_path / name) if name else "")
    at.button(key="import_yes").click().run()
    assert sentence in at.error[0].value.replace("\\", "")


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    at = open_page(routes.YOUR_DATA)
    at.text_input(key="export_folder").input(str(tmp_path / "nowhere"))
    at.button(key="export_yes").click().run()
    assert "is not a folder on this computer" in at.error[0].value


def test_the_rule_for_old_sound_is_off_until_it_is_chosen() -> None:
    taken(services())
    at = open_page(routes.YOUR_DATA)
    assert old_sound_days(services().history.documents) is None
    at.selectbox(key="old_sound").select(90).run()
    assert old_sound_days(services().history.documents) == 90
    assert "1 recording older than that" in at.warning[0].value
    assert len(services().store.ids()) == 1
    at.selectbox(key="old_sound").select(0).run()
    assert not at.warning
    assert old_sound_days(services().history.documents) is None


def test_deleting_everything_asks_twice_and_leaves_no_file_and_no_row(data: Path) -> None:
    taken(services())
    services().history.documents.put("round", "r", {})
    at = open_page(routes.YOUR_DATA)
    at.button(key="delete_all").click().run()
    assert "1 recording, 1 analysed answer," in shown(at)
    assert services().history.ids()
    at.button(key="delete_all_yes").click()
    at.button(key="delete_all").click().run()  # AppTest reruns the whole page, and the dialog with it
    assert not at.exception
    assert (services().history.ids(), services().history.documents.everything()) == (frozenset(), ())
    assert [path.name for path in data.rglob("*") if path.is_file()] == ["history.db"]
    assert "Every answer you record is stored here" in shown(at)


def test_two_people_keep_their_answers_apart(data: Path) -> None:
    taken(services())
    at = open_page(routes.YOUR_DATA)
    assert len(at.selectbox) == 1
    at.text_input(key="profile_name").input(HOSTILE[:40])
    at.button(key="profile_make").click().run()
    assert not at.exception
    assert "<img" not in shown(at).replace("\\<", "")
    made = profiles.find(HOSTILE[:40])
    assert profiles.last_used() == made
    at.switch_page(routes.LIBRARY).run()
    assert "Every answer you record is stored here" in shown(at)
    assert (made.folder / "history.db").exists()
    at.selectbox(key="profile_to_show").select(profiles.FIRST).run()
    assert len([button for button in at.button if str(button.key).startswith("open_")]) == 1
    assert History(data / "history.db").count() == 1
    assert profiles.last_used().key == profiles.FIRST


def test_a_profile_is_renamed_and_removed_with_everything_in_it() -> None:
    made = profiles.create("Ana")
    profiles.remember(made)
    History(made.folder / "history.db")
    at = open_page(routes.YOUR_DATA)
    at.text_input(key="profile_own_name").input("Anna")
    at.button(key="profile_rename_yes").click().run()
    assert profiles.find("anna").folder == made.folder
    at.button(key="profile_remove").click().run()
    at.button(key="profile_remove_yes").click()
    at.button(key="profile_remove").click().run()
    assert not at.exception
    assert not made.folder.exists()
    assert len(profiles.profiles()) == 1


def test_a_profile_named_at_the_start_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_PROFILE", "Nobody")
    at = open_page(routes.LIBRARY)
    assert "there is no profile 'Nobody'" in at.error[0].value.replace("\\", "")
