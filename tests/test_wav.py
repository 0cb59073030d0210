"""The header of the WAV files that rehearse writes."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from rehearse.audio.wav import header, mend
from rehearse.storage.takes import TakeStore

LARGEST = 2**32 - 1


def grown(path: Path, size: int) -> Path:
    """Write a header and let the file have so many bytes, none of which take room on the disk."""
    with path.open("wb") as file:
        file.write(header(48_000))
        file.truncate(size)
    return path


def lengths(path: Path) -> tuple[int, int]:
    """Both lengths that the header tells."""
    with path.open("rb") as file:
        start = file.read(44)
    return struct.unpack_from("<I", start, 4)[0], struct.unpack_from("<I", start, 40)[0]


@pytest.mark.parametrize(
    ("size", "told"),
    [(44 + 96_000, (36 + 96_000, 96_000)), (2**32, (2**32 - 8, 2**32 - 44)), (2**32 + 100, (LARGEST, LARGEST))],
    ids=["a second", "4 GiB", "more than the header can tell"],
)
def test_a_header_tells_the_length_as_far_as_it_can(size: int, told: tuple[int, int], tmp_path: Path) -> None:
    path = grown(tmp_path / "audio.wav", size)
    assert mend(path) == (size - 44) // 2
    assert lengths(path) == told
    assert path.stat().st_size == size


def test_a_header_of_garbage_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "audio.wav"
    path.write_bytes(b"\xff" * 144)
    assert mend(path) == 50


def test_a_cut_off_recording_beyond_4_gib_is_recovered(store: TakeStore) -> None:
    folder = store.root / "20250314T092653000Z-0a1b2c3d"
    folder.mkdir(parents=True)
    grown(folder / "audio.part.wav", 2**32 + 100)
    assert [take.id for take in store.recover()] == [folder.name]
