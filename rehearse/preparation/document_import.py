"""Reads the text of a resume or job description from a PDF, Word or plain text file."""

from __future__ import annotations

import codecs
import json
import subprocess

from rehearse.files import isolation
from rehearse.preparation.readable import readable
from rehearse.preparation.refusal import FEWEST_LETTERS, MOST_CHARACTERS, MOST_PAGES, Reason
from rehearse.preparation.user_text import one_line

MEGABYTES = 5
"""Largest file that is opened; a resume is about a tenth of that (house default)."""

SUFFIXES = ("pdf", "docx", "txt")
"""File extensions offered on the page; the actual type is determined from the content."""

_SECONDS = 30.0
"""Time limit of the reader process (house default)."""
_MEGABYTE = 1_000_000
_PDF_WITHIN = 1024
"""Bytes within which a PDF's header must start, as PDF readers allow (ISO 32000-2, annex)."""
_NAME_LENGTH = 80
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Word stores a password-protected document."""

_REASONS: dict[Reason, str] = {
    Reason.ENCRYPTED: "it is protected by a password: save a copy without one, or paste the text",
    Reason.SCANNED: (
        "there is hardly any text in it, only pictures of text as a scanner makes them: paste the text instead"
    ),
    Reason.LONG: (
        f"it has more than {MOST_PAGES} pages or {MOST_CHARACTERS // 1000} thousand characters, "
        "so it isn't a CV or job description: shorten it, or paste the part that matters"
    ),
    Reason.BOMB: "it unpacks to far more than any CV holds, so it was not opened: save it again, or paste the text",
    Reason.DAMAGED: "it is damaged, or not a document of this kind: save it again as PDF or DOCX, or paste the text",
    Reason.OTHER: "it is a ZIP file, not a Word document: save it as DOCX or PDF, or paste the text",
    Reason.HEAVY: (
        "it takes more time or memory than any CV needs, so reading it was stopped: save it again, or paste the text"
    ),
}


def read_document(data: bytes, name: str) -> str:
    """Return a file's text.

    Args:
        data: Contents of the file.
        name: Its name, used only in error messages.

    Raises:
        ValueError: The file cannot be used; the message names the file, the reason and what to do.

    """
    if len(data) > MEGABYTES * _MEGABYTE:
        raise _unusable(name, f"it is larger than {MEGABYTES} MB: save it without pictures, or paste the text")
    if not data.strip():
        raise _unusable(name, "it is empty: choose another file, or paste the text")
    if data.startswith(b"PK\x03\x04") or b"%PDF-" in data[:_PDF_WITHIN]:
        return readable(_extracted(data, name))
    return readable(_text(data, name))


def check_text(text: str, what: str) -> str:
    """Return pasted text in readable form.

    Raises:
        ValueError: The text is too long; ``what`` names it in the message.

    """
    if len(text) > MOST_CHARACTERS:
        msg = (
            f"{what} has {len(text)} characters, and {MOST_CHARACTERS} can be stored: paste only the part that matters"
        )
        raise ValueError(msg)
    return readable(text)


def _extracted(data: bytes, name: str) -> str:
    """Read the file in a child process, since a hostile one can crash, stall or bloat its reader."""
    try:
        child = subprocess.run(  # noqa: S603 - our own program
            isolation.command("rehearse.preparation.extract"),
            env=isolation.environment(),
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unusable(name, _REASONS[Reason.HEAVY]) from None
    answer = json.loads(child.stdout) if child.returncode == 0 and child.stdout else {"refused": Reason.HEAVY}
    if "refused" in answer:
        raise _unusable(name, _REASONS[Reason(answer["refused"])])
    return str(answer["text"])


def _text(data: bytes, name: str) -> str:
    if _LOCKED in data:
        raise _unusable(name, _REASONS[Reason.ENCRYPTED])
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unusable(name, "it is in the Word format from before 2007: save it as DOCX or PDF, or paste the text")
    if data.startswith(b"{\\rtf"):
        raise _unusable(name, "it is in rich text format: save it as DOCX or PDF, or paste the text")
    text = _decoded(data)
    wordless = text is None or sum(mark.isalnum() for mark in text) < FEWEST_LETTERS
    claimed = next((kind for kind in ("pdf", "docx") if name.lower().endswith(f".{kind}")), None)
    if wordless and claimed:
        raise _unusable(name, f"it is called a {claimed.upper()} but isn't one: save it again, or paste the text")
    if text is None:
        raise _unusable(name, "it is not a PDF, DOCX or text file: save it as one of these, or paste the text")
    if len(text) > MOST_CHARACTERS:
        raise _unusable(name, _REASONS[Reason.LONG])
    if wordless:
        raise _unusable(name, "there are hardly any words in it: choose another file, or paste the text")
    return text


def _decoded(data: bytes) -> str | None:
    """Decode text in the encodings that editors use; None if it is not text."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if any(mark < " " and mark not in "\t\r\n\f" for mark in text) else text
    return None


def _unusable(name: str, reason: str) -> ValueError:
    shown = one_line(name)[:_NAME_LENGTH] or "this file"
    return ValueError(f"{shown} cannot be used: {reason}.")
