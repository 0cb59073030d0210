"""Key words of an answer, a job description or a resume: nouns and names, alone and in phrases, by frequency.

Plain counts over the parse. Words are not weighted by their rarity elsewhere;
instead, stop lists hold the words that occur in any answer or advertisement.
The lists and all thresholds are house defaults.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rehearse.language.lexicon import GENERAL_NOUNS
from rehearse.language.parser import Parsed, parse
from rehearse.language.stems import stem
from rehearse.language.words import ends_sentence, plain, word_set
from rehearse.model import Span, Transcript, Word

MOST = 8
"""Maximum key words of an answer (house default)."""
MOST_OF_TEXT = 40
"""Maximum key words of a job description or resume (house default)."""

_LONGEST = 3
"""Maximum words of a phrase (house default)."""
_TIMES = word_set("""
    second minute hour day night week weekend month year morning evening afternoon today tomorrow yesterday season
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
""")
_SAY_NOTHING = _TIMES | word_set("""
    one other some any something anything everything nothing someone anyone everyone everybody nobody guy man woman
    wrong right question answer example case point fact reason idea course number half rest top bottom front back side
    end start first last same moment while bit couple lots minute mind hand head eye everything okay yeah um uh
""")
"""Words that may occur in any answer."""
_OF_ANY_JOB = word_set("""
    ability candidate applicant role position job company team organisation organization opportunity responsibility
    requirement qualification skill experience knowledge background year degree benefit salary environment workplace
    employer employee colleague career application equivalent plus proficiency understanding passion track record
    duty summary profile reference hour holiday pension culture mission diversity gender age disability status
""")
"""Words that may occur in any job description or resume."""
_LIGHT_MODIFIERS = word_set("""
    good great big small new old different own other same first last next whole many more most few several certain
    strong excellent proven relevant various key ideal successful little very real full main such able available
""")
_DEMANDS = word_set(
    "lead build design own manage drive mentor support develop plan run test review write report track help train coach"
)
"""Verbs that open a line of a job description, where the parser may take them for names."""
_BETWEEN = 2
"""Maximum words between those of a phrase: "quality of the data" (house default)."""
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"^\W+$")


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word or phrase that names a subject of the text.

    Attributes:
        text: Its first occurrence, without punctuation; in lower case unless it is a name.
        stems: Stems of its words, for comparison: "managed" and "management" share a stem.
        spans: Its occurrences, in order; never empty.

    """

    text: str
    stems: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """Number of occurrences."""
        return len(self.spans)


@dataclass(slots=True)
class _Phrase:
    """A phrase during counting; an occurrence is the index of its first and of its last token."""

    name: bool = False
    occurrences: list[tuple[int, int]] = field(default_factory=list)


def key_words(transcript: Transcript, most: int = MOST) -> tuple[KeyWord, ...]:
    """Find the key words of an answer, the most frequent first.

    Args:
        transcript: An English answer, timed or not.
        most: Maximum number of key words.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    if not transcript.words or transcript.language not in {"en", None}:
        return ()
    return _ranked(transcript, parse(transcript), _SAY_NOTHING | GENERAL_NOUNS, most)


def key_words_of_text(text: str, most: int = MOST_OF_TEXT) -> tuple[KeyWord, ...]:
    """Find the key words of a job description or a resume; spans are character offsets into ``text``.

    Each line is a sentence of its own, since lists have no punctuation.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    transcript = Transcript(tuple(_words_of_lines(text)), "en", timed=False)
    if not transcript.words:
        return ()
    return _ranked(transcript, parse(transcript), _SAY_NOTHING | _OF_ANY_JOB, most)


def find_mentions(wanted: Sequence[KeyWord], transcript: Transcript) -> Mapping[KeyWord, tuple[Span, ...]]:
    """Find where an answer mentions the key words of another text, in any form: "managed" for "management".

    A phrase is mentioned where all its words occur close together. Key words
    that are not mentioned have no entry.
    """
    stems = [stem(plain(word.text)) for word in transcript.words]
    found = {word: tuple(transcript.span(*indices) for indices in _mentions(word.stems, stems)) for word in wanted}
    return {word: spans for word, spans in found.items() if spans}


def _words_of_lines(text: str) -> Iterator[Word]:
    """Yield the words of each line, with a full stop at the end of a line that has none."""
    for line in _LINE.finditer(text):
        found = [word for word in re.finditer(r"\S+", line.group()) if not _BULLET.match(word.group())]
        for i, word in enumerate(found, 1):
            stop = "" if i < len(found) or ends_sentence(word.group()) else "."
            yield Word(word.group() + stop, line.start() + word.start(), line.start() + word.end())


