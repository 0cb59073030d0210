"""Choose the most informative of several quotes, to show or to ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.model import Span, Story

_LONG_ENOUGH = 14
"""Number of words above which a longer clause scores no higher (house default)."""
_FIGURE = 4.0
"""Weight of a figure, relative to one word of a result (house default); the same goes for the two below."""
_LATEST = 4.0
_OUTCOME = 3.0
_CHOICE = re.compile(
    r"\b(?:decid|rebuil|built|redesign|invent|ch[oi]o?se|pick|suggest|propos|chang|switch|stopp|start|mov|replac|cut"
    r"|split|left)",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:sa(?:y|id|ys)|t[eo]ld?l?|ask(?:ed)?|kn[eo]w|saw|see|found|noticed|reali[sz]ed|felt|thought|went|came"
    r"|kept \w+ing)\b",
    re.IGNORECASE,
)
_SETS_TIME = re.compile(r"^\W*(?:when|while|after|before|as|because|since)\b", re.IGNORECASE)
_NOT_NOW = re.compile(r"\b(?:had|I'd|we'd|\w+n't|not|never)\b", re.IGNORECASE)
"""Words of an action done earlier, or not done."""
_OWN = re.compile(r"\b(?:i|i'd|i've)\b", re.IGNORECASE)
_COME_OF_IT = re.compile(
    r"\b(?:after|in the end|since|now|still|never|nobody|no more|by the|the next|again|eventually|finally|back"
    r"|until)\b",
    re.IGNORECASE,
)


def is_own(deed: Span) -> bool:
    """Whether it names the speaker as "I"."""
    return _OWN.search(deed.text) is not None


def is_choice(deed: Span) -> bool:
    """Whether it names a decision: "I switched", "I suggested"."""
    return _CHOICE.search(deed.text) is not None and not _SETS_TIME.search(deed.text)


def telling_deed(deeds: Sequence[Span]) -> Span:
    """Return the deed that most clearly was a choice between alternatives; ``deeds`` must not be empty."""
    aside = (_TALK, _NOT_NOW, _SETS_TIME)
    done = [deed for deed in deeds if not any(sign.search(deed.text) for sign in aside)] or deeds
    return max([deed for deed in done if is_choice(deed)] or done, key=_words)


def telling_result(story: Story) -> Span | None:
    """Return the most informative result: with a figure or an outcome, late, and in more than a few words.

    A result before any deed that has neither may be the cause of the story, and is skipped.
    """
    last = max(len(story.result) - 1, 1)
    first_deed = min((deed.start for deed in story.action), default=0.0)
    scores: dict[Span, float] = {}
    for position, span in enumerate(story.result):
        figure = any(map(span.overlaps, story.quantified))
        end = _COME_OF_IT.search(span.text) is not None
        if figure or end or span.start >= first_deed:
            scores[span] = _words(span) + _FIGURE * figure + _OUTCOME * end + _LATEST * position / last
    return max(scores, key=lambda span: scores[span]) if scores else None


def _words(span: Span) -> int:
    return min(len(span.text.split()), _LONG_ENOUGH)
