"""Where the answer is silent.

Conventions
-----------
A silent pause lasts at least 0.25 s (Goldman-Eisler, after De Jong and
Bosker 2013) and lies between two spoken sounds. Silence before the first
word is thinking and never counts against an answer. Where noise masks the
pauses, only the time before the first word is defined.
"""

from __future__ import annotations

from statistics import median

from rehearse.language.spoken import count_spoken
from rehearse.metrics.registry import Band, metric
from rehearse.model import Answer, Pause, Span

LONG = 2.0
"""Seconds; a longer pause inside a sentence is noticed (house default)."""


def _quoted(answer: Answer, pause: Pause) -> Span:
    """Return the span of the pause with the words before it, so that it can be found."""
    before = [i for i, w in enumerate(answer.transcript.words) if (w.start + w.end) / 2 < pause.span.start]
    text = answer.transcript.span(max(0, before[-1] - 5), before[-1]).text if before else ""
    return Span(pause.span.start, pause.span.end, text)


def _longest(answer: Answer) -> tuple[Span, ...]:
    if not answer.pauses:
        return ()
    return (_quoted(answer, max(answer.pauses, key=lambda pause: pause.span.duration)),)


def _long_inside(answer: Answer) -> tuple[Span, ...]:
    found = (p for p in answer.pauses if p.inside_sentence and p.span.duration > LONG)
    return tuple(_quoted(answer, pause) for pause in sorted(found, key=lambda pause: -pause.span.duration))


def _spoke(answer: Answer) -> bool:
    """Whether there is speech, and silence can be distinguished from noise."""
    spoke = answer.speech is not None and answer.speech.duration > 0 and bool(answer.transcript.words)
    return spoke and answer.pauses_known


@metric(
    label="Longest pause",
    unit="s",
    source="Not judged: a pause at the end of a sentence is planning (De Jong 2016)",
    spans=_longest,
)
def longest_pause(answer: Answer) -> float | None:
    """Seconds of the longest silent pause; undefined where there is none.

    longest_pause = max(duration of each silent pause)

    >>> from tests.factories import say
    >>> longest_pause(say("I led the team", seconds=4.0, pauses=[(1.0, 1.5), (2.0, 2.75)]))
    0.75
    """
    return max((pause.span.duration for pause in answer.pauses), default=None) if answer.pauses_known else None


@metric(
    label="Long pauses inside a sentence",
    unit="pauses",
    source=(
        "Pauses within a clause are heard as disfluent (De Jong 2016); more than 2 s is a house default, and so is "
        "one of them where a problem is new and worked out aloud (technical, case)"
    ),
    typical=Band(high=0),
    by_kind={"technical": Band(high=1), "case": Band(high=1)},
    high=(
        "You stopped {times} in the middle of a sentence for more than two seconds, most noticeably after "
        "“{quote}”{where}. "
        "Pause between sentences instead."
    ),
    when_high="Finish the sentence first, then take your time to think.",
    spans=_long_inside,
    judged_from=40,
)
def long_pauses(answer: Answer) -> float | None:
    """Silent pauses of more than 2 s that do not end a sentence.

    long_pauses = count(silent pauses > 2 s inside a sentence)

    >>> from tests.factories import say
    >>> long_pauses(say("I led the team.", seconds=4.0))
    0.0
    """
    unplaced = any(pause.inside_sentence is None and pause.span.duration > LONG for pause in answer.pauses)
    if not _spoke(answer) or unplaced:
        return None
    return float(len(_long_inside(answer)))


@metric(
    label="Silent pauses", unit="pauses/min", source="Pauses of at least 0.25 s (De Jong and Bosker 2013); not judged"
)
def pause_rate(answer: Answer) -> float | None:
    """Silent pauses a minute from the first spoken sound to the last.

    pause_rate = 60 * silent pauses / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> pause_rate(say("I led the team", seconds=4.0, pauses=[(1.0, 1.5)]))
    15.0
    """
    return 60 * len(answer.pauses) / answer.speech.duration if answer.speech and _spoke(answer) else None


@metric(
    label="Median pause",
    unit="s",
    source="Durations are log-normal (Campione and Veronis 2002), so the median and not the mean; not judged",
)
def median_pause(answer: Answer) -> float | None:
    """Middle length of the silent pauses.

    median_pause = median(duration of each silent pause)

    >>> from tests.factories import say
    >>> median_pause(say("I led the team", seconds=4.0, pauses=[(1.0, 1.5), (2.0, 2.75)]))
    0.625
    """
    return median(pause.span.duration for pause in answer.pauses) if answer.pauses and answer.pauses_known else None


@metric(label="Share of silence", unit="%", source="Pauses of at least 0.25 s over the whole answer; not judged")
def silence_share(answer: Answer) -> float | None:
    """Percentage of the answer that is silent pauses.

    silence_share = 100 * sum(silent pauses) / (last spoken sound - first spoken sound)

    >>> from tests.factories import say
    >>> silence_share(say("I led the team", seconds=4.0, pauses=[(1.0, 1.5)]))
    12.5
    """
    if not _spoke(answer) or answer.speech is None:
        return None
    return 100 * sum(pause.span.duration for pause in answer.pauses) / answer.speech.duration


@metric(label="Response latency", unit="s", source="Not judged: time before the first word is thinking")
def response_latency(answer: Answer) -> float | None:
    """Seconds from the start of the recording to the first spoken sound.

    response_latency = first spoken sound

    >>> from tests.factories import say
    >>> response_latency(say("I led the team"))
    0.0
    """
    return answer.speech.start if answer.speech else None


@metric(
    label="Mean length of run",
    unit="words",
    source="Words between silent pauses (Goldman-Eisler 1968); not judged",
    version=2,
)
def mean_length_of_run(answer: Answer) -> float | None:
    """Words said on average from one silent pause to the next.

    mean_length_of_run = words / (silent pauses + 1)

    >>> from tests.factories import say
    >>> mean_length_of_run(say("I led the team", seconds=4.0, pauses=[(1.0, 1.5)]))
    2.0
    """
    words = count_spoken(answer.transcript.words)
    return words / (len(answer.pauses) + 1) if words and _spoke(answer) else None
