"""What a person typed or pasted, made safe to quote: one line, no hidden characters, not too long."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

Item = TypeVar("Item")

LONGEST_QUOTE = 220
"""Characters of a person's own line that a question quotes (house default)."""

_MARKS = frozenset(
    "*>\u00b7\u2022\u2023\u203a\u00bb\u2043\u2219\u204c\u204d\u203b\u2020\u2021\u30fb\uff65\u00a7\u00a4|"
)
"""Marks of lists beside symbols, arrows, dashes and the private characters of symbol fonts."""
_NO_MARKS = frozenset("\u00a9\u00ae\u2122\u00b0\u2116\u00b1\u00ac+=<~")
"""Symbols that a line of text may begin with."""
_NUMBERED = re.compile(
    r"\[[ xX\u2713\u2714]?\]|[o\u00d8\u00fc\u00a8](?=\s)|[lnquv](?=\s+[A-Z])|[+~=](?=\s)|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})\)"
    r"|\d{1,2}\.(?=\s)"
)
"""Ticks in brackets, the letters that symbol fonts show as marks, and numbers."""


_LETTERS = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "er", "ers", "s", "ly")
_SHORTEST_STEM = 3


def one_line(text: str) -> str:
    r"""Put text on one line, without control characters and marks that turn text around.

    >>> one_line(" Led\tthe\u202e move ")
    'Led the move'
    """
    shown = "".join("" if _is_joiner(mark) else " " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text)
    return " ".join(shown.split())


def _is_joiner(mark: str) -> bool:
    """Whether a hidden mark stands within words: soft hyphens, joiners, marks of order and direction."""
    return unicodedata.category(mark) == "Cf"


def entries(text: str) -> tuple[str, ...]:
    r"""Take one entry from each line that holds a letter or figure; bullets go, repeats are told once.

    >>> entries("- Safety first\n\n2. New site in Leeds\n---")
    ('Safety first', 'New site in Leeds')
    """
    return each_once(_entries(text), key=letters)


def _entries(text: str) -> Iterator[str]:
    for line in text.splitlines():
        entry = one_line(without_bullet(line))
        if any(mark.isalnum() for mark in entry):
            yield entry


def letters(text: str) -> str:
    """Reduce text to what makes it the same in other writing: case, punctuation and apostrophes go.

    >>> letters("- Why US?")
    'why us'
    """
    return " ".join(_LETTERS.findall(text.lower()))


def each_once(found: Iterable[Item], *, key: Callable[[Item], Hashable]) -> tuple[Item, ...]:
    """Keep the first of those that have one key in common."""
    kept: dict[Hashable, Item] = {}
    for item in found:
        kept.setdefault(key(item), item)
    return tuple(kept.values())


def without_bullet(line: str) -> str:
    r"""Drop the marks a list entry starts with.

    >>> without_bullet("\u27a4 Led a team"), without_bullet("1) Cut costs"), without_bullet("\u00a39 saved")
    ('Led a team', 'Cut costs', '\xa39 saved')
    """
    rest = line.lstrip()
    while rest and (mark := _mark(rest)):
        rest = rest[mark:].lstrip(" \t\u00a0\ufe0e\ufe0f\u200b\u200d")
    return rest


def has_bullet(line: str) -> bool:
    """Whether a line starts as a list entry does."""
    return _mark(line.lstrip()) > 0


def _mark(line: str) -> int:
    """How many characters the mark at the start of a line has; 0 where there is none."""
    if found := _NUMBERED.match(line):
        return found.end()
    first = line[:1]
    symbol = first and first not in _NO_MARKS and unicodedata.category(first) in {"So", "Sm", "Co", "Pd", "No"}
    return int(bool(symbol or first in _MARKS) and first not in "\u00bc\u00bd\u00be\u00b2\u00b3\u00b9") if first else 0


def cut(text: str) -> str:
    """Put a person's own words into a sentence: on one line, cut at a word where they are long."""
    line = one_line(text).strip(" .;,")
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" .;,") + " …"


def quoted(text: str) -> str:
    """Quote a person's own words.

    >>> quoted("Opened a second site.")
    '"Opened a second site"'
    """
    return f'"{cut(text)}"'


def listed(parts: tuple[str, ...]) -> str:
    """Join as a sentence does.

    >>> listed(("rota", "budget", "night shifts"))
    'rota, budget and night shifts'
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def stable_id(prefix: str, *texts: str) -> str:
    """Make a question's id of what it is about, so that history stays with it.

    Case, punctuation and the form of an apostrophe change nothing.
    """
    digest = hashlib.sha256("\n".join(map(letters, texts)).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"


# The answers of a year say the same few thousand words again and again.
@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """Cut a lower-case word so that its forms meet; it need not be a word any more.

    >>> stem("planning"), stem("planned"), stem("deliveries"), stem("delivery")
    ('plan', 'plan', 'delivery', 'delivery')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending) + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word
