"""Key words of the job description, and where the answers mention them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rehearse.language.words import ends_sentence
from rehearse.model import Attempt, Question, Span, Transcript, Word
from rehearse.preparation.benefits import without_offers
from rehearse.preparation.user_text import each_once, letters, quoted, stable_id
from rehearse.story import KeyWord, find_mentions, key_words_of_text

MOST_KEY_WORDS = 24
"""Nobody keeps more in mind (house default)."""

_AROUND = 9
"""Words of context on either side of a quote (house default)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An answer that mentions a key word.

    Attributes:
        take_id: Id of the answer.
        spoken_at: In UTC.
        prompt: The question; None if the recording has none.
        quote: Words around the first mention, with their times.

    """

    take_id: str
    spoken_at: datetime
    prompt: str | None
    quote: Span


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key word of the job description.

    Attributes:
        text: Word or phrase as in the description.
        mentions: One per answer that mentions it, newest first.

    """

    text: str
    mentions: tuple[Mention, ...] = ()


def compare(description: str, attempts: Iterable[Attempt]) -> tuple[Wanted, ...]:
    """Find the description's key words in the answers; those never mentioned come first, offers are ignored.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    wanted = _key_words(description)
    found: dict[KeyWord, list[Mention]] = {word: [] for word in wanted}
    for attempt in sorted(attempts, key=lambda attempt: attempt.spoken_at, reverse=True):
        for word, spans in find_mentions(wanted, attempt.transcript).items():
            prompt = attempt.question.prompt if attempt.question else None
            found[word].append(Mention(attempt.id, attempt.spoken_at, prompt, _quote(attempt.transcript, spans[0])))
    compared = [Wanted(word.text, tuple(mentions)) for word, mentions in found.items()]
    distinct = each_once(compared, key=lambda word: letters(word.text))
    return tuple(sorted(distinct, key=lambda word: bool(word.mentions)))


def key_words(description: str) -> tuple[str, ...]:
    """Return the key words that ``compare`` looks for, most important first.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    return each_once((word.text for word in _key_words(description)), key=letters)


def question_of_job(key_word: str) -> Question:
    """Return a question about work that shows a key word; its id is derived from the word."""
    return Question(
        stable_id("job", key_word),
        f"The job description mentions {quoted(key_word)}. "
        "When did this last matter in your work, and what did you do?",
        "behavioral",
        competency="ownership",
        listen_for=("one example", "what you did yourself", "their word for it, where it is true"),
    )


# A page calls this on every click, and parsing a long description takes about a second.
@lru_cache(maxsize=8)
def _key_words(description: str) -> tuple[KeyWord, ...]:
    return key_words_of_text(without_offers(description), MOST_KEY_WORDS)


def _quote(transcript: Transcript, mention: Span) -> Span:
    """Return the words around a mention within its sentence."""
    words = transcript.words
    mentioned = [i for i, word in enumerate(words) if _within(word, mention)]
    first, last = mentioned[0], mentioned[-1]
    while first > max(0, mentioned[0] - _AROUND) and not ends_sentence(words[first - 1].text):
        first -= 1
    while last < min(len(words) - 1, mentioned[-1] + _AROUND) and not ends_sentence(words[last].text):
        last += 1
    return transcript.span(first, last)


def _within(word: Word, mention: Span) -> bool:
    """Whether a word overlaps a mention; words stored by earlier versions may have no duration."""
    if word.start == word.end:
        return mention.start <= word.start <= mention.end
    return word.start < mention.end and word.end > mention.start
