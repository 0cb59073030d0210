"""The answers shown in the documentation get the feedback that it shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "examples.md").read_text(encoding="utf-8")


def test_the_page_of_examples_is_what_make_docs_writes() -> None:
    written = subprocess.run(
        [sys.executable, str(DOCS / "examples.py")], capture_output=True, check=True, cwd=DOCS.parent
    )
    assert written.stdout.decode().splitlines() == PAGE.splitlines(), "run make docs"


@pytest.mark.parametrize("example", PAGE.split("\n## ")[1:], ids=lambda example: example.splitlines()[0])
def test_every_example_quotes_its_own_answer(example: str) -> None:
    answer = next(line for line in example.splitlines() if line.startswith("> "))
    said = [line for line in example.splitlines() if line.startswith(("- What worked", "- One change", "- They may"))]
    assert said
    for line in said:
        quote = line.partition("“")[2].partition("”")[0].removesuffix(" …")
        assert quote in answer


def test_there_are_ten_examples_of_different_kinds() -> None:
    assert PAGE.count("\n## ") == 10
