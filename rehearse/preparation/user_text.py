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

_BULLET = re.compile(
    r"^\s*(?:[-*>\u00b7\u2013\u2014\u2022\u2023\u2043\u25a0\u25a1\u25aa\u25cb\u25cf\u25e6\uf0b7]|o(?=\s)|\d{1,2}[.)](?=\s))\s*"
)


_LETTERS = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "er", "ers", "s", "ly")
_SHORTEST_STEM = 3


def one_line(text: str) -> str:
    r"""Put text on one line, without control characters and marks that turn text around.

    >>> one_line(" Led\tthe\u202e move ")
    'Led the move'
    """
    shown = "".join(" " if unicodedata.category(mark)[0] in "CZ" else mark for mark in text)
    return " ".join(shown.split())


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
    """Drop the mark a list entry starts with."""
    return _BULLET.sub("", line, count=1)


def has_bullet(line: str) -> bool:
    """Whether a line starts as a list entry does."""
    return _BULLET.match(line) is not None


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
