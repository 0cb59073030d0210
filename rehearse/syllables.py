"""Syllables of English words."""

from __future__ import annotations

import re

from rehearse.words import plain

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzgh])es$")
_SPLIT = re.compile(r"i[ao]|eo|ua|uo|(?<=[^aeiouy])le$|[aeiou]ing$")
_JOINED = re.compile(r"[tsc]i[ao]|gi[ao]|qu|ua[rl]")


def syllables(word: str) -> int:
    """Estimate the syllables of one English word from its spelling.

    >>> [syllables(word) for word in ("team", "table", "manager", "asked", "creating")]
    [1, 2, 3, 1, 3]
    """
    letters = plain(word).replace("'", "")
    if letters.isdigit():
        return 2 * len(letters)
    stem = _SILENT_END.sub("", letters)
    groups = len(_VOWELS.findall(stem))
    return max(1, groups + len(_SPLIT.findall(letters)) - len(_JOINED.findall(letters)))
