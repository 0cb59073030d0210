"""Import an export, all or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

from rehearse.app.archive import layout
from rehearse.app.archive.checks import Contents, contents, opened, text_of
from rehearse.app.archive.owners import check_documents
from rehearse.app.archive.values import check_values
from rehearse.files.atomic_files import assert_file, explain_write_errors, sync_folder, write_safely
from rehearse.storage.history import Document, Entry, History, documents_in, entry_in
from rehearse.storage.landing import REPLACED, STAGING, forget_moves, import_lock, landing, note_moves, sweep
from rehearse.storage.retention import deletes, old_sound_days
from rehearse.storage.takes import TakeStore, check_notes


@dataclass(frozen=True, slots=True)
class Imported:
    """How many of each type an import wrote.

    Attributes:
        answers: Analysed answers written.
        takes: Recordings written.
        documents: Rounds, preparation and settings written.
        question_sets: Question files written.
        skipped: Items of any type that already existed and were left unchanged.

    """

    answers: int
    takes: int
    documents: int
    question_sets: int
    skipped: int


def restore(
    store: TakeStore,
    history: History,
    question_sets: Path,
    file: BinaryIO,
    name: str,
    *,
    replace: bool = False,
    notice: Callable[[str], object] | None = None,
) -> Imported:
    """Import everything from an export, or nothing.

    Args:
        store: Receives the recordings.
        history: Receives the answers and documents.
        question_sets: Folder that receives the question sets.
        file: The export, open for reading.
        name: Name of the file in error messages.
        replace: Whether existing items are replaced; otherwise they are left unchanged.
        notice: Called with a sentence for each rule that deletes sound, in the export or here, before importing.

    Raises:
        ValueError: The export cannot be read; the message begins with ``name``.
        OSError: Something cannot be written.

    """
    folder = store.root.parent
    packed = file.seek(0, os.SEEK_END)
    sweep(folder)
    with opened(file, name) as archive, _staging(folder) as staging:
        found = contents(archive, packed, folder)
        carried = documents_in(text_of(archive, layout.DOCUMENTS))
        check_documents(carried)
        documents = tuple(document for document in carried if not deletes(document))
        if notice:
            for sentence in _rules(carried, history):
                notice(sentence)
        new = _new(found, documents, store, history, question_sets, replace=replace)
        for take_id in new.takes:
            _unpack(archive, take_id, found.takes[take_id], staging)
        sets = {set_name: text_of(archive, f"{layout.QUESTION_SETS}/{set_name}") for set_name in new.question_sets}
        # Nothing is visible before this block, and an error inside it undoes everything; if the process is
        # killed, the next start undoes it, unless the answers were committed.
        note_moves(staging, (*new.takes, *new.question_sets))
        landed = landing(staging)
        with ExitStack() as undo:
            with history.restoring(_entries(archive, new.answers), (*new.documents, landed)):
                for take_id in new.takes:
                    _move(staging / take_id, store.root / take_id, staging, undo)
                for set_name, data in sets.items():
                    _write(question_sets / set_name, data, staging, undo)
            undo.pop_all()
        forget_moves(staging)
        history.documents.delete(landed.kind, landed.name)
    return _imported(new, len(found.answers) + len(found.takes) + len(documents) + len(found.question_sets))


def restore_file(
    store: TakeStore,
    history: History,
    question_sets: Path,
    path: Path,
    *,
    replace: bool = False,
    notice: Callable[[str], object] | None = None,
) -> Imported:
    """Like ``restore``, from a path.

    Raises:
        ValueError: As for ``restore``.
        OSError: As for ``restore``, or the file cannot be read.

    """
    try:
        assert_file(path)
        file = path.open("rb")
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror}): check its name and place"
        raise OSError(msg) from error
    with file:
        return restore(store, history, question_sets, file, path.name, replace=replace, notice=notice)


def _rules(carried: tuple[Document, ...], history: History) -> Iterator[str]:
    if any(map(deletes, carried)):
        yield "It contains a rule that deletes old recordings. It was not imported: only you set one, under Your data."
    days = old_sound_days(history.documents)
    if days is not None:
        yield f"Your own rule here deletes recordings after {days} days, including those imported now."


@dataclass(frozen=True, slots=True)
class _New:
    """The part of an export to be written."""

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
    existing = {(document.kind, document.name) for document in history.documents.everything()}
    return _New(
        tuple(attempt_id for attempt_id in found.answers if attempt_id not in answers),
        tuple(take_id for take_id in found.takes if take_id not in takes),
        tuple(document for document in documents if (document.kind, document.name) not in existing),
        tuple(file_name for file_name in found.question_sets if not (question_sets / file_name).exists()),
    )


def _imported(new: _New, found: int) -> Imported:
    answers, takes, documents = len(new.answers), len(new.takes), len(new.documents)
    question_sets = len(new.question_sets)
    skipped = found - (answers + takes + documents + question_sets)
    return Imported(answers, takes, documents, question_sets, skipped)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Create a staging folder on the same disk, so that each move into position is a single rename."""
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
            question = check_notes(notes.read_bytes())
            check_values(question, "no notes of a recording: question")


def _entries(archive: ZipFile, ids: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the answers one by one, since loading all at once would take too much memory."""
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
    check_values(entry, "no analysed answer")


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
