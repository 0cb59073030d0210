"""A manifest: a table (CSV, or JSON Lines) that names recordings, who spoke, what was asked, and when.

Columns: ``file``, and where known ``person``, ``question`` (the id of a question, or what was asked), ``kind``,
``date`` (ISO 8601) and ``tags`` (separated by commas). Paths are relative to the manifest.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from rehearse.app.batch import remote
from rehearse.app.batch.sources import Gathering, Item, Problem
from rehearse.files.atomic_files import assert_file
from rehearse.language.words import printable
from rehearse.metrics.value_text import kind_label
from rehearse.model import QUESTION_KINDS, Question

COLUMNS = ("file", "person", "question", "kind", "date", "tags")
LONGEST = 500
"""Most characters of a cell (house default)."""

FindQuestion = Callable[[str], Question | None]
"""Looks a question up by its id."""


def add_manifest(into: Gathering, path: Path, question: Question | None, find: FindQuestion) -> None:
    """Add the recordings that a manifest names; each line that cannot be used becomes a problem with its number.

    Args:
        into: Where they are added.
        path: The manifest.
        question: What was asked where a line does not say it.
        find: Looks questions up.

    Raises:
        ValueError: It is no such table at all.
        OSError: It cannot be read.

    """
    rows = _table(path) if path.suffix.lower() in (".csv", ".tsv") else _objects(path)
    for line, given in rows:
        where = f"{path.name}:{line}"
        if isinstance(given, str):
            into.problems.append(Problem(path.name, f"{where}: {given}", manifest=where))
            continue
        unknown = [name for name in given if name not in COLUMNS]
        if unknown and not any("column" in note for note in into.notes):
            into.notes.append(f"{path.name}: the columns {', '.join(map(repr, unknown))} are not used")
        try:
            into.add(_item(given, where, path.parent, question, find))
        except ValueError as error:
            into.problems.append(
                Problem(str(given.get("file") or path.name), f"{where}: {error}", _text(given, "person"), where)
            )


def _item(given: Mapping[str, Any], where: str, folder: Path, common: Question | None, find: FindQuestion) -> Item:
    for name in COLUMNS[:-1]:
        value = given.get(name)
        if not isinstance(value, str | None):
            _refuse(f'"{name}" has to be text (got {value!r:.40})')
        if len(value or "") > LONGEST:
            _refuse(f'"{name}" is longer than {LONGEST} characters; shorten it')
    file = (given.get("file") or "").strip()
    if not file:
        _refuse('"file" is empty; name a recording')
    if not remote.is_address(file):
        file = str(folder / Path(file).expanduser())
        if not Path(file).exists():
            _refuse(f"{file} is not there; correct the path, which is relative to the manifest")
    asked, question = _asked(_text(given, "question"), _text(given, "kind"), common, find)
    return Item(file, _text(given, "person"), question, asked, _date(_text(given, "date")), _tags(given), where)


def _asked(text: str, kind: str, common: Question | None, find: FindQuestion) -> tuple[str, Question | None]:
    """Return what was asked as text, and as a question where its kind is known."""
    if kind and kind not in QUESTION_KINDS:
        _refuse(f"there is no kind {kind!r:.40}; the kinds are {', '.join(QUESTION_KINDS)}")
    if not text:
        return (common.prompt, common) if common and kind in ("", common.kind) else ("", _plain("", kind))
    known = find(text)
    if known is None and " " not in text and "-" in text:
        _refuse(f"there is no question {text!r:.60}; `rehearse questions list` shows them, or write it out")
    if known is not None:
        if kind and kind != known.kind:
            _refuse(f"the question {text!r:.60} is of the kind {known.kind}, not {kind}; leave the kind out")
        return known.prompt, known
    return text, _plain(text, kind)


def _plain(text: str, kind: str) -> Question | None:
    """Return a question that is in no set; its id follows from its words."""
    if not kind:
        return None
    prompt = text or f"{kind_label(kind)} question"
    return Question(f"asked-{hashlib.sha256(prompt.encode()).hexdigest()[:12]}", prompt, kind)


def _date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        _refuse(f"{text!r:.40} is no date; write it as 2026-05-04 or 2026-05-04T14:30")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tags(given: Mapping[str, Any]) -> tuple[str, ...]:
    value = given.get("tags") or []
    parts = value.replace(";", ",").split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        _refuse('"tags" has to be text, separated by commas, or a list of texts')
    tidy = [" ".join(printable(part).split()) for part in parts]
    return tuple(dict.fromkeys(tag for tag in tidy if tag))


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return " ".join(printable(value).split()) if isinstance(value, str) else ""


def _table(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    text = _read(path)
    first = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not header and any(cell.strip() for cell in cells):
                header = [cell.strip().lower() for cell in cells]
                if "file" not in header:
                    msg = f'{path.name}:{line}: no column is named "file"; the columns are {", ".join(COLUMNS)}'
                    raise ValueError(msg)
            elif any(cell.strip() for cell in cells):
                yield line, _named(header, cells, delimiter)
            line = reader.line_num + 1
    except csv.Error as error:
        yield line, f"not valid CSV ({error}); close the double quotes of the row that starts here"


def _named(header: list[str], cells: list[str], delimiter: str) -> dict[str, Any] | str:
    extra = [cell for cell in cells[len(header) :] if cell.strip()]
    if extra:
        return f"more cells than columns; put a text that holds {delimiter!r} in double quotes"
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for line, text in enumerate(_read(path).split("\n"), 1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        yield line, value if isinstance(value, dict) else 'not a JSON object such as {"file": "anna.flac"}'


def _read(path: Path) -> str:
    assert_file(path)
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        msg = f"{path}: not UTF-8 text; save the table as CSV in UTF-8"
        raise ValueError(msg) from None
    except FileNotFoundError:
        msg = f"{path}: no such file"
        raise FileNotFoundError(msg) from None


def _refuse(sentence: str) -> NoReturn:
    raise ValueError(sentence)
