from __future__ import annotations

import json
import os
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.audio.wav import header, mend
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
from tests.factories import QUESTION
from tests.processes import frames, grow, in_process
from tests.workspaces import mine

SOUND = b"RIFF, or so it says"


@pytest.fixture
def read_only() -> Iterator[Path]:
    """Give a folder that may be read, not written, also where the tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*")) if path.is_dir()}


def test_a_saved_take_comes_back_with_all_that_was_known_about_it(store: TakeStore) -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    saved = store.save(SOUND, suffix=".webm", question=QUESTION, origin=Origin("upload"), name="my answer.webm")
    again = TakeStore(store.root).get(saved.id)
    assert again == saved
    assert saved.audio.read_bytes() == SOUND
    assert saved.audio.name == "audio.webm"
    assert (saved.question, saved.origin.source, saved.name, saved.error) == (
        QUESTION,
        "upload",
        "my answer.webm",
        None,
    )
    assert before <= saved.recorded_at <= datetime.now(UTC)


def test_only_the_owner_can_open_a_take(store: TakeStore) -> None:
    store.save(SOUND, suffix="wav", origin=Origin("browser"))
    assert modes(store.root) == {0o700}


@pytest.mark.parametrize(
    ("suffix", "name"),
    [(".MP3", "audio.mp3"), ("m4a", "audio.m4a"), ("", "audio.bin"), (".exe", "audio.bin"), ("../../x", "audio.bin")],
)
def test_the_ending_is_one_of_ours_whatever_the_upload_says(store: TakeStore, suffix: str, name: str) -> None:
    assert store.save(SOUND, suffix=suffix, origin=Origin("upload")).audio.name == name


def test_a_hostile_name_is_kept_as_text_and_never_becomes_a_path(store: TakeStore) -> None:
    name = '../../it\'s "me" \U0001f600 <script>\x1b[2J\ud800\n.wav'
    take = store.save(SOUND, suffix=".wav", origin=Origin("upload"), name=name)
    assert take.name == '../../it\'s "me" \U0001f600 <script>[2J.wav'
    assert [path.parent for path in store.root.rglob("*.wav")] == [take.folder]


def test_no_bytes_are_no_take(store: TakeStore) -> None:
    with pytest.raises(ValueError, match=r"answer\.wav is empty"):
        store.save(b"", suffix=".wav", origin=Origin("upload"), name="answer.wav")
    assert store.all() == ()


def test_takes_are_listed_newest_first(store: TakeStore) -> None:
    made = []
    for _ in range(3):
        made.append(store.save(SOUND, suffix=".wav", origin=Origin("browser")))
        time.sleep(0.002)
    assert store.all() == tuple(reversed(made))


@pytest.mark.parametrize("notes", [None, b"", b"{", b"[1]", b'{"question": {"id": 1}}', b"\xff", b'{"question": 3}'])
def test_sound_without_readable_notes_is_still_a_take(store: TakeStore, notes: bytes | None) -> None:
    saved = store.save(SOUND, suffix=".wav", question=QUESTION, origin=Origin("browser"))
    path = saved.folder / "take.json"
    path.unlink() if notes is None else path.write_bytes(notes)
    (found,) = store.all()
    assert (found.id, found.audio, found.recorded_at) == (saved.id, saved.audio, saved.recorded_at)
    assert (found.question, found.origin.source) == (None, "unknown")


def test_notes_of_a_newer_version_lose_only_what_we_do_not_know(store: TakeStore) -> None:
    take = store.save(SOUND, suffix=".wav", question=QUESTION, origin=Origin("browser"))
    path = take.folder / "take.json"
    notes = json.loads(path.read_text())
    notes["question"]["mood"] = "calm"
    path.write_text(json.dumps(notes))
    assert store.get(take.id) == take


@pytest.mark.parametrize("wanted", ["", ".", "..", "../takes", "/etc", "x", "20250314T092653589Z-00000000", "\0"])
def test_an_id_from_outside_that_names_no_take_finds_nothing(store: TakeStore, wanted: str) -> None:
    store.save(SOUND, suffix=".wav", origin=Origin("browser"))
    store.delete(wanted)
    store.fail(wanted, "no")
    assert store.get(wanted) is None
    assert len(store.all()) == 1


def test_a_failure_is_noted_and_taken_back(store: TakeStore) -> None:
    take = store.save(SOUND, suffix=".wav", question=QUESTION, origin=Origin("browser"))
    store.fail(take.id, "answer.wav holds no sound")
    assert [found.error for found in store.all()] == ["answer.wav holds no sound"]
    store.fail(take.id, None)
    assert store.get(take.id) == take


def test_delete_leaves_nothing(store: TakeStore) -> None:
    finished = store.save(SOUND, suffix=".wav", origin=Origin("browser"), name="a.wav")
    running = store.begin(QUESTION, Origin("computer"))
    store.delete(finished.id)
    store.delete(running.id)
    assert list(store.root.iterdir()) == []


def test_a_live_recording_is_a_take_once_it_is_finished(store: TakeStore) -> None:
    begun = store.begin(QUESTION, Origin("computer"))
    assert store.all() == ()
    grow(begun, seconds=1.5)
    take = store.finish(begun)
    assert store.all() == (take,)
    assert frames(take.audio) == 24_000
    assert sorted(path.name for path in take.folder.iterdir()) == ["audio.wav", "take.json"]
    assert store.finish(begun) == take


def test_a_live_recording_without_sound_leaves_nothing_but_a_sentence(store: TakeStore) -> None:
    begun = store.begin(QUESTION, Origin("computer"))
    with pytest.raises(ValueError, match="nothing was recorded"):
        store.finish(begun)
    assert list(store.root.iterdir()) == []


def test_what_a_killed_process_recorded_becomes_a_take(store: TakeStore) -> None:
    code = """
