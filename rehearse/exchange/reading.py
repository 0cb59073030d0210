"""Read an export: everything of it, or nothing."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from rehearse.disk import assert_file, explain_write_errors, sync_folder, write_safely
from rehearse.exchange import layout
from rehearse.exchange.checking import Contents, contents, opened, text_of
from rehearse.exchange.owners import check_documents
from rehearse.history import Document, Entry, History, documents_in, entry_in
from rehearse.keeping import REPLACED, STAGING, import_lock, sweep
from rehearse.takes import TakeStore, check_notes, is_take_file

_METRIC = re.compile(r"[A-Za-z0-9_]+")
"""Names of measurements reach tables and terminals, so they may hold nothing that these would follow."""
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
"""Outside these, some time zone cannot show a moment."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        answers: Analysed answers written.
        takes: Recordings written.
        documents: Rounds, preparation and settings written.
        question_sets: Question files written.
        skipped: How many of all were there already and stayed as they were.

    """

    answers: int
    takes: int
    documents: int
    question_sets: int
    skipped: int


def restore(
    store: TakeStore, history: History, question_sets: Path, file: BinaryIO, name: str, *, replace: bool = False
) -> Imported:
    """Bring in everything of an export, or nothing.

    Should the computer stop in the last moment, recordings may be in place
    without their answers; importing once more completes them.

    Args:
        store: Gets the recordings.
        history: Gets the answers and documents.
        question_sets: Folder that gets the question sets.
        file: The export, open for reading.
        name: What to call it.
        replace: Whether what is here already is replaced; otherwise it stays.

    Raises:
        ValueError: It is no export that can be read; the sentence begins with ``name``.
        OSError: Something cannot be written.

    """
    folder = store.root.parent
    packed = file.seek(0, os.SEEK_END)
    sweep(folder)
    with opened(file, name) as archive, _staging(folder) as staging:
        found = contents(archive, packed, folder)
        documents = documents_in(text_of(archive, layout.DOCUMENTS))
        check_documents(documents)
        new = _new(found, documents, store, history, question_sets, replace=replace)
        for take_id in new.takes:
            _unpack(archive, take_id, found.takes[take_id], staging)
        sets = {kept: text_of(archive, f"{layout.QUESTION_SETS}/{kept}") for kept in new.question_sets}
        # Nothing is visible before this block, and what fails inside takes all of it back.
        with ExitStack() as undo:
            with history.restoring(_entries(archive, new.answers), new.documents):
                for take_id in new.takes:
                    _move(staging / take_id, store.root / take_id, staging, undo)
                for kept, data in sets.items():
                    _write(question_sets / kept, data, staging, undo)
            undo.pop_all()
    return _told(new, len(found.answers) + len(found.takes) + len(documents) + len(found.question_sets))


def restore_file(
    store: TakeStore, history: History, question_sets: Path, path: Path, *, replace: bool = False
) -> Imported:
    """Like ``restore``, from a file on this computer.

    Raises:
        ValueError: As ``restore``.
        OSError: As ``restore``, or the file cannot be read.

    """
    try:
        assert_file(path)
        file = path.open("rb")
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}): check its name and place"
        raise OSError(msg) from error
    with file:
        return restore(store, history, question_sets, file, path.name, replace=replace)


@dataclass(frozen=True, slots=True)
class _New:
    """What of an export is to be written."""

    answers: tuple[str, ...]
    takes: tuple[str, ...]
    documents: tuple[Document, ...]
    question_sets: tuple[str, ...]


def _new(
    found: Contents,
    documents: tuple[Document, ...],
    store: TakeStore,
    history: History,
    question_sets: Path,
    *,
    replace: bool,
) -> _New:
    if replace:
        return _New(found.answers, tuple(found.takes), documents, found.question_sets)
    answers, takes = history.ids(), set(store.ids())
    kept = {(document.kind, document.name) for document in history.documents.everything()}
    return _New(
        tuple(one for one in found.answers if one not in answers),
        tuple(one for one in found.takes if one not in takes),
        tuple(one for one in documents if (one.kind, one.name) not in kept),
        tuple(one for one in found.question_sets if not (question_sets / one).exists()),
    )


def _told(new: _New, found: int) -> Imported:
    answers, takes, documents = len(new.answers), len(new.takes), len(new.documents)
    question_sets = len(new.question_sets)
    skipped = found - (answers + takes + documents + question_sets)
    return Imported(answers, takes, documents, question_sets, skipped)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Make room on the same disk, so that moving from there into place cannot fail halfway."""
    with explain_write_errors(folder):
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
    try:
        with import_lock(staging):
            yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _unpack(archive: ZipFile, take_id: str, files: tuple[str, ...], staging: Path) -> None:
    with explain_write_errors(staging.parent):
        (staging / take_id).mkdir(mode=0o700)
        for file in files:
            name = f"{layout.TAKES}/{take_id}/{file}"
            with archive.open(name) as packed, (staging / take_id / file).open("xb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
    notes = staging / take_id / "take.json"
    if notes.exists():
        with _naming(f"{layout.TAKES}/{take_id}/take.json"):
            check_notes(notes.read_bytes())


def _entries(archive: ZipFile, ids: tuple[str, ...]) -> Iterator[Entry]:
    """Read one answer after the other, since all at once would take much memory."""
    for attempt_id in ids:
        name = f"{layout.ANSWERS}/{attempt_id}.json"
        with _naming(name):
            entry = entry_in(text_of(archive, name))
            _check(entry, attempt_id)
        yield entry


def _check(entry: Entry, attempt_id: str) -> None:
    if entry.attempt.id != attempt_id:
        msg = f"the answer {entry.attempt.id!r:.60} under another name"
        raise ValueError(msg)
    audio = entry.attempt.audio
    if audio is not None and not is_take_file(audio):
        msg = f"no analysed answer: {audio!r:.60} is no name that sound can have"
        raise ValueError(msg)
    told = (entry.attempt, *(earlier.attempt for earlier in entry.earlier))
    for measurement in (found for one in told for found in one.measurements):
        if not _METRIC.fullmatch(measurement.metric):
            msg = f"no analysed answer: {measurement.metric!r:.60} is no name of a measurement"
            raise ValueError(msg)
    for moment in (*(one.spoken_at for one in told), *(earlier.replaced_at for earlier in entry.earlier)):
        if not _FIRST_YEAR <= moment.year < _LAST_YEAR or moment.tzinfo is None:
            msg = f"no analysed answer: {moment.isoformat()} is no time that can be shown"
            raise ValueError(msg)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        msg = f"{name} in it is {error}"
        raise ValueError(msg) from error


def _move(source: Path, target: Path, staging: Path, undo: ExitStack) -> None:
    with explain_write_errors(target.parent):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            _rename(target, staging / f"{REPLACED}{target.name}", undo)
        _rename(source, target, undo)
        sync_folder(target.parent)


def _rename(source: Path, target: Path, undo: ExitStack) -> None:
    source.rename(target)
    undo.callback(target.rename, source)


def _write(path: Path, data: bytes, staging: Path, undo: ExitStack) -> None:
    with explain_write_errors(path.parent):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            _rename(path, staging / f"{REPLACED}{path.name}", undo)
        undo.callback(path.unlink, missing_ok=True)
        write_safely(path, data)
