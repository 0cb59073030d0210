"""Text for the pages; all text from a person or a file must pass through ``plain``."""

from __future__ import annotations

import re
from textwrap import shorten

from rehearse.metrics.value_text import clock, day, goal, kind_label, when

__all__ = ["DAY_FIELD", "clock", "day", "goal", "kind_label", "plain", "tab_title", "when"]

DAY_FIELD = "DD/MM/YYYY"
"""Format of fields for a date, in the order of ``day``: Streamlit offers none with the month's name."""

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_LONGEST_TITLE = 60
_JOINER = "\N{WORD JOINER}"
_SELF_ACTING = re.compile(r"(?<=:)(?=[^\s\d]|\d+:)|(?<=@)(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def tab_title(*parts: str) -> str:
    """Return the title of a browser tab, the most specific part first, short enough to be read there.

    >>> tab_title("Why us?", "Feedback")
    'Why us? - Feedback - Rehearse'
    """
    return " - ".join((*(shorten(part, _LONGEST_TITLE, placeholder=" …") for part in parts), "Rehearse"))


def plain(text: str) -> str:
    r"""Escape text so that Markdown shows it literally.

    HTML, links, images, formulas, emoji shortcodes and colour directives have
    no effect. Markdown recognises addresses and shortcodes even if their
    punctuation is escaped, so an invisible word joiner breaks them up.

    >>> plain("*now*")
    '\\*now\\*'
    """
    return _MARKS.sub(r"\\\1", _SELF_ACTING.sub(_JOINER, " ".join(text.split())))
