"""Syllables of English words: spelling rules, and a list of the words they get wrong.

The list comes from the Carnegie Mellon Pronouncing Dictionary (its notice lies beside it);
``benchmarks/make_syllables.py`` makes it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from rehearse.language.words import straight

EXCEPTIONS = Path(__file__).with_name("syllables.txt")
"""Lines of a count and the words that have it."""

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
"""Neighbouring vowels that are two syllables, and "rhythm", where a consonant is one."""

_PARTS = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[%$€£]")
_HISSING = re.compile(r"(?:[sxz]|[sc]h|[sczg]e)$")
_ENDINGS = frozenset(("s", "st", "nd", "rd", "th"))
"""Of "90s" and "2nd", which add no syllable."""
_DOUBLE_U = 3
_SIGNS = {"%": 2, "$": 2, "€": 2, "£": 1}
_TO_NINETEEN = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_SEVENTY = 70
_TEN = 10
_HUNDRED = 2
"""Syllables; also of thousand, million and billion."""
_LONGEST_NUMBER = 12
"""Digits of a number that is not read digit by digit (house default)."""
_LETTERS = 3
"""Longest word in capitals that is read letter by letter, as HR and API are (house default)."""


def syllables(word: str) -> int:
    """Count the syllables of one written English word; numbers and short capitals as they are read.

    >>> [syllables(word) for word in ("team", "table", "Manager,", "asked", "creating", "people's", "well-known")]
    [1, 2, 3, 1, 3, 2, 2]
    >>> [syllables(word) for word in ("40", "7%", "1998", "2,500", "90s", "AWS")]
    [2, 4, 5, 6, 2, 5]
    """
    parts = _PARTS.findall(straight(word))
    return max(1, sum(_read(part, before) for before, part in pairwise(["", *parts])))


def by_spelling(letters: str) -> int:
    """Estimate the syllables of a word in lower case from its spelling alone."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", letters))) + len(_SPLIT.findall(letters)))


def _read(part: str, before: str) -> int:
    if part in _SIGNS:
        return _SIGNS[part]
    if part[0].isdecimal():
        return _number(part)
    if part in _ENDINGS and before[:1].isdecimal():
        return 0
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


def _number(written: str) -> int:
    whole, point, fraction = written.replace(",", "").partition(".")
    if re.fullmatch(r"1[1-9]\d\d|20[1-9]\d", written):
        return _year(written)
    one_by_one = whole.startswith("0") or len(whole) > _LONGEST_NUMBER
    return (_digits(whole) if one_by_one else _counted(int(whole))) + bool(point) + _digits(fraction)


def _digits(digits: str) -> int:
    return sum(_TO_NINETEEN[int(digit)] for digit in digits)


def _year(digits: str) -> int:
    """Read 1998 in two halves; 1900 as hundreds, 1905 with an oh."""
    first, second = int(digits[:2]), int(digits[2:])
    return _counted(first) + (_counted(second) + (second < _TEN) if second else _HUNDRED)


def _counted(number: int) -> int:
    for size in (10**9, 10**6, 10**3, 10**2):
        if number >= size:
            high, low = divmod(number, size)
            return _counted(high) + _HUNDRED + (_counted(low) if low else 0)
    if number < len(_TO_NINETEEN):
        return _TO_NINETEEN[number]
    ones = number % _TEN
    return 2 + (number - ones == _SEVENTY) + (_TO_NINETEEN[ones] if ones else 0)
