"""What a batch is made of: windows of several recordings together, cards, stored words, addresses."""

from __future__ import annotations

from pathlib import Path

import fsspec
import numpy as np
import pytest

from rehearse import audio
from rehearse.app.batch.engine import bundles
from rehearse.app.batch.recognised import recognised_bytes, recognised_in
from rehearse.cli import main
from rehearse.transcription import CARD, CPU, Computing, Transcriber, card, whisper
from rehearse.transcription.card import computing_on
from tests.sounds import DATA
from tests.test_batch_run import CLIPS, lines

FILES = [DATA / "recordings" / "human" / f"{name}.flac" for name in CLIPS]


def test_recordings_that_are_transcribed_together_as_on_a_card_have_the_words_of_each_alone(
    transcriber: Transcriber,
) -> None:
    as_on_a_card = whisper(computing=Computing("cpu", "int8", 8, together=True))
    recordings = [audio.load(file) for file in FILES]
    for recording, found in zip(recordings, as_on_a_card.together(recordings), strict=True):
        alone = transcriber(recording)
        assert [(word.text, word.start, word.end) for word in found.words] == [
            (word.text, word.start, word.end) for word in alone.words
        ]
        again = recognised_in(recognised_bytes(found))
        assert (again.words, again.language) == (found.words, found.language)
        assert np.array_equal(again.speech_probability, found.speech_probability)


def test_a_stored_output_that_is_damaged_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="stored output is damaged"):
        recognised_in(b"no such thing")


def test_without_a_card_the_processor_is_used_unless_a_card_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    assert computing_on("auto") == CPU
    with pytest.raises(ValueError, match="no NVIDIA card was found"):
        computing_on("cuda")


def test_a_card_without_its_libraries_names_the_packages_that_bring_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(card, "LIBRARIES", {"libnowhere.so.12": "nvidia-nowhere-cu12"})
    assert computing_on("auto") == CPU
    with pytest.raises(ValueError, match=r"libnowhere.so.12: pip install nvidia-nowhere-cu12"):
        computing_on("cuda")
    monkeypatch.setattr(card, "LIBRARIES", {})
    assert computing_on("auto") == CARD


def test_recordings_at_an_address_are_measured_and_their_folders_may_name_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = fsspec.filesystem("memory")
    there.pipe("/answers/anna/1.flac", FILES[0].read_bytes())
    there.pipe("/answers/anna/notes.txt", b"not for us")
    assert main(["batch", "memory://answers", "--by-folder", "--out", str(tmp_path / "out")]) == 0
    [row] = lines(tmp_path / "out" / "results.csv")
    assert (row["file"], row["person"]) == ("memory://answers/anna/1.flac", "anna")
    assert main(["batch", "memory://nowhere/x.wav", "nonsense://x", "--out", str(tmp_path / "more")]) == 1
    said = capsys.readouterr().err
    assert "nonsense://x: " in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("tasks", "size", "workers"), [(0, 16, 4), (1, 16, 4), (40, 16, 4), (1000, 16, 16), (7, 1, 2)])
def test_bundles_hold_every_task_once_in_order_and_leave_no_worker_alone_at_the_end(
    tasks: int, size: int, workers: int
) -> None:
    found = list(bundles(range(tasks), size, workers))
    assert [task for bundle in found for task in bundle] == list(range(tasks))
    assert max(map(len, found), default=0) <= size
    assert len(found) >= min(tasks, workers), "each worker has something to do"
    left = tasks
    for bundle in found:
        assert len(bundle) <= -(-left // workers), "none has more than its share of what is left"
        left -= len(bundle)


def test_bundles_take_no_more_tasks_ahead_than_the_workers_need() -> None:
    source = iter(range(1000))
    assert next(bundles(source, 1, 2)) == [0]
    assert next(source) < 10
