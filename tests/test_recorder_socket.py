"""A browser streams an answer to the disk over a socket that takes nothing else, from nobody else."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from rehearse.app.worker import Worker
from rehearse.model import Origin
from rehearse.pages import recorder_socket
from rehearse.pages.guard import Guard
from rehearse.pages.practice.browser_recording import TICKETS, Ticket
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from rehearse.transcription import Transcriber
from tests import factories
from tests.microphones import noise, samples
from tests.waiting import PATIENCE, until

RATE = 16_000
BLOCK = 1600
KEY = "the key of this start"
REFUSED = 1008


def no_weights() -> Transcriber:
    msg = "there are no weights"
    raise ValueError(msg)


@dataclass
class Line:
    """The socket of a server of its own, and what came of it."""

    port: int
    store: TakeStore
    finished: list[Take] = field(default_factory=list)

    def ticket(self, limit_seconds: float = 600) -> str:
        return TICKETS.issue(self.permission(limit_seconds))

    def permission(self, limit_seconds: float = 600) -> Ticket:
        worker = Worker(self.store, History(self.store.root.parent / "history.db"), no_weights)
        return Ticket(
            self.store,
            worker,
            factories.QUESTION,
            Origin("browser"),
            limit_seconds,
            lambda t, _: self.finished.append(t),
        )

    @contextmanager
    def open(self, ticket: str, **changes: str) -> Iterator[ClientConnection]:
        wanted = {"ticket": ticket, "rate": str(RATE), "block": str(BLOCK), "first": "0"}
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Cookie": f"rehearse_{self.port}={KEY}"}
        for name, value in changes.items():
            (wanted if name in wanted else headers)[name] = value
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        address = f"ws://{headers.pop('Host', '127.0.0.1')}:{self.port}{recorder_socket.PATH}?{query}"
        given = {name: value for name, value in headers.items() if value}
        here = socket.create_connection(("127.0.0.1", self.port))
        with connect(address, sock=here, additional_headers=given, proxy=None) as line:
            assert heard(line)["next"] >= int(wanted["first"])
            yield line


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        found = int(listening.getsockname()[1])
        app = Starlette(routes=[recorder_socket.route()], middleware=[Middleware(Guard, key=KEY)])
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="websockets-sansio"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        until(lambda: server.started)
        yield found
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def line(port: int, tmp_path: Path) -> Line:
    return Line(port, TakeStore(tmp_path / "takes"))


def heard(line: ClientConnection) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(line.recv(PATIENCE))
    return told


def message(number: int, block: np.ndarray) -> bytes:
    return number.to_bytes(4, "little") + block.astype("<i2").tobytes()


def send(line: ClientConnection, sound: np.ndarray, *, first: int = 0) -> None:
    for number, start in enumerate(range(0, len(sound), BLOCK)):
        line.send(message(first + number, sound[start : start + BLOCK]))


def saved(line: ClientConnection) -> str:
    line.send("stop")
    while "saved" not in (told := heard(line)):
        assert "error" not in told, told
    return str(told["saved"])


def ended_with(line: ClientConnection) -> int | None:
    try:
        while True:
            line.recv(PATIENCE)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


def part(store: TakeStore) -> Path:
    [found] = store.root.glob("*/audio.part.wav")
    return found


def test_an_answer_that_is_streamed_is_a_take_sample_by_sample(line: Line) -> None:
    sound = noise(3.05).reshape(-1)
    with line.open(line.ticket()) as opened:
        send(opened, sound)
        take_id = saved(opened)
    take = line.store.get(take_id)
    assert take is not None
    assert (samples(take.audio) == sound).all()
    assert (take.question, take.origin) == (factories.QUESTION, Origin("browser"))
    assert line.finished == [take]


def test_what_is_spoken_is_on_the_disk_before_the_recording_ends(line: Line) -> None:
    with line.open(line.ticket()) as opened:
        send(opened, noise(1).reshape(-1))
        until(lambda: part(line.store).stat().st_size >= 44 + 2 * RATE)
        saved(opened)


def test_a_connection_that_breaks_goes_on_where_it_was(line: Line) -> None:
    sound, ticket = noise(2).reshape(-1), line.ticket()
    with line.open(ticket) as opened:
        send(opened, sound[:RATE])
        until(lambda: TICKETS.find(ticket).expected == 10)
    with line.open(ticket, first="8") as opened:
        send(opened, sound[8 * BLOCK :], first=8)
        take_id = saved(opened)
    assert (samples(line.store.get(take_id).audio) == sound).all()


def test_two_tabs_record_at_once_and_each_gets_its_own(line: Line) -> None:
    sounds = [noise(1).reshape(-1), -noise(1).reshape(-1)]
    with line.open(line.ticket()) as first, line.open(line.ticket()) as second:
        for number in range(10):
            for opened, sound in zip((first, second), sounds, strict=True):
                opened.send(message(number, sound[number * BLOCK : (number + 1) * BLOCK]))
        found = [saved(first), saved(second)]
    for take_id, sound in zip(found, sounds, strict=True):
        assert (samples(line.store.get(take_id).audio) == sound).all()


def test_a_second_connection_with_a_ticket_takes_over_from_the_first(line: Line) -> None:
    ticket = line.ticket()
    with line.open(ticket) as first:
        send(first, noise(1).reshape(-1))
        until(lambda: TICKETS.find(ticket).expected == 10)
        with line.open(ticket, first="10") as second:
            first.send(message(10, noise(0.1).reshape(-1)))
            assert ended_with(first) == REFUSED
            saved(second)


def test_a_recording_ends_at_its_limit_and_says_so(line: Line) -> None:
    ticket = line.ticket(limit_seconds=1)
    with line.open(ticket) as opened:
        send(opened, noise(1.5).reshape(-1))
        until(lambda: not TICKETS.find(ticket).running)
        send(opened, noise(0.1).reshape(-1), first=15)
        while "full" not in heard(opened):
            pass
        take_id = saved(opened)
    assert len(samples(line.store.get(take_id).audio)) == RATE


def test_a_tab_that_leaves_without_stop_leaves_a_take_that_is_not_analysed(line: Line) -> None:
    with line.open(line.ticket()) as opened:
        send(opened, noise(1).reshape(-1))
        opened.send("leave")
        until(lambda: len(line.store.all()) == 1)
    assert line.finished == []


def test_a_killed_tab_leaves_its_take_once_it_does_not_come_back(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_socket, "GRACE_SECONDS", 0.2)
    ticket = line.ticket()
    with line.open(ticket) as opened:
        send(opened, noise(1).reshape(-1))
        until(lambda: TICKETS.find(ticket).expected == 10)
    until(lambda: len(line.store.all()) == 1)
    assert len(samples(line.store.all()[0].audio)) == RATE


@pytest.mark.parametrize(
    "changes",
    [
        {"Origin": "http://example.com"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Host": "example.com"},
        {"Host": "example.com", "Origin": "http://example.com"},
        {"Cookie": ""},
        {"Cookie": "rehearse_1=guessed"},
        {"ticket": "guessed"},
        {"ticket": ""},
        {"rate": "7999"},
        {"rate": "96001"},
        {"rate": "-16000"},
        {"rate": "16e3"},
        {"block": "0"},
        {"block": str(RATE + 1)},
        {"block": "9" * 30},
        {"first": "1"},
        {"first": "\N{SUPERSCRIPT TWO}"},
    ],
)
def test_a_wrong_connection_is_refused_before_it_is_opened(line: Line, changes: dict[str, str]) -> None:
    ticket = changes.pop("ticket", line.ticket())
    with pytest.raises(InvalidStatus) as refused, line.open(ticket, **changes):
        pass
    assert refused.value.response.status_code == 403
    assert not line.store.root.exists(), "nothing is written for a stranger"


def test_the_rate_of_a_recording_cannot_change(line: Line) -> None:
    ticket = line.ticket()
    with line.open(ticket) as opened:
        send(opened, noise(1).reshape(-1))
        with pytest.raises(InvalidStatus), line.open(ticket, rate="48000"):
            pass
        saved(opened)


@pytest.mark.parametrize(
    "wrong",
    [
        message(0, noise(0.2).reshape(-1)),
        message(1, noise(0.1).reshape(-1)),
        message(0, noise(0.1).reshape(-1))[:-1],
        b"",
        b"\0\0\0\0",
        "go on",
    ],
    ids=["too large", "a gap", "half a sample", "nothing", "no sound", "an unknown word"],
)
def test_a_wrong_message_ends_the_connection(line: Line, wrong: bytes | str) -> None:
    with line.open(line.ticket()) as opened:
        opened.send(wrong)
        assert ended_with(opened) == REFUSED


def test_more_sound_than_time_ends_the_connection_and_what_came_before_is_safe(line: Line) -> None:
    ticket = line.ticket()
    with line.open(ticket) as opened:
        with suppress(ConnectionClosed):
            send(opened, noise(60).reshape(-1))
        assert ended_with(opened) == REFUSED
    TICKETS.find(ticket).leave()
    [take] = line.store.all()
    assert 4 < len(samples(take.audio)) / RATE < 10


def test_every_ticket_can_be_the_key_of_the_recorder_on_the_page(line: Line) -> None:
    permission = line.permission()
    assert all(TICKETS.issue(permission).isalnum() for _ in range(300))
