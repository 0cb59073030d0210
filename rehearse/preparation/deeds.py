"""Recognises resume lines that state something done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.language.words import word_set

_DEEDS = word_set("""
    led built rebuilt ran wrote rewrote won grew cut taught made sold set brought drove oversaw began took kept spoke
    rose gave held found won chose put got sought spent met dealt fought bought bred shot sang shook rebid stood sped
    shrank lent
    lead build run write manage coordinate design develop teach train sell drive oversee support organise organize
    deliver maintain plan prepare create improve reduce supervise handle mentor serve answer assist advise analyse
    analyze operate process clean repair install monitor negotiate present research schedule test treat
""")
"""Irregular past forms, and the base forms with which some resumes begin a duty."""
_PAST = re.compile(r"(?:co-|re-?)?[a-z]{2,}ed")
_NO_DEED = word_set("""
    skilled experienced motivated dedicated detailed organised organized advanced certified qualified united limited
    unlimited required interested focused need
""")
"""Words ending in -ed that begin a description of a person or thing."""
_DUTY = re.compile(r"(?:\w+ly )?(?:(?:responsible|accountable|answerable) for|in charge of)\b", re.IGNORECASE)
"""The start of a duty stated without a verb."""


def is_deed(words: Sequence[str]) -> bool:
    """Whether a line starts with a past or base form of an action verb, or with a duty; an adverb may precede it."""
    if _DUTY.match(" ".join(words[:5])):
        return True
    opening = [word.lower().strip(",.") for word in words[:2]]
    first = opening[1] if opening[0].endswith("ly") and len(opening) > 1 else opening[0]
    return first not in _NO_DEED and (first in _DEEDS or _PAST.fullmatch(first) is not None)
