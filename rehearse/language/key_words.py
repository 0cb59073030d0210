"""What an answer, a job description or a resume is about: its nouns and names, alone and in phrases, by how often they occur.

Plain counts over the parse; no word is rated by how rare it is elsewhere, so
the lists of words that any answer or any advertisement holds do that work.
They and all thresholds are house defaults.
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
"""Key words of an answer (house default)."""
MOST_OF_TEXT = 40
"""Key words of a job description or resume (house default)."""
REPEATED = 4
"""Times from which a word counts as repeated (house default)."""

_LONGEST = 3
"""Words of a phrase (house default)."""
_TIMES = word_set("""
    second minute hour day night week weekend month year morning evening afternoon today tomorrow yesterday season
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
""")
_SAY_NOTHING = _TIMES | word_set("""
    one other some any something anything everything nothing someone anyone everyone everybody nobody guy man woman wrong right
    question answer example case point fact reason idea course number half rest top bottom front back side end start
    first last same moment while bit couple lots minute mind hand head eye everything okay yeah um uh
""")
"""Words that any answer may hold."""
_OF_ANY_JOB = word_set("""
    ability candidate applicant role position job company team organisation organization opportunity responsibility
    requirement qualification skill experience knowledge background year degree benefit salary environment workplace
    employer employee colleague career application equivalent plus proficiency understanding passion track record
    duty summary profile reference hour holiday pension culture mission diversity gender age disability status
""")
"""Words that any job description or resume may hold."""
_LIGHT_MODIFIERS = word_set("""
    good great big small new old different own other same first last next whole many more most few several certain
    strong excellent proven relevant various key ideal successful little very real full main such able available
""")
_DEMANDS = word_set(
    "lead build design own manage drive mentor support develop plan run test review write report track help train coach"
)
"""Verbs that open a line of a job description, where a parser may take them for names."""
_VERBS_OF_ANY_ANSWER = word_set(
    "be have do go get say make take know think want come see let give tell ask need put use try look start work keep mean"
)
_BETWEEN = 2
"""Words that may stand between those of a phrase: "quality of the data" (house default)."""
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"^\W+$")


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word or phrase that tells what was spoken of.

    Attributes:
        text: As it was first said, without marks; lower case unless it is a name.
        stems: Of its words, for comparison: "managed" and "management" share one.
        spans: Where it occurs, in order; never empty.

    """

    text: str
    stems: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.spans)


@dataclass(slots=True)
class _Found:
    """A phrase while it is counted: each place is the position of its first and last token."""

    name: bool = False
    occurrences: list[tuple[int, int]] = field(default_factory=list)


def key_words(transcript: Transcript, most: int = MOST) -> tuple[KeyWord, ...]:
    """Find what an answer was about, the most frequent first.

    Args:
        transcript: What was said, in English; timed or not.
        most: How many at most.

    Raises:
        ValueError: The parser has not been fetched.

    """
    if not transcript.words or transcript.language not in {"en", None}:
        return ()
    return _ranked(transcript, parse(transcript), _SAY_NOTHING | GENERAL_NOUNS, most)


def key_words_of_text(text: str, most: int = MOST_OF_TEXT) -> tuple[KeyWord, ...]:
    """Find what a job description or a resume is about; spans are character offsets into ``text``.

    A line is a sentence of its own, since lists carry no marks.

    Raises:
        ValueError: The parser has not been fetched.

    """
    transcript = Transcript(tuple(_words_of_lines(text)), "en", timed=False)
    if not transcript.words:
        return ()
    return _ranked(transcript, parse(transcript), _SAY_NOTHING | _OF_ANY_JOB, most)


def find_mentions(wanted: Sequence[KeyWord], transcript: Transcript) -> Mapping[KeyWord, tuple[Span, ...]]:
    """Find where an answer speaks of key words of another text, in whatever form: "managed" for "management".

    A phrase is mentioned where all its words stand within a few of each other.
    Key words that are not mentioned have no entry.
    """
    stems = [stem(plain(word.text)) for word in transcript.words]
    found = {word: tuple(transcript.span(*place) for place in _places(word.stems, stems)) for word in wanted}
    return {word: spans for word, spans in found.items() if spans}


