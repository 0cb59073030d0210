"""Text out of one document, in a process of its own: ``python -m rehearse.preparation.extract < file``.

A document is untrusted, and a made-up one can keep its reader busy for hours
or fill the memory. So the reader is a child process with limits, which writes
``{"text": ...}`` or ``{"refused": reason}`` to standard output.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from rehearse.preparation.resume_entries import is_period
from rehearse.preparation.user_text import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pypdf import PageObject

# The limits are house defaults; a resume has two pages, three thousand characters and a hundred kilobytes of XML.
MOST_PAGES = 30
MOST_CHARACTERS = 60_000
MOST_XML_BYTES = 8_000_000
MEMORY_BYTES = 2_000_000_000
PROCESSOR_SECONDS = 20

FEWEST_LETTERS = 30
"""Letters and figures under which a document holds pictures of text, not text (house default)."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY = "word/document.xml"
_ENCRYPTED = 1
"""Bit of a ZIP entry's flags."""


class Reason(StrEnum):
    """Why a document cannot be used."""

    BOMB = auto()
    DAMAGED = auto()
    ENCRYPTED = auto()
    HEAVY = auto()
    LONG = auto()
    OTHER = auto()
    SCANNED = auto()


class RefusedError(Exception):
    """The document cannot be used; its only argument is the ``Reason``."""


def extract(data: bytes) -> str:
    """Read a PDF or a Word document, told apart by content.

    Raises:
        RefusedError: With the reason.

    """
    if data.startswith(b"PK"):
        return _docx(data)
    return _pdf(data)


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)  # pypdf reports each oddity of a file; what counts is the text
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many PDFs are encrypted with an empty password, only to forbid printing: those open for anybody.
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = () if locked else reader.pages[: MOST_PAGES + 1]
        texts = [_page_text(page) for page in pages]
    except PyPdfError as error:
        raise RefusedError(Reason.ENCRYPTED if "ecrypt" in str(error) else Reason.DAMAGED) from error
    except Exception as error:  # a made-up file breaks a parser in ways that nobody can list
        # pypdf asks for a package it can do without, where a file uses a cipher that Python has not.
        raise RefusedError(Reason.ENCRYPTED if "cryptography" in str(error) else Reason.DAMAGED) from error
    if locked:
        raise RefusedError(Reason.ENCRYPTED)
    if len(texts) > MOST_PAGES:
        raise RefusedError(Reason.LONG)
    return _joined(texts)


def _page_text(page: PageObject) -> str:
    """Read a page in the order it was written, or as it lies on the paper where that order is plainly another.

    Dates set at the margin are often written before all else, far from their posts. Lying beside them is
    what is wanted there; elsewhere it would mix the columns of a page.
    """
    text = page.extract_text()
    first = next((line for line in text.splitlines() if line.strip()), "")
    return page.extract_text(extraction_mode="layout") if is_period(one_line(first)) else text


def _docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _body(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise RefusedError(Reason.DAMAGED) from error
    return _joined(_paragraphs(body))


def _body(archive: zipfile.ZipFile) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if _BODY not in archive.namelist():
        raise RefusedError(Reason.OTHER)
    if archive.getinfo(_BODY).flag_bits & _ENCRYPTED:
        raise RefusedError(Reason.ENCRYPTED)
    with archive.open(_BODY) as file:
        # The size that the archive states may be a lie, so what counts is what comes out.
        xml = file.read(MOST_XML_BYTES + 1)
    if len(xml) > MOST_XML_BYTES:
        raise RefusedError(Reason.BOMB)
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise RefusedError(Reason.DAMAGED) from error
    return root


def _paragraphs(body: Element) -> Iterator[str]:
    skipped = {element for fallback in body.iter(_FALLBACK) for element in fallback.iter()}
    for paragraph in body.iter(f"{_WORD}p"):
        if paragraph not in skipped:
            bullet = "- " if paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None else ""
            yield bullet + "".join(_runs(paragraph))


def _runs(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag == f"{_WORD}tab":
            yield " "
        elif element.tag in (f"{_WORD}br", f"{_WORD}cr"):
            yield "\n"


def _joined(parts: Iterable[str]) -> str:
    """Join the parts, up to the limit."""
    text = ""
    for part in parts:
        text += part + "\n"
        if len(text) > MOST_CHARACTERS:
            raise RefusedError(Reason.LONG)
    if sum(mark.isalnum() for mark in text) < FEWEST_LETTERS:
        raise RefusedError(Reason.SCANNED)
    return text


def _limit() -> None:
    """Bound this process; Windows knows no such limits, and there the parent's clock is the only one."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, PROCESSOR_SECONDS)):
        with suppress(ValueError, OSError):  # a system may know a limit and yet not set it
            resource.setrlimit(limit, (value, value))


def main() -> None:
    """Answer on standard output; a crash leaves it empty."""
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