def _ranked(transcript: Transcript, parsed: Parsed, left_out: frozenset[str], most: int) -> tuple[KeyWord, ...]:
    found: dict[tuple[str, ...], _Phrase] = {}
    for first, last in _phrases(parsed, left_out):
        tokens = parsed.doc[first : last + 1]
        phrase = found.setdefault(tuple(token.lemma_.lower() for token in tokens), _Phrase())
        phrase.occurrences.append((first, last))
        phrase.name = phrase.name or any(token.pos_ == "PROPN" for token in tokens)
    selected = _without_parts(found)
    order = sorted(selected, key=lambda lemmas: (-_weight(lemmas, selected[lemmas]), selected[lemmas].occurrences[0]))
    return tuple(_key_word(transcript, parsed, selected[lemmas]) for lemmas in order[:most])


def _phrases(parsed: Parsed, left_out: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield each noun, and each phrase that ends with it, as the indices of its first and last token."""
    for token in parsed.doc:
        if token.pos_ not in {"NOUN", "PROPN"} or not token.is_alpha or token.like_num:
            continue
        plain_noun = token.lemma_.lower()
        if plain_noun not in left_out and len(plain_noun) > 1:
            yield token.i, token.i
        first = _start_of_phrase(token, {"compound"} if plain_noun in left_out else {"compound", "amod", "nmod"})
        closes = token.i + 1 >= len(parsed.doc) or parsed.doc[token.i + 1].dep_ != "compound"
        if first < token.i and closes and plain_noun not in _SAY_NOTHING:
            yield first, token.i


def _start_of_phrase(noun: Any, narrowing: Container[str]) -> int:
    """Return the index at which the modifiers of a noun begin: "waiting list", "blood pressure"."""
    first = noun.i
    while noun.i - first < _LONGEST - 1 and first > noun.sent.start:
        before = noun.doc[first - 1]
        narrows = before.head.i in range(first, noun.i + 1) and before.dep_ in narrowing
        demand = before.is_sent_start and before.lower_ in _DEMANDS
        if (
            not narrows
            or demand
            or before.lower_ in _LIGHT_MODIFIERS
            or before.lemma_.lower() in _TIMES
            or not before.is_alpha
        ):
            break
        first -= 1
    return int(first)


def _without_parts(found: Mapping[tuple[str, ...], _Phrase]) -> dict[tuple[str, ...], _Phrase]:
    """Drop words that only occur within a single phrase, and phrases less frequent than their noun."""
    counts = {lemmas: len(phrase.occurrences) for lemmas, phrase in found.items()}
    inside: Counter[tuple[str, ...]] = Counter()
    for lemmas, count in counts.items():
        for word in lemmas if len(lemmas) > 1 else ():
            inside[word,] = max(inside[word,], count)
    selected = {}
    for lemmas, phrase in found.items():
        if len(lemmas) == 1 and inside[lemmas] == counts[lemmas]:
            continue
        if len(lemmas) > 1 and counts.get(lemmas[-1:], 0) > counts[lemmas]:
            continue
        selected[lemmas] = phrase
    return selected


def _weight(lemmas: Sequence[str], phrase: _Phrase) -> float:
    """Return its frequency, plus a bonus if it has several words or is a name."""
    return len(phrase.occurrences) + 0.5 * (len(lemmas) > 1) + 0.5 * phrase.name


def _key_word(transcript: Transcript, parsed: Parsed, phrase: _Phrase) -> KeyWord:
    first, last = phrase.occurrences[0]
    tokens = parsed.doc[first : last + 1]
    text = " ".join(token.text if token.pos_ == "PROPN" or token.is_upper else token.lower_ for token in tokens)
    return KeyWord(
        text=text,
        stems=tuple(stem(token.lower_) for token in tokens),
        spans=tuple(transcript.span(parsed.word[start], parsed.word[end]) for start, end in phrase.occurrences),
    )


def _mentions(wanted: Sequence[str], stems: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Yield the indices of the first and last word wherever all ``wanted`` stems occur close together."""
    reach = len(wanted) if len(wanted) == 1 else len(wanted) + _BETWEEN
    for i, current in enumerate(stems):
        near = stems[i : i + reach]
        if current in wanted and all(other in near for other in wanted):
            yield i, i + max(near.index(other) for other in wanted)
