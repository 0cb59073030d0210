"""Decode a recording in a separate process, so that a crash of the decoder does not end the caller.

Run as a file: ``python decoder.py sound|length PATH [TRACK]``. It writes messages to standard output. Each begins with
two numbers: channels and frames of a block of samples, which follow as packed float32; or ``FACTS`` and the length in
bytes of the JSON that follows. It does not import rehearse, so that it starts in a tenth of a second.

PyAV frees the channels of a frame twice if their order is custom, and reads past the end of frames with eight or more
planes. So every layout is held until the process exits without cleaning up, and only packed samples are read.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterable, Iterator
from typing import Any

RATE = 16_000
"""Sample rate of the output in Hz."""

HEAD = struct.Struct("<iI")
"""Header of a message."""

FACTS = -1
"""In place of the number of channels: JSON follows."""

RATES = (4_000, 768_000)
"""Accepted sample rates in Hz (house default): lower rates hold no speech, and no device produces higher ones."""

SILENCE = 0
"""In place of the number of channels: that many frames of silence, with no data."""

MOST_CHANNELS = 64
"""The limit of FFmpeg's resampler."""

_BYTES = 4
_REPORTED_EVERY = 0.01
"""Share of the file after which progress is reported again (house default)."""
_HELD: list[Any] = []


LONGEST_GAP = 3600.0
"""Longest gap in seconds that is filled with silence; beyond it the time stamps are taken as wrong (house default)."""

_JITTER = 0.15
"""Seconds by which time stamps may deviate from the sound (house default); a pause is longer."""
_STEP = 0.03
"""Seconds between two frames from which sound is missing between them; less is rounding or clock drift."""
_BACK = 1.0
"""Seconds by which a stamp precedes the end of the sound if another recording was appended (house default)."""


class _UnusableError(Exception):
    """Raised if a sound is refused because its rate or number of channels is out of range."""

    def __init__(self, **excess: int) -> None:
        super().__init__()
        self.excess = excess


class _Clock:
    """Position of the sound on the time line of its file, including silence that was not written.

    Attributes:
        end: Seconds from the start of the file to the end of the sound so far.

    """

    def __init__(self, container: Any) -> None:
        import av

        start = container.start_time
        self._origin = None if start is None else start / av.time_base
        self._stamped = 0.0
        self.end = 0.0

    def count(self, stamp: float | None, duration: float) -> float:
        """Add a frame with its time stamp in seconds; return the seconds of silence that belong before it."""
        silence = 0.0
        if stamp is not None:
            moment = stamp - (stamp if self._origin is None else self._origin)
            late, step = moment - self.end, moment - self._stamped
            if not -_BACK < late < LONGEST_GAP:
                self._origin, moment = stamp - self.end, self.end
            elif late > _JITTER and step > _STEP:
                silence = late
            self._origin = stamp - moment
            self._stamped = moment
        self._stamped += duration
        self.end += silence + duration
        return silence


def _main(task: str, path: str, track: str = "") -> None:
    import av

    try:
        # The prefix stops a path from being read as a URL, the whitelist stops a playlist from naming one.
        with av.open(f"file:{path}", metadata_errors="ignore", options={"protocol_whitelist": "file"}) as container:
            if stream := _stream(container, track):
                (_write_sound if task == "sound" else _write_length)(container, stream)
            else:
                _report(problem="undecodable")
    except av.error.FFmpegError:
        _report(problem="undecodable")
    except _UnusableError as error:
        _report(problem="unusable", **error.excess)
    sys.stdout.buffer.flush()
    os._exit(0)


def _stream(container: Any, track: str) -> Any:
    """Select a track and report it; None if there is none, or no decoder for it."""
    import av

    streams = container.streams.audio
    order = sorted(range(len(streams)), key=lambda i: not streams[i].disposition & av.stream.Disposition.default)
    if not order:
        return None
    number = int(track) if track else order[0]
    stream = streams[number]
    language = stream.language if stream.language != "und" else None
    codec = stream.codec_context
    _report(order=order, number=number, language=language, lossy=codec is None or not codec.codec.lossless)
    return codec and stream


def _report(**facts: object) -> None:
    data = json.dumps(facts).encode()
    sys.stdout.buffer.write(HEAD.pack(FACTS, len(data)) + data)


