"""A rule that deletes sound is the person's own: none comes in with a file from elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.app.archive import export, restore_file
from rehearse.cli import main
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.storage.history import History
from rehearse.storage.retention import apply_rule, keep_sound, old_sound_days
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.pages.driving import open_page, shown

NOW = datetime.now(UTC)


def exported(folder: Path, *, days: int | None) -> Path:
    """Export an old answer and a rule."""
    store, history = TakeStore(folder / "takes"), History(folder / "history.db")
    take = store.save(b"sound", suffix=".wav", origin=Origin("upload"))
    history.add(factories.attempt(take.id, spoken_at=NOW - timedelta(days=400)))
    keep_sound(history.documents, days)
    export(store, history, folder / "question_sets", folder / "answers.zip")
    return folder / "answers.zip"


@pytest.mark.parametrize("replace", [True, False])
@pytest.mark.parametrize("own", [None, 3650])
def test_an_import_never_sets_a_rule_that_deletes_sound_nor_changes_it(
    tmp_path: Path, store: TakeStore, history: History, own: int | None, *, replace: bool
) -> None:
    (tmp_path / "there").mkdir()
    zipped = exported(tmp_path / "there", days=1)
    keep_sound(history.documents, own)
    told: list[str] = []
    done = restore_file(store, history, tmp_path / "sets", zipped, replace=replace, notice=told.append)
    assert "contains a rule that deletes old recordings. It was not imported" in told[0]
    assert len(told) == (1 if own is None else 2)
    assert (done.documents, done.skipped) == (0, 0)
    assert old_sound_days(history.documents) == own
    assert apply_rule(store, history, NOW) == ()
    assert len(store.ids()) == 1


def test_the_rule_of_the_persons_own_is_said_before_older_sound_comes_in(
    tmp_path: Path, store: TakeStore, history: History
) -> None:
    (tmp_path / "there").mkdir()
    zipped = exported(tmp_path / "there", days=None)
    keep_sound(history.documents, 30)
    seen: list[tuple[str, tuple[str, ...]]] = []
    restore_file(
        store, history, tmp_path / "sets", zipped, notice=lambda sentence: seen.append((sentence, store.ids()))
    )
    assert seen == [("Your own rule here deletes recordings after 30 days, including those imported now.", ())]


def test_the_command_says_that_the_rule_stays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    zipped = exported(tmp_path / "there", days=1)
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    assert main(["history", "import", str(zipped)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("It contains a rule that deletes old recordings.")
    assert second.startswith("Imported: recordings 1, ")


def test_the_page_says_so_before_a_file_is_chosen_and_again_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    zipped = exported(tmp_path / "there", days=1)
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    at = open_page(routes.YOUR_DATA)
    assert "A rule that deletes old recordings is never imported" in shown(at)
    at.text_input(key="import_path").input(str(zipped))
    at.button(key="import_yes").click().run()
    assert "contains a rule that deletes old recordings" in at.info[0].value
    assert at.selectbox(key="old_sound").value == 0
