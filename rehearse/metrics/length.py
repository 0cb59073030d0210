"""The length of the answer."""

from __future__ import annotations

from rehearse.language.spoken import count_spoken
from rehearse.language.words import plain, word_set
from rehearse.metrics.registry import Band, metric
from rehearse.model import FOLLOW_UP, Answer, Span

_QUOTED, _LOOKED_AT = 8, 16
"""Words of the end that are quoted, and that are searched for the start of a clause (house defaults)."""
_SUBJECTS = word_set("i we you he she they it that this there")


def _last_words(answer: Answer) -> tuple[Span, ...]:
    """Quote the last words of the answer, from the start of a clause where one is near."""
    words = answer.transcript.words
    if not words:
        return ()
    first = max(0, len(words) - _QUOTED)
    for start in range(first, max(0, len(words) - _LOOKED_AT), -1):
        if plain(words[start].text) in _SUBJECTS or words[start - 1].text.endswith((",", ".", "?", "!")):
            first = start
            break
    return (answer.transcript.span(first, len(words) - 1),)


@metric(
    label="Answer length",
    unit="s",
    source="Guidelines from career sites, no controlled study known; limits by kind of question are a house default",
    typical=Band(45, 150),
    by_kind={
        "behavioral": Band(45, 180),
        "panel": Band(45, 180),
        "motivation": Band(25, 120),
        "technical": Band(30, 210),
        "case": Band(30, 210),
        "own_question": Band(5, 60),
        "loose_end": Band(25, 150),
        FOLLOW_UP: Band(10, 90),
    },
    low="You spoke for {value} seconds; {low} to {high} is usual for a question like this. "
    "You stopped at “{quote}”{where}.",
    high="You spoke for {value} seconds; {low} to {high} is usual for a question like this. "
    "You didn't finish until “{quote}”{where}.",
    good="{value} seconds is a good length for a question like this. You stopped in good time, with “{quote}”.",
    when_low="Go on from where you stopped: “What that looked like was …”",
    when_high="Start with the outcome, then just the two steps that led to it: “We ended up with …. What I did was …”",
    spans=_last_words,
    judged_from=3,
    needs_ending=True,
    is_limited=True,
    version=2,
)
def answer_length(answer: Answer) -> float | None:
    """Seconds from the first spoken sound to the last.

    answer_length = last spoken sound - first spoken sound

    >>> from tests.factories import say
    >>> answer_length(say("I led the team", seconds=2.0))
    2.0
    """
    return answer.speech.duration if answer.speech else None


@metric(label="Words", unit="words", source="A count, without filled pauses", version=2)
def word_count(answer: Answer) -> float | None:
    """Words as spoken, without filled pauses: "$1,200,000" is six, "2019" two, a lone dash none.

    word_count = words - filled pauses

    >>> from tests.factories import say
    >>> word_count(say("I um led the team"))
    4.0
    """
    count = count_spoken(answer.transcript.words)
    return float(count) if count else None