def _write_sound(container: Any, stream: Any) -> None:
    damage: list[Exception] = []
    written, clock = 0, _Clock(container)
    for block in _resampled(_frames(container, stream, damage), clock):
        if isinstance(block, float):
            # Relative to the start, so that rounding errors do not accumulate.
            silence = round(block * RATE) - written
            for first in range(0, silence, RATE):
                sys.stdout.buffer.write(HEAD.pack(SILENCE, min(RATE, silence - first)))
            written += max(silence, 0)
            continue
        channels = block.layout.nb_channels
        sys.stdout.buffer.write(HEAD.pack(channels, block.samples))
        sys.stdout.buffer.write(memoryview(block.planes[0])[: block.samples * channels * _BYTES])
        written += block.samples
    _report(damaged=bool(damage))


def _write_length(container: Any, stream: Any) -> None:
    """Report the length of the sound, decoding only its start.

    Every packet is counted: the length stated by the file, or estimated by FFmpeg, may be wrong.
    """
    first, clock = None, _Clock(container)
    for packet in _packets(container, stream, []):
        # If the format is unknown until the first frame, packets have no duration.
        frames = _decoded(packet, []) if first is None or not packet.duration else []
        first = first or next(iter(frames), None)
        duration = _seconds(packet, packet.duration) or sum(frame.samples / frame.sample_rate for frame in frames)
        # Packets removed by an edit, or needed only to start the decoder, are not played.
        if not packet.is_discard:
            clock.count(_seconds(packet, packet.pts), duration)
    if first is None:
        _report(problem="undecodable")
        return
    _assert_usable(first)
    _report(seconds=clock.end)


def _seconds(timed: Any, ticks: int | None) -> float | None:
    return None if ticks is None or timed.time_base is None else float(ticks * timed.time_base)


def _frames(container: Any, stream: Any, damage: list[Exception]) -> Iterator[Any]:
    """Yield decoded frames; skip damaged packets, and report the share of the file that has been read.

    Raises the last error if no packet could be decoded.
    """
    decoded, reported = False, 0.0
    for packet in _packets(container, stream, damage):
        # By position in the file: the length that it states may be wrong or missing.
        share = (packet.pos or 0) / container.size if container.size > 0 else 0.0
        if reported + _REPORTED_EVERY <= share <= 1:
            reported = share
            _report(done=share)
        for frame in _decoded(packet, damage):
            decoded = True
            yield frame
    if damage and not decoded:
        raise damage[-1]


def _packets(container: Any, stream: Any, damage: list[Exception]) -> Iterator[Any]:
    """Yield packets to the end of the file, skipping damage."""
    import av

    packets = container.demux(stream)
    while True:
        try:
            yield next(packets)
        except (StopIteration, av.error.EOFError):
            return
        except av.error.FFmpegError as error:
            damage.append(error)


def _decoded(packet: Any, damage: list[Exception]) -> list[Any]:
    import av

    try:
        frames: list[Any] = packet.decode()
    except av.error.EOFError:
        return []
    except av.error.FFmpegError as error:
        damage.append(error)
        return []
    _HELD.extend(frame.layout for frame in frames)
    return frames


def _resampled(frames: Iterable[Any], clock: _Clock) -> Iterator[Any]:
    """Resample frames to ``RATE``; the format may change within a file.

    A float among the blocks stands for silence up to that many seconds from the start of the file.
    """
    import av

    resampler, before = None, None
    for frame in frames:
        _assert_usable(frame)
        duration = frame.samples / frame.sample_rate
        silence = clock.count(_seconds(frame, frame.pts), duration)
        kind = (frame.sample_rate, frame.layout.name, frame.format.name)
        if silence or kind != before:
            yield from _pulled(resampler, None)
            resampler, before = av.AudioResampler(format="flt", rate=RATE, frame_size=RATE), kind
        if silence:
            yield clock.end - duration
        yield from _pulled(resampler, frame)
    yield from _pulled(resampler, None)


def _pulled(resampler: Any, frame: Any) -> list[Any]:
    blocks: list[Any] = resampler.resample(frame) if resampler else []
    _HELD.extend(block.layout for block in blocks)
    return blocks


def _assert_usable(frame: Any) -> None:
    if not RATES[0] <= frame.sample_rate <= RATES[1]:
        raise _UnusableError(rate=frame.sample_rate)
    if frame.layout.nb_channels > MOST_CHANNELS:
        raise _UnusableError(channels=frame.layout.nb_channels)


if __name__ == "__main__":
    _main(*sys.argv[1:])
