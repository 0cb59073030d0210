"""``erm`` 0.4.0, the nearest published tool, run in an environment of its own that is thrown away.

It is needed for this comparison alone. Where it cannot be installed (no package index in reach, no FFmpeg program), the
reason comes back in one sentence, and the document says it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.accuracy.listeners import Output
from rehearse.model import Span

NAME, VERSION = "erm", "0.4.0"
_PATIENCE = 300
"""Seconds that pip may take."""
_SCRIPT = """
import contextlib, io, json, sys, time
import ctranslate2
from erm.cli import main
ctranslate2.set_random_seed(0)
model, cuts, *files = sys.argv[1:]
for file in files:
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        status = main([file, "--model", model, "--device", "cpu", "--compute-type", "int8", "--denoise", "none",
                       "--no-room-tone", "--dry-run", "--json", cuts])
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"erm ended with {status} on {file}")
    with open(cuts) as found:
        print(json.dumps({"file": file, "seconds": seconds, "cuts": json.load(found)["cuts"]}), flush=True)
"""
"""What it cuts does not depend on how the rest would be rendered, so nothing is."""


class NotInstalledError(Exception):
    """Why it cannot be compared, in one sentence."""


@contextmanager
def installed() -> Iterator[Path]:
    """Give a Python that has it; ``REHEARSE_ERM`` names one that is there already.

    Raises:
        NotInstalledError: It cannot be installed.

    """
    if not shutil.which("ffprobe"):
        msg = "the programs ffmpeg and ffprobe, which it calls, are not on this machine"
        raise NotInstalledError(msg)
    if ready := os.environ.get("REHEARSE_ERM"):
        yield Path(ready)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield _install(Path(folder))


def _install(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", f"{NAME}=={VERSION}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        msg = f"pip did not bring {NAME}=={VERSION} within {_PATIENCE} s"
        raise NotInstalledError(msg) from None
    if done.returncode:
        msg = f"pip could not install {NAME}=={VERSION}: is a package index in reach?"
        raise NotInstalledError(msg)
    return python


def listen(python: Path, model: Path, files: Sequence[Path]) -> Mapping[Path, Output]:
    """Run it over all recordings.

    Raises:
        NotInstalledError: It ended with an error.

    """
    with tempfile.TemporaryDirectory() as folder:
        cuts = str(Path(folder) / "cuts.json")
        command = [str(python), "-c", _SCRIPT, str(model), cuts, *map(str, files)]
        # As many threads as rehearse takes; without it CTranslate2 takes four.
        threads = {"OMP_NUM_THREADS": str(os.cpu_count() or 1)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | threads)
    if done.returncode:
        msg = f"{NAME} {VERSION} ended with an error: {done.stderr.strip().splitlines()[-1][:200]}"
        raise NotInstalledError(msg)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        Path(row["file"]): Output(tuple(Span(cut["start"], cut["end"]) for cut in row["cuts"]), row["seconds"])
        for row in rows
    }
