"""A batch that is killed, stopped or fed with broken files loses nothing, and does nothing twice."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from benchmarks.mutated import bitten
from rehearse.app.batch import engine
from rehearse.app.batch.engine import LocalEngine
from rehearse.app.batch.run import Done, Settings, run
from rehearse.app.batch.sources import Item
from rehearse.app.batch.store import WorkStore
from rehearse.cli import main
from rehearse.model import Recording
from tests.served import REHEARSE
from tests.sounds import DATA, write_wav
from tests.test_batch_run import CLIPS, contents, lines
from tests.waiting import until

CLIP = DATA / "recordings" / "human" / f"{CLIPS[0]}.flac"


def measured(out: Path) -> Counter[str]:
    log = out / "batch.log"
    read = [line.split("\t") for line in log.read_text().splitlines()] if log.exists() else []
    return Counter(line[4] for line in read if line[1] == "measured")


def test_a_batch_that_is_killed_and_stopped_ends_as_one_that_was_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    for name in CLIPS:
        shutil.copy(DATA / "recordings" / "human" / f"{name}.flac", folder)
    out = tmp_path / "out"
    command = [*REHEARSE, "batch", str(folder), "--out", str(out), "--workers", "1"]
    for number, sent in ((1, signal.SIGKILL), (2, signal.SIGINT)):
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as running:
            until(lambda number=number: measured(out).total() >= number)
            running.send_signal(sent)
            _, said = running.communicate()
        assert not (out / "results.csv").exists(), "what is broken off never looks whole"
    assert running.returncode == 130
    assert "2 recordings of 3 done; the same command goes on from there" in said
    assert "Traceback" not in said
    assert main(["batch", str(folder), "--out", str(out)]) == 0
    assert set(measured(out).values()) == {1}
    assert main(["batch", str(folder), "--out", str(tmp_path / "whole")]) == 0
    assert contents(out) == contents(tmp_path / "whole")


def test_every_broken_recording_has_its_row_and_none_ends_the_batch(tmp_path: Path) -> None:
    folder, chance, whole = tmp_path / "recordings", random.Random(3), CLIP.read_bytes()
    folder.mkdir()
    shutil.copy(CLIP, folder / "whole.flac")
    for number in range(5):
        (folder / f"bitten-{number}.flac").write_bytes(bitten(whole, chance))
    (folder / "header.flac").write_bytes(whole[:4] + chance.randbytes(40) + whole[44:])
    (folder / "half.flac").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.wav").touch()
    assert main(["batch", str(folder), "--out", str(tmp_path / "out")]) == 1
    rows = [
        Path(row["file"]).name for table in ("results.csv", "errors.csv") for row in lines(tmp_path / "out" / table)
    ]
    assert sorted(rows) == sorted(path.name for path in folder.iterdir())
    assert "whole.flac" in rows


def test_what_arrives_in_a_folder_is_measured_until_the_batch_is_stopped(tmp_path: Path) -> None:
    folder, out = tmp_path / "recordings", tmp_path / "out"
    folder.mkdir()
    write_wav(folder / "first.wav", Recording(np.zeros(8000, np.float32), 16_000))
    command = [*REHEARSE, "batch", str(folder), "--out", str(out), "--workers", "1", "--watch"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        until((out / "summary.html").exists)
        write_wav(folder / "second.wav", Recording(np.zeros(9000, np.float32), 16_000))
        until(lambda: len(lines(out / "results.csv")) == 2)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert running.returncode == 130
    assert "Traceback" not in said
    assert set(measured(out).values()) == {1}


HANGING = """
import sys, time
for line in sys.stdin:
    if "hangs" in line:
        time.sleep(600)
    if "crashes" in line:
        sys.exit(1)
    print('{"error": "no sound", "kind": "refused"}', flush=True)
"""


def test_a_recording_over_which_a_worker_hangs_or_dies_costs_no_other_and_is_tried_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{name}.wav" for name in ("crashes", "hangs", "other")]
    for file in files:
        file.write_bytes(file.stem.encode())
    monkeypatch.setattr(engine.isolation, "command", lambda *_: [sys.executable, "-c", HANGING])
    done: list[Done] = []
    store = WorkStore(tmp_path / "out")
    for _ in range(2):
        done.clear()
        run([Item(str(f)) for f in files], store, LocalEngine("tiny.en", limit_seconds=4), Settings(), done.append)
    store.close()
    errors = {Path(found.item.file).stem: found.error for found in done}
    assert errors["hangs"] == "hangs.wav: no progress for 4 s, so it was given up"
    assert errors["crashes"] == "crashes.wav: its analysis ended unexpectedly, 2 times; run the batch again"
    assert errors["other"] == "no sound"
    assert [found.seconds > 0 for found in done if "other" in found.item.file] == [False], "refused once is enough"


def test_two_batches_never_write_into_one_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = WorkStore(tmp_path / "out")
    assert main(["batch", str(CLIP), "--out", str(tmp_path / "out")]) == 1
    assert "another batch is writing into" in capsys.readouterr().err
    store.close()


def test_a_cluster_without_its_package_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    assert main(["batch", str(CLIP), "--out", str(tmp_path / "out"), "--ray", "local"]) == 1
    assert "pip install 'rehearse-aloud[cluster]'" in capsys.readouterr().err
