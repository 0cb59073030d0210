"""Other processes, the sudden end of one, and what a recording of it leaves on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np

from rehearse.audio.wav import header
from rehearse.storage.takes import Take

ROOT = Path(__file__).parent.parent


def in_process(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Run code in a process of its own, which may import the tests too."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})


def kill_once_it_says(line: str, code: str, *arguments: str | Path) -> None:
    """Run code in a process of its own and end it without warning once it prints a line."""
    with in_process(code, *arguments) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{line}\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL


def grow(take: Take, seconds: float) -> None:
    """Do what a recording does to its file, up to the moment its process is killed."""
    samples = np.arange(round(16_000 * seconds), dtype="<i2")
    take.audio.write_bytes(header(16_000) + samples.tobytes())


def frames(path: Path) -> int:
    """Count the samples of a WAV file as the standard library reads it."""
    with wave.open(str(path)) as file:
        return file.getnframes()
