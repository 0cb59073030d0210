"""CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

ENCODING = "utf-8-sig"
"""UTF-8 with a byte order mark, by which spreadsheets recognise UTF-8."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_INSIDE = re.compile(
    r"""([;|:\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]["\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])"""
    r"""|(\s"*)(?=[=@\uff1d\uff20])"""
)
"""What would begin a formula if a semicolon, a tab or another mark were taken for the end of a cell; behind a space
only what no sentence holds, since "fell by -5 %" has to stay as it is."""


def safe_cell(value: object) -> object:
    """Prefix an apostrophe to text that a spreadsheet would interpret as a formula.

    Source: OWASP, "CSV Injection". Numbers stay numbers.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("mine"), safe_cell(-1.5), safe_cell(None)
    ("'=HYPERLINK(1)", 'mine', -1.5, None)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(' "').startswith(_FORMULA) else value


def unfinished(path: Path) -> Path:
    """Name the file in which the rows of ``path`` are gathered until all are there.

    >>> unfinished(Path("results.csv")).name
    'results.partial.csv'
    """
    return path.with_name(f"{path.stem[:100]}.partial{path.suffix}")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write one line per row, as soon as each is available; None and missing columns become empty cells.

    The rows are gathered in the file that ``unfinished`` names, and take the place of ``path`` when all are there; so
    what was there stays until then, and what is broken off never looks whole. A device or pipe is written as it is.
    What UTF-8 cannot hold, such as a byte of a file name in an older encoding, is escaped with a backslash.

    Raises:
        OSError: The file cannot be written.

    """
    device = path.exists() and not path.is_file()
    target = path if device else Path(os.path.realpath(path))  # a link goes on pointing there
    gathered = target if device else unfinished(target)
    try:
        with gathered.open("w", encoding=ENCODING, errors="backslashreplace", newline="") as file:
            write_rows(file, columns, rows)
        if gathered != target:
            gathered.replace(target)
    except OSError as error:
        if error.errno is None:
            raise
        msg = f"{path} cannot be written ({error.strerror}): make room or name another file"
        raise OSError(msg) from error


def write_rows(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Like ``write_csv``, into a text file that is open with ``ENCODING`` and without newline translation."""
    csv.writer(file).writerow([_quoted(name) for name in columns])
    # Every text is quoted: many spreadsheets end a cell at a semicolon or a tab, whatever the file was written with.
    writer = csv.DictWriter(file, list(columns), quoting=csv.QUOTE_NONNUMERIC)
    for row in rows:
        writer.writerow({name: _quoted(cell) for name, cell in row.items()})
        file.flush()


def _quoted(value: object) -> object:
    """Make sure that no part of a text becomes a formula, wherever cells are taken to end."""
    safe = safe_cell(value)
    return _INSIDE.sub(r"\g<0>'", safe) if isinstance(safe, str) else safe
