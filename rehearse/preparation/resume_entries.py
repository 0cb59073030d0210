"""A resume as entries: headings recognised, broken lines joined, a period put to the post it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rehearse.preparation.user_text import has_bullet, one_line, without_bullet

Section = Literal["", "skills", "passed", "honours", "other"]

_LONGEST_TITLE = 8
"""Words of a line that can be a post or an employer, standing apart from its period (house default)."""
_MOST_TITLES = 2
"""Post and employer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a resume.

    Attributes:
        section: What its heading makes of it; empty above the first heading.
        text: On one line.
        bullet: Whether it stands in a list.
        apart: Whether an empty line or a heading stands above it.

    """

    section: Section
    text: str
    bullet: bool = False
    apart: bool = False


_AND = r"(?: (?:and|&) \w+)*"
_SECTIONS: dict[Section, re.Pattern[str]] = {
    "skills": re.compile(r"(?:(?:key|core|technical|professional|computer|it) )?(?:skills?|competenc(?:y|ies)|tools|technologies|languages|software)" + _AND),
    "passed": re.compile(r"(?:interests|hobbies|references?|personal details|contact(?: details)?|about me|(?:professional |personal )?(?:profile|summary|statement)|objective)" + _AND),
    "honours": re.compile(r"(?:key |selected )?(?:achievements|accomplishments|awards|honou?rs|prizes|publications)" + _AND),
    "other": re.compile(r"(?:(?:work|professional|relevant|other) )?(?:experience|employment(?: history)?|career(?: history)?|work history|education|training|qualifications|certifications?|certificates|projects|volunteering|volunteer work|positions)" + _AND),
}  # fmt: skip
"""Headings as resumes have them; the entries below a heading belong to it."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY = rf"(?:(?:{_MONTH}|spring|summer|autumn|fall|winter|\d{{1,2}}[/.])\s*)?(?:19|20)\d\d"
PERIOD = re.compile(
    rf"\b{_DAY}\s*(?:[-\u2010-\u2015]|to|until)\s*(?:{_DAY}|\d\d\b|present|today|date|now|current|ongoing)|\bsince\s+{_DAY}",
    re.IGNORECASE,
)
YEAR = re.compile(rf"\b{_DAY}\b", re.IGNORECASE)
_NO_TITLE = re.compile(r"[\s,;|()/\u00b7\u2010-\u2015-]*")
_OPEN_END = re.compile(r"(?:[,;&-]|\b(?:and|or|of|the|a|an|to|for|with|in|by|from|at|on))$", re.IGNORECASE)


def entries_of(text: str) -> tuple[Entry, ...]:
    r"""Give the entries in order.

    >>> [entry.text for entry in entries_of("Barista\nCafe Nero, York\n2019 - 2021\n- Ran the till and\nclosed the shop")]
    ['Barista, Cafe Nero, York, 2019 - 2021', 'Ran the till and closed the shop']
    """
    return _with_periods(tuple(_joined(text)))


def is_period(line: str) -> bool:
    """Whether a line holds a period of time and nothing else.

    >>> is_period("Mar 2019 - Present"), is_period("Barista, 2019 - 2021")
    (True, False)
    """
    return PERIOD.search(line) is not None and _NO_TITLE.fullmatch(PERIOD.sub("", line)) is not None


def _joined(text: str) -> Iterator[Entry]:
    """Give the lines with their section; a line that goes on with the one above is put to it."""
    section: Section = ""
    last, apart = None, True
    for raw in text.splitlines():
        line, bullet = one_line(without_bullet(raw)), has_bullet(raw)
        heading = None if bullet else _heading(line)
        if last and (heading or not line or not _goes_on(last, line, bullet=bullet)):
            yield last
            last = None
        section, apart = heading or section, apart or not line or heading is not None
        if line and not heading:
            last = replace(last, text=f"{last.text} {line}") if last else Entry(section, line, bullet, apart)
            apart = False
    if last:
        yield last


def _heading(line: str) -> Section | None:
    bare = line.strip(" :.-_").lower()
    return next((name for name, pattern in _SECTIONS.items() if pattern.fullmatch(bare)), None)


def _goes_on(last: Entry, line: str, *, bullet: bool) -> bool:
    """Whether a line continues the one above: documents break a long entry wherever the paper ends."""
    if bullet or PERIOD.search(last.text) or last.text.endswith((".", ":", "!")):
        return False
    return line[0].islower() or _OPEN_END.search(last.text) is not None or (last.bullet and line[0].isdigit())


def _with_periods(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Put a period that stands on a line of its own to the titles above it, else to the one below."""
    done: list[Entry] = []
    waiting: Entry | None = None
    for entry in entries:
        if waiting is not None:
            named = not entry.bullet and not PERIOD.search(entry.text)
            done.append(replace(entry, text=f"{entry.text}, {waiting.text}") if named else waiting)
            waiting = None
            if named:
                continue
        if not is_period(entry.text):
            done.append(entry)
            continue
        titles = _titles(done, entry)
        if titles:
            done[-len(titles) :] = [replace(titles[0], text=", ".join(one.text for one in (*titles, entry)))]
        else:
            waiting = entry
    return tuple(done) if waiting is None else (*done, waiting)


def _titles(done: Sequence[Entry], period: Entry) -> tuple[Entry, ...]:
    """Find the lines right above a period that can be its post and employer."""
    titles: tuple[Entry, ...] = ()
    apart = period.apart
    for entry in reversed(done):
        long = len(entry.text.split()) > _LONGEST_TITLE or entry.text.endswith(".")
        if apart or entry.bullet or long or PERIOD.search(entry.text) or len(titles) == _MOST_TITLES:
            break
        titles, apart = (entry, *titles), entry.apart
    return titles
