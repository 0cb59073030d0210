"""Normalises a document's text: plain letters, whole words, no letter-spacing."""

from __future__ import annotations

import re
import unicodedata

from rehearse.language.words import word_set

_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-"})
_DROPPED = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_SOFT = re.compile("\u00ad[ \\t]*(?:\\n[ \\t]*(?=[^\\W\\d_]))?")
_PLAIN = frozenset(
    {"<compat>", "<wide>", "<narrow>", "<font>", "<noBreak>", "<initial>", "<medial>", "<final>", "<isolated>"}
)
"""Decompositions that change only a character's look; superscripts and fractions also change its meaning."""
_BREAK = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40})-(?:[ \t]*\n[ \t]*|[ \t]+)([^\W\d_]{2,})")
_SUSPENDED = word_set("and or to nor but und oder et y e")
"""Words after a suspended hyphen: "short- and long-term"."""
_FIRST_HALVES = word_set("""
    full part long short self well cross non co ex high low on off follow end real cost time data user fast large
    small mid multi decision problem customer client patient team hands day in out up over under front back third
    first second two three four five six seven eight nine ten e pre post anti inter all well award year month week
    risk quality
""")
_SECOND_HALVES = word_set("""
    time term level based led facing related oriented driven wide up on in to end class quality side line scale stop
    speed free effective making solving building winning ready friendly specific person hour day week month year old
    depth site house off functional border selling owner ordinator round over out by through
""")
"""Halves of words that keep their hyphen wherever the line ends."""
_SPACED = re.compile(r"^(\W*)((?:[^\W_]|&)(?:[ \t\u00a0]+(?:[^\W_]|&)){3,})(\W*)$")


def readable(text: str) -> str:
    r"""Replace ligatures by plain letters, close up letter-spaced lines and join words broken at line ends.

    >>> readable("S K I L L S\nCut work\ufb02ow errors and dis-\ncharge times, full-\ntime")
    'SKILLS\nCut workflow errors and discharge times, full-time'
    """
    plain = "".join(map(_plain, text.replace("\r\n", "\n").replace("\r", "\n"))).translate(_HYPHENS)
    plain = _SOFT.sub("", _DROPPED.sub("", plain))
    return _BREAK.sub(_whole, "\n".join(map(_closed, plain.split("\n"))))


def _plain(mark: str) -> str:
    if mark.isascii() or unicodedata.decomposition(mark).split(" ")[0] not in _PLAIN:
        return mark
    letters = unicodedata.normalize("NFKC", mark)
    return letters if letters.replace(" ", "x").isalnum() else mark


def _closed(line: str) -> str:
    """Close up a letter-spaced line; a wider gap separates words."""
    found = _SPACED.match(line.strip())
    if not found:
        return line
    words = re.split(r"[ \t\u00a0]{2,}", found[2])
    return found[1] + " ".join(re.sub(r"\s", "", word) for word in words) + found[3]


def _whole(found: re.Match[str]) -> str:
    """Join the halves of a word, keeping the hyphen of a hyphenated word."""
    first, second = found[1], found[2]
    if second.lower() in _SUSPENDED or (second[0].isupper() and "\n" not in found[0]):
        return found[0]
    if second[0].isupper() or first.lower() in _FIRST_HALVES or second.lower() in _SECOND_HALVES:
        return f"{first}-{second}"
    return first + second
