"""Words as text: filled pauses, comparison, and quotation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress

from rehearse.model import Word


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, split at white space, as a set.

    >>> sorted(word_set("up down"))
    ['down', 'up']
    """
    return frozenset(text.split())


_FILLED_PAUSE = re.compile(r"u+h+m*|u+m+|e+r+m*|a+h+m*|eh+|h+m+|m{2,}")
_QUOTE = re.compile(
    r"\A(?:You said “.*”\. |A moment ago you said “.*”\. |I'd like to go back to “.*”\. "
    r"|When you say “.*”, |Say you do that: “.*”\. |“.*”: )",
    re.DOTALL,
)
"""What may stand before a question that quotes an answer; the last three stand in older histories."""
_CLOSING = "\"')\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_ABBREVIATIONS = frozenset({"st.", "mr.", "mrs.", "ms.", "dr.", "prof.", "vs.", "e.g.", "i.e.", "approx.", "dept."})
"""Abbreviations whose full stop does not end the sentence."""
_LONGEST_QUOTE = 14
"""Maximum words of a quote (house default)."""
_SHORTEST_QUOTE = 5
"""Minimum words of a shortened quote (house default)."""
_JOINING = frozenset({"and", "so", "but", "then", "or"})
_OPENS_A_CLAUSE = word_set("and but because or which who when until while before after where since if")
_DANGLING = word_set("a an the my his her our their with in on at of to for from by into")
_SYMBOLS = re.compile(r"[^\w']+")
_APOSTROPHES = (
    "\u2018\u201b\u02bc\u02bb\u02b9\u02bd\u02be\u02c8\u02ca\u02cb\u2032\u2035\u275b\u275c\ua78c\u055a\u05f3\uff07"
    "\x91\x92`\u00b4"
)
"""Characters used for an apostrophe, besides the typographic one."""
_HYPHENS = "\u2010\u2011"
_ALIKE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))
_UNSEEN = re.compile(r"[\u034f\u115f\u1160\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\ufffc\U000e0100-\U000e01ef]")
"""Invisible fillers and variation selectors; control and format characters are handled separately."""
_SIGNS = "$\u20ac\u00a3\u00a5\u20b9"
_CUT = re.compile(
    rf"(?:(?<!\d)(?<!%)|(?![-\u2012-\u2015]+[{_SIGNS}]?\d))(?:[\u2012-\u2015\u2e3a\u2e3b]"
    rf"|--)[-\u2012-\u2015\u2e3a\u2e3b]*"
    rf"(?=[\"'(\u2018\u201c]*[{_SIGNS}]?\w)"
    r"|(?:\u2026|\.{3})[.\u2026]*(?=[\"'(\u2018\u201c]*\w)"
    r"|(?<=[^\W\d_])[,;!?](?=[^\W\d_])"
)
"""A mark between two words without a space: a dash (not a hyphen or a range of figures), dots, a comma."""
_MARK_BEHIND = re.compile(r"[.,;:!?\u2026\u2012-\u2015-][\"')\u2019\u201d]*$")
_ALSO_WORDS = word_set("er erm um uh hm hmm mm ah eh")
"""Filled pauses that in capitals may be an abbreviation, unlike "ummm"."""
_COUNT = re.compile(
    r"(?:\d|[\u00bc-\u00be\u2150-\u215e]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|\w+ty"
    r"|hundred|thousand|half))$",
    re.IGNORECASE,
)
_REMEMBERED = 4_000
"""Written words that are remembered, since each is looked at by many measurements (house default)."""
_BEFORE_A_NOUN = word_set("the an a our my your their his her this that each every")
_BEFORE_A_NAME = _BEFORE_A_NOUN | word_set("at in to from for of by with into")
_BEHIND_A_NOUN = word_set(
    "for with at in on from to of by and or but when where while until after before during because as who which that"
    " was is were are had has would could will can"
)


def plain(text: str) -> str:
    """Return the text in lower case, without punctuation except apostrophes.

    >>> plain("Don't,")
    "don't"
    """
    return _SYMBOLS.sub("", text.lower()).strip("'")


