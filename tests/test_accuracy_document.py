"""docs/ACCURACY.md is what ``make accuracy`` wrote last, and says what a reader must know."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.accuracy import texts
from rehearse import weights
from rehearse.progress.measurement_error import FILE

PAGE = (Path(__file__).parent.parent / "docs" / "ACCURACY.md").read_text(encoding="utf-8")
KNOWN = tomllib.loads(FILE.read_text(encoding="utf-8"))["models"]
SECTIONS = re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_the_ranges_on_the_page_come_from_the_errors_that_the_document_states() -> None:
    stated = section("The ranges beside the numbers")
    for model, known in KNOWN.items():
        for found in known["counts"].values():
            assert f"| {model} |" in stated
            assert f"{found['right']} right, {found['wrong']} wrong, {found['missed']} missed" in stated


@pytest.mark.parametrize("way", ["plain", "prompted", "erm", "rehearse"])
def test_every_way_of_listening_is_measured_with_the_default_model_or_named_as_missing(way: str) -> None:
    measured = [row for row in rows("Filled pauses") if row[:2] == [weights.DEFAULT, way]]
    assert [row[2] for row in measured] == ["human", "synthetic"] or f"**Not measured:** {way}" in PAGE
    assert all(re.search(r"\(\d\.\d\d to \d\.\d\d\)", row[5]) for row in measured)


def test_rehearse_hears_nine_of_ten_and_invents_none_in_read_speech() -> None:
    human, synthetic = (row for row in rows("Filled pauses") if row[:2] == [weights.DEFAULT, "rehearse"])
    assert float(human[5].split()[0]) >= 0.88
    assert float(synthetic[5].split()[0]) >= 0.92
    assert human[7].startswith("0.00 ")


def test_what_is_lost_and_what_is_not_known_is_said_and_the_timings_stand_last() -> None:
    assert section("Where another way is better").strip()
    assert "one man" in section("What these figures do not say")
    assert SECTIONS[-1] == "Timings of this run"


def test_the_sentences_nobody_looked_at_are_more_than_150_half_of_them_clean_and_well_told() -> None:
    unseen = next(found for found in texts.score_texts() if found.name == "markers_independent.jsonl")
    assert len(unseen.scores) >= 150
    assert unseen.clean >= len(unseen.scores) / 2
    assert (unseen.score.f1 or 0) >= 0.95