def repeated_words(transcript: Transcript, least: int = REPEATED) -> tuple[KeyWord, ...]:
    """Find words with a meaning of their own that occur often in one answer, the most frequent first.

    Args:
        transcript: What was said, in English; timed or not.
        least: Times from which a word counts.

    """
    if not transcript.words or transcript.language not in {"en", None}:
        return ()
    parsed = parse(transcript)
    found: dict[tuple[str, ...], _Found] = {}
    for token in parsed.doc:
        if token.is_alpha and not token.is_stop and token.lemma_.lower() not in _VERBS_OF_ANY_ANSWER:
            found.setdefault((token.lemma_.lower(),), _Found()).occurrences.append((token.i, token.i))
    often = {lemmas: one for lemmas, one in found.items() if len(one.occurrences) >= least}
    ranked = sorted(often, key=lambda lemmas: -len(often[lemmas].occurrences))
    return tuple(_key_word(transcript, parsed, often[lemmas]) for lemmas in ranked)


def _words_of_lines(text: str) -> Iterator[Word]:
    """Give the words of each line, closed by a full stop where no mark closes it."""
    for line in _LINE.finditer(text):
        found = [word for word in re.finditer(r"\S+", line.group()) if not _BULLET.match(word.group())]
        for i, word in enumerate(found, 1):
            stop = "" if i < len(found) or ends_sentence(word.group()) else "."
            yield Word(word.group() + stop, line.start() + word.start(), line.start() + word.end())


def _ranked(transcript: Transcript, parsed: Parsed, left_out: frozenset[str], most: int) -> tuple[KeyWord, ...]:
    found: dict[tuple[str, ...], _Found] = {}
    for first, last in _phrases(parsed, left_out):
        tokens = parsed.doc[first : last + 1]
        one = found.setdefault(tuple(token.lemma_.lower() for token in tokens), _Found())
        one.occurrences.append((first, last))
        one.name = one.name or any(token.pos_ == "PROPN" for token in tokens)
    kept = _without_parts(found)
    order = sorted(kept, key=lambda lemmas: (-_weight(lemmas, kept[lemmas]), kept[lemmas].occurrences[0]))
    return tuple(_key_word(transcript, parsed, kept[lemmas]) for lemmas in order[:most])


def _phrases(parsed: Parsed, left_out: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give each noun, and each phrase that it closes, as the positions of its first and last token."""
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
    """Where what narrows a noun begins: "waiting list", "blood pressure"."""
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


def _without_parts(found: Mapping[tuple[str, ...], _Found]) -> dict[tuple[str, ...], _Found]:
    """Without words that occur in one phrase alone, and without phrases said once whose noun says more."""
    counts = {lemmas: len(one.occurrences) for lemmas, one in found.items()}
    inside: Counter[tuple[str, ...]] = Counter()
    for phrase, count in counts.items():
        for word in phrase if len(phrase) > 1 else ():
            inside[word,] = max(inside[word,], count)
    kept = {}
    for lemmas, one in found.items():
        if len(lemmas) == 1 and inside[lemmas] == counts[lemmas]:
            continue
        if len(lemmas) > 1 and counts.get(lemmas[-1:], 0) > counts[lemmas]:
            continue
        kept[lemmas] = one
    return kept


def _weight(lemmas: Sequence[str], one: _Found) -> float:
    """How much it tells: how often, and a little for a phrase or a name."""
    return len(one.occurrences) + 0.5 * (len(lemmas) > 1) + 0.5 * one.name


def _key_word(transcript: Transcript, parsed: Parsed, one: _Found) -> KeyWord:
    first, last = one.occurrences[0]
    tokens = parsed.doc[first : last + 1]
    text = " ".join(token.text if token.pos_ == "PROPN" or token.is_upper else token.lower_ for token in tokens)
    return KeyWord(
        text=text,
        stems=tuple(stem(token.lower_) for token in tokens),
        spans=tuple(transcript.span(parsed.word[start], parsed.word[end]) for start, end in one.occurrences),
    )


def _places(wanted: Sequence[str], stems: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Positions of first and last word wherever all ``wanted`` stand close together."""
    reach = len(wanted) if len(wanted) == 1 else len(wanted) + _BETWEEN
    for i, said in enumerate(stems):
        near = stems[i : i + reach]
        if said in wanted and all(one in near for one in wanted):
            yield i, i + max(near.index(one) for one in wanted)
