from __future__ import annotations

import signal
import threading
import wave
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.microphone import Deliver
from rehearse.audio.recorder import FLOOR_DBFS, Levels, Recorder
from rehearse.storage.takes import TakeStore
from tests.microphones import BLOCK, noise, playing, samples
from tests.processes import frames, in_process
from tests.waiting import until


def test_every_sample_reaches_the_file_unchanged(tmp_path: Path) -> None:
    sound = noise(seconds=3.05)
    recorder = Recorder(tmp_path / "a.wav", playing(sound))
    recorder.start()
    until(lambda: recorder.levels.seconds >= 3.05)
    assert np.array_equal(samples(recorder.stop()), sound[:, 0])
    assert (recorder.error, recorder.levels.dropped, recorder.running) == (None, 0, False)


def test_what_was_in_the_queue_when_somebody_pressed_stop_is_kept(tmp_path: Path) -> None:
    sound = noise(seconds=5)
    recorder = Recorder(tmp_path / "a.wav", playing(sound))
    recorder.start()
    until(lambda: recorder.ready)
    heard = samples(recorder.stop())
    assert len(heard) >= BLOCK
    assert np.array_equal(heard, sound[: len(heard), 0])
    assert len(heard) == round(recorder.levels.seconds * 16_000)


def test_it_starts_on_one_thread_and_stops_on_another(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav", playing(noise(seconds=1)))
    for step in (recorder.start, recorder.stop):
        thread = threading.Thread(target=step)
        thread.start()
        thread.join()
    assert frames(tmp_path / "a.wav") > 0


def test_nobody_is_told_to_speak_before_the_first_block(tmp_path: Path) -> None:
    awake = threading.Event()

    @contextmanager
    def sleepy(deliver: Deliver) -> Iterator[int]:
        thread = threading.Thread(target=lambda: awake.wait() and deliver(noise(seconds=0.1), False))
        thread.start()
        yield 16_000
        thread.join()

    recorder = Recorder(tmp_path / "a.wav", sleepy)
    recorder.start()
    assert (recorder.running, recorder.ready) == (True, False)
    awake.set()
    until(lambda: recorder.ready)
    recorder.cancel()
    assert list(tmp_path.iterdir()) == []


def test_a_stereo_device_is_mixed_and_its_own_rate_kept(tmp_path: Path) -> None:
    sound = np.tile(np.array([[1000, 3000]], np.int16), (4800, 1))
    recorder = Recorder(tmp_path / "a.wav", playing(sound, sample_rate=48_000))
    recorder.start()
    until(lambda: recorder.levels.seconds >= 0.1)
    assert set(samples(recorder.stop())) == {2000}
    with wave.open(str(recorder.path)) as file:
        assert file.getframerate() == 48_000


def test_it_ends_by_itself_at_the_longest_length(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a.wav", playing(noise(seconds=2)), max_seconds=0.5)
    recorder.start()
    until(lambda: not recorder.running)
    assert frames(recorder.stop()) == 8_000
    assert recorder.error is None


def test_blocks_that_a_slow_disk_cannot_take_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    monkeypatch.setattr("rehearse.audio.recorder.os.fsync", lambda _file: free.wait())
    sound = noise(seconds=70)
    recorder = Recorder(tmp_path / "a.wav", playing(sound, overflow=True))
    starting = threading.Thread(target=recorder.start)
    starting.start()
    until(lambda: recorder.levels.overflows == 700)
    free.set()
    starting.join()
    until(lambda: recorder.levels.seconds >= 60)
    heard = samples(recorder.stop())
    assert recorder.levels.dropped == 100
    assert np.array_equal(heard, sound[: 60 * 16_000, 0]), "what was kept is in order"


def test_levels_tell_loudness_clipping_and_a_microphone_that_is_off() -> None:
    tone = np.round(16_384 * np.sin(np.arange(16_000) * 2 * np.pi * 440 / 16_000)).astype(np.int16)
    levels = Levels().after(tone, 16_000)
    assert levels.rms_dbfs == pytest.approx(-9.03, abs=0.01)
    assert (levels.peak, levels.seconds, levels.quiet, levels.clipped) == (0.5, 1.0, 0.0, 0)
    levels = levels.after(np.array([32_767, -32_768, 0, 0], np.int16), 4)
    assert (levels.peak, levels.seconds, levels.clipped) == (1.0, 2.0, 2)
    levels = levels.after(np.zeros(8_000, np.int16), 4_000)
    assert (levels.rms_dbfs, levels.peak, levels.quiet) == (FLOOR_DBFS, 1.0, 2.0)
    assert levels.after(tone, 16_000).quiet == 0.0


def test_a_microphone_that_falls_silent_ends_the_recording_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rehearse.audio.recorder._DEAF_SECONDS", 0.2)
    recorder = Recorder(tmp_path / "a.wav", playing(noise(seconds=1)))
    recorder.start()
    until(lambda: not recorder.running)
    assert str(recorder.error).startswith("the microphone gives no sound any more")
    assert frames(recorder.stop()) == 16_000


def test_a_kill_costs_at_most_five_seconds(tmp_path: Path) -> None:
    code = """
import pathlib, sys
from rehearse.audio.recorder import Recorder
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
from tests.microphones import noise, playing
from tests.waiting import until
recorder = Recorder(TakeStore(pathlib.Path(sys.argv[1])).begin(None, Origin("computer")).audio,
playing(noise(seconds=20), speed=1))
recorder.start()
while True:
    until(lambda: recorder.ready)
    print(recorder.levels.seconds, flush=True)
    until(lambda said=recorder.levels.seconds: recorder.levels.seconds > said)
"""
    with in_process(code, tmp_path) as process:
        assert process.stdout is not None
        spoken = next(seconds for line in process.stdout if (seconds := float(line)) >= 3)
        process.send_signal(signal.SIGKILL)
    (take,) = TakeStore(tmp_path).recover()
    heard = samples(take.audio)
    assert len(heard) / 16_000 >= spoken - 0.2, "far less than the 5 s that may be lost"
    assert np.array_equal(heard, noise(seconds=20)[: len(heard), 0])


def test_a_disk_that_fills_up_ends_the_recording_and_keeps_it(tmp_path: Path) -> None:
    code = """
import pathlib, resource, sys
from rehearse.audio.recorder import Recorder
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore
from tests.microphones import noise, playing
from tests.waiting import until
store = TakeStore(pathlib.Path(sys.argv[1]))
take = store.begin(None, Origin("computer"))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_001, 50_001))
recorder = Recorder(take.audio, playing(noise(seconds=5)))
recorder.start()
until(lambda: not recorder.running)
recorder.stop()
store.finish(take)
print(recorder.error)
"""
    with in_process(code, tmp_path) as process:
        said, _ = process.communicate()
    (take,) = TakeStore(tmp_path).all()
    assert said == f"there is no room left on the disk for {take.folder}: free some space, then try again\n"
    heard = samples(take.audio)
    assert len(heard) == (50_001 - 44) // 2
    assert np.array_equal(heard, noise(seconds=5)[: len(heard), 0])


def test_a_file_that_cannot_be_made_says_so_before_any_device_is_opened(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    def never(_deliver: Deliver) -> AbstractContextManager[int]:
        raise AssertionError

    with pytest.raises(OSError, match=rf"^{tmp_path}/file cannot be written \(Not a directory\)"):
        Recorder(tmp_path / "file" / "a.wav", never).start()
