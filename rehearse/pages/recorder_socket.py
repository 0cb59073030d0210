"""The WebSocket by which a browser streams a recording, on the address and port of the pages.

``Guard`` refuses a foreign host, a foreign origin and a missing key before this code is reached. Here a connection is
accepted only with a ticket that a page has issued, and with a sample rate, a block size and a first sequence number
that fit it; whoever then sends something else is disconnected. Each binary message is a sequence number (4 bytes,
little-endian) and a block of 16-bit samples; each text message is ``stop`` or ``leave``. The answers are JSON objects:
``next`` (blocks before it have arrived), ``remark`` (a sentence for the person who speaks), ``full`` (the limit is
reached), ``saved`` (the take's id), ``error`` (a sentence).
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass

import numpy as np
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from rehearse.pages.practice.browser_recording import TICKETS, BrowserRecording

PATH = "/record"
"""Path of the socket."""
RATES = (8_000, 96_000)
"""Lowest and highest sample rate of a browser's microphone that is accepted, in Hz (house default)."""
GRACE_SECONDS = 60.0
"""Seconds for a browser to come back before its recording is finished without it (house default)."""

_REFUSED = 1008
_BROKEN = 1011
_NUMBER = struct.Struct("<I")
_BYTES_PER_SAMPLE = 2
_LONGEST_BLOCK = 1.0
"""Seconds; more would be lost with a killed browser (house default)."""
_ACKNOWLEDGED = 5
"""Blocks after which the browser learns what has arrived (house default)."""

_leaving: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, slots=True)
class _Admitted:
    """A connection that may be accepted."""

    recording: BrowserRecording
    sample_rate: int
    block: int


def route() -> WebSocketRoute:
    """Return the route for ``streamlit.App``."""
    return WebSocketRoute(PATH, _record)


async def _record(socket: WebSocket) -> None:
    admitted = _admitted(socket)
    if admitted is None:
        await socket.close(_REFUSED)
        return
    recording = admitted.recording
    number = recording.connect()
    await socket.accept()
    try:
        await asyncio.to_thread(recording.begin, admitted.sample_rate)
        await socket.send_json({"next": recording.expected})
        await _receive(socket, admitted, number)
    except WebSocketDisconnect:
        pass
    except OSError as error:
        await _end(socket, _BROKEN, error=str(error))
    finally:
        _wait_for_return(recording, number)


def _admitted(socket: WebSocket) -> _Admitted | None:
    """Check a connection before it is accepted; None refuses it."""
    query = socket.query_params
    recording = TICKETS.find(query.get("ticket", ""))
    wanted = [query.get(name, "") for name in ("rate", "block", "first")]
    # Browsers always state the origin; that it is ours has been checked.
    if recording is None or len(socket.headers.getlist("origin")) != 1 or not all(map(_is_number, wanted)):
        return None
    rate, block, first = map(int, wanted)
    fits = (
        RATES[0] <= rate <= RATES[1]
        and recording.sample_rate in (None, rate)
        and 0 < block <= _LONGEST_BLOCK * rate
        and first <= recording.expected
    )
    return _Admitted(recording, rate, block) if fits else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**32))


async def _receive(socket: WebSocket, admitted: _Admitted, number: int) -> None:
    """Serve one connection until it is closed, replaced or misused, or the recording ends."""
    recording = admitted.recording
    while recording.connection == number:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        data, text = message.get("bytes"), message.get("text")
        if text == "stop":
            await _stop(socket, recording)
            return
        if text == "leave":
            await asyncio.to_thread(recording.leave)
            return
        if text is not None or data is None or not _accepted(admitted, data):
            break
        if recording.is_behind:
            await asyncio.to_thread(recording.catch_up)
        if not recording.running:
            await socket.send_json({"full": True, "next": recording.expected})
        elif recording.expected % _ACKNOWLEDGED == 0:
            await socket.send_json({"next": recording.expected})
        if remark := recording.due_remark():
            await socket.send_json({"remark": remark})
    await _end(socket, _REFUSED)


def _accepted(admitted: _Admitted, data: bytes) -> bool:
    """Hand on one block; False if it is malformed, too large, too early, or follows a gap."""
    size = len(data) - _NUMBER.size
    if not 0 < size <= admitted.block * _BYTES_PER_SAMPLE or size % _BYTES_PER_SAMPLE:
        return False
    (sequence,) = _NUMBER.unpack_from(data)
    if sequence > admitted.recording.expected or admitted.recording.is_too_fast(size // _BYTES_PER_SAMPLE):
        return False
    admitted.recording.push(sequence, np.frombuffer(data, "<i2", offset=_NUMBER.size).astype(np.int16))
    return True


async def _stop(socket: WebSocket, recording: BrowserRecording) -> None:
    try:
        take = await asyncio.to_thread(recording.stop)
    except (ValueError, OSError) as error:
        await _end(socket, _BROKEN, error=str(error))
        return
    await _end(socket, 1000, saved=take.id, error=recording.error)


async def _end(socket: WebSocket, code: int, **told: str | None) -> None:
    """Say what is known and close; the browser may have gone meanwhile."""
    try:
        if any(told.values()):
            await socket.send_json(told)
        if socket.client_state is WebSocketState.CONNECTED:
            await socket.close(code)
    except (WebSocketDisconnect, RuntimeError):
        pass


def _wait_for_return(recording: BrowserRecording, number: int) -> None:
    async def leave() -> None:
        await asyncio.sleep(GRACE_SECONDS)
        if recording.connection == number:
            await asyncio.to_thread(recording.leave)

    if recording.connection == number:
        task = asyncio.create_task(leave())
        _leaving.add(task)
        task.add_done_callback(_leaving.discard)
