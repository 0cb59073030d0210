"""Reasons to refuse a document, and limits on its size."""

from __future__ import annotations

from enum import StrEnum, auto

# House defaults; a typical resume has two pages, three thousand characters and a hundred kilobytes of XML.
MOST_PAGES = 30
MOST_CHARACTERS = 60_000
MOST_XML_BYTES = 8_000_000

FEWEST_LETTERS = 30
"""Letters and digits below which a document is taken to contain only images of text (house default)."""


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
