"""Decode recordings into mono sound at the rate Whisper hears."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse import decoder, tracks
from rehearse.datatypes import Recording
from rehearse.decoding import decoded, no_sound, refusal
from rehearse.formats import FOLDERS_OF_SYSTEMS, SUFFIXES
from rehearse.mixing import Mixer, within_full_scale

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE_RATE = decoder.RATE
"""Samples a second of every ``Recording`` that ``load`` returns; Whisper's own rate."""

MAX_SECONDS = 4 * 3600
"""Longest recording taken, in seconds (house default): the samples of four hours fill 0.9 GB of memory."""

_OFFSET = 0.005
"""Mean of the samples, of full scale, from which it is taken away (house default): at 0.1 the detector loses most of the
speech of a quiet recording, at 0.02 none. What is measured by level takes away any mean."""
_MOST_TRACKS = 8
"""Tracks of a film that are listened to (house default); each takes as much memory as the recording."""


def load(path: str | Path) -> Recording:
    """Decode any file that FFmpeg knows to mono float32 at 16 kHz.

    Channels are averaged, without silent ones, and none cancels another out; so are the tracks of a film. A constant
    offset is taken away, sound beyond full scale made softer. Of a damaged file what can be decoded is given. Times are those a player shows: sound that begins late, or has gaps, comes with that silence.

    Args:
        path: The recording, or a film of which the sound is taken.

    Returns:
        The recording; ``samples`` has shape (n,).

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded, or more than ``MAX_SECONDS``.

    """
    sounds = _sounds(Path(path))
    heard = tracks.chosen([sound.track for sound in sounds])
    samples = tracks.together([sounds[number].track for number in heard])
    offset = samples.mean(dtype=np.float64)
    if abs(offset) > _OFFSET:
        samples -= np.float32(offset)
    damaged = any(sounds[number].damaged for number in heard)
    return Recording(np.clip(samples, -1, 1, out=samples), SAMPLE_RATE, damaged, _notes(sounds, heard))


@dataclass(frozen=True, slots=True, eq=False)
class _Sound:
    """A track as it was decoded.

    Attributes:
        track: What is in it.
        order: The tracks of its file by position, first the one that a player chooses.
        number: Its own position.
        damaged: Whether parts could not be decoded.
        problem: Why there is nothing in it; None where there is.

    """

    track: tracks.Track
    order: tuple[int, ...]
    number: int
    damaged: bool
    problem: ValueError | None


def _sounds(path: Path) -> list[_Sound]:
    """Decode the tracks of a file that can be, first the one that a player chooses."""
    first = _decoded(path)
    sounds = [first, *(_decoded(path, number) for number in first.order[1:_MOST_TRACKS])]
    usable = [sound for sound in sounds if sound.problem is None]
    if not usable:
        raise first.problem or no_sound(path)
    return usable


def _notes(sounds: Sequence[_Sound], heard: Sequence[int]) -> tuple[str, ...]:
    note = tracks.note(
        [sound.track for sound in sounds],
        heard,
        number=sounds[heard[0]].number,
        unread=max(0, len(sounds[0].order) - _MOST_TRACKS),
    )
    return (note,) if note else ()


def _decoded(path: Path, number: int | None = None) -> _Sound:
    """Decode one track, twice where its channels turn out to cancel each other out; None is the one players choose."""
    mixer = Mixer()
    samples, facts = _mono(path, number, mixer)
    if (weights := mixer.better()) and (gain := mixer.gain(weights)) is not None:
        samples *= np.float32(gain)
    elif weights:
        del samples
        samples, facts = _mono(path, number, Mixer(weights))
    if len(samples):
        within_full_scale(samples, lossy=facts["lossy"])
    order = tuple(facts.get("order", (0,)))
    problem = None if len(samples) else refusal(path, facts)
    track = tracks.Track.of(samples, facts.get("language"))
    return _Sound(track, order, facts.get("number", 0), facts["damaged"], problem)


def _mono(path: Path, number: int | None, mixer: Mixer) -> tuple[npt.NDArray[np.float32], dict[str, Any]]:
    """Give the samples of one track and what the decoder says about it; without its last words it was broken off."""
    sound, facts = bytearray(), {"damaged": True, "lossy": True}
    with decoded(path, "sound", number) as messages:
        for message in messages:
            if isinstance(message, dict):
                facts.update(message)
                continue
            sound += mixer.mixed(message).tobytes()
            if len(sound) > MAX_SECONDS * SAMPLE_RATE * np.dtype(np.float32).itemsize:
                msg = f"{path.name}: longer than {MAX_SECONDS // 3600} hours; cut it into parts"
                raise ValueError(msg)
    return np.frombuffer(sound, np.float32), facts


def length(path: str | Path) -> float:
    """Tell how long a recording is, in seconds, decoding only its start.

    Its packets are counted: what a file says of itself may be wrong.

    Raises:
        OSError: The file cannot be read.
        ValueError: It holds no sound that can be decoded.

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
    """Hash the file's bytes, as 64 hexadecimal digits."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recordings(place: Path) -> tuple[Path, ...]:
    """List the recordings of a folder and the folders below it, by name; a file is itself.

    What begins with a dot or lies in a folder of the system is none: a Mac writes a ``._anna.flac`` beside ``anna.flac``.
    """
    return tuple(file for file in _files(place) if file == place or file.suffix.lower() in SUFFIXES)


def left_out(place: Path) -> tuple[Path, ...]:
    """List what ``recordings`` leaves out because of its ending, by name; texts, pictures and programs apart."""
    others = (file for file in _files(place) if file != place and file.suffix.lower() not in SUFFIXES)
    return tuple(file for file in others if _may_be_sound(file))


def _may_be_sound(file: Path) -> bool:
    # Without the tables of the system, which differ from one to the next.
    kind, _ = MimeTypes(()).guess_type(file.name)
    return kind is None or kind.startswith(("audio/", "video/"))


def _files(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    files = (file for file in place.rglob("*") if not _is_of_system(file.relative_to(place)) and file.is_file())
    return sorted(files)


def _is_of_system(path: Path) -> bool:
    return any(part.startswith(".") or part in FOLDERS_OF_SYSTEMS for part in path.parts)
