"""Words as text: what counts as a filled pause, how words are compared and quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rehearse.model import Word


def word_set(text: str) -> frozenset[str]:
    """Read a list of words as it is written.

    >>> sorted(word_set("up down"))
    ['down', 'up']
    """
    return frozenset(text.split())


_FILLED_PAUSE = re.compile(r"u+h+m*|u+m+|e+r+m*|a+h+m*|eh+|h+m+|m{2,}")
_QUOTE = re.compile(r"\AYou said “.*”\. ", re.DOTALL)
_CLOSING = "\"')\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_ABBREVIATIONS = frozenset({"st.", "mr.", "mrs.", "ms.", "dr.", "prof.", "vs.", "e.g.", "i.e.", "approx.", "dept."})
"""With the full stop, and followed by the rest of the sentence."""
_LONGEST_QUOTE = 14
"""Words (house default)."""
_SHORTEST_QUOTE = 5
"""Words; a quote that is cut keeps at least these (house default)."""
_JOINING = frozenset({"and", "so", "but", "then", "or"})
_OPENS_A_CLAUSE = word_set("and but because or which who when until while before after where since if")
_DANGLING = word_set("a an the my his her our their with in on at of to for from by into")
_SYMBOLS = re.compile(r"[^\w']+")


def plain(text: str) -> str:
    """Lower case without punctuation; apostrophes stay.

    >>> plain("Don't,")
    "don't"
    """
    return _SYMBOLS.sub("", text.lower()).strip("'")


def printable(text: str) -> str:
    """Put spaces for characters that are obeyed, not shown, such as those that move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def straight(text: str) -> str:
    """Write apostrophes as a keyboard does."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def is_filled_pause(text: str) -> bool:
    """Whether a written word is um, uh, er, erm, ah or hmm, of any length.

    A listener's "mm-hmm" and "uh-huh" are none.

    >>> is_filled_pause("Ummm,"), is_filled_pause("mm-hmm")
    (True, False)
    """
    return "-" not in text.strip("-") and _FILLED_PAUSE.fullmatch(plain(text)) is not None


def content_words(words: Iterable[Word]) -> list[Word]:
    """Leave out the filled pauses."""
    return [word for word in words if not is_filled_pause(word.text)]


def ends_sentence(text: str) -> bool:
    """Whether a written word closes a sentence; a title or abbreviation does not.

    >>> ends_sentence("board."), ends_sentence("St."), ends_sentence("e.g.")
    (True, False, False)
    """
    if text.lower() in _ABBREVIATIONS:
        return False
    return text.rstrip(_CLOSING).endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}"))


def quoting(text: str, question: str) -> str:
    """Ask about something that was said, quoting it."""
    return f"You said “{quotation(text)}”. {question}"


def unquoted(prompt: str) -> str:
    """Take the words that ``quoting`` put into a question out of it again; any other question stays as it is.

    >>> unquoted("You said “I rang the ward”. Why that way?")
    'Why that way?'
    """
    return _QUOTE.sub("", prompt)


def quotation(text: str) -> str:
    """Shorten what was said to a quote that ends where a clause ends, without filled pauses and joining words at its edges.

    >>> quotation("So, um, I rang the ward.")
    'I rang the ward'
    >>> quotation("I copied my editor in because he had to know, and then I wrote the whole thing up for the paper")
    'I copied my editor in because he had to know …'
    """
    words = [word for word in text.split() if not is_filled_pause(word)]
    while len(words) > 1 and plain(words[0]) in _JOINING and plain(words[1]) != "that":
        words.pop(0)
    kept = words if len(words) <= _LONGEST_QUOTE else words[: _clause_border(words)]
    return " ".join(kept).strip(" .,;:!?-") + (" …" if len(kept) < len(words) else "")


def _clause_border(words: Sequence[str]) -> int:
    """How many words to keep of too many: up to the last mark or joint that fits, else as many as fit."""
    opens = [plain(word) in _OPENS_A_CLAUSE for word in words]
    for kept in range(_LONGEST_QUOTE, _SHORTEST_QUOTE - 1, -1):
        if words[kept - 1].endswith((",", ";", ":", ".", "?", "!")) or (opens[kept] and not opens[kept - 1]):
            return kept
    return _last_whole(words)


def _last_whole(words: Sequence[str]) -> int:
    """As many words as fit, without those that wait for the next one."""
    kept = _LONGEST_QUOTE
    while kept > _SHORTEST_QUOTE and plain(words[kept - 1]) in _DANGLING:
        kept -= 1
    return kept
