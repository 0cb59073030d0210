"""Decode recordings into mono sound at Whisper's sample rate."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.audio import decoder, tracks, wav
from rehearse.audio.decoding import decoded, no_sound, refusal
from rehearse.audio.formats import FOLDERS_OF_SYSTEMS, SUFFIXES
from rehearse.audio.mixing import Mixer, within_full_scale
from rehearse.model import Recording

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = decoder.RATE
"""Sample rate in Hz of every ``Recording`` that ``load`` returns; Whisper's own rate."""

MAX_SECONDS = 4 * 3600
"""Longest recording accepted, in seconds (house default): four hours of samples take 0.9 GB of memory."""

_OFFSET = 0.005
"""Mean of the samples, as a share of full scale, from which it is subtracted (house default): at 0.1 the detector
misses most of the speech of a quiet recording, at 0.02 none. Level measurements subtract any mean."""
_FULL_SCALE = np.float32(32_768)
_FIRST_PASS = 0.8
"""Share of a track's progress before it is known whether it has to be decoded again (house default)."""
_MOST_TRACKS = 8
"""Most tracks of a film that are decoded (house default); each takes as much memory as the recording."""


def load(path: str | Path, progress: Callable[[float], None] | None = None) -> Recording:
    """Decode any file that FFmpeg supports to mono float32 at 16 kHz.

    Channels are averaged, without silent ones and without cancelling each other out; so are the tracks of a film. A
    constant offset is removed, and sound beyond full scale is scaled down. Of a damaged file, whatever can be decoded
    is returned. Times are those a player shows: sound that begins late, or has gaps, is filled with silence.

    Args:
        path: The recording, or a film whose sound is used.
        progress: Called with the fraction of the decoding that is done, 0 to 1, and never with a smaller one.

    Returns:
        The recording; ``samples`` has shape (n,).

    Raises:
        OSError: The file cannot be read.
        ValueError: It has no decodable sound, or is longer than ``MAX_SECONDS``.

    """
    own = _own(Path(path))
    if own is not None:
        return own
    sounds = _sounds(Path(path), _Position(progress))
    selected = tracks.chosen([sound.track for sound in sounds])
    samples = _centred(tracks.average([sounds[number].track for number in selected]))
    damaged = any(sounds[number].damaged for number in selected)
    return Recording(samples, SAMPLE_RATE, damaged, _notes(sounds, selected))


def _own(path: Path) -> Recording | None:
    """Read a recording of our own at Whisper's rate without the decoder, whose start takes longer than the reading."""
    try:
        longest = MAX_SECONDS * SAMPLE_RATE * np.dtype(np.int16).itemsize
        data = wav.read(path, SAMPLE_RATE) if path.is_file() and path.stat().st_size < longest else None
    except OSError:  # the decoder's start says in a sentence what is wrong
        return None
    if not data:
        return None
    samples = np.frombuffer(data, "<i2").astype(np.float32)
    samples /= _FULL_SCALE
    return Recording(_centred(samples), SAMPLE_RATE)


