"""Write an export."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from rehearse.app.archive import layout
from rehearse.app.archive.checks import is_set_file
from rehearse.files.atomic_files import explain_write_errors, new_beside, sync_folder
from rehearse.files.csv_files import ENCODING, write_rows
from rehearse.files.program import program_version
from rehearse.questions import set_files
from rehearse.storage.history import History, documents_text, entry_text, table
from rehearse.storage.landing import clear_exports, export_noted
from rehearse.storage.takes import TakeStore


@dataclass(frozen=True, slots=True)
class Exported:
    """How many of each type an export contains.

    Attributes:
        answers: Analysed answers.
        takes: Recordings.
        documents: Rounds, preparation, settings.
        question_sets: Files of the person's own questions.

    """

    answers: int
    takes: int
    documents: int
    question_sets: int


def export(store: TakeStore, history: History, question_sets: Path, target: Path) -> Exported:
    """Write everything to one ZIP file that only its owner can read, replacing any file at ``target``.

    Raises:
        ValueError: A question set has a name that no import accepts.
        OSError: The file cannot be written; any file at ``target`` is unchanged.

    """
    with _replacing(target, store.root.parent) as partial:
        return pack(store, history, question_sets, partial)


def pack(store: TakeStore, history: History, question_sets: Path, file: Path | BinaryIO) -> Exported:
    """Write everything, like ``export``, to a file managed by the caller.

    Raises:
        ValueError: As for ``export``.
        OSError: The file cannot be written, or some data cannot be read.

    """
    with ZipFile(file, "w", ZIP_DEFLATED, strict_timestamps=False) as archive:
        written = Exported(
            answers=_write_answers(archive, history),
            takes=_write_takes(archive, store),
            documents=_write_documents(archive, history),
            question_sets=_write_question_sets(archive, question_sets),
        )
        manifest = {
            "format": layout.FORMAT,
            "schema": layout.SCHEMA,
            "program": program_version(),
            "exported_at": datetime.now(UTC).isoformat(),
            **asdict(written),
        }
        archive.writestr(layout.MANIFEST, json.dumps(manifest, indent=1))
    return written


@contextmanager
def _replacing(target: Path, folder: Path) -> Iterator[Path]:
    clear_exports(folder)
    partial = new_beside(target)
    with explain_write_errors(target.parent), export_noted(folder, partial):
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield partial
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        sync_folder(target.parent)


def _write_answers(archive: ZipFile, history: History) -> int:
    count = 0
    for attempt_id in sorted(history.ids()):
        entry = history.entry(attempt_id)
        if entry is not None:  # it may have been deleted in the meantime
            archive.writestr(f"{layout.ANSWERS}/{attempt_id}.json", entry_text(entry))
            count += 1
    columns, rows = table(history.summaries(samples=True))
    with archive.open(layout.TABLE, "w") as raw, io.TextIOWrapper(raw, ENCODING, newline="") as file:
        write_rows(file, columns, rows)
    return count


def _write_takes(archive: ZipFile, store: TakeStore) -> int:
    return sum(_write_take(archive, take_id, store.files(take_id)) for take_id in store.ids())


def _write_take(archive: ZipFile, take_id: str, files: tuple[Path, ...]) -> bool:
    """Write a take, the recording first; return False if it was deleted in the meantime."""
    for index, path in enumerate(files):
        # Sound hardly compresses; storing it keeps the export within the maximum expansion ratio of an import.
        kind = ZIP_DEFLATED if path.suffix == ".json" else ZIP_STORED
        try:
            archive.write(path, f"{layout.TAKES}/{take_id}/{path.name}", compress_type=kind)
        except FileNotFoundError:
            return index > 0
    return bool(files)


def _write_documents(archive: ZipFile, history: History) -> int:
    documents = history.documents.everything()
    archive.writestr(layout.DOCUMENTS, documents_text(documents))
    return len(documents)


def _write_question_sets(archive: ZipFile, folder: Path) -> int:
    files = set_files(folder)
    for path in files:
        if not is_set_file(path.name):
            msg = f"the question set {path.name!r} cannot be exported under this name: rename the file"
            raise ValueError(msg)
        archive.write(path, f"{layout.QUESTION_SETS}/{path.name}")
    return len(files)
