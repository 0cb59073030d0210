"""The English parser: loaded once, from verified files; its tokens are mapped to the words of the transcript."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from rehearse import weights
from rehearse.language.import_stubs import without
from rehearse.language.words import ends_sentence, filled_pauses, plain, straight, word_set
from rehearse.model import Transcript, Word

PAUSE_BETWEEN_SENTENCES = 0.6
"""Seconds of silence that end a sentence without punctuation (house default)."""

PAUSE_BEFORE_LEAD_IN = 0.3
"""Seconds of silence that end a sentence if the words that follow open another one (house default)."""

WORDS_A_SENTENCE = 40
"""Words per sentence mark above which the text counts as unpunctuated (house default)."""

LONGEST_SENTENCE = 100
"""Tokens above which a sentence is split, since parsing time grows with the square of its length (house default)."""

LONGEST_ANSWER = 20_000
"""Words, about two hours of speech; the rest is ignored (house default)."""

_PART = 300
"""Tokens from which the next sentence begins another part, two minutes of speech (house default).

The parser takes 20 kB of memory per token, and a part can be parsed while the rest is still being spoken. Words near a
border are parsed without those beyond it: of 2,197 tokens in ten minutes of the synthetic answer, one changes its part
of speech."""
_MOST_PARTS = 32
"""Parts that are remembered, half an hour of speech, which take 10 MB (house default)."""

REMEMBERED_WORDS = 3_000
"""Words up to which a parsed answer is cached, ten minutes of fast speech, which take 2 MB (house default)."""

_JOINING = word_set("and but so because then cause cos until")
_SUBJECTS = word_set("i he she we they it there nobody everybody everyone i'm i'd i've we'd he'd she'd")
_BARE = {
    "i": "I", "im": "I'm", "ive": "I've", "id": "I'd", "dont": "don't", "didnt": "didn't", "doesnt": "doesn't",
    "wasnt": "wasn't", "werent": "weren't", "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't",
    "cant": "can't", "isnt": "isn't", "havent": "haven't", "hadnt": "hadn't", "hasnt": "hasn't", "wont": "won't",
    "thats": "that's", "theres": "there's", "hes": "he's", "shes": "she's", "youre": "you're", "theyre": "they're",
    "gotta": "got to", "wanna": "want to", "gonna": "going to",
}  # fmt: skip
"""Words that a recogniser writes without their apostrophe or capital."""

_LEAD_IN = re.compile(
    r"(?:by|within|after|since|at|in|on) (?:(?:the|that|this|next|an?|two|three|\d+) )?(?:\w+ )?"
    r"(?:spring|summer|autumn|fall|winter|years?|quarter|months?|weeks?|days?|morning|evening|end|then|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december) (?:i|he|she|we|they|it|there|nobody|everybody|everyone)\b"
)
"""Phrases that open a new sentence: "by the summer he was"."""
_LONGEST_LEAD_IN = 6
"""Maximum words of such a phrase."""

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed answer.

    Attributes:
        doc: The spaCy document, without filled pauses.
        word: For each token, the index of its word in the transcript.

    """

    doc: Any
    word: tuple[int, ...]

    @property
    def text(self) -> str:
        """Its tokens as normalised by ``spoken``."""
        return spoken(self.doc)


def spoken(tokens: Iterable[Any]) -> str:
    """Join tokens in lower case, without punctuation, by single spaces."""
    return " ".join(token.lower_ for token in tokens if not token.is_punct)


@cache
def _pipeline() -> Any:
    # spaCy's command line takes a third of the load time and imports an HTTP client, which must not be used here.
    with without("spacy.cli", "spacy.cli.info", info=None):
        import spacy

    # The stored tokenizer is spaCy's own for English; loading it would read its thousand special cases a second time.
    return spacy.load(weights.path(weights.PARSER), exclude=["senter", "ner", "tokenizer"])


def load() -> Any:
    """Load the parser once; other threads wait meanwhile.

    Raises:
        ValueError: If the parser is missing or differs from its pinned hash.

    """
    with _lock:
        return _pipeline()


def parse(transcript: Transcript) -> Parsed:
    """Parse an answer without its filled pauses; the last few results are cached, since there are several callers."""
    return _remembered(transcript) if len(transcript.words) <= REMEMBERED_WORDS else _parse(transcript)


@lru_cache(maxsize=8)
def _remembered(transcript: Transcript) -> Parsed:
    return _parse(transcript)


