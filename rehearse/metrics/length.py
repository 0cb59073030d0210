"""The length of the answer."""

from __future__ import annotations

from rehearse.language.spoken import count_spoken
from rehearse.metrics.registry import Band, metric
from rehearse.model import FOLLOW_UP, Answer, Span


def _last_words(answer: Answer) -> tuple[Span, ...]:
    """Quote the last words of the answer."""
    count = len(answer.transcript.words)
    return (answer.transcript.span(max(0, count - 8), count - 1),) if count else ()


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
    low="At {value} s this is short; aim for {low} to {high} s. You stopped at “{quote}”{where}.",
    high="At {value} s this is long; aim for {low} to {high} s. You only finished with “{quote}”{where}.",
    good="{value} s is a good length ({low} to {high} s is the guideline), and you finish with “{quote}”.",
    when_low="Say more about what you did yourself: “First I …, because …. Then I …”",
    when_high="Start with the outcome, then just the two steps that led to it: “We ended up with …. What I did was …”",
    spans=_last_words,
    judged_from=3,
    needs_ending=True,
    is_limited=True,
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
