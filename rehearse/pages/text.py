"""Turn values into words for the page; whatever a person or a file supplied goes through ``plain``."""

from __future__ import annotations

import re
from datetime import datetime

from rehearse.datatypes import Question

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\N{WORD JOINER}"
_SELF_ACTING = re.compile(r"(?<=:)(?=[^\s\d]|\d+:)|(?<=@)(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Escape text so that Markdown shows it letter by letter.

    Neither HTML, links, pictures, formulas, emoji shortcodes nor colour
    directives come through. Addresses and shortcodes are recognised even
    where their marks are escaped, so an invisible word joiner breaks them.

    >>> plain("*now*")
    '\\*now\\*'
    """
    return _MARKS.sub(r"\\\1", _SELF_ACTING.sub(_JOINER, " ".join(text.split())))


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds.

    >>> clock(92.4)
    '1:32'
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def kind_label(kind: str | None) -> str:
    """Name a kind of question for people.

    >>> kind_label("role_depth")
    'Role depth'
    """
    return kind.replace("_", " ").capitalize() if kind else "Any answer"


def goal(question: Question) -> str:
    """Say how long the answer should be."""
    shortest, longest = question.seconds
    return f"aim for {clock(shortest)} to {clock(longest)}"


def when(moment: datetime) -> str:
    """Write a moment in this computer's time zone."""
    return f"{moment.astimezone():%d %b %Y, %H:%M}"
