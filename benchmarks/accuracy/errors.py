"""Write ``rehearse/progress/measurement_error.toml``: how far rehearse's own values lay from the truth, for each model.

Counts come from every recording in which one person speaks, since an answer has one speaker; the meetings are left out.
Widths come from the synthetic answers and the monologues, where words and edges of speech are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil
from statistics import mean

from benchmarks.accuracy.figures import Outputs, ScoredOutput, labelled_pauses, pair
from benchmarks.accuracy.matching import Score, total
from benchmarks.accuracy.truth import Truth
from rehearse.progress.measurement_error import COVERAGE, FILE, Counts, likely_range

_HEAD = (
    "# Measured errors, written by `make accuracy`; docs/ACCURACY.md says on what. "
    "rehearse/progress/measurement_error.py reads them.\n"
)
ONE_SPEAKER = ("synthetic", "monologue", "clip")
WHOLE_ANSWERS = ("synthetic", "monologue")


def write(truths: Sequence[Truth], outputs: Mapping[str, Outputs]) -> None:
    """Write the file anew.

    Args:
        truths: All recordings.
        outputs: What rehearse made of them, by model.

    """
    parts = [line for model, out in outputs.items() for line in _model(model, truths, out)]
    FILE.write_text("\n".join([_HEAD, *parts]), encoding="utf-8")


def _model(name: str, truths: Sequence[Truth], outputs: Outputs) -> Iterator[str]:
    one, whole = pair(truths, outputs, *ONE_SPEAKER), pair(truths, outputs, *WHOLE_ANSWERS)
    yield f'[models."{name}".counts]'
    yield _counts("filled_pause", [heard.filled_pauses for heard in one])
    yield _counts("pause", labelled_pauses(whole))
    yield ""
    yield f'[models."{name}".widths]'
    for metric, way in WAYS.items():
        errors = [error for heard in whole if (error := error_of(heard, metric)) is not None]
        if (width := half_width(errors)) is not None:
            yield f"{metric} = {{ {way} = {width:.3f}, recordings = {len(errors)} }}"
    yield ""


def _counts(name: str, scores: Sequence[Score]) -> str:
    all_of_them = total(scores)
    numbers = f"right = {all_of_them.right}, wrong = {all_of_them.wrong}, missed = {all_of_them.missed}"
    return f"{name} = {{ {numbers}, recordings = {len(scores)} }}"


WAYS: Mapping[str, str] = {
    "speech_rate": "relative",
    "word_count": "relative",
    "answer_length": "absolute",
    "response_latency": "absolute",
    "longest_pause": "absolute",
}
"""Measurements with a truth, and how their error is stated."""


def error_of(heard: ScoredOutput, metric: str) -> float | None:
    """Error of a measurement, as ``WAYS`` states it; None where truth or value is not known."""
    true, value = true_value(heard.truth, metric), heard.output.values.get(metric)
    if true is None or value is None:
        return None
    return value / true - 1 if WAYS[metric] == "relative" else value - true


def rate_error(heard: Iterable[ScoredOutput]) -> tuple[float, int] | None:
    """Mean size of the speech rate's relative error, and over how many recordings."""
    errors = [abs(error) for one in heard if (error := error_of(one, "speech_rate")) is not None]
    return (mean(errors), len(errors)) if errors else None


def true_value(truth: Truth, metric: str) -> float | None:
    """Give the true value of a measurement, where it is known."""
    pauses = truth.made_pauses if truth.pauses is None else truth.pauses
    return {
        "speech_rate": truth.speech_rate,
        "word_count": float(len(truth.words)) if truth.words else None,
        "answer_length": truth.speech.duration if truth.speech else None,
        "response_latency": truth.speech.start if truth.speech else None,
        "longest_pause": max((pause.duration for pause in pauses), default=None),
    }[metric]


def half_width(errors: Sequence[float]) -> float | None:
    """Half width that holds the next error with probability ``COVERAGE``; None where too few are known.

    The ceil((n + 1) * coverage)-th smallest error in size (split conformal prediction, Lei et al. 2018).

    >>> half_width([0.01] * 8 + [-0.04])
    0.04
    >>> half_width([0.01] * 8)

    """
    rank = ceil((len(errors) + 1) * COVERAGE - 1e-9)
    return sorted(map(abs, errors))[rank - 1] if rank <= len(errors) else None


def held(one_speaker: Sequence[ScoredOutput]) -> tuple[int, int]:
    """Count the recordings whose true number the range held, each range from the errors of the others, and all."""
    scores = [heard.filled_pauses for heard in one_speaker]
    inside = 0
    for i, heard in enumerate(one_speaker):
        others = total([*scores[:i], *scores[i + 1 :]])
        counts = Counts(others.right, others.wrong, others.missed)
        known = likely_range(len(heard.output.filled_pauses), counts)
        inside += known is not None and known[0] <= heard.truth.filled_pauses <= known[1]
    return inside, len(scores)
