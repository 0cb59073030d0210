"""Elements expected of an answer to each kind of question: those found by their wording, and those certainly missing.

Each element has two word lists (``cues``): a narrow one that proves it, for
quoting, and a wider one that may indicate it. The element is reported as
missing only if neither list matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rehearse.language.searchable_text import SearchableText, searchable_text
from rehearse.language.spoken import count_spoken
from rehearse.language.stems import telling_words
from rehearse.language.words import ends_sentence, plain, word_set
from rehearse.model import Question, Span, Transcript
from rehearse.story.cues import ANYWHERE, EXPECTED, Cues, ElementName

_CLAUSE = 14
"""Maximum number of words quoted on each side of a match (house default)."""
_SHORTEST = 3
"""Minimum words between a match and a comma at which the quote ends (house default)."""

_STARTS = frozenset({"i", "we", "i'd", "i'll", "i'm", "and", "but", "so", "then", "because"})
"""Words that start a clause in a text without punctuation."""
_LEAD_ON = word_set("that is was because to and but or if know mean")
"""Words after which a comma does not end a clause: "what I learned is that, you know, people"."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element expected of an answer.

    Attributes:
        name: Which element it is.
        shown: Quotes that prove it.
        anchor: Where it would belong, if it is certainly missing; else None.
        is_missing: Whether it is certainly missing; if it is neither shown nor missing, it is not judged.
        judged_from: Words from which it is judged, if the answer has fewer; else None.

    """

    name: ElementName
    shown: tuple[Span, ...] = ()
    anchor: Span | None = None
    is_missing: bool = False
    judged_from: int | None = None


def find_expected(transcript: Transcript, kind: str | None, question: Question | None = None) -> tuple[Element, ...]:
    """Find the elements expected of an answer to this kind of question, the most useful first.

    Args:
        transcript: An English answer, timed or not.
        kind: The question's kind.
        question: The question; its words show where the answer addresses a panel member's concern.

    """
    searchable = searchable_text(transcript)
    count = count_spoken(transcript.words)
    found = (_element(name, cues, searchable, count) for name, cues in EXPECTED.get(kind or "", ANYWHERE).items())
    return tuple(_with_asked_words(element, searchable, question) for element in found)


def _with_asked_words(element: Element, searchable: SearchableText, question: Question | None) -> Element:
    """Add the clauses that use words of the question to a concern."""
    stems = telling_words(question.prompt.split()).values() if question and element.name == "concern" else ()
    if not stems:
        return element
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w{{0,5}}\b", re.IGNORECASE)
    return replace(element, shown=tuple(dict.fromkeys((*element.shown, *_clauses(searchable, pattern)))))


def _clauses(searchable: SearchableText, pattern: re.Pattern[str], *, whole: bool = True) -> Iterator[Span]:
    """Yield the clause around each match, or its part from the match on."""
    return (_clause(searchable, first, last, whole=whole) for first, last in searchable.find(pattern))


def _clause(searchable: SearchableText, first: int, last: int, *, whole: bool = True) -> Span:
    """Extend a match to the nearest clause borders that leave enough words."""
    texts = searchable.texts
    low, high = max(0, first - _CLAUSE), min(len(texts) - 1, last + _CLAUSE)
    bare = not any(map(_closes, texts[low:high]))
    borders = [
        i for i in range(low, high + 1) if i == 0 or _closes(texts[i - 1]) or (bare and texts[i].lower() in _STARTS)
    ]
    firm = {i for i in borders if i == 0 or ends_sentence(texts[i - 1])}
    start = max((i for i in borders if i <= first and (i in firm or last - i >= _SHORTEST)), default=first)
    end = min((i - 1 for i in borders if i > last and (i in firm or i - first > _SHORTEST)), default=high)
    return searchable.quote(start if whole else first, end)


def _closes(text: str) -> bool:
    return ends_sentence(text) or (text.endswith((",", ";", ":")) and plain(text) not in _LEAD_ON)


def _element(name: ElementName, cues: Cues, searchable: SearchableText, count: int) -> Element:
    shown = tuple(dict.fromkeys(_clauses(searchable, cues.shows, whole=cues.whole)))
    if len(shown) >= cues.times:
        return Element(name, shown)
    if count < cues.from_words:
        return Element(name, judged_from=cues.from_words)
    surely = cues.hints is not None and not cues.hints.search(searchable.text)
    return Element(name, anchor=_anchor(cues, searchable) if surely else None, is_missing=surely)


def _anchor(cues: Cues, searchable: SearchableText) -> Span | None:
    if cues.anchor is None:
        return _clause(searchable, len(searchable.texts) - 1, len(searchable.texts) - 1)
    found = list(_clauses(searchable, cues.anchor))
    return found[-1 if cues.last else 0] if found else None
