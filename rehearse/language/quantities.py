"""Figures: numbers with their units, normalised so that "thirty percent" and "30%" are equal."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rehearse.language.numerals import Numeral, Token, read_numerals
from rehearse.language.words import word_set

Unit = Literal["percent", "points", "money", "seconds", "count"]
Role = Literal["level", "start", "end", "change"]

ABOUT = 0.2
"""Tolerance, as a share, of a figure with "about" (house default)."""
ROUNDED = 0.1
"""Tolerance, as a share, of a fraction ("a third") or a duration, which people round (house default)."""
EXACT = 0.03
"""Tolerance, as a share, of a plain figure (house default)."""

_DAY = 86_400.0
_SECONDS = {
    "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": _DAY, "night": _DAY, "week": 7 * _DAY, "fortnight": 14 * _DAY,
    "month": 365.25 / 12 * _DAY, "year": 365.25 * _DAY, "decade": 3652.5 * _DAY,
}  # fmt: skip
_COUNTED_IN = frozenset({"minute", "hour", "day", "night", "week", "month", "year"})
_SIGNS = {"£": "pound", "$": "dollar", "€": "euro", "₹": "rupee"}
_MONEY = {
    "pound": "pound", "pounds": "pound", "quid": "pound", "dollar": "dollar", "dollars": "dollar", "bucks": "dollar",
    "euro": "euro", "euros": "euro", "rupee": "rupee", "rupees": "rupee",
}  # fmt: skip
_PERCENT = frozenset({"%", "percent", "pct"})
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|maybe|perhaps|approximately|some|probably|close to|just (?:over|under)"
    r"|say|like)$"
)
_LEAST = re.compile(r"\b(?:more than|over|at least|above|upwards of|(?:no|not) (?:less|fewer) than)$")
_MOST = re.compile(r"\b(?:(?:less|fewer) than|under|below|at most|up to|within|(?:no|not) more than)$")
_CLOCK = frozenset({"o'clock", "oclock", "am", "pm", "past", "seven"})
"""Words after a time of day; "twenty four seven" is no count either."""
_EACH = frozenset({"a", "an", "per", "each", "every"})
_LASTING = word_set("in within after over for during under about of")
"""Words before "a year" that make it a duration, not a rate."""
_BEHIND_A_PART = word_set(
    "of the in on at after when and over from since that because within off more less fewer to by my our"
)
_BEFORE_ONE_LENGTH = word_set("for took takes lasted from to after me us than just only almost about nearly")
_BEHIND_ONE_LENGTH = frozenset({"late", "early", "ago", "long", "later"})
_MONTHS = word_set("january february march april may june july august september october november december")
_NO_NOUN = frozenset({"", "to", "a", "an", "instead", "and", "down", "up"})
_USUAL_WHOLES = frozenset({3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 20.0, 50.0, 100.0, 1000.0})
"""Wholes used in phrases such as "one in ten"."""
_ROLES: Mapping[str, Role] = {"from": "start", "to": "end", "by": "change"}
_NEAR = 3
"""Maximum distance, in tokens, of words that belong to a number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        value: Value in ``unit``; durations are in seconds.
        unit: ``percent``, ``points`` (of percent), ``money``, ``seconds`` or ``count``.
        low: Lowest value that the wording allows, in ``unit``; minus infinity for "less than".
        high: Highest value that it allows; infinity for "more than".
        currency: ``pound``, ``dollar``, ``euro``, ``rupee``; empty if none is named.
        per: Period of a rate, such as ``week``; else empty.
        role: ``start`` and ``end`` of a change, the ``change`` itself ("by"), or a plain ``level``.
        first: Index of its first token.
        end: Index after its last token.

    """

    value: float
    unit: Unit
    low: float
    high: float
    currency: str
    per: str
    role: Role
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class _Measure:
    """The unit after a number, the factor that converts the number to it, and the index after it."""

    unit: Unit
    worth: float
    end: int
    currency: str = ""


def find_figures(tokens: Sequence[Token]) -> list[Figure]:
    """Find the figures, in order; times of day, dates, ages and "one" do not count."""
    numerals = read_numerals(tokens)
    shares = list(_shares(tokens, numerals))
    taken = {i for share in shares for i in range(share.first, share.end)}
    numerals = [numeral for numeral in numerals if numeral.first not in taken]
    numerals = sorted([*numerals, *_single_lengths(tokens, numerals)], key=lambda numeral: numeral.first)
    measures = [_measure(tokens, numeral) for numeral in numerals]
    figures = [
        _figure(tokens, numeral, measure)
        for i, numeral in enumerate(numerals)
        if (measure := _measure_beside(tokens, numerals, measures, i)) and not _is_none(tokens, numeral, measure)
    ]
    ordered = sorted([*shares, *figures], key=lambda figure: figure.first)
    return [figure for i, figure in enumerate(ordered) if i == 0 or figure.first >= ordered[i - 1].end]


def _text(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""


def _length(tokens: Sequence[Token], i: int) -> float | None:
    """Return the seconds of the unit of time at ``i``, if there is one."""
    return _SECONDS.get(_text(tokens, i).removesuffix("s"))


def _shares(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> Iterator[Figure]:
    """Yield "nine out of ten" and "one customer in ten" as percentages."""
    for part, whole in pairwise(numerals):
        between = [token.text for token in tokens[part.end : whole.first]]
        out_of = between[-2:] == ["out", "of"]
        in_so_many = between[-1:] == ["in"] and whole.value in _USUAL_WHOLES and _length(tokens, whole.end) is None
        if len(between) <= _NEAR and (out_of or in_so_many) and 0 < part.value < whole.value:
            share = 100 * part.value / whole.value
            yield _bounded(tokens, part.first, whole.end, share, _Measure("percent", 1.0, whole.end))


def _single_lengths(tokens: Sequence[Token], numerals: Sequence[Numeral]) -> Iterator[Numeral]:
    """Yield "a year" if it is a duration."""
    counted = {numeral.first for numeral in numerals}
    for i, token in enumerate(tokens):
        if token.text not in {"a", "an"} or i in counted or _length(tokens, i + 1) is None:
            continue
        behind = _text(tokens, i + 2) in _BEHIND_ONE_LENGTH or _half_behind(tokens, i + 2) > 0
        if behind or _text(tokens, i - 1) in _BEFORE_ONE_LENGTH:
            yield Numeral(i, i + 1, 1.0)


def _half_behind(tokens: Sequence[Token], i: int) -> float:
    """Return what "and a half" after a unit adds."""
    parts = {"half": 0.5, "quarter": 0.25}
    return parts.get(_text(tokens, i + 2), 0.0) if (_text(tokens, i), _text(tokens, i + 1)) == ("and", "a") else 0.0


def _measure(tokens: Sequence[Token], numeral: Numeral) -> _Measure | None:
    """Return the unit after a number; None if it may share that of another number."""
    end = numeral.end
    if numeral.first > 0 and (sign := _SIGNS.get(tokens[numeral.first - 1].text)):
        return _Measure("money", 1.0, end, sign)
    if tokens[end - 1].closes:
        return _Measure("percent", 100.0, end) if numeral.fraction else None
    return _named(tokens, end) or (_part(tokens, numeral) if numeral.fraction else _length_or_count(tokens, numeral))


def _named(tokens: Sequence[Token], end: int) -> _Measure | None:
    """Return percent, points or money, if named."""
    text = _text(tokens, end)
    if text in _PERCENT or (text == "per" and _text(tokens, end + 1) == "cent"):
        return _percent(tokens, end + 1 + (text == "per"))
    if text == "points":
        return _Measure("points", 1.0, end + 1)
    return _Measure("money", 1.0, end + 1, _MONEY[text]) if text in _MONEY else None


def _length_or_count(tokens: Sequence[Token], numeral: Numeral) -> _Measure | None:
    end = numeral.end
    if (length := _length(tokens, end)) is not None:
        added = _half_behind(tokens, end + 1)
        return _Measure("seconds", length * (1 + added / numeral.value), end + 1 + 3 * (added > 0))
    return None if _text(tokens, end) in _NO_NOUN else _Measure("count", 1.0, end)


def _percent(tokens: Sequence[Token], end: int) -> _Measure:
    points = _text(tokens, end) == "points"
    return _Measure("points" if points else "percent", 1.0, end + points)


def _part(tokens: Sequence[Token], numeral: Numeral) -> _Measure | None:
    """Return a share of a whole, or of an hour."""
    end = numeral.end + (_text(tokens, numeral.end) == "of")
    length = _length(tokens, end + 1) if _text(tokens, end) in {"a", "an"} else None
    if length is not None:
        return _Measure("seconds", length, end + 2)
    if _text(tokens, end) == "a" and _text(tokens, end + 1) in _PERCENT:
        return _percent(tokens, end + 2)
    by = _text(tokens, numeral.first - 1) == "by"
    return _Measure("percent", 100.0, numeral.end) if by or _text(tokens, numeral.end) in _BEHIND_A_PART else None


def _measure_beside(
    tokens: Sequence[Token], numerals: Sequence[Numeral], measures: Sequence[_Measure | None], i: int
) -> _Measure | None:
    """Return its own measure, or that of the number with which it is compared: "from nine days to four"."""
    measure, numeral = measures[i], numerals[i]
    if i > 0 and (before_it := measures[i - 1]) and _is_some_of(tokens, numeral.end):
        return _Measure(before_it.unit, before_it.worth, numeral.end, before_it.currency)
    if measure is not None:
        return measure
    before = _text(tokens, numeral.first - 1)
    for other in (i - 1, i + 1):
        if not 0 <= other < len(numerals) or before not in {"from", "to"}:
            continue
        near = abs(numerals[other].first - numeral.first) <= 2 * _NEAR
        if near and (shared := measures[other]) is not None:
            return _Measure(shared.unit, shared.worth, numeral.end, shared.currency)
    return _Measure("count", 1.0, numeral.end) if _per(tokens, numeral.end) or before in {"from", "to"} else None


def _is_none(tokens: Sequence[Token], numeral: Numeral, measure: _Measure) -> bool:
    behind, before = _text(tokens, measure.end), _text(tokens, numeral.first - 1)
    if measure.unit == "count":
        clock = behind in _CLOCK or (before == "at" and not _text(tokens, numeral.end))
        return (
            clock or _is_some_of(tokens, measure.end) or numeral.value <= 1 or not _MONTHS.isdisjoint({before, behind})
        )
    if measure.unit == "seconds":
        day = measure.worth == _DAY and _text(tokens, numeral.first) == "one" and before != "for"
        return behind == "old" or before in {"every", "each"} or day
    return False


def _is_some_of(tokens: Sequence[Token], i: int) -> bool:
    """Whether there is "of them" at ``i``."""
    return _text(tokens, i) == "of" and _text(tokens, i + 1) in {"us", "them", "these", "those"}


def _figure(tokens: Sequence[Token], numeral: Numeral, measure: _Measure) -> Figure:
    first = numeral.first - (_text(tokens, numeral.first - 1) in _SIGNS)
    return _bounded(tokens, first, measure.end, numeral.value * measure.worth, measure, part=numeral.fraction)


def _bounded(
    tokens: Sequence[Token], first: int, end: int, value: float, measure: _Measure, *, part: bool = False
) -> Figure:
    before = [token.text for token in tokens[max(0, first - _NEAR) : first]]
    preceding = " ".join(before)
    slack = ROUNDED if part or measure.unit == "seconds" else EXACT
    if _ABOUT.search(preceding) or (_text(tokens, end), _text(tokens, end + 1)) == ("or", "so"):
        slack = ABOUT
    if _is_range(tokens, first, end):
        slack = 2 * ABOUT
    low = -math.inf if _MOST.search(preceding) else value * (1 - slack)
    high = math.inf if _LEAST.search(preceding) else value * (1 + slack)
    per = _per(tokens, end)
    return Figure(value, measure.unit, low, high, measure.currency, per, _role(before), first, end)


def _is_range(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Whether it is an end of a range: "three or four"."""
    return _text(tokens, end) == "or" or _text(tokens, first - 1) == "or"


def _per(tokens: Sequence[Token], end: int) -> str:
    """Return the period of a rate, as in "calls a day", found after the number's noun."""
    if tokens[end - 1].closes:
        return ""
    for i in range(end, min(end + _NEAR, len(tokens) - 1)):
        lasts = tokens[i - 1].text in _LASTING
        if tokens[i].text in _EACH and tokens[i + 1].text in _COUNTED_IN and not lasts:
            return tokens[i + 1].text
        if tokens[i].closes:
            break
    return ""


def _role(before: Sequence[str]) -> Role:
    """Return whether it is the start, the end or the size of a change; the nearest preceding word decides."""
    for word in reversed(before):
        if word in _ROLES:
            return _ROLES[word]
        if word not in {"about", "around", "just", "over", "under", "nearly", "almost", "less", "more", "than", "a"}:
            break
    return "level"
