"""Which of several quotes says most: the one to show a person, or to ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.model import Span, Story

_LONG_ENOUGH = 14
"""Words from which a clause counts as fully told (house default)."""
_FIGURE = 4.0
"""What a figure is worth beside the words of a result (house default); likewise the two below."""
_LATEST = 4.0
_OUTCOME = 3.0
_CHOICE = re.compile(
    r"\b(?:decid|rebuil|built|redesign|invent|ch[oi]o?se|pick|suggest|propos|chang|switch|stopp|start|mov|replac|cut|split|left)",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:sa(?:y|id|ys)|t[eo]ld?l?|ask(?:ed)?|kn[eo]w|saw|see|found|noticed|reali[sz]ed|felt|thought|went|came|kept \w+ing)\b",
    re.IGNORECASE,
)
_SETS_TIME = re.compile(r"^\W*(?:when|while|after|before|as|because|since)\b", re.IGNORECASE)
_NOT_NOW = re.compile(r"\b(?:had|I'd|we'd|\w+n't|not|never)\b", re.IGNORECASE)
"""Done before, or not done."""
_OWN = re.compile(r"\b(?:i|i'd|i've)\b", re.IGNORECASE)
_COME_OF_IT = re.compile(
    r"\b(?:after|in the end|since|now|still|never|nobody|no more|by the|the next|again|eventually|finally|back|until)\b",
    re.IGNORECASE,
)


def is_own(deed: Span) -> bool:
    """Whether the speaker alone is named in it."""
    return _OWN.search(deed.text) is not None


def is_choice(deed: Span) -> bool:
    """Whether it names a decision: "I switched", "I suggested"."""
    return _CHOICE.search(deed.text) is not None and not _SETS_TIME.search(deed.text)


def telling_deed(deeds: Sequence[Span]) -> Span:
    """The deed that could most plainly have been another one; ``deeds`` is not empty."""
    aside = (_TALK, _NOT_NOW, _SETS_TIME)
    done = [deed for deed in deeds if not any(sign.search(deed.text) for sign in aside)] or deeds
    return max([deed for deed in done if is_choice(deed)] or done, key=_words)


def telling_result(story: Story) -> Span | None:
    """The result that says most: with a figure or as an end, late, and in more than a few words.

    What is told before any deed and shows neither may be what began it all: it is not taken.
    """
    last = max(len(story.result) - 1, 1)
    first_deed = min((deed.start for deed in story.action), default=0.0)
    scores: dict[Span, float] = {}
    for place, span in enumerate(story.result):
        figure = any(map(span.overlaps, story.quantified))
        end = _COME_OF_IT.search(span.text) is not None
        if figure or end or span.start >= first_deed:
            scores[span] = _words(span) + _FIGURE * figure + _OUTCOME * end + _LATEST * place / last
    return max(scores, key=lambda span: scores[span]) if scores else None


def _words(span: Span) -> int:
    return min(len(span.text.split()), _LONG_ENOUGH)