import pathlib, sys, time
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
from tests.factories import QUESTION
from tests.processes import grow
take = TakeStore(pathlib.Path(sys.argv[1])).begin(QUESTION, Origin("computer"))
grow(take, seconds=3.0)
print("recording", flush=True)
time.sleep(60)
"""
    with in_process(code, store.root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "recording\n"
        assert store.recover() == (), "it is still running"
        process.send_signal(signal.SIGKILL)
    (take,) = store.recover()
    assert store.recover() == ()
    assert store.all() == (take,)
    assert (take.question, take.origin.source) == (QUESTION, "computer")
    assert frames(take.audio) == 48_000
    assert sorted(path.name for path in take.folder.iterdir()) == ["audio.wav", "take.json"]


def test_a_recording_of_this_process_is_left_alone_by_any_other_store(store: TakeStore) -> None:
    take = TakeStore(store.root).begin(None, Origin("computer"))
    grow(take, seconds=0.5)
    assert TakeStore(store.root).recover() == ()
    assert frames(store.finish(take).audio) == 8_000


def test_recover_clears_away_only_what_holds_no_sound(store: TakeStore) -> None:
    kept = store.save(SOUND, suffix=".wav", origin=Origin("browser"))
    uploading, abandoned, silent = (store.root / f"20250314T09265358{n}Z-00000000" for n in range(3))
    for folder in (uploading, abandoned, silent):
        folder.mkdir()
        (folder / "audio.wav.tmp").write_bytes(b"half")
    (silent / "audio.part.wav").write_bytes(header(16_000))
    os.utime(abandoned, (0, 0))
    assert store.recover() == ()
    assert sorted(store.root.iterdir()) == sorted([uploading, kept.folder])


@pytest.mark.parametrize(("size", "expected"), [(0, 0), (43, 0), (44, 0), (45, 0), (46, 1), (1001, 478)])
def test_mending_gives_back_each_whole_sample_that_reached_the_disk(tmp_path: Path, size: int, expected: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes((header(44_100) + bytes(range(250)) * 4)[:size])
    assert mend(path) == expected
    if expected:
        assert frames(path) == expected
        assert path.read_bytes() == header(44_100, expected) + (bytes(range(250)) * 4)[: 2 * expected]


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(read_only: Path) -> None:
    with pytest.raises(OSError, match=rf"^{read_only}/takes cannot be written: make it writable, or .*REHEARSE_DATA$"):
        TakeStore(read_only / "takes").save(SOUND, suffix=".wav", origin=Origin("browser"))


def test_a_data_folder_that_cannot_be_made_is_named_too(read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(read_only / "mine"))
    with pytest.raises(OSError, match=rf"^{read_only}/mine cannot be written"):
        mine()


def test_a_full_disk_loses_nothing_that_was_there_and_leaves_no_half_take(store: TakeStore) -> None:
    before = store.save(SOUND, suffix=".wav", question=QUESTION, origin=Origin("browser"))
    code = """
import pathlib, resource, sys
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
store = TakeStore(pathlib.Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    store.save(bytes(5000), suffix=".wav", origin=Origin("browser"))
except OSError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 1000))
try:
    store.fail(sys.argv[2], "no sound")
except OSError as error:
    print(error)
try:
    store.begin(None, Origin("computer"))
except OSError as error:
    print(error)
"""
    with in_process(code, store.root, before.id) as process:
        said, _ = process.communicate()
    sentences = said.splitlines()
    sentence = f"there is no room left on the disk for {store.root}: free some space, then try again"
    assert (sentences[0], sentences[2]) == (sentence, sentence)
    assert sentences[1].startswith(f"there is no room left on the disk for {before.folder}")
    assert TakeStore(store.root).all() == (before,)
    assert list(store.root.iterdir()) == [before.folder]
    assert sorted(path.name for path in before.folder.iterdir()) == ["audio.wav", "take.json"]
