"""Nothing that lies in the folder where a person starts ``rehearse`` runs, or changes what it promises."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.files import isolation
from tests.documents import docx
from tests.served import ROOT, served

PROGRAM = str(Path(sys.executable).parent / "rehearse")
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
IMPORTED_LATER = (
    "av",
    "defusedxml",
    "faster_whisper",
    "pandas",
    "pip",
    "pypdf",
    "spacy",
    "starlette",
    "streamlit",
    "uvicorn",
)
IMPORTED_AT_ONCE = ("argparse", "json", "numpy", "platformdirs", "rehearse", "sitecustomize", "tomllib", "typing")
READ = """
import sys
from rehearse.preparation.document_import import read_document
print(read_document(sys.stdin.buffer.read(), "resume"))
"""
OPTIONS = """
import json, os, sys
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette import starlette_server
from rehearse.pages import serving

def shown(_):
    options = config.get_config_options()
    given = {name: option.value for name, option in options.items() if option.where_defined != "<default>"}
    secrets = secrets_singleton.load_if_toml_exists()
    print(json.dumps({"given": given, "secrets": secrets, "leaked": os.environ.get("LEAKED")}))

starlette_server.UvicornRunner.run = shown
sys.argv = ["serving", "--port=8501"]
serving.main()
"""
EVERYWHERE = "0.0.0.0"  # noqa: S104
SETTINGS = """
[server]
address = "0.0.0.0"
allowedHosts = ["*"]
corsAllowedOrigins = ["https://example.com"]
enableCORS = false
enableXsrfProtection = false
enableStaticServing = true
enableAgentApi = true
fileWatcherType = "poll"
runOnSave = true
maxUploadSize = 100000
baseUrlPath = "elsewhere"
sslCertFile = "none.pem"
[browser]
gatherUsageStats = true
serverAddress = "example.com"
[client]
allowedOrigins = ["https://example.com"]
showErrorLinks = true
toolbarMode = "developer"
[theme]
base = "http://127.0.0.1:9/theme.toml"
font = "Evil:http://127.0.0.1:9/font.css"
[global]
developmentMode = true
"""


@pytest.fixture(params=["", os.pathsep, f".{os.pathsep}"])
def hostile(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules leave a mark when they run; an empty ``PYTHONPATH`` entry stands for it."""
    folder, marks = tmp_path / "downloads", tmp_path / "marks"
    folder.mkdir()
    marks.mkdir()
    monkeypatch.delenv("PYTHONPATH", raising=False)
    # What Python imports before the first line of ours is beyond our reach where PYTHONPATH names the folder.
    names = IMPORTED_LATER if request.param else IMPORTED_LATER + IMPORTED_AT_ONCE
    if request.param:
        monkeypatch.setenv("PYTHONPATH", request.param + str(ROOT))
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(marks / name)!r}, 'w').close()\nraise SystemExit(9)\n")
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(folder)
    return marks


def ran(marks: Path) -> list[str]:
    return sorted(mark.name for mark in marks.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("analyze", "--json", str(RECORDING)),
        ("history",),
        ("models", "verify"),
        ("profiles",),
        ("questions", "list"),
        ("record", "--devices"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_runs_what_lies_in_the_current_folder(hostile: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    assert ran(hostile) == []
    assert "Traceback" not in done.stderr
    assert done.returncode != 9


def test_fetching_weights_does_not_run_a_pip_from_the_current_folder(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    for name, value in {"HF_ENDPOINT": "http://127.0.0.1:9", "PIP_NO_INDEX": "1", "HF_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    done = subprocess.run([PROGRAM, "models", "fetch", "tiny.en"], capture_output=True, text=True, check=False)
    assert ran(hostile) == []
    assert done.returncode == 1


def test_the_pages_do_not_run_what_lies_in_the_current_folder(hostile: Path, tmp_path: Path) -> None:
    command = (PROGRAM, "page", "--no-browser", "--port")
    (tmp_path / "data").mkdir()
    environment = {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    with served(tmp_path / "data", cwd=Path.cwd(), environment=environment, command=command):
        assert ran(hostile) == []
    assert ran(hostile) == []


def test_reading_a_resume_does_not_run_what_lies_in_the_current_folder(hostile: Path) -> None:
    text = "Led a team of nine nurses through the move to a new ward"
    command = [sys.executable, "-P", "-c", READ]
    done = subprocess.run(command, input=docx(text), capture_output=True, check=False)
    assert text in done.stdout.decode()
    assert ran(hostile) == []


def test_settings_that_lie_about_weaken_no_promise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the current folder, in the person's own, and in the environment."""
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    (folder / "config.toml").write_text(SETTINGS)
    (folder / "secrets.toml").write_text('LEAKED = "1"\n[auth]\ncookie_secret = "known"\n')
    for name, value in {"SERVER_ADDRESS": EVERYWHERE, "SERVER_COOKIE_SECRET": "known"}.items():
        monkeypatch.setenv(f"STREAMLIT_{name}", value)
    environment = isolation.environment(HOME=str(tmp_path))
    command = [sys.executable, "-c", OPTIONS]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert (found["secrets"], found["leaked"]) == (False, None)
    given = found["given"]
    assert "known" not in done.stdout
    assert given["server.address"] == "127.0.0.1"
    assert given["server.allowedHosts"] == ["localhost", "127.0.0.1"]
    assert given["server.enableCORS"]
    assert given["server.enableXsrfProtection"]
    assert not given["browser.gatherUsageStats"]
    assert given["server.fileWatcherType"] == "none"
    assert "theme.base" not in given
    assert "example.com" not in done.stdout
    assert "127.0.0.1:9" not in done.stdout


def test_the_pages_listen_on_this_computer_alone_whatever_settings_lie_about(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(SETTINGS)
    with served(tmp_path, environment={"STREAMLIT_SERVER_ADDRESS": EVERYWHERE, "HOME": str(tmp_path)}) as pages:
        listening = [
            line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if line.split()[3] == "0A"
        ]
        listening += [
            line.split()[1] for line in Path("/proc/net/tcp6").read_text().splitlines() if line.split()[3] == "0A"
        ]
        assert [found for found in listening if found.endswith(f":{pages.port:04X}")] == [f"0100007F:{pages.port:04X}"]
