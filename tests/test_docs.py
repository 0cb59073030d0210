"""What the documentation says is what the program does."""

import subprocess
import sys
from pathlib import Path

from rehearse.metrics import METRICS

DOCS = Path(__file__).parent.parent / "docs"
METRICS_PAGE = (DOCS / "metrics.md").read_text(encoding="utf-8")


def test_the_page_of_measurements_is_what_make_docs_writes():
    written = subprocess.run(
        [sys.executable, str(DOCS / "metrics.py")], capture_output=True, check=True, cwd=DOCS.parent
    )
    assert written.stdout.decode().splitlines() == METRICS_PAGE.splitlines(), "run make docs"


def test_every_measurement_has_its_formula_its_unit_and_a_source_on_the_page():
    for metric in METRICS.values():
        entry = METRICS_PAGE.partition(f"### {metric.label}: `{metric.name}`")[2].partition("###")[0]
        assert metric.formula.startswith(f"{metric.name} = ")
        assert metric.formula in entry
        assert f"- Unit: {metric.unit}" in entry
        assert f"- Source: {metric.source}" in entry


def test_every_band_is_on_the_page_with_the_kinds_of_question_that_have_their_own():
    entry = METRICS_PAGE.partition("`answer_length`")[2].partition("###")[0]
    assert "- Band: 45 to 150; behavioral, panel: 45 to 180" in entry
