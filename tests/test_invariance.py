"""What is measured belongs to the answer: silence around it, volume, channels and format move it within stated bounds.

``test_formats`` bounds single measurements format by format; here every measurement is held, by its unit, and the
events themselves.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rehearse import audio
from rehearse.app.batch import analyze_files
from rehearse.metrics import METRICS
from rehearse.model import Recording
from rehearse.transcription import Transcriber
from tests.factories import joined, silence
from tests.sounds import ANSWER, variant, write_wav

BEFORE, BEHIND = 3.0, 5.0
"""Seconds of silence put around the answer."""
BOUNDS = {
    "s": 0.1,
    "words": 1.0,
    "words/min": 4.0,
    "syllables/s": 0.2,
    "per min": 3.5,
    "per 100 words": 2.5,
    "pauses": 0.0,
    "pauses/min": 0.1,
    "%": 2.5,
    "semitones": 0.25,
    "dB": 0.5,
}
"""How far a value of each unit may move: one word, one filler, a tenth of a second, a quarter of a semitone."""
OTHER_UNITS = 0.1
"""Share by which a value of any other unit may move."""
COPIES = ["silence around it.wav", "half as loud.wav", "8 kHz.wav", "stereo 44.1 kHz 24 bit.wav", "answer.mp3"]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows(transcriber: Transcriber, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    """The answer, the same file under another name, and its copies, each analysed by itself."""
    folder = tmp_path_factory.mktemp("copies")
    again = shutil.copy(ANSWER, folder / "again.flac")
    files = [ANSWER, Path(again), *(copy(name, folder) for name in COPIES)]
    return {Path(row["file"]).name: row for row in analyze_files(files, transcriber)}


def copy(name: str, folder: Path) -> Path:
    if name != "silence around it.wav":
        return variant(name, folder)
    padded: Recording = joined(silence(BEFORE), audio.load(ANSWER), silence(BEHIND))
    return write_wav(folder / name, padded)


def value(row: Row, metric: str) -> float | None:
    found: float | None = row["measurements"][metric]["value"]
    return found


def shift(name: str) -> float:
    return BEFORE if name == "silence around it.wav" else 0.0


@pytest.mark.parametrize("name", COPIES)
def test_every_measurement_stays_within_the_bound_of_its_unit(name: str, rows: dict[str, Row]) -> None:
    moved = {}
    for metric in METRICS.values():
        before, now = value(rows[ANSWER.name], metric.name), value(rows[name], metric.name)
        if before is None or now is None:
            assert before is now, metric.name
            continue
        expected = before + (shift(name) if metric.name == "response_latency" else 0.0)
        if abs(now - expected) > BOUNDS.get(metric.unit, OTHER_UNITS * abs(before)):
            moved[metric.name] = (before, now)
    assert moved == {}


@pytest.mark.parametrize("name", COPIES)
def test_every_pause_stays_where_it_is(name: str, rows: dict[str, Row]) -> None:
    before, now = rows[ANSWER.name]["pauses"], rows[name]["pauses"]
    assert len(now) == len(before)
    for one, other in zip(before, now, strict=True):
        assert other["start"] - shift(name) == pytest.approx(one["start"], abs=0.05)
        assert other["end"] - shift(name) == pytest.approx(one["end"], abs=0.05)


@pytest.mark.parametrize("name", COPIES)
def test_at_most_one_filled_pause_is_lost_and_none_moves_or_is_invented(name: str, rows: dict[str, Row]) -> None:
    before = [f["start"] for f in rows[ANSWER.name]["fillers"] if f["kind"] == "filled_pause"]
    now = [f["start"] - shift(name) for f in rows[name]["fillers"] if f["kind"] == "filled_pause"]
    assert before
    assert [start for start in now if min(abs(start - other) for other in before) > 0.1] == []
    assert len(before) - 1 <= len(now) <= len(before)


@pytest.mark.parametrize("name", COPIES)
def test_the_verdict_on_the_answer_stays(name: str, rows: dict[str, Row]) -> None:
    assert rows[name]["story"]["type"] == rows[ANSWER.name]["story"]["type"]


def test_the_same_file_twice_gives_the_same_json_to_the_last_digit(rows: dict[str, Row]) -> None:
    one, other = (json.dumps({**rows[name], "file": None}) for name in (ANSWER.name, "again.flac"))
    assert one == other
    assert len(one) > 2000
