"""Question files as raw tables, with the line each key stands on."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

# House default: a thousand long questions fit, and reading it stays quick.
_MOST_BYTES = 1_000_000
# House default: more than texts hold, and the TOML parser's time grows with the square of the dots in a key.
_MOST_DOTS = 200

_TRIPLE_QUOTED = r'"""(?:\\.|[^\\])*?"""(?!")|' + r"'''.*?'''(?!')"
# Comments and short strings are matched too, so that quotation marks inside them start nothing.
_QUOTED = re.compile(rf"({_TRIPLE_QUOTED})|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*", re.DOTALL)
_HEADER = re.compile(r"\s*\[+\s*[\"']?([\w-]+)")
_KEY = re.compile(r"\s*([\"']?)([\w-]+)\1\s*[=.]")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")

_BULLET = re.compile(r"\s*(?:[-*•]|\d{1,3}[.)])\s+")
_NUMBERS = frozenset({"difficulty", "think_seconds"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file, parsed but not judged.

    Attributes:
        path: As it was given.
        data: The file's own keys, and ``questions``, a list of tables.
        lines: Line of (index of the question, key); the index is None for the
            file's own keys, the key empty for the start of a question.

    """

    path: Path
    data: dict[str, Any]
    lines: dict[tuple[int | None, str], int]

    def line(self, index: int | None, key: str) -> int:
        """Find the line of a key; where it is missing, of its question, else the nearest known line."""
        for place in ((index, key), (index, ""), (None, "questions")):
            if place in self.lines:
                return self.lines[place]
        return 1


def read(path: Path) -> Source:
    """Parse a file by its suffix.

    Raises:
        ValueError: ``FILE:LINE: what to do`` where it is no TOML, CSV or text.
        OSError: The file cannot be read.

    """
    parse = PARSERS.get(path.suffix.lower())
    if parse is None:
        _refuse(path, 1, f"a question set is a {', '.join(PARSERS)} file; rename or convert this one")
    if path.exists() and not path.is_file() and not path.is_dir():
        _refuse(path, 1, "this is a pipe or a device, which may never end; save the questions as a file")
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        _refuse(path, 1, f"the file is larger than {_MOST_BYTES // 1000} kB; split it into several sets")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(path, line, "this line holds a character that is not UTF-8; save the file as UTF-8")
    return parse(path, text.replace("\r\n", "\n"))


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
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        reason = _TOML_PLACE.sub("", str(error))
        _refuse(path, line, f"this is not valid TOML ({reason}); correct this line or the one above it")
    except (ValueError, RecursionError):
        _refuse(path, 1, "a number or a nested list in this file is far too long; remove it")
    return Source(path, data, _toml_lines(text))


def _toml_lines(text: str) -> dict[tuple[int | None, str], int]:
    """Map keys to lines in text that is known to be valid TOML."""
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
    rows = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and line[0] != "#"]
    questions = [{"prompt": _BULLET.sub("", line, count=1).strip()} for _, line in rows]
    return Source(path, {"questions": questions}, {(index, ""): number for index, (number, _) in enumerate(rows)})


def _csv(path: Path, text: str) -> Source:
    first = text.split("\n", 1)[0].lower().replace('"', "")
    delimiter = ";" if "prompt" in first.split(";") else ","
    has_header = "prompt" in [name.strip() for name in first.split(delimiter)]
    header = [name.strip() for name in first.split(delimiter)] if has_header else ["prompt"]
    rows = [(line, cells) for line, cells in _csv_rows(path, text, delimiter) if any(cells)][has_header:]
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


def _csv_rows(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse(path, line, f"this is not valid CSV ({error}); close the double quotes of the row that starts here")
    return rows


PARSERS: dict[str, Callable[[Path, str], Source]] = {".toml": _toml, ".csv": _csv, ".txt": _text}
"""Suffix to parser."""
