"""Filters for lists of attempts, and the search in transcripts and notes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypedDict

_WORD = re.compile(r"\w+")
_MARKS = (
    '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\u275d\u275e'
    "\u2e42\u301d\u301e\u301f\uff02\u300c\u300d\u300e\u300f"
)
"""Characters that are only ever quotation marks, in any language: straight, curly, low, angled, corner, primes."""
_SINGLE = "'`\u00b4\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u2035\u275b\u275c\uff07"
"""Characters that are quotation marks around words, but apostrophes inside a word."""
_SEARCHED = re.compile(
    rf"(?:''|``|,,)(?P<twice>.+?)(?:''|``)(?!\w)|[{_MARKS}](?P<quoted>[^{_MARKS}]*)[{_MARKS}]"
    rf"|(?<!\w)[{_SINGLE}](?P<single>[^{_MARKS}]*?)[{_SINGLE}](?!\w)|(?P<word>[^\s{_MARKS}]+)"
)
_ACCENT = "Mn"
_AROUND = 8
"""Words quoted before a match, and from the match onwards (house default)."""
_MOST_TERMS = 20
"""Search terms used; any further ones are ignored (house default)."""


class Filter(TypedDict, total=False):
    """Filters that a list accepts; see ``Wanted``."""

    text: str
    question_id: str | None
    questions: Collection[str] | None
    kind: str | None
    competency: str | None
    tag: str | None
    round: str | None
    parent: str | None
    since: datetime | None
    until: datetime | None
    samples: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts a list shows; a field that is None does not filter.

    Attributes:
        text: Search terms: each must begin a word of the transcript, the question, the title, the note or a tag,
            ignoring case and accents. Words in quotation marks (of any language) must appear in that order.
        question_id: Id of the question.
        questions: Ids of questions, such as all of one set.
        kind: Kind of the question.
        competency: What the question probes.
        tag: One of the person's own tags, ignoring case.
        round: Id of the round it belongs to.
        parent: Id of the take whose follow-up question it answers.
        since: Earliest time, inclusive; needs a time zone.
        until: Latest time, exclusive; needs a time zone.
        samples: Whether to include the sample answer that comes with rehearse. It is not the
            person's own, so by default it is counted nowhere.

    """

    text: str = ""
    question_id: str | None = None
    questions: Collection[str] | None = None
    kind: str | None = None
    competency: str | None = None
    tag: str | None = None
    round: str | None = None
    parent: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    samples: bool = False

    def where(self) -> tuple[str, dict[str, Any]]:
        """Return the SQL condition on ``attempt`` joined with ``origin``, and its parameters."""
        conditions, parameters = ["1"], {}
        for condition, name, value in self._asked():
            conditions.append(condition)
            parameters[name] = value
        if not self.samples:
            conditions.append("source <> 'sample'")
        return " AND ".join(conditions), parameters

    def _asked(self) -> Iterator[tuple[str, str, str]]:
        for name in ("question_id", "kind", "competency", "round", "parent"):
            value = getattr(self, name)
            if value is not None:
                yield f"{name} = :{name}", name, value
        if self.questions is not None:
            listed = json.dumps(sorted(self.questions))
            yield "question_id IN (SELECT value FROM json_each(:questions))", "questions", listed
        if self.tag is not None:
            yield "id IN (SELECT attempt_id FROM tag WHERE casefold(tag) = :tag)", "tag", self.tag.casefold()
        if self.since is not None:
            yield "spoken_at >= :since", "since", utc_text(self.since)
        if self.until is not None:
            yield "spoken_at < :until", "until", utc_text(self.until)
        for number, term in enumerate(terms(self.text)):
            name = f"term_{number}"
            yield f"id IN (SELECT attempt_id FROM searched WHERE instr(spoken || written, :{name}))", name, term


def searchable(*parts: str) -> str:
    """Normalise texts for searching: words only, without case or accents, each preceded by a space.

    A search is then a substring match, which needs no index that could retain deleted words.

    >>> searchable("The café's list", "Mine")
    ' the cafe s list | mine |'
    """
    return "".join(f"{_folded(part)} |" for part in parts)


def terms(text: str) -> tuple[str, ...]:
    """Split a search query into terms, normalised like ``searchable``.

    >>> terms('Café "waiting list" %')
    (' cafe', ' waiting list')
    >>> terms("„waiting list“ don't")
    (' waiting list', ' don t')
    """
    given = (found[found.lastgroup or 0] for found in _SEARCHED.finditer(text))
    return tuple(folded for part in given if (folded := _folded(part)))[:_MOST_TERMS]


def excerpt(text: str, search: str) -> str:
    """Return the first match of a search in a text with a few words of context; empty if nothing matches.

    >>> excerpt("So we moved the Waiting list to the new ward last spring and it fell", '"waiting list" xylophone')
    'So we moved the Waiting list to the new ward last spring ...'
    """
    words = text.split()
    folded = [_folded(word) for word in words]
    for index in range(len(words)):
        ahead = "".join(folded[index : index + _AROUND])
        if any(ahead.startswith(term) for term in terms(search)):
            first, last = max(0, index - _AROUND), index + _AROUND
            before, behind = "... " if first else "", " ..." if last < len(words) else ""
            return f"{before}{' '.join(words[first:last])}{behind}"
    return ""


def utc_text(moment: datetime) -> str:
    """Format a time so that the texts sort in chronological order.

    Raises:
        ValueError: The time has no time zone.

    """
    if moment.tzinfo is None:
        msg = f"a time in the history needs a time zone (got {moment.isoformat()})"
        raise ValueError(msg)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _folded(text: str) -> str:
    straight = text.replace("\N{MODIFIER LETTER APOSTROPHE}", "'")  # ``\w`` matches it as a letter
    bare = "".join(char for char in unicodedata.normalize("NFKD", straight) if unicodedata.category(char) != _ACCENT)
    return "".join(f" {word}" for word in _WORD.findall(bare.casefold()))
