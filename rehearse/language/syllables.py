"""Syllables of English words: spelling rules, and a list of exceptions to them.

The list is derived from the Carnegie Mellon Pronouncing Dictionary (its notice is in the same folder) by
``benchmarks/make_syllables.py``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rehearse.language.spoken import spoken_words

EXCEPTIONS = Path(__file__).with_name("syllables.txt")
"""File of exceptions; each line is a count followed by the words that have it."""

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouy]l)e$"  # late, not table
    r"|(?<=[^aeioutdy])ed$|(?<=[aeiou]y)ed$"  # asked, played
    r"|(?<=[^aeiousxzcg])(?<!sh|ch)(?<![^aeiouy]l)es$"  # makes, not boxes
    r"|(?<=[aeiouy][^aeiouysxzcg])e(?=ly$|ment|ful|less|ness)"  # lately
)
_SPLIT = re.compile(
    r"(?<![cstgx])i[ao]|(?<=[^aeiouyqg])ua(?!r)|[aeouy]ing|eo(?!u)|i[ei]r?$|ii|uou|(?<=[aeo])y(?=[aeiou])"
    r"|(?<=u)ous|sms?$|thm$"
)
"""Neighbouring vowels that form two syllables, and "rhythm", where a consonant forms one."""

_PARTS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_HISSING = re.compile(r"(?:[sxz]|[sc]h|[sczg]e)$")
_DOUBLE_U = 3
_LETTERS = 3
"""Maximum letters of a word in capitals that is spelt out, such as HR and API (house default)."""


def syllables(word: str) -> int:
    """Count the syllables of a written English word; numbers and short capitals are counted as spoken.

    >>> [syllables(word) for word in ("team", "table", "Manager,", "asked", "creating", "people's", "well-known")]
    [1, 2, 3, 1, 3, 2, 2]
    >>> [syllables(word) for word in ("40", "7%", "1998", "2,500", "90s", "AWS")]
    [2, 4, 5, 6, 2, 5]
    """
    parts = [part for read in spoken_words(word) for part in _PARTS.findall(read)]
    return max(1, sum(map(_read, parts)))


def by_spelling(letters: str) -> int:
    """Estimate the syllables of a word in lower case from its spelling alone."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", letters))) + len(_SPLIT.findall(letters)))


def _read(part: str) -> int:
    if part.isupper() and len(part) <= _LETTERS:
        return sum(_DOUBLE_U if letter == "W" else 1 for letter in part)
    return _looked_up(part.lower())


def _looked_up(letters: str) -> int:
    base, apostrophe, ending = letters.rpartition("'")
    if apostrophe and ending == "s":
        return _looked_up(base) + bool(_HISSING.search(base))
    return _exceptions().get(letters) or by_spelling(letters.replace("'", ""))


@cache
def _exceptions() -> dict[str, int]:
    lines = EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return {word: int(count) for count, *words in map(str.split, lines) for word in words}
