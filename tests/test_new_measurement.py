"""A new measurement is one function in one file: it reaches every place by itself, and answers from before it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.app.workspace import open_workspace
from rehearse.model import Origin
from rehearse.pipeline import analyse_take
from rehearse.transcription import Transcriber
from tests import factories

ROOT = Path(__file__).parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "retail_vague.flac"
LOUDNESS = '''"""How strong the sound is."""

import numpy as np

from rehearse.model import Answer
from rehearse.metrics.registry import metric


@metric(label="Loudest moment", unit="dBFS", source="House default: shown, not judged", needs="sound")
def loudest_moment(answer: Answer) -> float | None:
    """Level of the largest sample.

    loudest_moment = 20 * log10(max(abs(samples)))
    """
    if answer.recording is None or answer.speech is None:
        return None
    return float(20 * np.log10(np.abs(answer.recording.samples).max()))
'''


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout of this program with one file more."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "rehearse", folder / "rehearse", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", folder)
    for name in ("tests", "question_sets", "models", "samples", "docs", ".streamlit"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "rehearse" / "metrics" / "loudness.py").write_text(LOUDNESS, encoding="utf-8")
    return folder


def practised_before(data: Path, transcriber: Transcriber) -> list[str]:
    """Keep two answers to one question, measured by the program as it is without that file."""
    mine = open_workspace(data)
    takes = [
        mine.takes.save(RECORDING.read_bytes(), suffix=".flac", question=factories.QUESTION, origin=Origin("upload"))
        for _ in range(2)
    ]
    first = analyse_take(
        takes[0].audio,
        transcriber=lambda: transcriber,
        take_id=takes[0].id,
        spoken_at=takes[0].recorded_at,
        question=factories.QUESTION,
    )
    mine.history.add(first)
    mine.history.add(replace(first, id=takes[1].id, spoken_at=first.spoken_at + timedelta(days=1)))
    return [take.id for take in takes]


def test_a_new_measurement_reaches_every_place_and_earlier_answers(
    checkout: Path, tmp_path: Path, transcriber: Transcriber
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    earlier, _ = practised_before(data, transcriber)
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout),
        "REHEARSE_DATA": str(data),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "tests/follow_measurement.py", "loudest_moment", str(RECORDING), earlier, str(tmp_path)]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout.splitlines()[-1])
    level = pytest.approx(shown["json"], abs=0.01)
    assert shown.pop("history") == [level, level]
    assert shown.pop("after a correction") == level
    assert shown.pop("charts") == 2
    assert -30 < shown.pop("json") < 0
    assert all(shown.values()), shown
