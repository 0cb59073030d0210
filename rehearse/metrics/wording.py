"""How the answer is worded.

Readability formulas are made for print. What carries over to speech is the
length of sentences, where the recogniser wrote sentence ends, and long words.
Hedges and repetitions are counted per hundred words, so that they are defined
for answers given as text too.
"""

from __future__ import annotations

from typing import Any

from rehearse.language.import_stubs import without
from rehearse.language.spoken import count_spoken, spoken_text
from rehearse.language.words import content_words, ends_sentence
from rehearse.metrics.registry import Band, metric
from rehearse.model import Answer, Span

MOST = 40
"""Words per sentence above which the punctuation is unreliable (house default)."""


def _textstat() -> Any:
    # Its use of NLTK, a pronunciation dictionary, is not needed here and would fetch it from the network.
    with without("nltk"):
        import textstat
    return textstat


def _sentences(answer: Answer) -> list[tuple[int, int]]:
    """Return the indices of the first and last word of each sentence that has more than filled pauses."""
    words, found, first = answer.transcript.words, [], 0
    for index, word in enumerate(words):
        if ends_sentence(word.text) or index == len(words) - 1:
            if content_words(words[first : index + 1]):
                found.append((first, index))
            first = index + 1
    return found


def _in_100_words(answer: Answer, found: tuple[Span, ...]) -> float | None:
    """Return the number per 100 words; None without words, or in a language other than English."""
    words = count_spoken(answer.transcript.words)
    return 100 * len(found) / words if words and answer.transcript.language == "en" else None


def _longest_sentence(answer: Answer) -> tuple[Span, ...]:
    found = _sentences(answer)
    if not found:
        return ()
    first, last = max(found, key=lambda edges: edges[1] - edges[0])
    return (answer.transcript.span(first, min(last, first + 11)),)


@metric(
    label="Words per sentence",
    unit="words",
    source="House default; undefined without sentence ends or above 40",
    typical=Band(high=28),
    high="Your sentences run to {value} words on average; the longest begins “{quote}”{where}.",
    when_high="Stop after the first thought, then start again: “I did …. Then I …”",
    spans=_longest_sentence,
    judged_from=60,
    version=2,
)
def words_per_sentence(answer: Answer) -> float | None:
    """Words over sentences, filled pauses left out; undefined where the punctuation is missing.

    words_per_sentence = words / sentences

    >>> from tests.factories import say
    >>> words_per_sentence(say("I led the team. We won."))
    3.0
    """
    if not any(ends_sentence(word.text) for word in answer.transcript.words):
        return None
    words = count_spoken(answer.transcript.words)
    value = words / len(_sentences(answer)) if words else None
    return value if value is not None and value <= MOST else None


@metric(
    label="Long words",
    unit="%",
    source="Words of more than six letters, after LIX (Björnsson 1968); not judged",
    version=2,
)
def long_word_share(answer: Answer) -> float | None:
    """Percentage of words with more than six letters.

    long_word_share = 100 * long words / words

    >>> from tests.factories import say
    >>> long_word_share(say("I handled the team"))
    25.0
    """
    text, textstat = spoken_text(answer.transcript.words), _textstat()
    words = textstat.lexicon_count(text, removepunct=True)
    return 100 * textstat.long_word_count(text) / words if words else None


@metric(
    label="Hedges",
    unit="per 100 words",
    source=(
        "House default; one in twenty of our written sample answers has more than 2. What you have yet to find "
        "out is rightly hedged, so the limit is higher where a question asks what you would do (situational, case)"
    ),
    typical=Band(high=4),
    by_kind={"situational": Band(high=6), "case": Band(high=6)},
    high="You hedge a lot: {count} times, for instance “{quote}”{where}. Where you're sure, say it straight.",
    when_high="Say what you did as a plain fact, without “maybe” or “sort of”.",
    spans=lambda answer: answer.hedges,
    judged_from=60,
    version=2,
)
def hedge_rate(answer: Answer) -> float | None:
    """Kind of, sort of, I think, I guess, maybe, just and really for every hundred words, where they soften.

    hedge_rate = 100 * hedges / words

    >>> from tests.factories import say
    >>> hedge_rate(say("I think we won"))
    25.0
    """
    return _in_100_words(answer, answer.hedges)


@metric(
    label="Repetitions and restarts",
    unit="per 100 words",
    source=(
        "Part of the 6 disfluencies for every 100 words of conversation (Bortfeld 2001, second-hand); not judged: "
        "people who stutter or plan aloud repeat themselves"
    ),
    spans=lambda answer: answer.repetitions,
    version=2,
)
def repetition_rate(answer: Answer) -> float | None:
    """Immediate repetitions and cut-off words for every hundred words; "very very" does not count.

    repetition_rate = 100 * repetitions / words

    >>> from tests.factories import say
    >>> repetition_rate(say("I I led the team"))
    20.0
    """
    return _in_100_words(answer, answer.repetitions)