def _centred(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Remove a constant offset."""
    offset = samples.mean(dtype=np.float64)
    if abs(offset) > _OFFSET:
        samples -= np.float32(offset)
    return np.clip(samples, -1, 1, out=samples)


@dataclass(frozen=True, slots=True, eq=False)
class _Sound:
    """A decoded track.

    Attributes:
        track: Its sound.
        order: Indices of the tracks of its file, first the one that players choose.
        number: Its own index.
        damaged: Whether parts could not be decoded.
        problem: Why it has no sound; None if it has.

    """

    track: tracks.Track
    order: tuple[int, ...]
    number: int
    damaged: bool
    problem: ValueError | None


@dataclass(slots=True)
class _Position:
    """Where the decoding of a file is.

    Attributes:
        report: Called with the fraction that is done; None reports nothing.
        tracks: How many tracks are decoded, as far as is known.
        track: How many of them are done.
        again: Whether the current one is being decoded for the second time.

    """

    report: Callable[[float], None] | None
    tracks: int = 1
    track: int = 0
    again: bool = False

    def advance(self, read: float) -> None:
        """Report that this share of the file has been read for the current track."""
        done = _FIRST_PASS + (1 - _FIRST_PASS) * read if self.again else _FIRST_PASS * read
        if self.report:
            self.report((self.track + done) / self.tracks)


def _sounds(path: Path, position: _Position) -> list[_Sound]:
    """Decode the usable tracks of a file, first the one that players choose."""
    first = _decoded(path, None, position)
    sounds = [first]
    for number in first.order[1:_MOST_TRACKS]:
        position.track, position.again = len(sounds), False
        sounds.append(_decoded(path, number, position))
    usable = [sound for sound in sounds if sound.problem is None]
    if not usable:
        raise first.problem or no_sound(path)
    return usable


def _notes(sounds: Sequence[_Sound], selected: Sequence[int]) -> tuple[str, ...]:
    note = tracks.note(
        [sound.track for sound in sounds],
        selected,
        number=sounds[selected[0]].number,
        unread=max(0, len(sounds[0].order) - _MOST_TRACKS),
    )
    return (note,) if note else ()


def _decoded(path: Path, number: int | None, position: _Position) -> _Sound:
    """Decode one track, twice if its channels cancel each other out; None selects the one players choose."""
    mixer = Mixer()
    samples, facts = _mono(path, number, mixer, position)
    if (weights := mixer.better()) and (gain := mixer.gain(weights)) is not None:
        samples *= np.float32(gain)
    elif weights:
        del samples
        position.again = True
        samples, facts = _mono(path, number, Mixer(weights), position)
    if len(samples):
        within_full_scale(samples, lossy=facts["lossy"])
    order = tuple(facts.get("order", (0,)))
    problem = None if len(samples) else refusal(path, facts)
    track = tracks.Track.of(samples, facts.get("language"))
    return _Sound(track, order, facts.get("number", 0), facts["damaged"], problem)


def _mono(
    path: Path, number: int | None, mixer: Mixer, position: _Position
) -> tuple[npt.NDArray[np.float32], dict[str, Any]]:
    """Return the samples of one track and its facts; without the last facts it counts as damaged."""
    sound, facts = bytearray(), {"damaged": True, "lossy": True}
    with decoded(path, "sound", number) as messages:
        for message in messages:
            if isinstance(message, dict):
                facts.update(message)
                if "order" in message:
                    position.tracks = min(len(message["order"]), _MOST_TRACKS)
                if "done" in message:
                    position.advance(message["done"])
                continue
            sound += mixer.mixed(message).tobytes()
            if len(sound) > MAX_SECONDS * SAMPLE_RATE * np.dtype(np.float32).itemsize:
                msg = f"{path.name}: longer than {MAX_SECONDS // 3600} hours; cut it into parts"
                raise ValueError(msg)
    return np.frombuffer(sound, np.float32), facts


def length(path: str | Path) -> float:
    """Return the length of a recording in seconds, decoding only its start.

    Its packets are counted, since the length stated in a file may be wrong.

    Raises:
        OSError: The file cannot be read.
        ValueError: It has no decodable sound.

    """
    path = Path(path)
    first = _length(path)
    facts = [first, *(_length(path, number) for number in first.get("order", ())[1:_MOST_TRACKS])]
    seconds = [float(found["seconds"]) for found in facts if "seconds" in found]
    if not seconds:
        raise refusal(path, first)
    return max(seconds)


def _length(path: Path, number: int | None = None) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    with decoded(path, "length", number) as messages:
        for message in messages:
            facts.update(message if isinstance(message, dict) else {})
    return facts


def sha256(path: str | Path) -> str:
    """Return the SHA-256 of the file's bytes as 64 hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recordings(path: Path) -> tuple[Path, ...]:
    """List the recordings in a folder and its subfolders, sorted by path; for a file, return that file.

    Hidden files and those in system folders are ignored: macOS writes a ``._anna.flac`` beside ``anna.flac``.
    """
    return tuple(file for file in _files(path) if file == path or file.suffix.lower() in SUFFIXES)


def left_out(path: Path) -> tuple[Path, ...]:
    """List the files that ``recordings`` leaves out because of their suffix; not texts, pictures or programs."""
    others = (file for file in _files(path) if file != path and file.suffix.lower() not in SUFFIXES)
    return tuple(file for file in others if _may_be_sound(file))


def _may_be_sound(file: Path) -> bool:
    # Without the tables of the system, which differ from one to the next.
    kind, _ = MimeTypes(()).guess_type(file.name)
    return kind is None or kind.startswith(("audio/", "video/"))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = (file for file in path.rglob("*") if not _is_of_system(file.relative_to(path)) and file.is_file())
    return sorted(files)


def _is_of_system(path: Path) -> bool:
    return any(part.startswith(".") or part in FOLDERS_OF_SYSTEMS for part in path.parts)
