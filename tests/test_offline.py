"""Once set up, nothing needs the network: every way out is shut, and a person's answer is analysed all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from rehearse.storage.history import History
from tests.served import REHEARSE

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"

# Python runs sitecustomize before anything else. Its hook sees every socket of Python code; reaching this computer
# itself stays allowed, as a page needs that.
SHUT = """
import sys

def shut(event, values):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = values[0]
    elif event in ("socket.connect", "socket.sendto"):
        host = values[1][0] if isinstance(values[1], tuple) else None
    else:
        return
    if host not in (None, "", "127.0.0.1", "localhost", "::1"):
        sys.stderr.write(f"REACHED FOR {host}\\n")
        raise OSError(101, "Network is unreachable")

sys.addaudithook(shut)
"""
PAGE = """
import sys, time
from pathlib import Path
from rehearse import transcription
from rehearse.storage.history import History
from rehearse.app.worker import Worker
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore

root = Path(sys.argv[1])
store = TakeStore(root / "takes")
worker = Worker(store, History(root / "history.db"), transcription.whisper)
take = store.save(Path(sys.argv[2]).read_bytes(), suffix=".flac", origin=Origin("browser"))
worker.submit(take)
while worker.status(take.id).pending:
    time.sleep(0.1)
print(worker.status(take.id).state, worker.status(take.id).error)
"""
REACH = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"


def run_offline(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the network shut, and without what earlier runs may have cached beside the weights."""
    (place / "sitecustomize.py").write_text(SHUT, encoding="utf-8")
    paths = os.pathsep.join((str(place), str(ROOT)))
    environment = {
        **os.environ,
        "PYTHONPATH": paths,
        "REHEARSE_DATA": str(place / "data"),
        "HF_HOME": str(place / "hub"),
    }
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, env=environment)


def test_the_shut_network_is_really_shut(tmp_path: Path) -> None:
    tried = run_offline(tmp_path, "-c", REACH)
    assert tried.returncode == 1
    assert "REACHED FOR 192.0.2.1" in tried.stderr


def test_a_recording_is_analysed_in_the_terminal_without_a_network(tmp_path: Path) -> None:
    done = run_offline(tmp_path, *REHEARSE[1:], "analyze", "--json", str(RECORDING))
    assert (done.returncode, done.stderr) == (0, "")
    row = json.loads(done.stdout)
    assert "nurse" in row["transcript"]["text"]
    assert row["measurements"]["speech_rate"]["value"] > 0
    assert row["story"]["type"] == "story"


def test_a_take_goes_from_the_page_into_the_history_without_a_network(tmp_path: Path) -> None:
    done = run_offline(tmp_path, "-c", PAGE, str(tmp_path), str(RECORDING))
    assert (done.stdout.strip(), done.stderr) == ("done None", "")
    [attempt] = History(tmp_path / "history.db").attempts()
    assert "nurse" in attempt.transcript.text
    assert attempt.story.type == "story"
