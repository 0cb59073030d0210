"""What a person wants counted and judged, said on the command line."""

from __future__ import annotations

import json

import pytest

from rehearse.cli import analyze, main
from rehearse.metrics import DELIVERY, METRICS
from tests.sounds import DATA

STORY = DATA / "recordings" / "synthetic" / "engineer_result_first.flac"


@pytest.fixture(autouse=True)
def _real_recogniser(transcriber, monkeypatch):
    monkeypatch.setattr(analyze, "_transcriber", lambda _model: transcriber)


def test_a_filler_word_of_ones_own_counts_and_one_left_out_does_not(tmp_path, capsys):
    lines = tmp_path / "answers.jsonl"
    lines.write_text('{"id": 1, "answer": "So, it was late, innit, and, basically, we left."}\n')
    status = main(["analyze", "--json", "--marker", "Innit", "--no-marker", "so", "--transcript", str(lines)])
    row = json.loads(capsys.readouterr().out)
    assert status == 0
    assert [filler["text"] for filler in row["fillers"]] == ["innit", "basically"]


def test_what_is_left_unjudged_is_measured_and_gets_no_finding(capsys):
    assert main(["analyze", "--json", "--unjudged", ",".join(DELIVERY), str(STORY)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["measurements"]["word_count"]["value"] >= METRICS["speech_rate"].judged_from
    assert row["measurements"]["speech_rate"]["value"] > 0, "judged, each speech rate has its sentence"
    assert row["findings"]
    assert {found["measurement"] for found in row["findings"]} & {
        name for name, metric in METRICS.items() if metric.family in DELIVERY
    } == set()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["--marker", "um"], "'um' is counted already, among the filled pauses"),
        (["--no-marker", "innit"], "'innit' is not looked for anyway"),
        (["--unjudged", "story"], "'story' cannot be left unjudged"),
    ],
)
def test_a_choice_that_makes_no_sense_is_a_wrong_argument(given, reason, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["analyze", *given, str(STORY)])
    assert stopped.value.code == 2
    assert reason in capsys.readouterr().err
