"""Nothing leaves this computer, native libraries included: whole runs of the program, watched from outside."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from rehearse.files.paths import models_folder
from rehearse.language.words import word_set
from rehearse.storage.takes import TakeStore
from rehearse.transcription import speech_probability
from tests import test_record_real_time as real_time
from tests.served import REHEARSE
from tests.waiting import PATIENCE, until
from tests.watching import Apart, Traced, Watch, watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace and network namespaces are Linux's")

ROOT = Path(__file__).parent.parent
RECORDINGS = ROOT / "tests" / "data" / "recordings" / "synthetic"
NURSE, VAGUE = RECORDINGS / "nurse_conflict.flac", RECORDINGS / "retail_vague.flac"
API = """
import sys
import rehearse
heard = rehearse.whisper()(rehearse.load(sys.argv[1]))
print(*(word.text for word in heard.words))
"""
TELLING = """
import time
from faster_whisper.vad import get_vad_model
get_vad_model()
time.sleep(600)  # the first report goes out some seconds after the library has loaded
"""
LOOK_UP = "import socket; socket.getaddrinfo('example.com', 80)"

# A library that finds one of them may keep quiet, which a person's computer would not make it do.
AUTOMATION = word_set(
    "CI GITHUB_ACTIONS GITLAB_CI JENKINS_URL TF_BUILD TRAVIS TEAMCITY_VERSION CODEBUILD_BUILD_ID"
    " BITBUCKET_BUILD_NUMBER CIRCLECI BUILDKITE APPVEYOR SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"
)

sound_card = real_time.sound_card


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """Give an environment in which home, cache and temporary files are empty folders, and telemetry is asked for."""
    folders = {"HOME": "home", "TMPDIR": "temporary", "REHEARSE_DATA": "data", "HERE": "here"}
    places = {name: tmp_path / folder for name, folder in folders.items()}
    for place in places.values():
        place.mkdir()
    elsewhere = {"XDG_CACHE_HOME": "", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_RUNTIME_DIR": ""}
    asked_for = {"ORT_DISABLE_TELEMETRY": "0", "HF_HUB_DISABLE_TELEMETRY": "0"}
    models = {"REHEARSE_MODELS": str(models_folder()), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    given = {name: str(place) for name, place in places.items()}
    here = {name: value for name, value in os.environ.items() if name not in AUTOMATION}
    return {**here, **elsewhere, **asked_for, **models, **given}


def run(watching: Watch, environment: Mapping[str, str], *command: str | Path) -> str:
    done = subprocess.run(
        watching.command(*map(str, command)),
        env=environment,
        cwd=environment["HERE"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_private(watching: Watch, environment: Mapping[str, str], *also: Path) -> None:
    """Fail where anything was sent, looked up or written elsewhere, or is left in home, temporary or current folder."""
    places = [Path(environment[name]) for name in ("REHEARSE_DATA", "REHEARSE_MODELS", "TMPDIR")]
    assert watching.offences(*places, *also) == []
    left = [path for name in ("HOME", "TMPDIR", "HERE") for path in Path(environment[name]).rglob("*")]
    assert [path for path in left if path not in also] == []


@pytest.mark.parametrize("way", [Traced, Apart])
def test_what_a_library_looks_up_and_writes_is_seen(way: type, tmp_path: Path, own: dict[str, str]) -> None:
    """Both ways of watching catch onnxruntime as it is where nobody stops it, and a plain look-up."""
    watching = Traced(tmp_path / "trace") if way is Traced else Apart(tmp_path)
    log, written = tmp_path / ("trace" if way is Traced else "asked"), Path(own["HOME"]) / ".cache" / "Microsoft"
    looked_up = "htons(53)" if way is Traced else "microsoft"
    with subprocess.Popen(watching.command(sys.executable, "-c", TELLING), env=own, text=True) as telling:
        try:
            until(log.exists)
            until(lambda: looked_up in "\n".join(watching.offences(tmp_path / "data")) and written.exists())
        finally:
            os.kill(watching.inside(telling), signal.SIGTERM)
    subprocess.run(watching.command(sys.executable, "-c", LOOK_UP), env=own, check=False, capture_output=True)
    found = "\n".join(watching.offences(tmp_path / "data"))
    assert ("htons(53)" if way is Traced else "example.com") in found


def test_measuring_a_recording_sends_nothing_and_leaves_nothing_behind(tmp_path: Path, own: dict[str, str]) -> None:
    watching = watch(tmp_path)
    row = json.loads(run(watching, own, *REHEARSE, "analyze", "--json", NURSE))
    assert "nurse" in row["transcript"]["text"]
    assert row["story"]["type"] == "story"
    assert_private(watching, own)


def test_measuring_a_folder_sends_nothing_and_leaves_only_its_table(tmp_path: Path, own: dict[str, str]) -> None:
    watching, folder = watch(tmp_path), tmp_path / "recordings"
    folder.mkdir()
    for recording in (NURSE, VAGUE):
        (folder / recording.name).write_bytes(recording.read_bytes())
    table = Path(own["HERE"]) / "results.csv"
    run(watching, own, *REHEARSE, "analyze", "--csv", table, folder)
    assert table.read_text(encoding="utf-8-sig").count(".flac") == 2
    assert_private(watching, own, Path(own["HERE"]), table)


def test_a_batch_sends_nothing_from_any_of_its_processes_and_leaves_only_its_results(
    tmp_path: Path, own: dict[str, str]
) -> None:
    watching, out = watch(tmp_path), tmp_path / "out"
    run(watching, own, *REHEARSE, "batch", VAGUE, NURSE, "--out", out)
    assert (out / "results.csv").read_text(encoding="utf-8-sig").count(".flac") == 2
    assert_private(watching, own, out)


def test_the_python_interface_sends_nothing_and_leaves_nothing_behind(tmp_path: Path, own: dict[str, str]) -> None:
    watching = watch(tmp_path)
    assert "nurse" in run(watching, own, sys.executable, "-c", API, NURSE)
    assert_private(watching, own)


def test_recording_and_measuring_an_answer_sends_nothing(
    sound_card: dict[str, str], tmp_path: Path, own: dict[str, str]
) -> None:
    watching = watch(tmp_path)
    sounding = {name: sound_card[name] for name in ("XDG_RUNTIME_DIR", "PULSE_SERVER", "PULSE_LATENCY_MSEC")}
    (Path(own["HOME"]) / ".asoundrc").write_text(real_time.ASOUNDRC)
    with subprocess.Popen(
        watching.command(*REHEARSE, "record", "--seconds", "12"),
        env={**own, **sounding},
        cwd=own["HERE"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        real_time.wait_for(process, "Speak now.")
        play = [real_time.program("paplay"), "--device=speaker", str(NURSE)]
        with subprocess.Popen(play, env=sound_card) as playing:
            printed, _ = process.communicate(timeout=2 * PATIENCE)
            playing.terminate()
    assert process.returncode == 0
    assert "All numbers: rehearse history show" in printed
    assert len(TakeStore(Path(own["REHEARSE_DATA"]) / "takes").all()) == 1
    # How a program talks to the sound server is that server's own.
    theirs = [path for path in Path(own["HOME"]).rglob("*") if path.name == ".asoundrc" or "pulse" in str(path)]
    assert_private(watching, own, Path(sound_card["HOME"]), Path(own["HOME"]) / ".config", *theirs)


def test_the_document_on_privacy_names_every_library_that_rehearse_brings_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    described = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8").lower()
    names = [re.split(r"[><=]", needed)[0] for needed in project["dependencies"]]
    assert [name for name in names if name not in described] == []


def test_reports_stay_forbidden_where_another_program_allows_them_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORT_DISABLE_TELEMETRY", "0")
    speech_probability(np.zeros(512, np.float32))
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
