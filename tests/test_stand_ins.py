"""Packages come without those of their parts that nothing here uses."""

import subprocess
import sys

PARSER = """
import sys
from rehearse.story import load
load()
print(*(name in sys.modules for name in ("spacy", "httpx", "typer", "spacy.cli")))
import spacy.cli
print(spacy.cli.app is not None)
"""
WORDING = """
import sys
from rehearse.metrics import METRICS
from tests.factories import say
print(METRICS["long_word_share"].compute(say("I handled the team")), "textstat" in sys.modules, "nltk" in sys.modules)
import nltk
print(nltk.data.find is not None)
"""


def printed(script: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return run.stdout.splitlines()


def test_the_parser_loads_without_spacys_command_line_which_stays_importable() -> None:
    assert printed(PARSER) == ["True False False False", "True"]


def test_wording_is_measured_without_the_package_that_would_fetch_a_dictionary() -> None:
    assert printed(WORDING) == ["25.0 True False", "True"]
