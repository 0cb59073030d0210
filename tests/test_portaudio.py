"""PortAudio that does not start, names no default or gives up: a sentence, and the other ways to record stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rehearse.audio.microphone import input_devices, microphone, microphone_name, microphone_problem
from rehearse.audio.recorder import Recorder
from tests.microphones import LOUDSPEAKER, MICROPHONE, FakeDevices, install, samples
from tests.waiting import until

FAILS_TO_START = """
class PortAudioError(Exception):
    pass
raise PortAudioError("Error initializing PortAudio: Unanticipated host error [PaErrorCode -9999]")
"""
PROGRAM = [sys.executable, "-c", "import sys; from rehearse.cli import main; sys.exit(main(sys.argv[1:]))"]
NAMES_NO_DEFAULT = """
class PortAudioError(Exception):
    pass
class default:
    device = (-1, -1)
LISTED = [{"name": "USB", "index": 0, "hostapi": 0, "max_input_channels": 1, "default_samplerate": 48000.0}]
def query_hostapis():
    return ({"name": "ALSA"},)
def query_devices(device=None, kind=None):
    if device is None and kind is None:
        return LISTED
    raise PortAudioError("Error querying device -1")
def InputStream(**_):
    raise PortAudioError("Error opening InputStream: Device unavailable [PaErrorCode -9985]")
"""


class Unnamed(FakeDevices):
    """Devices of which the system calls none its default."""

    def __init__(self, *devices: dict[str, Any]) -> None:
        super().__init__(*devices)
        self.default = type("default", (), {"device": (-1, -1)})

    def query_devices(self, device: str | None = None, kind: str | None = None) -> Any:
        if device is None and kind:
            msg = "Error querying device -1"
            raise self.PortAudioError(msg)
        return super().query_devices(device, kind)


def recording(module: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``rehearse record`` with this in place of sounddevice."""
    (folder / "sounddevice.py").write_text(module)
    environment = {**os.environ, "PYTHONPATH": str(folder), "REHEARSE_DATA": str(folder / "data")}
    command = [*PROGRAM, "record", "--seconds", "1", "--no-analyze", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        (FAILS_TO_START, "does not start (Error initializing PortAudio"),
        (NAMES_NO_DEFAULT, "the microphone cannot be opened (Error opening InputStream: Device unavailable"),
    ],
    ids=["does not start", "opens nothing"],
)
def test_recording_without_a_working_portaudio_ends_in_one_sentence(module, sentence, tmp_path):
    run = recording(module, tmp_path)
    assert run.returncode == 1
    assert sentence in run.stderr
    assert "Traceback" not in run.stderr


def test_a_portaudio_that_does_not_start_leaves_the_page_its_other_ways(tmp_path, monkeypatch):
    (tmp_path / "sounddevice.py").write_text(FAILS_TO_START)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert input_devices() == ()
    assert microphone_name() is None
    assert "record in the browser, or upload a file" in str(microphone_problem())


def test_the_only_microphone_is_taken_where_the_system_names_no_default(tmp_path, monkeypatch):
    install(monkeypatch, Unnamed(LOUDSPEAKER, MICROPHONE))
    assert microphone_problem() is None
    assert microphone_name() == "Headset"
    recorder = Recorder(tmp_path / "a.wav")
    recorder.start()
    until(lambda: recorder.ready)
    assert len(samples(recorder.stop()))


def test_of_several_microphones_without_a_default_one_is_to_be_named(tmp_path, monkeypatch):
    install(monkeypatch, Unnamed(MICROPHONE, {**MICROPHONE, "name": "Webcam"}))
    sentence = (
        "no microphone is the system's own choice: set one there, or name with --device one of Headset, ALSA; "
        "Webcam, ALSA"
    )
    assert microphone_problem() == sentence
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        Recorder(tmp_path / "a.wav").start()
    assert microphone_name("Webcam") == "Webcam"
    Recorder(tmp_path / "b.wav", microphone("Webcam")).start()


def test_a_device_list_that_cannot_be_read_is_a_sentence(monkeypatch):
    devices = FakeDevices(MICROPHONE)
    install(monkeypatch, devices)

    def unreadable(*_: Any) -> Any:
        msg = "Internal PortAudio error"
        raise devices.PortAudioError(msg)

    monkeypatch.setattr(devices, "query_hostapis", unreadable)
    assert input_devices() == ()
    assert str(microphone_problem()).startswith("the microphones cannot be listed (Internal PortAudio error)")


def test_a_device_that_fails_while_it_is_closed_takes_nothing_of_the_answer(tmp_path, monkeypatch):
    devices = FakeDevices(MICROPHONE)
    install(monkeypatch, devices)
    opened = devices.InputStream

    def failing(**options: Any) -> Any:
        stream = opened(**options)

        class Failing:
            samplerate = 16_000.0

            def __enter__(self) -> Any:
                return stream.__enter__()

            def __exit__(self, *_: object) -> None:
                msg = "Unanticipated host error"
                raise devices.PortAudioError(msg)

        return Failing()

    monkeypatch.setattr(devices, "InputStream", failing)
    recorder = Recorder(tmp_path / "a.wav")
    recorder.start()
    until(lambda: recorder.ready)
    assert len(samples(recorder.stop())) == 1600
    assert recorder.error is None
