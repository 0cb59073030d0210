"""Text for the page; whatever a person or a file supplied goes through ``plain``."""

from __future__ import annotations

import re

from rehearse.metrics.value_text import clock, day, goal, kind_label, when

__all__ = ["clock", "day", "goal", "kind_label", "plain", "when"]

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
