"""Numbers in spoken English, in words or digits: their tokens and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: float(i) for i, word in enumerate(_ONES.split())} | {
    word: 10.0 * i for i, word in enumerate(_TENS.split(), 2)
}
_MULTIPLIERS = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0, "k": 1e3, "m": 1e6, "mil": 1e6,
    "bn": 1e9, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fifth": 1 / 5,
    "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10,
}  # fmt: skip
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TOKEN = re.compile(r"[£$€₹%]|\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?")
_NO_AMOUNT = re.compile(r"\d[:/-]\d|[^\W\d_]\d|\d(?:st|nd|rd|th)\b", re.IGNORECASE)
"""A time of day, a date, a range, a name such as B2B, an ordinal."""
_CLOSING = "\"')\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_CLOSES = re.compile(r"[,.;:!?]$")
_UNDER_HUNDRED = 100
_GROUP = 1000
"""Multipliers from this size end a group of digits."""
_TEEN = 10


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a written word.

    Attributes:
        text: Its text in lower case.
        word: Index of its word.
        closes: Whether a punctuation mark follows it.

    """

    text: str
    word: int
    closes: bool


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the text.

    Attributes:
        first: Index of its first token.
        end: Index after its last token.
        value: Its value.
        fraction: Whether it is a named fraction: "a third", "half".

    """

    first: int
    end: int
    value: float
    fraction: bool = False


def tokens_of(words: Sequence[str]) -> list[Token]:
    """Split written words into numbers, signs and plain words.

    >>> [token.text for token in tokens_of(["€1.8m", "twenty-five", "B2B", "calls."])]
    ['€', '1.8', 'm', 'twenty', 'five', 'b2b', 'calls']
    """
    tokens: list[Token] = []
    for i, word in enumerate(words):
        pieces = [word.strip(".,;:!?").lower()] if _NO_AMOUNT.search(word) else _TOKEN.findall(word.lower())
        closes = _CLOSES.search(word.rstrip(_CLOSING)) is not None
        tokens += [Token(piece, i, closes and at == len(pieces)) for at, piece in enumerate(pieces, 1)]
    return tokens


def read_numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """Find the numbers, in order; years read in two halves ("twenty nineteen") do not count.

    >>> [numeral.value for numeral in read_numerals(tokens_of("two and a half years and £1.2m or a third".split()))]
    [2.5, 1200000.0, 0.3333333333333333]
    """
    found: list[Numeral] = []
    i = 0
    while i < len(tokens):
        numeral = _fraction(tokens, i) or _number(tokens, i)
        if numeral is not None and not _is_year(tokens, numeral):
            found.append(numeral)
        i = numeral.end if numeral is not None else i + 1
    return found


def _text(tokens: Sequence[Token], i: int) -> str:
    """Return the token at ``i``; empty if there is none, or if a punctuation mark precedes it."""
    return tokens[i].text if i < len(tokens) and not (i > 0 and tokens[i - 1].closes) else ""


def _number(tokens: Sequence[Token], start: int) -> Numeral | None:
    """Read a whole or decimal number, with its multipliers and a half that follows."""
    text = tokens[start].text
    total, current, i = 0.0, None, start
    if text in {"a", "an"} and _text(tokens, start + 1) in {"hundred", "thousand", "million", "billion", "dozen"}:
        current, i = 1.0, start + 1
    elif text == "dozen":
        return Numeral(start, start + 1, 12.0)
    elif _DIGITS.fullmatch(text):
        current, i = float(text.replace(",", "")), start + 1
    elif text in _SMALL:
        current, i = _below_hundred(tokens, start)
    if current is None:
        return None
    while (word := _text(tokens, i)) and (step := _step(tokens, i, word)):
        factor, added, i = step
        if factor >= _GROUP:
            total, current = total + (current or 1.0) * factor, added
        else:
            current = current * factor + added
    return _with_a_half(tokens, Numeral(start, i, total + current))


def _step(tokens: Sequence[Token], i: int, word: str) -> tuple[float, float, int] | None:
    """Return the effect of the next word on a number: factor, addend, and index after it."""
    if word in _MULTIPLIERS:
        return _MULTIPLIERS[word], 0.0, i + 1
    before = tokens[i - 1].text
    if word == "point" and _text(tokens, i + 1) in _SMALL:
        return 1.0, _SMALL[tokens[i + 1].text] / 10, i + 2
    large = before in _MULTIPLIERS and before != "dozen"
    after = i + 1 if word == "and" else i
    if large and _text(tokens, after) in _SMALL:
        added, end = _below_hundred(tokens, after)
        if _text(tokens, end) == "hundred":
            return 1.0, added * 100, end + 1
        return 1.0, added, end
    return None


def _below_hundred(tokens: Sequence[Token], i: int) -> tuple[float, int]:
    value = _SMALL[tokens[i].text]
    ones = _SMALL.get(_text(tokens, i + 1), 0.0)
    return (value + ones, i + 2) if value >= 2 * _TEEN and 0 < ones < _TEEN else (value, i + 1)


def _with_a_half(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Add "and a half", and a multiplier after it: "two and a half million"."""
    end = numeral.end
    if [_text(tokens, end), _text(tokens, end + 1)] != ["and", "a"] or _text(tokens, end + 2) not in {
        "half",
        "quarter",
    }:
        return numeral
    value, end = numeral.value + _FRACTIONS[tokens[end + 2].text], end + 3
    factor = _MULTIPLIERS.get(_text(tokens, end))
    return replace(numeral, end=end + 1, value=value * factor) if factor else replace(numeral, end=end, value=value)


def _fraction(tokens: Sequence[Token], start: int) -> Numeral | None:
    """Read a fraction: "half", "a third", "two thirds", "three quarters"; "half a million" is a whole number again."""
    text, after = tokens[start].text, _text(tokens, start + 1)
    if text == "half":
        factor = _MULTIPLIERS.get(_text(tokens, start + 2)) if after == "a" else None
        return Numeral(start, start + 3, factor / 2) if factor else Numeral(start, start + 1, 0.5, fraction=True)
    count = 1.0 if text in {"a", "one"} else _SMALL.get(text)
    plural = after.endswith("s")
    if count is None or after not in _FRACTIONS or plural != (count > 1):
        return None
    return Numeral(start, start + 2, count * _FRACTIONS[after], fraction=True)


def _is_year(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether it is half of a year in words, or a year in digits."""
    parts = [tokens[i].text for i in range(numeral.first, numeral.end)]
    sides = {_text(tokens, numeral.end), tokens[numeral.first - 1].text if numeral.first else ""}
    if parts in (["twenty"], ["nineteen"]) and any(_SMALL.get(side, 0.0) >= _TEEN for side in sides):
        return True
    halved = numeral.value >= _TEEN and numeral.first > 0 and tokens[numeral.first - 1].text in {"twenty", "nineteen"}
    written = len(parts) == 1 and re.fullmatch(r"(?:19|20)\d\d", parts[0]) is not None
    return (halved and numeral.value < _UNDER_HUNDRED) or written
