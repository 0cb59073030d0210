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
    source="Guidelines of career sites, no controlled study known; limits by kind of question are a house default",
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
    low="The answer lasts {value} s and ends with “{quote}”{where}. The guideline is {low} to {high} s.",
    high="The answer lasts {value} s; it closes with “{quote}”{where}. The guideline is {low} to {high} s.",
    good="The length of {value} s keeps to the guideline ({low} to {high} s); the answer closes with “{quote}”.",
    when_low="Stay longer with what you did yourself: “First I …, because … . Then I …”",
    when_high="Say the outcome first, then only the two steps that led to it: “We ended up with … . What I did was …”",
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


@metric(label="Words", unit="words", source="Count; filled pauses are none", version=2)
def word_count(answer: Answer) -> float | None:
    """Words as spoken, without filled pauses: "$1,200,000" is six, "2019" two, a lone dash none.

    word_count = words - filled pauses

    >>> from tests.factories import say
    >>> word_count(say("I um led the team"))
    4.0
    """
    count = count_spoken(answer.transcript.words)
    return float(count) if count else None
