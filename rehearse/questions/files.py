"""Parses question files into raw tables, with the line number of each key."""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NoReturn

from rehearse.files.atomic_files import is_pipe_or_device
from rehearse.model import QUESTION_KINDS, Question

# House default: room for a thousand long questions, and still quick to read.
_MOST_BYTES = 1_000_000
# House default: more than any text contains; the TOML parser takes quadratic time in the dots of a key.
_MOST_DOTS = 200

_TRIPLE_QUOTED = r'"""(?:\\.|[^\\])*?"""(?!")|' + r"'''.*?'''(?!')"
# Comments and short strings are matched too, so that quotation marks inside them do not start a string.
_QUOTED = re.compile(rf"({_TRIPLE_QUOTED})|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*", re.DOTALL)
_HEADER = re.compile(r"\s*\[+\s*[\"']?([\w-]+)")
_KEY = re.compile(r"\s*([\"']?)([\w-]+)\1\s*[=.]")
_TOML_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")

_BULLET = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")
_NUMBERS = frozenset({"difficulty", "think_seconds"})
_COLUMNS = frozenset(field.name for field in fields(Question))
_PROMPTS = frozenset({"prompt", "prompts", "question", "questions"})
_UNNAMED = re.compile(r"[\s_-]+")
_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(r"(\s*)\"?[ ]*sep[ ]*=[ ]*(?:\")?([^\w\s\"]|\t)\"?[,;\t ]*(?=\n|\Z)", re.IGNORECASE)
# Bytes inspected; every second byte is zero in Latin text in UTF-16.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Source:
    """One file, parsed but not validated.

    Attributes:
        path: As given.
        data: The file's top-level keys, and ``questions``, a list of tables.
        lines: Line number by (index of the question, key); the index is None for
            top-level keys, and the key is empty for the start of a question.

    """

    path: Path
    data: dict[str, Any]
    lines: dict[tuple[int | None, str], int]

    def line(self, index: int | None, key: str) -> int:
        """Return the line of a key; if unknown, that of its question, or else of the list of questions."""
        for position in ((index, key), (index, ""), (None, "questions")):
            if position in self.lines:
                return self.lines[position]
        return 1


