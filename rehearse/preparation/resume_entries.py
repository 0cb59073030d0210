"""Parses a resume into entries: recognises headings, joins broken lines and attaches periods to their posts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rehearse.preparation.deeds import is_deed
from rehearse.preparation.periods import PERIOD, is_date, is_period, opens_with_date, without_dates
from rehearse.preparation.readable import readable
from rehearse.preparation.user_text import has_bullet, one_line, without_bullet

Section = Literal["", "skills", "passed", "honours", "certificates", "training", "other"]

_LONGEST_TITLE = 8
"""Most words of a post or employer on a line without its period (house default)."""
_LONGEST_LOCATION = 4
"""Most words beside a period whose post is on another line: employer and town (house default)."""
_LONGEST_HEADING = 60
"""In characters (house default)."""
_MOST_TITLES = 2
"""Post and employer."""
_MOST_TITLES_BELOW = 3
"""Post, employer and town, below their period."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a resume.

    Attributes:
        section: Section of its heading; empty above the first heading.
        text: Text on one line.
        bullet: Whether it is a list entry.
        apart: Whether it follows an empty line or a heading.

    """

    section: Section
    text: str
    bullet: bool = False
    apart: bool = False


_AND = r"(?: (?:and|&|\+) \w+(?: \w+)?){0,2}"
_HEADINGS: dict[Section, str] = {
    "skills": (
        r"(?:(?:key|core|main|technical|professional|relevant|transferable|additional|other|personal|soft|hard|digital"
        r"|computer|it|language) )*"
        r"(?:skills?(?: summary|set)?|competenc(?:y|ies|es)|proficienc(?:y|ies)|tools|technologies|languages|software"
        r"|areas of expertise|expertise|tech(?:nical)? stack|strengths)"
    ),
    "passed": (
        r"(?:(?:personal |other )?interests|hobbies|references?|referees"
        r"|personal (?:details|information|data)|contacts?(?: details| information| me)?|about(?: me)?"
        r"|(?:professional |personal |career |executive )?(?:profile|summary|statement|objective)|objective)"
    ),
    "honours": (
        r"(?:key |selected |major |career )?"
        r"(?:achievements|accomplishments|awards|honou?rs|prizes|publications|highlights)"
    ),
    "certificates": (
        r"(?:professional )?(?:certifications?|certificates|licen[cs]es|accreditations?|courses|online courses)"
    ),
    "training": (
        r"(?:education|academic background|training|(?:professional |academic )?qualifications"
        r"|professional development|studies|education history)"
    ),
    "other": (
        r"(?:(?:work|professional|relevant|other|additional|volunteer|volunteering|teaching|clinical|leadership"
        r"|previous|career) )?"
        r"(?:experiences?|employment(?: history| record)?|career(?: history)?|work history|background"
        r"|(?:key |selected |personal )?projects|internships?|volunteering|volunteer work"
        r"|positions(?: held| of responsibility)?|appointments|placements|activities)"
    ),
}
_SECTIONS = {name: re.compile((words + _AND).replace(" ", " ?")) for name, words in _HEADINGS.items()}
"""Usual headings, letter-spaced or not; the entries below a heading belong to its section."""

_DECORATION = re.compile(r"^(?:[\W_]|\d{1,2}[.)](?=\s)|[ivx]{1,4}\.(?=\s))+|[\W_]+$", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[,;&-]|\b(?:and|or|of|the|a|an|to|for|with|in|by|from|at|on|between))$", re.IGNORECASE)
_BROKEN = re.compile(r"\w-$")
_OPEN_PERIOD = re.compile(r"(?:19|20)\d\d\s*[-\u2010-\u2015]$")
_NOT_IN_TITLES = frozenset({"the", "a", "an", "my", "our", "their", "its", "all", "new", "for", "from", "by"})
_COLUMN = re.compile(r"(?<=\S)(?:\t\s*| {3,})(?=\S)")
_IN_LINE = re.compile(r"\s+(?=[\u2022\u2023\u25aa\u25cf\u25ba\u25b6\u27a2\u27a4\u2713\u2714\u25a0]\s*[^\W\d_])")
"""White space before a bullet that starts another entry on the same line."""


def entries_of(text: str) -> tuple[Entry, ...]:
    r"""Return the entries in order.

    >>> text = "Barista\nCafe Nero, York\n2019 - 2021\n- Ran the till and\nclosed the shop"
    >>> [entry.text for entry in entries_of(text)]
    ['Barista, Cafe Nero, York, 2019 - 2021', 'Ran the till and closed the shop']
    """
    entries = tuple(_joined(text))
    return tuple(
        entry
        for _, part in itertools.groupby(entries, key=lambda entry: entry.section)
        for entry in _with_periods(tuple(part))
    )


def is_heading(line: str) -> bool:
    """Whether a line is a usual heading of a resume.

    >>> is_heading("S K I L L S"), is_heading("Work Experience:"), is_heading("Skilled in welding")
    (True, True, False)
    """
    return _heading(one_line(readable(line))) is not None


def _joined(text: str) -> Iterator[Entry]:
    """Yield entries with their sections; a line that continues the previous one is joined to it."""
    section: Section = ""
    last, apart, marked = None, True, False
    for raw in _lines(text):
        line, bullet = one_line(without_bullet(raw)), has_bullet(raw)
        heading = _heading(line) if not bullet or line.isupper() else None
        if bullet and not line:
            marked = True  # a bullet on a line of its own belongs to the next line
            continue
        bullet, marked = bullet or (marked and bool(line)), marked and not line
        if last and (heading or not line or not _continues(last, line, bullet=bullet)):
            yield last
            last = None
        section, apart = heading or section, apart or not line or heading is not None
        if line and not heading:
            line = one_line(_COLUMN.sub(" | ", without_bullet(raw))) if section == "skills" else line
            last = replace(last, text=_continued(last.text, line)) if last else Entry(section, line, bullet, apart)
            apart = False
    if last:
        yield last


def _lines(text: str) -> Iterator[str]:
    """Yield the lines, splitting lists that were written on one line."""
    for line in text.splitlines():
        if has_bullet(line) and len(parts := _IN_LINE.split(line)) > 1:
            yield from parts
        else:
            yield line


def _continued(text: str, line: str) -> str:
    return f"{text}{line}" if _BROKEN.search(text) and line[0].isalnum() else f"{text} {line}"


def _heading(line: str) -> Section | None:
    if len(line) > _LONGEST_HEADING:
        return None
    bare = _DECORATION.sub("", line).lower()
    return next((name for name, pattern in _SECTIONS.items() if pattern.fullmatch(bare)), None)


def _continues(last: Entry, line: str, *, bullet: bool) -> bool:
    """Whether a line continues the previous one: long entries wrap at the margin."""
    if bullet or PERIOD.search(last.text) or last.text.endswith((".", ":", "!")):
        return False
    if _OPEN_PERIOD.search(last.text):
        return opens_with_date(line) or PERIOD.match(f"{last.text} {line}") is not None
    if _OPEN_END.search(last.text):
        return True
    return not opens_with_date(line) and (line[0].islower() or (last.bullet and line[0].isdigit()))


def _with_periods(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Attach a period without a post to the titles above it or, where periods come first, to those below."""
    done: list[Entry] = []
    first = _periods_first(entries)
    at = 0
    while at < len(entries):
        entry = entries[at]
        at += 1
        if not _lacks_post(entry):
            done.append(entry)
            continue
        above = () if first else _titles(done[::-1], entry.apart, _MOST_TITLES)
        leading = not above and opens_with_date(entry.text)
        below = _titles(entries[at:], False, _MOST_TITLES_BELOW, reach=True) if leading else ()
        if above:
            done[-len(above) :] = [_dated(above, entry)]
        elif below:
            done.append(_dated(below, entry))
            at += len(below)
        else:
            above = _titles(done[::-1], False, 1)
            done[len(done) - len(above) :] = [_dated(above, entry)]
    yield from done


