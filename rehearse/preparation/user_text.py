"""Makes text that a person typed or pasted safe to quote: one line, no hidden characters, not too long."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

Item = TypeVar("Item")

LONGEST_QUOTE = 220
"""Most characters of a person's own line quoted in a question (house default)."""

_MARKS = frozenset(
    "*>\u00b7\u2022\u2023\u203a\u00bb\u2043\u2219\u204c\u204d\u203b\u2020\u2021\u30fb\uff65\u00a7\u00a4|"
)
"""Bullets in addition to symbols, arrows, dashes and the private characters of symbol fonts."""
_NO_MARKS = frozenset("\u00a9\u00ae\u2122\u00b0\u2116\u00b1\u00ac+=<~")
"""Symbols that may start a line of text and are not bullets."""
_NUMBERED = re.compile(
    r"\[[ xX\u2713\u2714]?\]|[o\u00d8\u00fc\u00a8](?=\s)|[lnquv](?=\s+[A-Z])|[+~=](?=\s)"
    r"|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})\)|\d{1,2}\.(?=\s)"
)
"""Check boxes, letters that symbol fonts show as bullets, and numbers."""

_LETTERS = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "er", "ers", "s", "ly")
_SHORTEST_STEM = 3


def one_line(text: str) -> str:
    r"""Put text on one line, without control characters and directional marks.

    >>> one_line(" Led\tthe\u202e move ")
    'Led the move'
    """
    return " ".join("".join(map(_shown, text)).split())


def _shown(mark: str) -> str:
    category = unicodedata.category(mark)
    if category == "Cf":  # invisible within words: soft hyphens, joiners, directional marks
        return ""
    return " " if category[0] in "CZ" else mark


def entries(text: str) -> tuple[str, ...]:
    r"""Return one entry for each line with a letter or digit, without bullets and duplicates.

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
    """Normalise text for comparison: case, punctuation and apostrophes are removed.

    >>> letters("- Why US?")
    'why us'
    """
    return " ".join(_LETTERS.findall(text.lower()))


def each_once(found: Iterable[Item], *, key: Callable[[Item], Hashable]) -> tuple[Item, ...]:
    """Return the first of the items that share a key."""
    first: dict[Hashable, Item] = {}
    for item in found:
        first.setdefault(key(item), item)
    return tuple(first.values())


def without_bullet(line: str) -> str:
    r"""Remove the bullets or numbers at the start of a list entry.

    >>> without_bullet("\u27a4 Led a team"), without_bullet("1) Cut costs"), without_bullet("\u00a39 saved")
    ('Led a team', 'Cut costs', '\xa39 saved')
    """
    rest = line.lstrip()
    while rest and (mark := _mark(rest)):
        rest = rest[mark:].lstrip(" \t\u00a0\ufe0e\ufe0f\u200b\u200d")
    return rest


def has_bullet(line: str) -> bool:
    """Whether a line starts with a bullet or number."""
    return _mark(line.lstrip()) > 0


def _mark(line: str) -> int:
    """Return the length of the bullet at the start of a line; 0 if there is none."""
    if found := _NUMBERED.match(line):
        return found.end()
    first = line[:1]
    symbol = first and first not in _NO_MARKS and unicodedata.category(first) in {"So", "Sm", "Co", "Pd", "No"}
    return int(bool(symbol or first in _MARKS) and first not in "\u00bc\u00bd\u00be\u00b2\u00b3\u00b9") if first else 0


def cut(text: str) -> str:
    """Prepare a person's own words for a sentence: on one line, truncated at a word if long."""
    line = one_line(text).strip(" .;,")
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" .;,") + " …"


def quoted(text: str) -> str:
    """Return a person's own words in quotation marks.

    >>> quoted("Opened a second site.")
    '"Opened a second site"'
    """
    return f'"{cut(text)}"'


def listed(parts: tuple[str, ...]) -> str:
    """Join parts with commas and a final "and".

    >>> listed(("rota", "budget", "night shifts"))
    'rota, budget and night shifts'
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def stable_id(prefix: str, *texts: str) -> str:
    """Derive a question's id from its subject, so that its history is preserved.

    Case, punctuation and the form of an apostrophe make no difference.
    """
    digest = hashlib.sha256("\n".join(map(letters, texts)).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"


# A year of answers repeats the same few thousand words.
@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """Reduce a lower-case word to a stem that its forms share; the stem need not be a word.

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
