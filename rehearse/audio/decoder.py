"""Decode a recording in a process of its own, so that a decoder that crashes takes nobody with it.

Run as a file: ``python decoder.py sound|length PATH``. It writes messages to standard output. Each begins with two
numbers: channels and frames of a block of samples, which follow as packed float32; or ``FACTS`` and a number of bytes of
JSON, which follow. It imports nothing of rehearse, so that it starts in a tenth of a second.

PyAV frees the channels of a frame twice where their order is one of the file's own, and reads past the end of eight
planes and more. So every layout is held until the process ends without cleaning up, and only packed samples are read.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any

RATE = 16_000
"""Samples a second of what is written."""

HEAD = struct.Struct("<iI")
"""What a message begins with."""

FACTS = -1
"""In place of channels: JSON follows."""

RATES = (4_000, 768_000)
"""Samples a second that a recording may have (house default): less holds no speech, more is made by no device."""

MOST_CHANNELS = 64
"""What FFmpeg's resampler takes."""

_BYTES = 4
_HELD: list[Any] = []


class _UnusableError(Exception):
    """A sound that is not decoded on purpose, and by what."""

    def __init__(self, **excess: int) -> None:
        super().__init__()
        self.excess = excess


def _main(task: str, path: str) -> None:
    import av

    try:
        # The prefix makes a file of what would else be an address, the list keeps a playlist from naming one.
        with av.open(f"file:{path}", metadata_errors="ignore", options={"protocol_whitelist": "file"}) as container:
            if container.streams.audio:
                (_write_sound if task == "sound" else _write_length)(container)
            else:
                _tell(problem="undecodable")
    except av.error.FFmpegError:
        _tell(problem="undecodable")
    except _UnusableError as error:
        _tell(problem="unusable", **error.excess)
    sys.stdout.buffer.flush()
    os._exit(0)


def _tell(**facts: object) -> None:
    data = json.dumps(facts).encode()
    sys.stdout.buffer.write(HEAD.pack(FACTS, len(data)) + data)


def _write_sound(container: Any) -> None:
    damage: list[Exception] = []
    for block in _resampled(_frames(container, damage)):
        channels = block.layout.nb_channels
        sys.stdout.buffer.write(HEAD.pack(channels, block.samples))
        sys.stdout.buffer.write(memoryview(block.planes[0])[: block.samples * channels * _BYTES])
    _tell(damaged=bool(damage))


def _write_length(container: Any) -> None:
    """Tell how long the sound is, of which only the start is decoded."""
    import av

    first = next(_frames(container, []), None)
    if first is None:
        _tell(problem="undecodable")
        return
    _assert_usable(first)
    if container.duration:
        seconds = float(container.duration / av.time_base)
    else:
        ends = (float(packet.pts * packet.time_base) for packet in container.demux(audio=0) if packet.pts is not None)
        seconds = max(ends, default=0.0)
    _tell(seconds=seconds)


def _frames(container: Any, damage: list[Exception]) -> Iterator[Any]:
    """Yield decoded frames; a damaged packet is left out."""
    import av

    decoded = False
    packets = container.demux(audio=0)
    while True:
        try:
            frames = next(packets).decode()
        except StopIteration:
            break
        except av.error.EOFError:
            break
        except av.error.FFmpegError as error:
            damage.append(error)
            continue
        decoded = decoded or bool(frames)
        _HELD.extend(frame.layout for frame in frames)
        yield from frames
    if damage and not decoded:
        raise damage[-1]


def _resampled(frames: Iterable[Any]) -> Iterator[Any]:
    """Bring frames to the rate of every recording; the sound may change its own in the middle of a file."""
    import av

    for _, alike in groupby(frames, key=lambda frame: (frame.sample_rate, frame.layout.name, frame.format.name)):
        resampler = None
        for frame in chain(alike, [None]):
            if resampler is None:
                _assert_usable(frame)
                resampler = av.AudioResampler(format="flt", rate=RATE, frame_size=RATE)
            for block in resampler.resample(frame):
                _HELD.append(block.layout)
                yield block


def _assert_usable(frame: Any) -> None:
    if not RATES[0] <= frame.sample_rate <= RATES[1]:
        raise _UnusableError(rate=frame.sample_rate)
    if frame.layout.nb_channels > MOST_CHANNELS:
        raise _UnusableError(channels=frame.layout.nb_channels)


if __name__ == "__main__":
    _main(*sys.argv[1:])
