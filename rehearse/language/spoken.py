"""Words as spoken: figures, signs and dashes are written out before words are counted.

"$1,200,000" is six words, "12.5%" four, "2019" two; a dash alone is none. Numbers are read the American way, without an
"and". All word counts use this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rehearse.language.words import content_words, straight
from rehearse.model import Word

_UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_FULL_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_TO_NINETEEN, _TENS = _UNDER_TWENTY.split(), _FULL_TENS.split()
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (10**2, "hundred"))
_TEN, _TWENTY, _HUNDRED = 10, 20, 100
_LONGEST_NUMBER = 15
"""Maximum digits of a number that is not read digit by digit (house default)."""
_LONGEST_PLAIN = 6
"""Maximum digits without a comma; longer ones are telephone or account numbers, unless round (house default)."""
_CURRENCIES = {
    "$": ("dollars", "cents"), "€": ("euros", "cents"), "£": ("pounds", "pence"), "¥": ("yen", "sen"),
    "₹": ("rupees", "paise"),
}  # fmt: skip
_SIZED = {"k": "thousand", "m": "million", "mn": "million", "mm": "million", "b": "billion", "bn": "billion"}
"""Suffixes of an amount of money."""
_SIGNS = {
    "%": "percent",
    "&": "and",
    "+": "plus",
    "=": "equals",
    "#": "number",
    "°": "degrees",
    "\u00d7": "times",
    "~": "about",
}
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_YEAR = re.compile(r"1[1-9]\d\d|20[1-9]\d")
_DASHES = re.compile("[\u2012-\u2015\u2212]")
_TIME = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_DATE = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{2}|\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
_TELEPHONE = re.compile(r"\+?\(?\d+\)?(?:[-.]\d+){2,}|\+?\d{3}-\d{4}|\(?0\d{2,}\)?-\d+")
_FEWEST_OF_A_TELEPHONE = 7
_PART = re.compile(r"(\d{1,2})/(\d{1,3})")
_LETTERS = r"[^\W\d_]+(?:['.-]+[^\W\d_]+)*"
_PIECE = re.compile(
    r"(?P<minus>(?<![\w%])-(?=[$€£¥₹]?\.?\d))?(?P<currency>[$€£¥₹])?"
    r"(?P<number>\d[\d,]*(?:\.\d+)*|\.\d+)(?:(?P<ending>st|nd|rd|th|'?s)(?![^\W\d_]))?"
    rf"|(?P<letters>{_LETTERS})|(?P<sign>[%&+=#°\u00d7~$€£¥₹])|(?P<range>-|:)(?=[$€£¥₹]?\d)|(?P<per>/)(?=[^\W\d_])"
)
_CENTS = re.compile(r"0?\.(?!00)\d\d")
_OPENING = "\"'()[]{}\u201c\u201d\u2018*_ "
_THIRD = 3


def spoken_words(text: str) -> list[str]:
    """Return the spoken words of a written word; none for a dash alone.

    >>> spoken_words("$1,200,000")
    ['one', 'million', 'two', 'hundred', 'thousand', 'dollars']
    >>> spoken_words("12.5%"), spoken_words("2019."), spoken_words("24/7")
    (['twelve', 'point', 'five', 'percent'], ['twenty', 'nineteen'], ['twenty', 'four', 'seven'])
    >>> spoken_words("9-10"), spoken_words("well-known,"), spoken_words("-")
    (['nine', 'to', 'ten'], ['well-known'], [])
    """
    if text.isascii() and text.isalpha():
        return [text]
    bare = _DASHES.sub("-", _with_fractions(straight(text))).lstrip(_OPENING).rstrip(f"{_OPENING}.,;:!?\u2026")
    if not any(map(str.isdecimal, bare)):
        return list(_lettered(bare))
    return _whole(bare) or list(_pieces(bare))


def count_spoken(words: Sequence[Word]) -> int:
    """Count the words as spoken, without filled pauses.

    >>> count_spoken([Word("Um,", 0, 1), Word("12.5%", 1, 2), Word("\u2014", 2, 3), Word("more", 3, 4)])
    5
    """
    return sum(len(spoken_words(word.text)) for word in content_words(words))


def shortfall(count: int, needed: int) -> str:
    """Say how many words an answer has of those from which it is judged.

    >>> shortfall(37, 40)
    'words: 37 of 40 needed'
    """
    return f"words: {count} of {needed} needed"


def spoken_text(words: Sequence[Word]) -> str:
    """Write the words as spoken, without filled pauses."""
    return " ".join(part for word in content_words(words) for part in spoken_words(word.text))


def _with_fractions(text: str) -> str:
    """Write "½" as "1/2" and "2½" as "2&1/2"."""
    if text.isascii():
        return text
    out = ""
    for letter in text:
        plain = unicodedata.normalize("NFKC", letter) if unicodedata.category(letter) == "No" else letter
        joint = "&" if out[-1:].isdecimal() else ""
        out += joint + plain.replace("\u2044", "/") if "\u2044" in plain else letter
    return out


def _lettered(text: str) -> Iterator[str]:
    """Yield the words of a text without figures, split at a slash or an "&"."""
    if "@" in text or "://" in text:
        yield text
        return
    for piece in _PIECE.finditer(text):
        sign = piece["sign"]
        if piece["letters"]:
            yield piece["letters"]
        elif sign:
            yield _SIGNS.get(sign) or _CURRENCIES[sign][0]


def _whole(text: str) -> list[str]:
    """Read a time, a date, a telephone number or a fraction; empty for anything else."""
    if found := _TIME.match(text):
        hour, *rest = (int(group) for group in found.groups() if group)
        minutes = [word for number in rest if number for word in _two_digits(number)]
        rest_of_it = text[found.end() :]
        return [*_counted(hour), *minutes, *["to"] * rest_of_it.startswith("-"), *spoken_words(rest_of_it.strip("-"))]
    if found := _DATE.fullmatch(text):
        return [word for group in found.groups() if group for word in _year_or_number(group)]
    digits = re.sub(r"\D", "", text)
    if _TELEPHONE.fullmatch(text) and len(digits) >= _FEWEST_OF_A_TELEPHONE:
        return ["plus"] * text.startswith("+") + _digits(digits)
    if found := _PART.fullmatch(text):
        return _part(int(found[1]), int(found[2]))
    return []


def _part(number: int, whole: int) -> list[str]:
    """Read 3/4; 24/7 and 9/11 are not fractions."""
    if number >= whole or (number, whole) == (9, 11):
        return [*_counted(number), *_counted(whole)]
    named = {2: "half", 4: "quarter"}.get(whole)
    *before, last = _counted(whole)
    parts = [named] if named else [*before, _ordinal(last)]
    return [*_counted(number), *parts[:-1], parts[-1] + "s" * (number > 1)]


def _pieces(text: str) -> Iterator[str]:
    """Read figures, letters and signs in order; a currency follows its amount."""
    pieces = list(_PIECE.finditer(text))
    owed = ""
    for at, piece in enumerate(pieces):
        behind = pieces[at + 1] if at + 1 < len(pieces) else None
        owed = piece["currency"] or owed
        yield from _piece(text, pieces, at, owed)
        follows = behind is not None and (behind["range"] or (behind["letters"] or "").lower() in _SIZED)
        if owed and (piece["number"] or piece["letters"]) and not follows:
            yield from [_CURRENCIES[owed][0]] * (not _CENTS.fullmatch(piece["number"] or ""))
            owed = ""


def _piece(text: str, pieces: Sequence[re.Match[str]], at: int, owed: str) -> Iterator[str]:
    piece = pieces[at]
    if piece["number"]:
        yield from ["minus"] * bool(piece["minus"])
        fraction = _PART.match(text, piece.start("number"))
        if fraction and _is_joined(pieces, at):
            yield from _part(int(fraction[1]), int(fraction[2]))
        elif not _is_joined(pieces, at - 1):
            yield from _figure(piece, owed)
    elif piece["range"]:
        yield from ["to"] * _is_range(pieces, at)
    elif piece["letters"]:
        letters = piece["letters"]
        yield _SIZED.get(letters.lower(), letters) if owed else letters
    elif piece["per"]:
        yield "per"
    elif piece["sign"] in _SIGNS:
        yield _SIGNS[piece["sign"]]


def _is_joined(pieces: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the piece at ``at`` follows a number and "&", as does the fraction of 2\u00bd."""
    return at > 1 and pieces[at - 1]["sign"] == "&" and pieces[at - 2]["number"] is not None


