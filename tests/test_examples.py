"""The answers shown in the documentation get the feedback that it shows."""

from __future__ import annotations

import re
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
    lines = example.splitlines()
    answer = next(line for line in lines if line.startswith("> ")).lower()
    rows = [line.split(" | ") for line in lines if line.startswith(("| What worked", "| One change"))]
    assert len(rows) == 2
    for *_, now in rows:
        for quote in re.findall("“(.+?)”", now):
            words = [word.strip(".,;:!?…") for word in quote.lower().split()]
            missing = [word for word in words if word not in answer]
            assert "…" in quote or quote in "\n".join(lines[:3]) or missing == [], missing
