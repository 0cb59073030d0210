"""Extracts the text of a document in a separate process: ``python -m rehearse.preparation.extract < file``.

Documents are untrusted, and a crafted one can keep its reader busy for hours
or exhaust memory. The reader is therefore a child process with resource
limits, which writes ``{"text": ...}`` or ``{"refused": reason}`` to standard
output.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from rehearse.preparation.columns import text_by_columns
from rehearse.preparation.periods import is_period
from rehearse.preparation.refusal import FEWEST_LETTERS, MOST_CHARACTERS, MOST_PAGES, Reason, RefusedError
from rehearse.preparation.user_text import one_line
from rehearse.preparation.word_package import Package
from rehearse.preparation.word_text import lines_of

if TYPE_CHECKING:
    from pypdf import PageObject

MEMORY_BYTES = 2_000_000_000
PROCESSOR_SECONDS = 20


def extract(data: bytes) -> str:
    """Return the text of a PDF or Word document, distinguished by content.

    Raises:
        RefusedError: The document cannot be used.

    """
    if data.startswith(b"PK"):
        return _docx(data)
    return _pdf(data)


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)  # pypdf logs every irregularity of a file
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many PDFs are encrypted with an empty password, merely to forbid printing; anybody can open those.
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = () if locked else reader.pages[: MOST_PAGES + 1]
        texts = [_page_text(page) for page in pages]
    except PyPdfError as error:
        raise RefusedError(Reason.ENCRYPTED if "ecrypt" in str(error) else Reason.DAMAGED) from error
    except Exception as error:  # a crafted file can make the parser raise anything
        # pypdf asks for an optional package if a file uses a cipher that Python lacks.
        raise RefusedError(Reason.ENCRYPTED if "cryptography" in str(error) else Reason.DAMAGED) from error
    if locked:
        raise RefusedError(Reason.ENCRYPTED)
    if len(texts) > MOST_PAGES:
        raise RefusedError(Reason.LONG)
    return _joined(texts)


def _page_text(page: PageObject) -> str:
    """Return a page's text in the order it was written, or in layout order if the page starts with a period.

    Dates in the margin are often written before everything else, far from their posts. Layout order puts them beside
    their posts; on other pages it would mix the columns.
    """
    text = page.extract_text()
    first = next((line for line in text.splitlines() if line.strip()), "")
    if is_period(one_line(first)):
        return page.extract_text(extraction_mode="layout")
    return text_by_columns(page) or text


def _docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _joined(lines_of(Package(archive)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise RefusedError(Reason.DAMAGED) from error


def _joined(parts: Iterable[str]) -> str:
    """Join the parts; raises if they are too long or contain hardly any letters."""
    text = ""
    for part in parts:
        text += part + "\n"
        if len(text) > MOST_CHARACTERS:
            raise RefusedError(Reason.LONG)
    if sum(mark.isalnum() for mark in text) < FEWEST_LETTERS:
        raise RefusedError(Reason.SCANNED)
    return text


def _limit() -> None:
    """Limit the memory and processor time of this process; on Windows only the parent's timeout applies."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, PROCESSOR_SECONDS)):
        with suppress(ValueError, OSError):  # a system may define a limit that it cannot set
            resource.setrlimit(limit, (value, value))


def main() -> None:
    """Write the result to standard output, which stays empty after a crash."""
    _limit()
    try:
        answer = {"text": extract(sys.stdin.buffer.read())}
    except RefusedError as reason:
        answer = {"refused": str(reason.args[0])}
    except (MemoryError, RecursionError):
        answer = {"refused": str(Reason.HEAVY)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