def _dated(titles: Sequence[Entry], period: Entry) -> Entry:
    entries = (*titles, period)
    return replace(entries[0], text=", ".join(entry.text for entry in entries))


def _lacks_post(entry: Entry) -> bool:
    """Whether a line contains a date, and perhaps a location, but no post."""
    if entry.bullet or not entry.section:
        return not entry.bullet and is_period(entry.text)
    dated = is_date(entry.text) or PERIOD.search(entry.text) is not None
    return dated and len(without_dates(entry.text).split()) <= _LONGEST_LOCATION


def _periods_first(entries: Sequence[Entry]) -> bool:
    """Whether the first period of a section, and hence every one, comes before its post."""
    for before, entry in itertools.pairwise((None, *entries)):
        if entry is not None and is_period(entry.text):
            return before is None or not _is_title(before)
        if entry is not None and PERIOD.search(entry.text):
            return False
    return False


def _titles(nearest: Sequence[Entry], apart: bool, most: int, *, reach: bool = False) -> tuple[Entry, ...]:
    """Return the titles nearest to a period, in document order; ``reach`` searches downwards, not upwards."""
    titles: list[Entry] = []
    for entry in nearest[:most]:
        if not _is_title(entry) or apart or (reach and titles and entry.apart):
            break
        titles.append(entry)
        apart = not reach and entry.apart
    return tuple(titles if reach else titles[::-1])


def _is_title(entry: Entry) -> bool:
    long = len(entry.text.split()) > _LONGEST_TITLE or entry.text.endswith((".", ":"))
    dated = PERIOD.search(entry.text) is not None or is_date(entry.text)
    return not (entry.bullet or long or dated or _states_action(entry.text))


def _states_action(text: str) -> bool:
    """Whether a line states an action and is not a post such as "Registered Nurse"."""
    words = text.split()
    if not is_deed(words):
        return False
    rest = words[1:]
    return any(word in _NOT_IN_TITLES or word[0].isdigit() for word in rest) or (
        len(rest) > 1 and " ".join(rest).islower()
    )
