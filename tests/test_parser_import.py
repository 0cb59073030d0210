"""The parser comes without what a command line needs."""

import subprocess
import sys

SCRIPT = """
import sys
from rehearse.content import load
from rehearse.pipeline import warm_up
warm_up()
load()
print(*(name in sys.modules for name in ("spacy", "httpx", "typer", "spacy.cli")))
import spacy.cli
print(spacy.cli.app is not None)
"""


def test_the_parser_loads_without_spacys_command_line_which_stays_importable() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)
    loaded, later = run.stdout.splitlines()
    assert loaded == "True False False False"
    assert later == "True"
