"""The figures of one way of listening, over all recordings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.accuracy.listeners import Output
from benchmarks.accuracy.matching import (
    COLLAR,
    Score,
    match_counts,
    match_overlap,
    match_sentences,
    match_times,
    word_errors,
)
from benchmarks.accuracy.truth import SPEAKS, Truth

_NEAR = 0.25
"""Seconds by which start and length of a made pause may be off."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "synthetic": ("synthetic",),
    "human": SPEAKS,
    **{group: (group,) for group in SPEAKS},
}
"""Rows of the tables, and which recordings they cover."""

Outputs = Mapping[Path, Output]


@dataclass(frozen=True, slots=True)
class ScoredOutput:
    """One recording with its truth and what came out."""

    truth: Truth
    output: Output

    @property
    def filled_pauses(self) -> Score:
        """As the shared scorer counts them: by time, by sentence, or by number, whatever is known."""
        truth, found = self.truth, self.output.filled_pauses
        if truth.sentences:
            return match_sentences(truth.sentences, found)
        if truth.filled_spans is None or truth.known_only_by_eye:
            return match_counts(truth.filled_pauses, len(found))
        return match_times(truth.filled_spans, found, COLLAR)


def pair(truths: Iterable[Truth], outputs: Outputs, *groups: str) -> list[ScoredOutput]:
    """Put truth and output together, of some groups."""
    return [ScoredOutput(truth, outputs[truth.path]) for truth in truths if truth.group in groups]


def timed(heard: Iterable[ScoredOutput], collar: float) -> list[Score]:
    """Score the recordings of which the times of every filled pause are known, by time."""
    return [
        match_times(one.truth.filled_spans, one.output.filled_pauses, collar)
        for one in heard
        if one.truth.filled_spans is not None
    ]


def false_alarms(heard: Sequence[ScoredOutput]) -> tuple[int, float]:
    """Count the filled pauses in read speech, and give its minutes."""
    return sum(len(one.output.filled_pauses) for one in heard), sum(one.truth.duration for one in heard) / 60


def made_pauses(heard: Iterable[ScoredOutput]) -> tuple[int, int, float | None]:
    """Made pauses found, how many there are, and the mean error of start and length of those found, in seconds."""
    true, errors = 0, []
    for one in heard:
        for made in one.truth.made_pauses:
            true += 1
            near = [max(abs(p.start - made.start), abs(p.duration - made.duration)) for p in one.output.pauses or ()]
            if near and min(near) <= _NEAR:
                errors.append(min(near))
    return len(errors), true, mean(errors) if errors else None


def labelled_pauses(heard: Iterable[ScoredOutput]) -> list[Score]:
    """Score the pauses of the recordings in which all were labelled."""
    return [
        match_overlap(one.truth.pauses, one.output.pauses, one.truth.doubtful)
        for one in heard
        if one.truth.pauses is not None and one.output.pauses is not None
    ]


def content_errors(heard: Iterable[ScoredOutput]) -> tuple[int, int] | None:
    """Word errors and words of the truth; None where the tool tells no words."""
    pairs = [(one.truth.words, one.output.words) for one in heard if one.truth.words is not None]
    if any(words is None for _, words in pairs):
        return None
    return sum(word_errors(true, words or ()) for true, words in pairs), sum(len(true) for true, _ in pairs)


def seconds_a_minute(heard: Sequence[ScoredOutput]) -> float:
    """Seconds of work for each minute of sound."""
    return 60 * sum(one.output.seconds for one in heard) / sum(one.truth.duration for one in heard)
