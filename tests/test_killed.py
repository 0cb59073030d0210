"""A process killed in the middle of listening: the recording is safe and is offered again."""

from __future__ import annotations

from pathlib import Path

from rehearse.app.worker import Worker
from rehearse.app.workspace import open_workspace
from rehearse.pages.shared.services import Services
from rehearse.transcription import Transcriber
from tests.processes import ROOT, kill_once_it_says
from tests.waiting import until

ANSWER = ROOT / "samples" / "booking_system.flac"

# The recogniser is the real one; it tells when its words are there, and the process is killed before they are kept.
LISTENING = """
import sys, time
from pathlib import Path
from rehearse import transcription
from rehearse.storage.history import History
from rehearse.app.worker import Worker
from rehearse.model import Origin
from rehearse.storage.takes import TakeStore

class Slow:
    def __init__(self):
        self.real = transcription.whisper()
        self.name = self.real.name

    def __call__(self, recording, progress):
        def told(fraction):
            progress(fraction)
            print("in the middle", flush=True)
            time.sleep(600)
        return self.real(recording, told)

root = Path(sys.argv[1])
store = TakeStore(root / "takes")
worker = Worker(store, History(root / "history.db"), Slow)
worker.submit(store.save(Path(sys.argv[2]).read_bytes(), suffix=".flac", origin=Origin("browser")))
time.sleep(600)
"""


def reopened(root: Path, transcriber: Transcriber) -> Services:
    """Open everything anew on what the killed process left, as the page does."""
    workspace = open_workspace(root)
    workspace.takes.recover()
    return Services(workspace, Worker(workspace.takes, workspace.history, lambda: transcriber))


def test_an_answer_whose_analysis_was_killed_is_whole_offered_again_and_analysed_then(
    tmp_path: Path, transcriber: Transcriber
) -> None:
    kill_once_it_says("in the middle", LISTENING, tmp_path, ANSWER)
    again = reopened(tmp_path, transcriber)
    assert again.history.attempts() == ()
    [take] = again.unfinished()
    assert take.audio.read_bytes() == ANSWER.read_bytes()
    assert take.error is None
    again.worker.submit(take)
    until(lambda: not again.worker.pending())
    assert again.unfinished() == ()
    [attempt] = again.history.attempts()
    assert attempt.id == take.id
    assert attempt.transcript.words