def _is_range(pieces: Sequence[re.Match[str]], at: int) -> bool:
    """Whether it rises, as in 9-10 but not in 24-7 or Covid-19; a ratio need not."""
    before = next((piece["number"] for piece in reversed(pieces[:at]) if piece["number"] or piece["letters"]), None)
    if before is None or pieces[at]["range"] == ":":
        return before is not None
    after = pieces[at + 1]["number"]
    return _value(before) < _value(after) or len(after) < len(before) > _THIRD


def _value(written: str) -> float:
    whole, _, fraction = written.replace(",", "").partition(".")
    return float(f"{whole or 0}.{fraction.replace('.', '') or 0}")


def _figure(piece: re.Match[str], owed: str) -> list[str]:
    written, ending = piece["number"], piece["ending"]
    whole, point, fraction = written.partition(".")
    if piece["currency"] and point and re.fullmatch(r"\d\d", fraction):
        return _change(whole, fraction, owed)
    words = _decimal(whole, fraction, year=not owed and not point)
    if ending:
        words[-1] = _plural(words[-1]) if ending.endswith("s") else _ordinal(words[-1])
    return words


def _change(whole: str, fraction: str, currency: str) -> list[str]:
    """Read an amount with its cents; the name of the currency is added by the caller."""
    cents = _counted(int(fraction)) if int(fraction) else []
    return [*cents, _CURRENCIES[currency][1]] if _CENTS.fullmatch(f"{whole}.{fraction}") else [*_number(whole), *cents]


