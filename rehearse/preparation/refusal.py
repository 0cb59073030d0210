"""Why a document cannot be used, and how much of one is read."""

from __future__ import annotations

from enum import StrEnum, auto

# The limits are house defaults; a resume has two pages, three thousand characters and a hundred kilobytes of XML.
MOST_PAGES = 30
MOST_CHARACTERS = 60_000
MOST_XML_BYTES = 8_000_000

FEWEST_LETTERS = 30
"""Letters and figures under which a document holds pictures of text, not text (house default)."""


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
