"""The job description's key words, and where the answers mention them."""

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
"""More are not kept in mind (house default)."""

_AROUND = 9
"""Words on either side that a quote shows (house default)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One answer that mentions a key word.

    Attributes:
        take_id: The answer.
        spoken_at: In UTC.
        prompt: What was asked; None where the recording names no question.
        quote: The words around the first mention, with their time.

    """

    take_id: str
    spoken_at: datetime
    prompt: str | None
    quote: Span


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the job description speaks of.

    Attributes:
        text: A word or phrase, as the description has it.
        mentions: One for each answer that mentions it, newest first.

    """

    text: str
    mentions: tuple[Mention, ...] = ()


def compare(description: str, attempts: Iterable[Attempt]) -> tuple[Wanted, ...]:
    """Look for the description's key words in the answers; those never mentioned come first, offers are left out.

    Raises:
        ValueError: The parser has not been fetched.

    """
    wanted = _key_words(description)
    found: dict[KeyWord, list[Mention]] = {word: [] for word in wanted}
    for attempt in sorted(attempts, key=lambda one: one.spoken_at, reverse=True):
        for word, spans in find_mentions(wanted, attempt.transcript).items():
            prompt = attempt.question.prompt if attempt.question else None
            found[word].append(Mention(attempt.id, attempt.spoken_at, prompt, _quote(attempt.transcript, spans[0])))
    compared = [Wanted(word.text, tuple(mentions)) for word, mentions in found.items()]
    return tuple(sorted(each_once(compared, key=lambda one: letters(one.text)), key=lambda one: bool(one.mentions)))


def key_words(description: str) -> tuple[str, ...]:
    """List the description's key words as it has them, what matters most first; ``compare`` finds the same ones.

    Raises:
        ValueError: The parser has not been fetched.

    """
    return each_once((word.text for word in _key_words(description)), key=letters)


def question_of_job(key_word: str) -> Question:
    """Ask what somebody has done that shows one key word; its id stays with the word."""
    return Question(
        stable_id("job", key_word),
        f"The job description speaks of {quoted(key_word)}. When did this last matter in your work, and what did you do?",
        "behavioral",
        competency="ownership",
        listen_for=("one occasion", "what you did yourself", "their word for it, where it is true"),
    )


# A page asks on every click, and parsing a long description takes about a second.
@lru_cache(maxsize=8)
def _key_words(description: str) -> tuple[KeyWord, ...]:
    return key_words_of_text(without_offers(description), MOST_KEY_WORDS)


def _quote(transcript: Transcript, mention: Span) -> Span:
    """Take the words around a mention that belong to its sentence."""
    words = transcript.words
    said = [i for i, word in enumerate(words) if _within(word, mention)]
    first, last = said[0], said[-1]
    while first > max(0, said[0] - _AROUND) and not ends_sentence(words[first - 1].text):
        first -= 1
    while last < min(len(words) - 1, said[-1] + _AROUND) and not ends_sentence(words[last].text):
        last += 1
    return transcript.span(first, last)


def _within(word: Word, mention: Span) -> bool:
    """Whether a word is part of a mention; those kept by earlier versions may have no length."""
    if word.start == word.end:
        return mention.start <= word.start <= mention.end
    return word.start < mention.end and word.end > mention.start
