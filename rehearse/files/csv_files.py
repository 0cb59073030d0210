"""CSV files that open in a spreadsheet without running anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

ENCODING = "utf-8-sig"
"""Its byte order mark lets spreadsheets recognise UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would take for a formula.

    Source: OWASP, "CSV Injection". Numbers stay numbers.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("mine"), safe_cell(-1.5), safe_cell(None)
    ("'=HYPERLINK(1)", 'mine', -1.5, None)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write one line a row, each as soon as it comes; None and missing columns become empty cells.

    What UTF-8 cannot hold, such as a byte of a file name in an older encoding, is escaped with a backslash.

    Raises:
        OSError: The file cannot be written.

    """
    with path.open("w", encoding=ENCODING, errors="backslashreplace", newline="") as file:
        write_rows(file, columns, rows)


def write_rows(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Like ``write_csv``, into a text file that is open with ``ENCODING`` and without newline translation."""
    writer = csv.DictWriter(file, list(columns))
    writer.writerow({name: safe_cell(name) for name in columns})
    for row in rows:
        writer.writerow({name: safe_cell(cell) for name, cell in row.items()})
        file.flush()
