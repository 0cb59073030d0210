"""``rehearse doctor`` says what is wrong and what to do, without a word of what was practised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.storage.history import History
from tests.factories import attempt


def checks(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_is_wrong_is_said_with_what_to_do_and_without_a_word_of_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("REHEARSE_DATA", str(data))
    assert main(["doctor", "--json"]) == 0
    found = checks(capsys)
    assert {check["name"] for check in found} >= {"versions", "weights", "processor", "disk", "permissions", "history"}
    assert any("every byte as pinned" in check["text"] for check in found)

    History(data / "history.db").add(attempt())
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "First profile: 1 answer" in said
    assert attempt().transcript.text not in said

    (data / "history.db").write_bytes(b"no database" * 100)
    data.chmod(0o755)
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "none"))
    assert main(["doctor", "--json"]) == 1
    states = {(check["name"], check["state"]): check["text"] for check in checks(capsys)}
    assert "run `rehearse models fetch" in states["weights", "wrong"]
    assert "chmod 700" in states["permissions", "note"]
    assert ("history", "wrong") in states
