"""Patterns for dates and periods as written in resumes of many countries; they are matched, not computed."""

from __future__ import annotations

import re

from rehearse.language.words import word_set

_YEAR = r"(?:19|20)\d\d"
# In English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Norwegian and Danish,
# with abbreviations.
_MONTHS = word_set("""
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar jänner februar märz mai juni juli oktober dezember mrz mär okt dez maerz
    janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr fév avr juil aou déc
    fevrier aout decembre
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    ene abr ago dic set
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev mai out
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott
    januari februari maart mei augustus mrt
    styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    sty lut kwi cze lip sie wrz paź lis gru
    augusti desember des
""")
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
_SEASON = (
    r"(?:(?:early|mid|late)[ -]?"
    r"|(?:spring|summer|autumn|fall|winter|easter|michaelmas|hilary|trinity|q[1-4]|h[12]),?\s*)"
)
_DATE = (
    rf"(?:(?:{_NUMBER}\s+(?:of\s+|de\s+)?)?{_MONTH}(?:\s+{_NUMBER},)?[\s,./-]*(?:(?:of|de|del)\s+)?(?:{_YEAR}|['\u2019]\d\d)"
    rf"|{_SEASON}(?:of\s+)?{_YEAR}"
    rf"|(?:\d{{1,2}}\s?[./\u2010-\u2015-]\s?){{1,2}}{_YEAR}"
    rf"|{_YEAR}\s?[./](?:0?[1-9]|1[0-2])(?:[./]\d{{1,2}}\.?)?(?!\d)"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d\d)?(?!\d)"
    rf"|{_YEAR}\s?[年년](?:\s?\d{{1,2}}\s?[月월])?"
    rf"|{_YEAR})"
)
_SHORT = r"(?:(?:0?[1-9]|1[0-2])[./]\d\d|['\u2019]\d\d)"
"""A date with a two-digit year, recognised only as the start or end of a period."""
_NOW = (
    r"(?:(?:to |till |until )?(?:the )?(?:present|today|date|now|current(?:ly)?|ongoing|this day)"
    r"|heute|jetzt|laufend|dato|aujourd['\u2019]hui|pr[eé]sent|actuel(?:lement)?|ce jour"
    r"|actual(?:idad|mente)?|la fecha|presente|oggi|attuale|hoje|atual(?:mente)?"
    r"|heden|nu|nuvarande|p[aå]g[aå]ende|i ?dag|n[aå]|obecnie|teraz|至今|现在|現在|현재)(?!\w)"
)
_TO = (
    r"\s*(?:(?:-|[\u2010-\u2015\u2212~\u301c\uff5e\u2192])+>?"
    r"|(?<=\s)(?:to|until|till?|through|thru|bis|à|au|jusqu['\u2019]à|a|al|até|tot|t/m|do|og|och)(?=\s)|/(?=\s?\d))\s*"
)
_SINCE = r"(?:since|from|seit|ab|depuis|desde|dal|sinds|vanaf|sedan|siden|od|as of)"

PERIOD = re.compile(
    rf"(?<![\w.,/'\u2019])(?:(?:from|von|de|dal|van|från|between)\s+)?"
    rf"(?:{_DATE}(?:{_TO}|\s+and\s+)(?:{_DATE}|{_SHORT}(?!\w)|\d\d(?!\w)|{_NOW})"
    rf"|{_SHORT}{_TO}(?:{_SHORT}(?!\w)|{_NOW})"
    rf"|{_SINCE}\s+{_DATE})(?!\w|[.,/]\d)",
    re.IGNORECASE,
)
DATE = re.compile(rf"(?<![\w.,/]){_DATE}(?!\w|[.,/]\d)", re.IGNORECASE)
_OPEN = re.compile(rf"{_DATE}{_TO}$", re.IGNORECASE)
_NO_TITLE = re.compile(r"[\s,;:|()\[\]/\u00b7\u2022\u2010-\u2015.-]*")
_LENGTH = re.compile(
    r"\(?\b\d{1,2}\s?(?:years?|yrs?|months?|mos?)\b\.?(?:,?\s(?:and\s)?\d{1,2}\s?(?:months?|mos?)\b\.?)?\)?",
    re.IGNORECASE,
)
"""The length of a period, which some networks add."""


def is_period(line: str) -> bool:
    """Whether a line consists of a period only.

    >>> is_period("Mar 2019 - Present"), is_period("03.2019-05.2023"), is_period("Barista, 2019 - 2021")
    (True, True, False)
    """
    line, open_end = _OPEN.subn("", line)
    return bool(open_end or PERIOD.search(line)) and not without_dates(line)


def is_date(line: str) -> bool:
    """Whether a line consists of a date or period only.

    >>> is_date("June 2021"), is_date("2019 - 2021"), is_date("Barista, 2019")
    (True, True, False)
    """
    return is_period(line) or (DATE.search(line) is not None and not without_dates(line))


def opens_with_date(line: str) -> bool:
    """Whether a line starts with a date or period.

    >>> opens_with_date("2019 - 2021: barista"), opens_with_date("30 beds in 2019")
    (True, False)
    """
    return bool(PERIOD.match(line) or DATE.match(line))


def without_dates(line: str) -> str:
    """Remove dates, and the punctuation around them, from a line.

    >>> without_dates("2019 - 2021 | Leeds"), without_dates("(2019 - 2021)")
    ('Leeds', '')
    """
    rest = _LENGTH.sub(" ", DATE.sub(" ", PERIOD.sub(" ", line)))
    return "" if _NO_TITLE.fullmatch(rest) else rest.strip(" \t,;:|()[]/-.\u00b7\u2022\u2013\u2014")
