from __future__ import annotations

import ctypes.util
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearse.audio.microphone import input_devices, microphone, microphone_problem
from rehearse.audio.recorder import Recorder
from tests.microphones import LOUDSPEAKER, MICROPHONE, FakeDevices, install, samples
from tests.waiting import until


def test_without_portaudio_there_is_no_microphone_but_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    assert input_devices() == ()
    assert "sudo apt install libportaudio2" in str(microphone_problem())
    with pytest.raises(OSError, match="PortAudio, which reaches the microphone, is missing"):
        Recorder(tmp_path / "a.wav").start()


def test_without_a_device_the_sentence_says_what_else_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, FakeDevices(LOUDSPEAKER))
    assert input_devices() == ()
    sentence = "no microphone was found: plug one in and start rehearse again, or record in the browser"
    assert microphone_problem() == sentence
    with pytest.raises(OSError, match=f"^{sentence}$"):
        Recorder(tmp_path / "a.wav").start()


def test_only_what_can_record_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, FakeDevices(MICROPHONE, LOUDSPEAKER))
    assert [(device.label, device.default) for device in input_devices()] == [("Headset, ALSA", True)]
    assert microphone_problem() is None


def test_a_microphone_nobody_has_is_answered_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install(monkeypatch, FakeDevices(MICROPHONE))
    with pytest.raises(ValueError, match=r"^no single microphone is called 'Radio': choose one of Headset, ALSA$"):
        Recorder(tmp_path / "a.wav", microphone("Radio")).start()


@pytest.mark.parametrize(
    ("works", "rate"),
    [
        (lambda _rate, _channels: True, 16_000),
        (lambda rate, _channels: rate == 44_100, 44_100),
        (lambda rate, channels: (rate, channels) == (44_100, 2), 44_100),
    ],
    ids=["as asked", "at its own rate", "with both channels"],
)
def test_a_device_is_opened_as_it_can_be(
    works: Callable[[int, int], bool], rate: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, FakeDevices(MICROPHONE, works=works))
    recorder = Recorder(tmp_path / "a.wav")
    recorder.start()
    until(lambda: recorder.ready)
    assert len(samples(recorder.stop())) == rate // 10
    with wave.open(str(recorder.path)) as file:
        assert file.getframerate() == rate


def test_a_device_that_cannot_be_opened_is_said_to_be_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, FakeDevices(MICROPHONE, works=lambda _rate, _channels: False))
    with pytest.raises(OSError, match=r"cannot be opened \(Invalid sample rate\): close other programs"):
        Recorder(tmp_path / "a.wav").start()