def parse_ahead(transcript: Transcript) -> None:
    """Parse those parts of an answer that is still being spoken which are complete, for ``parse`` to find them later.

    Args:
        transcript: What has been said so far.

    Raises:
        ValueError: If the parser has not been downloaded.

    """
    doc, _ = _divided(transcript)
    for part in _parts(doc)[:-1]:
        _annotated(part)


def _parse(transcript: Transcript) -> Parsed:
    doc, owners = _divided(transcript)
    return Parsed(_joined([_annotated(part) for part in _parts(doc)]), owners)


def _divided(transcript: Transcript) -> tuple[Any, tuple[int, ...]]:
    """Return the tokens of an answer in their sentences, and for each the index of its word."""
    filled = filled_pauses([word.text for word in transcript.words[:LONGEST_ANSWER]])
    indices = [i for i, pause in enumerate(filled) if not pause]
    texts = [_written(transcript.words[i].text) for i in indices]
    nlp = load()
    doc = nlp.make_doc(" ".join(texts))
    owners = _owners(doc, texts)
    _mark_sentences(doc, owners, [transcript.words[i] for i in indices], timed=transcript.timed)
    return doc, tuple(indices[owner] for owner in owners)


@dataclass(frozen=True, slots=True)
class _Part:
    """Sentences that are parsed together; ``doc`` holds their tokens, and is the same wherever the others are."""

    text: str
    starts: tuple[int, ...]
    doc: Any = field(compare=False)


def _parts(doc: Any) -> list[_Part]:
    """Cut an answer at sentences, each time at the first that follows ``_PART`` tokens, whatever comes after."""
    borders = [0]
    for token in doc:
        if token.is_sent_start and token.i - borders[-1] >= _PART:
            borders.append(token.i)
    cuts = [doc[start:end].as_doc() for start, end in pairwise([*borders, len(doc)])] if len(borders) > 1 else [doc]
    return [_Part(cut.text_with_ws, tuple(token.i for token in cut if token.is_sent_start), cut) for cut in cuts]


@lru_cache(maxsize=_MOST_PARTS)
def _annotated(part: _Part) -> Any:
    """Run the parser's components."""
    doc = part.doc
    for _, component in load().pipeline:
        doc = component(doc)
    return doc


def _joined(docs: Sequence[Any]) -> Any:
    return docs[0] if len(docs) == 1 else type(docs[0]).from_docs(docs, ensure_whitespace=False)


def _written(text: str) -> str:
    """Spell a word in the form known to the parser."""
    text = straight(text)
    return _BARE.get(text, text)


def _owners(doc: Any, texts: Sequence[str]) -> list[int]:
    """Return, for each token, the index of the item of ``texts`` that contains it."""
    owners, owner, end = [], 0, len(texts[0]) if texts else 0
    for token in doc:
        while token.idx > end:
            owner += 1
            end += 1 + len(texts[owner])
        owners.append(owner)
    return owners


def _mark_sentences(doc: Any, owners: Sequence[int], words: Sequence[Word], *, timed: bool) -> None:
    starts = set(_sentence_starts(words, timed=timed))
    begun = 0
    for i, owner in enumerate(owners[1:], 1):
        if (owner in starts and owner != owners[i - 1]) or i - begun >= LONGEST_SENTENCE:
            doc[i].is_sent_start = True
            begun = i


def _sentence_starts(words: Sequence[Word], *, timed: bool) -> Iterator[int]:
    """Yield the start of each sentence: after an end mark, else after a pause or at a conjunction before a subject."""
    marks = sum(ends_sentence(word.text) for word in words)
    unpunctuated = len(words) > WORDS_A_SENTENCE * marks
    for i in range(1, len(words)):
        ended = ends_sentence(words[i - 1].text) or (timed and _leads_in(words, i))
        if ended or (unpunctuated and ((timed and _pause(words, i)) or _joins(words, i))):
            yield i


def _pause(words: Sequence[Word], i: int) -> bool:
    return words[i].start - words[i - 1].end >= PAUSE_BETWEEN_SENTENCES


def _leads_in(words: Sequence[Word], i: int) -> bool:
    """Whether the recogniser has joined two sentences: a pause, followed by "by the summer he was"."""
    stop = words[i].start - words[i - 1].end >= PAUSE_BEFORE_LEAD_IN
    return stop and _LEAD_IN.match(" ".join(plain(word.text) for word in words[i : i + _LONGEST_LEAD_IN])) is not None


def _joins(words: Sequence[Word], i: int) -> bool:
    pair = [word.text.lower() for word in words[i : i + 2]]
    return pair[0] in _JOINING and pair[-1] in _SUBJECTS