def printable(text: str) -> str:
    """Replace non-printable characters, such as terminal control codes, with spaces."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def visible(text: str) -> str:
    """Remove invisible characters, such as a byte order mark, and normalise apostrophes and hyphens.

    >>> visible("\ufeffdon\u02bct\u200b"), visible("well\u2011known")
    ("don't", 'well-known')
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    written = text.translate(_ALIKE)
    shown = "".join(
        letter for letter in written if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return unicodedata.normalize("NFC", _UNSEEN.sub("", shown))


def straight(text: str) -> str:
    """Use straight apostrophes, and remove invisible characters."""
    return visible(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each written word; a dash or dots separate words, a hyphen does not.

    >>> text = "Um\u2014it was well-known, 9\u201310 times"
    >>> [text[start:end] for start, end in cut(text)]
    ['Um\u2014', 'it', 'was', 'well-known,', '9\u201310', 'times']
    """
    for found in re.finditer(r"\S+", text):
        start, written = found.start(), found.group()
        seen = [at for at, letter in enumerate(written) if visible(letter)]
        for mark in _CUT.finditer("".join(written[at] for at in seen)):
            end = found.start() + seen[mark.end() - 1] + 1
            yield start, end
            start = end
        if seen:
            yield start, found.end()


def filled_pauses(texts: Sequence[str]) -> list[bool]:
    """Return, for each written word, whether it is um, uh, er, erm, ah or hmm, of any length.

    A listener's "mm-hmm" and "uh-huh" do not count, nor do "the ER", "UM" and
    "3 mm": capitals distinguish a name from a sound unless the whole text is in
    capitals, and the neighbouring words decide the rest.

    >>> filled_pauses("Um, I left the ER with 3 mm".split())
    [True, False, False, False, False, False, False, False]
    """
    looks = [_may_be_filled(text) for text in texts]
    if not any(looks):
        return looks
    capitals = _in_capitals([text for text, look in zip(texts, looks, strict=True) if not look])
    return [look and not _is_word(texts, at, capitals=capitals) for at, look in enumerate(looks)]


@lru_cache(maxsize=_REMEMBERED)
def _may_be_filled(text: str) -> bool:
    bare = text.strip().strip(".,;:!?\"'-")
    return "-" not in bare and "." not in bare and _FILLED_PAUSE.fullmatch(plain(text)) is not None


def _in_capitals(texts: Iterable[str]) -> bool:
    """Whether the text is mostly in capitals, so that they distinguish nothing."""
    written = [text.isupper() for text in texts if sum(map(str.isalpha, text)) > 1]
    return 2 * sum(written) >= len(written)


def _is_word(texts: Sequence[str], at: int, *, capitals: bool) -> bool:
    """Whether a possible filled pause is a word in its context, such as the name of a ward or a unit."""
    text, letters = texts[at].strip(), plain(texts[at])
    before = texts[at - 1].strip() if at else ""
    after = texts[at + 1].strip() if at + 1 < len(texts) else ""
    if letters not in _ALSO_WORDS:
        return False
    if letters == "mm" and _COUNT.search(before):
        return True
    if text.isupper() and not capitals:
        opens = not before or ends_sentence(before)
        return not (opens and _MARK_BEHIND.search(text)) or (len(plain(after)) > 1 and after.isupper())
    return not _MARK_BEHIND.search(before) and _is_named(text, plain(before), plain(after), capitals=capitals)


def _is_named(text: str, before: str, after: str, *, capitals: bool) -> bool:
    """Distinguish "THE ER" and "at the er for years" from "the er house" by context, if capitals do not help."""
    closes = not after or ends_sentence(text) or (after in _BEHIND_A_NOUN and not _MARK_BEHIND.search(text))
    if plain(text) == "er" and before in _BEFORE_A_NOUN:
        return closes or (capitals and text.isupper() and after != before)
    return capitals and text.isupper() and before in _BEFORE_A_NAME and closes


def is_filled_pause(text: str) -> bool:
    """Whether a written word on its own is a filled pause; ``filled_pauses`` also uses the context.

    >>> is_filled_pause("Ummm,"), is_filled_pause("mm-hmm")
    (True, False)
    """
    return filled_pauses([text])[0]


def content_words(words: Sequence[Word]) -> list[Word]:
    """Return the words without filled pauses."""
    return list(compress(words, (not filled for filled in filled_pauses([word.text for word in words]))))


def ends_sentence(text: str) -> bool:
    """Whether a written word ends a sentence; a title or abbreviation does not.

    >>> ends_sentence("board."), ends_sentence("St."), ends_sentence("e.g.")
    (True, False, False)
    """
    if text.lower() in _ABBREVIATIONS:
        return False
    return text.rstrip(_CLOSING).endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}"))


def unquoted(prompt: str) -> str:
    """Remove the quote of the answer from the start of a follow-up question; any other text is unchanged.

    >>> unquoted("You said “I rang the ward”. Why that way?")
    'Why that way?'
    >>> unquoted("A moment ago you said “I ring the ward”. When did that last happen?")
    'When did that last happen?'
    """
    rest = _QUOTE.sub("", prompt)
    return prompt if rest == prompt else rest[:1].upper() + rest[1:]


def quotation(text: str) -> str:
    """Shorten a text to a quote that ends with a clause, without filled pauses or leading conjunctions.

    >>> quotation("So, um, I rang the ward.")
    'I rang the ward'
    >>> quotation("I copied my editor in because he had to know, and then I wrote the whole thing up for the paper")
    'I copied my editor in because he had to know …'
    """
    written = text.split()
    words = list(compress(written, (not filled for filled in filled_pauses(written))))
    while len(words) > 1 and plain(words[0]) in _JOINING and plain(words[1]) != "that":
        words.pop(0)
    selected = words if len(words) <= _LONGEST_QUOTE else words[: _clause_border(words)]
    return " ".join(selected).strip(" .,;:!?-") + (" …" if len(selected) < len(words) else "")


def _clause_border(words: Sequence[str]) -> int:
    """Return the number of words to keep: up to the last mark or conjunction that fits, else as many as fit."""
    opens = [plain(word) in _OPENS_A_CLAUSE for word in words]
    for length in range(_LONGEST_QUOTE, _SHORTEST_QUOTE - 1, -1):
        if words[length - 1].endswith((",", ";", ":", ".", "?", "!")) or (opens[length] and not opens[length - 1]):
            return length
    return _last_whole(words)


def _last_whole(words: Sequence[str]) -> int:
    """Return the number of words that fit, without dangling articles and prepositions at the end."""
    length = _LONGEST_QUOTE
    while length > _SHORTEST_QUOTE and plain(words[length - 1]) in _DANGLING:
        length -= 1
    return length
