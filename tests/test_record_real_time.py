from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from rehearse.cli.record import _CHOICES
from rehearse.questions import shipped_questions
from rehearse.storage.takes import TakeStore
from tests.microphones import samples
from tests.served import REHEARSE
from tests.waiting import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a sound card without hardware is PulseAudio's trick")

TONES = (440, 660)
ASOUNDRC = "pcm.!default { type pulse }\nctl.!default { type pulse }\npcm.pulse { type pulse }\n"


@pytest.fixture(scope="module")
def sound_card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Run a PulseAudio of our own, whose microphone hears what its loudspeaker plays; give the environment."""
    home = tmp_path_factory.mktemp("pulse")
    home.chmod(0o700)
    (home / ".asoundrc").write_text(ASOUNDRC)
    socket = home / "native"
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PULSE_SERVER": f"unix:{socket}"}
    environment = {**os.environ, **own, "PULSE_LATENCY_MSEC": "30", "REHEARSE_DATA": str(home / "data")}
    options = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=true", "--use-pid-file=no")
    modules = (
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
        "module-null-sink sink_name=speaker rate=48000 channels=1",
    )
    command = [program("pulseaudio"), *options, *(part for module in modules for part in ("-L", module))]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        use_monitor = [program("pactl"), "set-default-source", "speaker.monitor"]
        while subprocess.run(use_monitor, env=environment, capture_output=True, check=False).returncode:
            assert daemon.poll() is None, "pulseaudio ended at once"
            time.sleep(0.1)
        yield environment
        daemon.terminate()


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: install pulseaudio, pulseaudio-utils and libasound2-plugins"
    return found


@contextmanager
def recording(
    environment: dict[str, str], *arguments: str, stdin: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*REHEARSE, "record", *arguments],
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def wait_for(process: subprocess.Popen[str], sentence: str) -> None:
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        if line.startswith(sentence):
            return
    raise AssertionError(heard)


def play(environment: dict[str, str], folder: Path) -> None:
    """Play each tone for 0.6 s, after 0.2 s of silence each."""
    time_line = np.arange(round(0.6 * 48_000)) / 48_000
    tones = [np.concatenate([np.zeros(9_600), 0.3 * np.sin(2 * np.pi * hertz * time_line)]) for hertz in TONES]
    path = folder / "tones.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((32_767 * np.concatenate(tones)).astype("<i2").tobytes())
    subprocess.run([program("paplay"), "--device=speaker", str(path)], env=environment, check=True)


def seconds_of(sound: npt.NDArray[np.int16], hertz: int) -> float:
    """Measure for how long a tone is heard: blocks of 50 ms in which it carries most of the energy."""
    blocks = sound[: len(sound) // 800 * 800].reshape(-1, 800) / 32_768
    loud = np.sqrt(np.mean(blocks**2, axis=1)) > 0.1
    spectrum = np.abs(np.fft.rfft(blocks * np.hanning(800), axis=1))
    return 0.05 * int(np.count_nonzero(loud & (np.abs(spectrum.argmax(axis=1) * 20 - hertz) <= 20)))


def test_what_the_sound_card_hears_in_real_time_becomes_a_take(sound_card: dict[str, str], tmp_path: Path) -> None:
    with recording(sound_card, "--seconds", "4", "--no-analyze") as process:
        wait_for(process, "Speak now.")
        play(sound_card, tmp_path)
        said, complaints = process.communicate(timeout=PATIENCE)
    take = TakeStore(Path(sound_card["REHEARSE_DATA"]) / "takes").all()[0]
    assert (process.returncode, said) == (0, f"{take.audio}\n")
    assert "rehearse:" not in complaints
    sound = samples(take.audio)
    assert len(sound) == 64_000
    assert [seconds_of(sound, hertz) for hertz in TONES] == pytest.approx([0.6, 0.6], abs=0.15)
    assert seconds_of(sound, 880) == 0


def test_ctrl_c_stops_and_keeps(sound_card: dict[str, str]) -> None:
    question = shipped_questions()[0]
    with recording(sound_card, "--seconds", "60", "--no-analyze", "--question", question.id) as process:
        wait_for(process, f"  {question.prompt}")
        wait_for(process, "Speak now.")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE)
    take = TakeStore(Path(sound_card["REHEARSE_DATA"]) / "takes").all()[0]
    assert (process.returncode, said) == (0, f"{take.audio}\n")
    assert take.question == question
    assert len(samples(take.audio)) >= 8_000


def test_a_killed_recording_is_saved_when_the_next_one_starts(sound_card: dict[str, str]) -> None:
    with recording(sound_card, "--seconds", "60", "--no-analyze") as process:
        wait_for(process, "Speak now.")
        time.sleep(1.5)
        process.kill()
    with recording(sound_card, "--seconds", "0.3", "--no-analyze") as process:
        wait_for(process, "A recording that was cut off at")
        process.communicate(timeout=PATIENCE)
    _, cut_off = TakeStore(Path(sound_card["REHEARSE_DATA"]) / "takes").all()[:2]
    assert len(samples(cut_off.audio)) >= 16_000


def test_in_a_terminal_enter_stops_and_discarding_after_listening_leaves_nothing(
    sound_card: dict[str, str], tmp_path: Path
) -> None:
    environment = {**sound_card, "REHEARSE_DATA": str(tmp_path / "data")}
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).touch()
    keyboard, terminal = pty.openpty()
    with recording(environment, "--model", str(tmp_path), stdin=terminal) as process:
        wait_for(process, "Speak now. Enter stops.")
        time.sleep(0.3)
        os.write(keyboard, b"\n")
        assert process.stderr is not None
        assert select.select([process.stdout], [], [], PATIENCE)[0], "the take is announced"
        os.write(keyboard, b"l\nd\n")
        _, said = process.communicate(timeout=PATIENCE)
    os.close(keyboard)
    os.close(terminal)
    assert said.count(_CHOICES) == 2
    assert said.endswith(f"{_CHOICES}Discarded.\n")
    assert list((tmp_path / "data" / "takes").iterdir()) == []


def test_the_microphones_are_listed(sound_card: dict[str, str]) -> None:
    said = subprocess.check_output([*REHEARSE, "record", "--devices"], env=sound_card, text=True)
    assert "default, ALSA (default)" in said.splitlines()
