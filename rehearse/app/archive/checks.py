"""Validate an export before using it: names, sizes, schema, and completeness."""

from __future__ import annotations

import errno
import json
import shutil
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from unicodedata import category
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from rehearse.app.archive import layout
from rehearse.app.archive.tidying import tidy
from rehearse.files.atomic_files import explain_write_errors
from rehearse.questions import SUFFIXES
from rehearse.storage.takes import is_take_file, is_take_id

MOST_FILES = 200_000
"""Maximum number of files in an export: two per recording, one per answer (house default)."""

LARGEST_TEXT = 64_000_000
"""Maximum bytes of one JSON file or question set; an hour of speech takes about one million (house default)."""

MOST_EXPANDED = 200
"""Maximum expansion ratio of an export. Sound is stored uncompressed and JSON shrinks about tenfold, so
only a file made to fill the disk expands further (house default)."""

SPARE_BYTES = 100_000_000
"""Bytes that must remain free on the disk (house default)."""

_UNSEEN = ("Cc", "Cs")
"""Unicode categories of control characters, and of surrogates, which represent undecodable bytes of file names."""
_ENCRYPTED = 1
_PACKINGS = (ZIP_STORED, ZIP_DEFLATED)
"""Other methods expand further, need much memory, or are missing from some builds of Python."""
_FAULTS = (
    BadZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of an export, by type.

    Attributes:
        answers: Ids of analysed answers.
        takes: File names in each take's folder, by take id.
        question_sets: File names.

    """

    answers: tuple[str, ...]
    takes: dict[str, tuple[str, ...]]
    question_sets: tuple[str, ...]


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[ZipFile]:
    """Open an export, including one that was unpacked and packed again.

    Any error inside the block becomes one sentence that begins with ``name``.

    Raises:
        ValueError: The file is not a ZIP file, is damaged, truncated or encrypted, or the block found a fault in it.

    """
    damaged = (
        f"{name} cannot be imported: it is not an export, or it is damaged or cut short; copy it again from its source"
    )
    try:
        with ZipFile(file) as archive:
            tidy(archive)
            yield archive
    except (*_FAULTS, UnicodeError) as error:
        raise ValueError(damaged) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it contains an offset before the start of the file
            raise ValueError(damaged) from error
        raise
    except ValueError as error:
        msg = f"{name} cannot be imported: {error}"
        raise ValueError(msg) from error


def contents(archive: ZipFile, packed: int, folder: Path) -> Contents:
    """Check the names, sizes and manifest, and group the files by type.

    Args:
        archive: The export.
        packed: Size of the whole file in bytes.
        folder: Where it will be imported.

    Raises:
        ValueError: It is not an export that this version of rehearse can read.
        OSError: There is not enough disk space.

    """
    infos = archive.infolist()
    _check_sizes(infos, packed, folder)
    if any(info.compress_type not in _PACKINGS for info in infos):
        msg = "it is packed in an unusual way: unpack it, and pack it again as an ordinary ZIP file"
        raise ValueError(msg)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        msg = "it is locked with a password: unlock it first"
        raise ValueError(msg)
    names = [info.filename for info in infos]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        msg = f"it holds {twice[0]!r:.80} twice"
        raise ValueError(msg)
    manifest = _manifest(archive)
    found = _sorted(names)
    for what, count in (("answers", len(found.answers)), ("takes", len(found.takes))):
        if manifest.get(what) != count:
            msg = f"it should hold {manifest.get(what)} {what} and holds {count}: part of it is missing"
            raise ValueError(msg)
    return found


def text_of(archive: ZipFile, name: str) -> bytes:
    """Read a small file from an export.

    Raises:
        ValueError: The file is missing or too large.

    """
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        msg = f"{name} is missing in it"
        raise ValueError(msg) from error
    if info.file_size > LARGEST_TEXT:
        msg = f"{name!r:.80} in it is too large: {info.file_size:,} bytes"
        raise ValueError(msg)
    return archive.read(info)


def is_set_file(name: str) -> bool:
    """Whether a question set in an export may have this name: it must stay in its folder and be printable."""
    plain = Path(name).name == name and "\\" not in name and name[0:1] not in (".", "")
    return plain and not any(category(char) in _UNSEEN for char in name) and Path(name).suffix.lower() in SUFFIXES


def _check_sizes(infos: list[ZipInfo], packed: int, folder: Path) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES or total > MOST_EXPANDED * packed:
        msg = f"it would unfold to {len(infos):,} files and {total:,} bytes, far more than any export"
        raise ValueError(msg)
    with explain_write_errors(folder):
        free = shutil.disk_usage(folder).free
    if total + SPARE_BYTES > free:
        msg = f"there is no room for it: it needs {total:,} bytes, and the disk of {folder} has {free:,} free"
        raise OSError(msg)


def _manifest(archive: ZipFile) -> dict[str, object]:
    try:
        manifest = json.loads(text_of(archive, layout.MANIFEST))
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or manifest.get("format") != layout.FORMAT:
        msg = "it is a ZIP file, but not an export from rehearse"
        raise ValueError(msg)
    schema = manifest.get("schema")
    if schema != layout.SCHEMA:
        msg = f"it has schema {schema!r:.20}, and this rehearse reads schema {layout.SCHEMA}: update rehearse"
        raise ValueError(msg)
    return manifest


def _sorted(names: list[str]) -> Contents:
    answers: list[str] = []
    takes: dict[str, tuple[str, ...]] = {}
    question_sets: list[str] = []
    for name in names:
        match name.split("/"):
            case [layout.MANIFEST | layout.DOCUMENTS | layout.TABLE]:
                pass
            case [layout.ANSWERS, file] if file.endswith(".json") and is_take_id(file.removesuffix(".json")):
                answers.append(file.removesuffix(".json"))
            case [layout.TAKES, take_id, file] if is_take_id(take_id) and is_take_file(file):
                takes[take_id] = (*takes.get(take_id, ()), file)
            case [layout.QUESTION_SETS, file] if is_set_file(file):
                question_sets.append(file)
            case _:
                msg = f"it holds {name!r:.80}, which no export does; import the file as rehearse wrote it"
                raise ValueError(msg)
    _check_takes(takes)
    return Contents(tuple(answers), takes, tuple(question_sets))


def _check_takes(takes: dict[str, tuple[str, ...]]) -> None:
    for take_id, files in takes.items():
        if sum(file.startswith("audio.") for file in files) != 1:
            msg = f"the recording {take_id} in it has not one file of sound"
            raise ValueError(msg)
