"""CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

ENCODING = "utf-8-sig"
"""UTF-8 with a byte order mark, by which spreadsheets recognise UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """Prefix an apostrophe to text that a spreadsheet would interpret as a formula.

    Source: OWASP, "CSV Injection". Numbers stay numbers.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("mine"), safe_cell(-1.5), safe_cell(None)
    ("'=HYPERLINK(1)", 'mine', -1.5, None)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write one line per row, as soon as each is available; None and missing columns become empty cells.

    Characters that UTF-8 cannot encode, such as undecodable bytes of a file name, are escaped with a backslash.

    Raises:
        OSError: The file cannot be written.

    """
    with path.open("w", encoding=ENCODING, errors="backslashreplace", newline="") as file:
        write_rows(file, columns, rows)


def write_rows(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Like ``write_csv``, to a text file opened with ``ENCODING`` and without newline translation."""
    writer = csv.DictWriter(file, list(columns))
    writer.writerow({name: safe_cell(name) for name in columns})
    for row in rows:
        writer.writerow({name: safe_cell(cell) for name, cell in row.items()})
        file.flush()