def read(path: Path) -> Source:
    """Parse a file according to its suffix.

    Raises:
        ValueError: The file is not valid TOML, CSV or text; the message is ``FILE:LINE: what to do``.
        OSError: The file cannot be read.

    """
    parse = PARSERS.get(path.suffix.lower())
    if parse is None:
        _refuse(path, 1, f"a question set is a {', '.join(PARSERS)} file; rename or convert this one")
    if is_pipe_or_device(path):
        _refuse(path, 1, "this is a pipe or a device, which may never end; save the questions as a file")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        _refuse(path, 1, f"the file is larger than {_MOST_BYTES // 1000} kB; split it into several sets")
    try:
        text = content.decode(_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(path, line, "this line holds a character that is not UTF-8; save the file as UTF-8")
    return parse(path, text.replace("\r\n", "\n").replace("\r", "\n"))


def _encoding(content: bytes) -> str:
    """Distinguish UTF-16, which spreadsheets write if asked for Unicode, from UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:_LOOKED_AT]
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) * 4 < len(start):
        return "utf-8"
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _refuse(path: Path, line: int, sentence: str) -> NoReturn:
    msg = f"{path}:{line}: {sentence}"
    raise ValueError(msg) from None


def _toml(path: Path, text: str) -> Source:
    for number, content in enumerate(text.split("\n"), 1):
        if content.count(".") > _MOST_DOTS:
            _refuse(path, number, f"this line has more than {_MOST_DOTS} dots; shorten it")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _TOML_POSITION.search(str(error))
        line = int(position[1]) if position and position[1] else text.rstrip().count("\n") + 1
        reason = _TOML_POSITION.sub("", str(error))
        _refuse(path, line, f"this is not valid TOML ({reason}); correct this line or the one above it")
    except (ValueError, RecursionError):
        _refuse(path, 1, "a number or a nested list in this file is far too long; remove it")
    return Source(path, data, _toml_lines(text))


def _toml_lines(text: str) -> dict[tuple[int | None, str], int]:
    """Map keys to line numbers in valid TOML."""
    flat = _QUOTED.sub(lambda found: "\n" * found[0].count("\n") if found[1] else found[0], text)
    lines: dict[tuple[int | None, str], int] = {}
    index: int | None = None
    questions = 0
    for number, line in enumerate(flat.split("\n"), 1):
        if header := _HEADER.match(line):
            index = questions if header[1] == "questions" else None
            questions += header[1] == "questions"
            lines.setdefault((index, "") if header[1] == "questions" else (None, header[1]), number)
        elif key := _KEY.match(line):
            lines.setdefault((index, key[2]), number)
    return lines


def _text(path: Path, text: str) -> Source:
    first = next((line for line in text.split("\n") if line.strip()), "")
    if _SEPARATOR.match(first + "\n") or any(len(_header(first.split(mark))) > 1 for mark in _DELIMITERS):
        return _csv(path, text)  # a table saved as text
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and line[0] != "#"]
    questions = [{"prompt": _BULLET.sub("", line, count=1).strip()} for _, line in rows]
    return Source(path, {"questions": questions}, {(index, ""): number for index, (number, _) in enumerate(rows)})


def _csv(path: Path, text: str) -> Source:
    delimiter, text = _declared(text)
    delimiter = delimiter or _delimiter(text)
    rows = [(line, cells) for line, cells in _csv_rows(path, text, delimiter) if cells]
    header = _header(rows[0][1]) if rows else []
    if header:
        _check_header(path, rows.pop(0)[0], header)
    else:
        header = ["prompt"]
    for line, cells in rows:
        if len(cells) > len(header):
            _refuse(
                path,
                line,
                f"this row has {len(cells)} cells where {len(header)} can be named; put a text that holds"
                f" {delimiter!r} in double quotes, or name the columns in the first line, such as prompt,kind",
            )
    questions = [
        {
            key: int(cell) if key in _NUMBERS and cell.isdecimal() else cell
            for key, cell in zip(header, cells, strict=False)
            if cell
        }
        for _, cells in rows
    ]
    return Source(path, {"questions": questions}, {(index, ""): line for index, (line, _) in enumerate(rows)})


def _declared(text: str) -> tuple[str | None, str]:
    """Return the separator declared by a ``sep=`` line, if any, and the text with that line emptied."""
    found = _SEPARATOR.match(text)
    return (found[2], found[1] + text[found.end() :]) if found else (None, text)


def _delimiter(text: str) -> str:
    """Guess the delimiter: one that makes the first non-empty row a header, or else one that the file seems to use."""
    for delimiter in _DELIMITERS:
        if _header(next(_rows(text, delimiter), [])):
            return delimiter
    rows = text.split("\n")
    if "\t" in text.strip():
        return "\t"
    return ";" if any(cell.strip() in QUESTION_KINDS for row in rows for cell in row.split(";")[1:]) else ","


def _header(cells: list[str]) -> list[str]:
    """Parse a row as column names; empty if it is not a header."""
    names = [_UNNAMED.sub("_", cell.strip().lower()).strip("_") for cell in cells]
    names = ["prompt" if name in _PROMPTS else name for name in names]
    is_header = "prompt" in names or (bool(names) and all(name in _COLUMNS for name in names if name))
    return names if is_header else []


def _check_header(path: Path, line: int, header: list[str]) -> None:
    if "prompt" not in header:
        _refuse(path, line, "these columns have names, and none is prompt; name the column of the questions prompt")
    for name in header:
        if name and header.count(name) > 1:
            _refuse(path, line, f"two columns are named {name!r:.40}; keep one of them")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each non-empty row, up to the first error."""
    with suppress(csv.Error):
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                yield cells


def _csv_rows(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, _trimmed(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse(path, line, f"this is not valid CSV ({error}); close the double quotes of the row that starts here")
    return rows


def _trimmed(cells: list[str]) -> list[str]:
    """Strip the cells, and drop the empty trailing ones that spreadsheets add."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped


PARSERS: dict[str, Callable[[Path, str], Source]] = {".toml": _toml, ".csv": _csv, ".txt": _text}
"""Parsers by suffix."""
