"""Words as text: what counts as a filled pause, and how words are compared."""

from __future__ import annotations

import re

_FILLED_PAUSE = re.compile(r"u+h+m*|u+m+|e+r+m*|a+h+m*|eh+|h+m+|m{2,}")
_CLOSING = "\"')\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_ABBREVIATIONS = frozenset({"st.", "mr.", "mrs.", "ms.", "dr.", "prof.", "vs.", "e.g.", "i.e.", "approx.", "dept."})
"""With the full stop, and followed by the rest of the sentence."""
_SYMBOLS = re.compile(r"[^\w']+")


def plain(text: str) -> str:
    """Lower case without punctuation; apostrophes stay.

    >>> plain("Don't,")
    "don't"
    """
    return _SYMBOLS.sub("", text.lower()).strip("'")


def is_filled_pause(text: str) -> bool:
    """Whether a written word is um, uh, er, erm, ah or hmm, of any length.

    A listener's "mm-hmm" and "uh-huh" are none.

    >>> is_filled_pause("Ummm,"), is_filled_pause("mm-hmm")
    (True, False)
    """
    return "-" not in text.strip("-") and _FILLED_PAUSE.fullmatch(plain(text)) is not None


def ends_sentence(text: str) -> bool:
    """Whether a written word closes a sentence; a title or abbreviation does not.

    >>> ends_sentence("board."), ends_sentence("St."), ends_sentence("e.g.")
    (True, False, False)
    """
    if text.lower() in _ABBREVIATIONS:
        return False
    return text.rstrip(_CLOSING).endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}"))
