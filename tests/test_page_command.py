"""``rehearse`` alone: weights first, then the pages."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rehearse import cli, weights
from rehearse.cli import page


class FakeServer:
    """Remembers how it was started."""

    started: list[list[str]]
    profiles: list[str | None]

    def __init__(self, command: list[str], env: Mapping[str, str]) -> None:
        FakeServer.started.append(command)
        FakeServer.profiles.append(env.get("REHEARSE_PROFILE"))

    def wait(self) -> int:
        return 0


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    FakeServer.started, FakeServer.profiles = [], []
    monkeypatch.delenv("REHEARSE_PROFILE", raising=False)
    monkeypatch.setattr(subprocess, "Popen", FakeServer)
    monkeypatch.setattr(weights, "path", lambda _: Path())
    return FakeServer.started


def test_rehearse_alone_opens_the_page_in_the_browser(started: list[list[str]]) -> None:
    assert cli.main([]) == 0
    assert cli.main(["page", "--no-browser"]) == 0
    assert ["--browser" in command for command in started] == [True, False]


def test_a_port_can_be_named(started: list[list[str]]) -> None:
    assert cli.main(["page", "--port", "9123"]) == 0
    assert "--port=9123" in started[0]


def test_a_port_can_be_named_without_a_command(started: list[list[str]]) -> None:
    assert cli.main(["--port", "9123", "--no-browser"]) == 0
    assert "--port=9123" in started[0]
    assert "--browser" not in started[0]


def test_a_port_before_another_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["--port", "9123", "profiles"])
    assert "for the page alone" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "web"])
def test_a_port_that_cannot_be_is_said(port: str, started: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["page", f"--port={port}"])
    assert f"{port!r} is not a port; name a whole number from 1 to 65535" in capsys.readouterr().err
    assert not started


def test_a_named_port_that_is_taken_is_said_before_any_address(
    started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert cli.main(["page", "--port", str(taken)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"rehearse: port {taken} cannot be used (Address already in use); name another")
    assert "--port" in printed.err
    assert not started


def test_a_taken_port_gives_way_to_a_free_one(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(page, "PORT", taken)
        assert cli.main(["page"]) == 0
    [port] = [flag for flag in started[0] if flag.startswith("--port=")]
    assert port != f"--port={taken}"


def test_missing_weights_are_fetched_before_the_pages_are_served(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def missing(_: str) -> Path:
        msg = "not here"
        raise ValueError(msg)

    def fetch(name: str, **_: Any) -> Path:
        assert not started
        fetched.append(name)
        return Path(name)

    monkeypatch.setattr(weights, "path", missing)
    monkeypatch.setattr(weights, "fetch", fetch)
    assert cli.main(["page"]) == 0
    assert fetched == list(weights.NEEDED)
    assert len(started) == 1


def test_without_any_source_of_weights_the_page_says_so_and_does_not_start(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nowhere(*_: object, **__: object) -> Path:
        msg = "no source answered"
        raise ValueError(msg)

    monkeypatch.setattr(weights, "path", nowhere)
    monkeypatch.setattr(weights, "fetch", nowhere)
    assert cli.main(["page"]) == 1
    assert "no source answered" in capsys.readouterr().err
    assert not started


@pytest.mark.usefixtures("started")
def test_the_pages_open_with_the_profile_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    cli.main(["profiles", "new", "Ana"])
    cli.main(["page", "--no-browser"])
    cli.main(["--profile", "Ana"])
    assert FakeServer.profiles == [None, "Ana"]
