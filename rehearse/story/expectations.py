"""What a good answer to each kind of question holds, found by its wording; and what is surely missing.

Two lists of words decide on each element (``cues``): one that shows it, to be
quoted, and a wider one that may stand for it. Only where neither occurs is it
called missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.language.searchable_text import SearchableText, searchable_text
from rehearse.language.stems import telling_words
from rehearse.language.words import ends_sentence, plain, word_set
from rehearse.model import Question, Span, Transcript
from rehearse.story.cues import ANYWHERE, EXPECTED, Cues, ElementName

_CLAUSE = 14
"""Words around a find that are quoted with it at most, on each side (house default)."""
_SHORTEST = 3
"""A mark closer to a find than this many words ends no quote (house default)."""

_STARTS = frozenset({"i", "we", "i'd", "i'll", "i'm", "and", "but", "so", "then", "because"})
"""Where a clause starts in a text without marks."""
_LEAD_ON = word_set("that is was because to and but or if know mean")
"""Words behind which a comma ends no clause: "what I learned is that, you know, people"."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that is expected of an answer.

    Attributes:
        name: What it is.
        shown: Where it is said.
        anchor: Where it would go, if it is surely missing; else None.

    """

    name: ElementName
    shown: tuple[Span, ...] = ()
    anchor: Span | None = None


def find_expected(transcript: Transcript, kind: str | None, question: Question | None = None) -> tuple[Element, ...]:
    """Find what is expected of an answer to this kind of question, the most useful first.

    Args:
        transcript: What was said, in English; timed or not.
        kind: The question's kind.
        question: What was asked; its words show where a panel member's concern is taken up.

    """
    said = searchable_text(transcript)
    found = (_element(name, cues, said) for name, cues in EXPECTED.get(kind or "", ANYWHERE).items())
    return tuple(_with_asked_words(element, said, question) for element in found)


def _with_asked_words(element: Element, said: SearchableText, question: Question | None) -> Element:
    """Add to a concern the clauses that use words of the question."""
    stems = telling_words(question.prompt.split()).values() if question and element.name == "concern" else ()
    if not stems:
        return element
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w{{0,5}}\b", re.IGNORECASE)
    return Element(element.name, tuple(dict.fromkeys((*element.shown, *_clauses(said, pattern)))))


def _clauses(said: SearchableText, pattern: re.Pattern[str], *, whole: bool = True) -> Iterator[Span]:
    """Quote the clause around each match, or from it on."""
    return (_clause(said, first, last, whole=whole) for first, last in said.find(pattern))


def _clause(said: SearchableText, first: int, last: int, *, whole: bool = True) -> Span:
    """Widen a match to the marks around it that leave enough words."""
    texts = said.texts
    low, high = max(0, first - _CLAUSE), min(len(texts) - 1, last + _CLAUSE)
    bare = not any(map(_closes, texts[low:high]))
    borders = [
        i for i in range(low, high + 1) if i == 0 or _closes(texts[i - 1]) or (bare and texts[i].lower() in _STARTS)
    ]
    firm = {i for i in borders if i == 0 or ends_sentence(texts[i - 1])}
    start = max((i for i in borders if i <= first and (i in firm or last - i >= _SHORTEST)), default=first)
    end = min((i - 1 for i in borders if i > last and (i in firm or i - first > _SHORTEST)), default=high)
    return said.quote(start if whole else first, end)


def _closes(text: str) -> bool:
    return ends_sentence(text) or (text.endswith((",", ";", ":")) and plain(text) not in _LEAD_ON)


def _element(name: ElementName, cues: Cues, said: SearchableText) -> Element:
    shown = tuple(dict.fromkeys(_clauses(said, cues.shows, whole=cues.whole)))
    if len(shown) >= cues.times:
        return Element(name, shown)
    surely = cues.hints is not None and len(said.texts) >= cues.from_words and not cues.hints.search(said.text)
    return Element(name, anchor=_place(cues, said) if surely else None)


def _place(cues: Cues, said: SearchableText) -> Span | None:
    if cues.anchor is None:
        return _clause(said, len(said.texts) - 1, len(said.texts) - 1)
    found = list(_clauses(said, cues.anchor))
    return found[-1 if cues.last else 0] if found else None
