"""Text for the pages; all text from a person or a file must pass through ``plain``."""

from __future__ import annotations

import re

from rehearse.metrics.value_text import clock, day, goal, kind_label, when

__all__ = ["clock", "day", "goal", "kind_label", "plain", "when"]

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\N{WORD JOINER}"
_SELF_ACTING = re.compile(r"(?<=:)(?=[^\s\d]|\d+:)|(?<=@)(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Escape text so that Markdown shows it literally.

    HTML, links, images, formulas, emoji shortcodes and colour directives have
    no effect. Markdown recognises addresses and shortcodes even if their
    punctuation is escaped, so an invisible word joiner breaks them up.

    >>> plain("*now*")
    '\\*now\\*'
    """
    return _MARKS.sub(r"\\\1", _SELF_ACTING.sub(_JOINER, " ".join(text.split())))
