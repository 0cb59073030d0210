"""The built packages work away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RENDER = """
from rehearse.pages import serving
from streamlit.testing.v1 import AppTest
assert serving.options(8501)["server.address"] == "127.0.0.1"
shown = AppTest.from_file(str(serving.SCRIPT), default_timeout=60).run()
assert not shown.exception, shown.exception
import rehearse
print(rehearse.__file__)
"""


def run(*command: str, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A source archive, and the wheel built from it."""
    place = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(ROOT))
    return place


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """An environment that has the wheel, and this one's other packages behind it."""
    place = tmp_path_factory.mktemp("away")
    run(sys.executable, "-m", "venv", "--without-pip", str(place / "env"))
    paths = {"base": str(place / "env"), "platbase": str(place / "env")}
    library = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (library / "behind.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    programs = Path(sysconfig.get_path("scripts", "venv", vars=paths))
    pip = [sys.executable, "-m", "pip", f"--python={programs / 'python'}", "install", "--no-deps", "--no-index"]
    run(*pip, *map(str, built.glob("*.whl")))
    return programs


def away(place: Path) -> dict[str, str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "REHEARSE"))}
    return inherited | {"HOME": str(place), "XDG_DATA_HOME": str(place), "XDG_CACHE_HOME": str(place)}


def sources() -> set[str]:
    listed = run("git", "ls-files", "rehearse", "question_sets", "models/models.toml", ".streamlit", cwd=ROOT)
    return {name for name in listed.splitlines() if (ROOT / name).is_file()}


def test_the_wheel_carries_every_page_question_set_and_the_manifest(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    wanted = {name if name.startswith("rehearse/") else f"rehearse/shipped/{name}" for name in sources()}
    assert wanted - carried == set()


def test_the_source_archive_carries_them_too(built):
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        carried = {name.partition("/")[2] for name in archive.getnames()}
    assert sources() - carried == set()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["--help"], "questions"), (["questions", "list"], "behavioral"), (["models", "list"], "tiny.en")],
)
def test_an_installed_command_works_away_from_the_checkout(installed, tmp_path, arguments, expected):
    assert expected in run(str(installed / "rehearse"), *arguments, cwd=tmp_path, env=away(tmp_path))


def test_an_installed_page_renders_away_from_the_checkout(installed, tmp_path):
    printed = run(str(installed / "python"), "-c", RENDER, cwd=tmp_path, env=away(tmp_path))
    assert Path(printed.strip()).is_relative_to(installed.parent)
