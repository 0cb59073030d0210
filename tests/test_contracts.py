"""What holds for the whole project: import direction, commands, start time, what files may name."""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from importlinter.cli import lint_imports

from rehearse.cli import build_parser

ROOT = Path(__file__).parent.parent
COMMANDS = {"analyze", "history", "models", "page", "questions", "record", "report"}
HEAVY = {
    "altair",
    "av",
    "ctranslate2",
    "faster_whisper",
    "huggingface_hub",
    "numpy",
    "onnxruntime",
    "pandas",
    "requests",
    "sounddevice",
    "soundfile",
    "spacy",
    "sqlite3",
    "streamlit",
    "textstat",
    "tqdm",
}
# In two pieces, or this file would name them too.
HOSTS = ["".join(pieces) for pieces in (("py", "pi.org"), ("python", "hosted"), ("npm", "js."), ("deb.", "debian"))]
PLACES = [f"{place}/" for place in (ROOT, ROOT.parent, Path.home(), Path(gettempdir())) if len(place.parts) > 1]


def parsers(parser: argparse.ArgumentParser, name: str = "rehearse") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                yield from parsers(inner, f"{name} {word}")


def texts() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    names = filter(None, listed.stdout.split("\0"))
    return [ROOT / name for name in names if (ROOT / name).is_file() and b"\0" not in (ROOT / name).read_bytes()]


def test_imports_go_down_only_and_only_pages_know_streamlit(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_every_fixed_command_is_there():
    found = {name.split()[1] for name, _ in parsers(build_parser()) if " " in name}
    assert found >= COMMANDS


@pytest.mark.parametrize(("name", "parser"), [pytest.param(*it, id=it[0]) for it in parsers(build_parser())][1:])
def test_every_command_has_help_with_an_example(name, parser):
    assert parser.description
    assert f"example: {name}" in (parser.epilog or "")


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"rehearse {name}" not in readme and name != "page"] == []


@pytest.mark.parametrize("call", ["import rehearse", "from rehearse.cli import main; main(['models', 'list'])"])
def test_starting_imports_nothing_heavy(call):
    script = f"{call}; import sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True)
    assert HEAVY & set(loaded.stdout.split()) == set()


def test_no_file_names_a_registry_or_a_place_on_one_machine():
    named = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(word in line for word in HOSTS + PLACES)
    ]
    assert named == []


def test_the_locked_versions_carry_no_address():
    locked = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in locked if not re.fullmatch(r"[\w.-]+==[\w.+!]+", line)] == []


def test_the_map_for_newcomers_is_the_contract_that_imports_are_held_to():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    drawn = text.partition("## Where things are")[2].partition("```\n")[2].partition("```")[0].splitlines()
    assert [re.split(r"\s{2,}", line)[0] for line in drawn] == layers
    rooms = {room for layer in layers for room in layer.split(" | ")}
    there = {
        path.stem for path in (ROOT / "rehearse").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__"} == rooms


def test_no_source_file_is_longer_than_400_lines():
    long = [path.name for path in texts() if path.suffix == ".py" and path.read_bytes().count(b"\n") > 400]
    assert long == []