def _decimal(whole: str, fraction: str, *, year: bool) -> list[str]:
    groups = fraction.split(".") if fraction else []
    if year and _YEAR.fullmatch(whole):
        return _year(whole)
    words = _number(whole) if whole else []
    if len(groups) == 1:
        return [*words, "point", *_digits(groups[0])]
    return [*words, *(word for group in groups for word in ("point", *_number(group)))]


def _number(written: str) -> list[str]:
    """Read a whole number; figures between commas that are not groups of thousands are read separately."""
    groups = [group for group in written.split(",") if group]
    if len(groups) > 1 and (len(groups[-1]) != _THIRD or min(map(len, groups[1:])) == 1):
        return [word for group in groups for word in _number(group)]
    digits = "".join(groups)
    plain = len(groups) == 1 and len(digits) > _LONGEST_PLAIN and not digits.endswith("000")
    if plain or len(digits) > _LONGEST_NUMBER or (len(digits) > 1 and digits.startswith("0")):
        return _digits(digits)
    return _counted(int(digits))


def _digits(digits: Iterable[str]) -> list[str]:
    return [_TO_NINETEEN[int(digit)] for digit in digits]


def _year_or_number(written: str) -> list[str]:
    return _year(written) if _YEAR.fullmatch(written) else _counted(int(written))


def _year(digits: str) -> list[str]:
    """Read 1998 in two halves, 1900 in hundreds, 1905 with an "oh"."""
    first, second = int(digits[:2]), int(digits[2:])
    return [*_counted(first), *(_two_digits(second) if second else ["hundred"])]


def _two_digits(number: int) -> list[str]:
    return ["oh", *_counted(number)] if number < _TEN else _counted(number)


def _counted(number: int) -> list[str]:
    for size, name in _SIZES:
        if number >= size:
            high, low = divmod(number, size)
            return [*_counted(high), name, *(_counted(low) if low else ())]
    if number < _TWENTY:
        return [_TO_NINETEEN[number]]
    tens, ones = divmod(number, _TEN)
    return [_TENS[tens], *([_TO_NINETEEN[ones]] if ones else [])]


def _ordinal(word: str) -> str:
    return _ORDINALS.get(word) or (word[:-1] + "ieth" if word.endswith("y") else word.removesuffix("t") + "th")


def _plural(word: str) -> str:
    return (
        word[:-1] + "ies" if word.endswith("y") else word + "es" * word.endswith("x") + "s" * (not word.endswith("x"))
    )
