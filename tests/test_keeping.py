"""How much is kept on the disk, what a rule lets go, and that nothing stays when all of it is deleted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rehearse.model import Origin
from rehearse.storage.retention import apply_rule, delete_everything, delete_sound, disk_use, keep_sound, old_sound_days
from tests.factories import QUESTION, attempt

NOW = datetime.now(UTC)


def recorded(store, history, *, days, **told):
    take = store.save(b"sound of xylophones", suffix=".wav", question=QUESTION, origin=Origin("browser"))
    history.add(attempt(take.id, spoken_at=NOW - timedelta(days=days), **told))
    return take.id


def test_the_room_is_told_apart_by_sound_and_history(store, history):
    assert disk_use(store, history).sound == 0
    take = store.save(bytes(1000), suffix=".wav", origin=Origin("browser"))
    used = disk_use(store, history)
    assert used.sound == 1000 + (take.folder / "take.json").stat().st_size
    assert used.history == history.path.stat().st_size
    assert used.total == used.sound + used.history


def test_as_built_no_sound_goes(store, history):
    recorded(store, history, days=3000)
    assert old_sound_days(history.documents) is None
    assert apply_rule(store, history, NOW) == ()
    assert len(store.ids()) == 1


def test_the_rule_lets_old_sound_go_and_keeps_words_and_numbers(store, history):
    old, new = recorded(store, history, days=91), recorded(store, history, days=89)
    waiting = store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    keep_sound(history.documents, 90)
    before = history.get(old)
    assert apply_rule(store, history, NOW) == (old,)
    assert store.ids() == (waiting.id, new)
    assert history.get(old) == before
    assert apply_rule(store, history, NOW) == ()


def test_the_rule_spares_what_is_not_analysed(store, history):
    store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    keep_sound(history.documents, 1)
    assert apply_rule(store, history, NOW + timedelta(days=400)) == ()
    assert len(store.ids()) == 1


def test_the_rule_can_be_taken_back(history):
    keep_sound(history.documents, 30)
    assert old_sound_days(history.documents) == 30
    keep_sound(history.documents, None)
    assert old_sound_days(history.documents) is None


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_rule_that_makes_no_sense_is_refused(history, days):
    with pytest.raises(ValueError, match=rf"sound can go after 1 to 3650 days \(got {days}\)"):
        keep_sound(history.documents, days)


@pytest.mark.parametrize("data", [{}, {"days": "30"}, {"days": 0}, {"days": None}, {"days": 10**9}])
def test_a_damaged_rule_deletes_nothing(history, data):
    history.documents.put("settings", "old_sound", data)
    assert old_sound_days(history.documents) is None


def test_without_a_question_the_files_name_becomes_the_title(store, history):
    take = store.save(b"sound", suffix=".wav", origin=Origin("upload"), name="pitch.wav")
    history.add(attempt(take.id, question=None))
    delete_sound(store, history, take.id)
    assert store.get(take.id) is None
    assert history.about(take.id).title == "pitch.wav"


def test_sound_that_is_all_there_is_of_an_answer_stays(store, history):
    take = store.save(b"sound", suffix=".wav", origin=Origin("browser"))
    with pytest.raises(ValueError, match="is not analysed: without its recording nothing would be left of it"):
        delete_sound(store, history, take.id)
    assert store.get(take.id) is not None


def test_deleting_everything_leaves_no_file_no_row_and_no_word(tmp_path, store, history):
    take_id = recorded(store, history, days=1, text="xylophones " * 500)
    history.add(replace(attempt(take_id), model="base.en"), keep_replaced=True)
    history.describe(take_id, title="xylophones", note="xylophones", tags=("xylophones",))
    history.documents.put("round", "r", {"question": "xylophones"})
    store.save(b"xylophones", suffix=".wav", origin=Origin("upload"), name="xylophones.wav")
    (tmp_path / ".import-killed").mkdir()
    (tmp_path / ".import-killed" / "audio.wav").write_bytes(b"xylophones")
    live = store.begin(QUESTION, Origin("computer", "xylophones"))
    live.audio.write_bytes(b"xylophones")
    sets = tmp_path / "question_sets"
    sets.mkdir()
    (sets / "mine.txt").write_text("Why xylophones?\n", encoding="utf-8")
    delete_everything(store, history, sets)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [history.path]
    assert b"xylophones" not in history.path.read_bytes()
    assert (history.ids(), history.documents.everything(), store.ids()) == (frozenset(), (), ())
