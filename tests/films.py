"""Films as cameras, browsers and screen recorders write them, whose sound begins late, has gaps or lies on several
tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from rehearse.model import Recording

CODECS = {".webm": "libopus", ".mkv": "libopus", ".mp4": "aac", ".mov": "pcm_s16le", ".avi": "mp3", ".ts": "aac"}
RATE = 48_000


def as_written(moment: float) -> float | None:
    """Write every packet when it was spoken."""
    return moment


@dataclass(frozen=True, slots=True)
class Track:
    """One track of sound.

    Attributes:
        sound: Mono.
        start: Seconds at which it begins.
        stamp: Gives the seconds which the file names for each packet, of those at which it was spoken; None leaves it
        out.
        default: Whether a player is to choose it.
        language: Of three letters.

    """

    sound: Recording
    start: float = 0.0
    stamp: Callable[[float], float | None] = field(default=as_written)
    default: bool = False
    language: str | None = None


def film(path: Path, *tracks: Track, pictures: float = 0.0) -> Path:
    """Write a film: tracks of sound, and black pictures for so many seconds."""
    import av

    video = {".webm": "libvpx"}.get(path.suffix, "mpeg4")
    with av.open(str(path), "w") as container:
        streams = [_stream(container, CODECS[path.suffix], track) for track in tracks]
        packets = [timed for track, stream in zip(tracks, streams, strict=True) for timed in _encoded(track, stream)]
        if pictures:
            stream = container.add_stream(video, rate=5)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            packets += _pictures(stream, pictures)
        for _, packet in sorted(packets, key=lambda timed: timed[0]):
            container.mux(packet)
    return path


def _stream(container: Any, codec: str, track: Track) -> Any:
    import av

    stream = container.add_stream(codec, rate=RATE, layout="mono")
    stream.codec_context.open()
    # A list of flags has no name for "not the default one", which is what the format writes without any.
    stream.disposition = av.stream.Disposition.default if track.default else av.stream.Disposition(0)
    if track.language:
        stream.metadata["language"] = track.language
    return stream


def _encoded(track: Track, stream: Any) -> Sequence[tuple[float, Any]]:
    """Give the packets, each with the seconds at which it is written, whatever its stamp says."""
    import av

    samples = np.ascontiguousarray(track.sound.samples[None, :])
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = track.sound.sample_rate, 0, Fraction(1, track.sound.sample_rate)
    resampler = av.AudioResampler(stream.format, "mono", RATE, stream.codec_context.frame_size or 1024)
    blocks = [*resampler.resample(frame), *resampler.resample(None)]
    packets = [packet for block in [*blocks, None] for packet in stream.encode(block)]
    stamped = []
    for packet in packets:
        spoken = float(packet.pts * packet.time_base)
        moment = track.stamp(spoken)
        if moment is not None:
            packet.pts = packet.dts = round((moment + track.start) / packet.time_base)
            stamped.append((spoken + track.start, packet))
    return stamped


def _pictures(stream: Any, seconds: float) -> Sequence[tuple[float, Any]]:
    import av

    packets: list[Any] = []
    for number in range(round(seconds * 5)):
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        picture.pts, picture.time_base = number, Fraction(1, 5)
        packets += stream.encode(picture)
    packets += stream.encode(None)
    return [(float(packet.dts * packet.time_base), packet) for packet in packets]
