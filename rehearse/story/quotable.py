"""Choose the most informative of several quotes, to show or to ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.model import Span

_LONG_ENOUGH = 14
"""Number of words above which a longer clause scores no higher (house default)."""
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


def _words(span: Span) -> int:
    return min(len(span.text.split()), _LONG_ENOUGH)
