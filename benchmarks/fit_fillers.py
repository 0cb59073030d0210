"""Fit the weights that turn evidence for a filled pause into a probability, and measure them on unseen recordings.

    python -m benchmarks.fit_fillers [--model tiny.en]

Prints the three weights and the bias for ``rehearse/transcription/filled_pause_recovery.py``, then precision, recall
and F1 of the
whole path with the weights in use, and with weights fitted without each recording's own proposals, and without those of
its whole source (one speaker's clips, one meeting, the synthetic voice). docs/accuracy-notes.md lists the data.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from benchmarks.accuracy.figures import ScoredOutput
from benchmarks.accuracy.listeners import Output
from benchmarks.accuracy.matching import COLLAR, Score, total
from benchmarks.accuracy.truth import Truth, load
from rehearse import audio, transcription, weights
from rehearse.analysis.assemble import answer_from_sound
from rehearse.language.words import is_filled_pause, plain
from rehearse.model import RecogniserOutput, Recording, Word
from rehearse.transcription import alignment

RIDGE = 0.1
"""Penalty on the squared weights, so that evidence which never errs here gets no endless weight (house default)."""
_STEPS = 50
_EVEN = 1e-3
"""Chances below this, or this close to 1, are taken as this: as in ``filled_pause_recovery.confidence``."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proposals:
    """One recording, heard once, with every filled pause that the recogniser proposed.

    Attributes:
        truth: What is known of it.
        recording: Its sound.
        heard: Words and proposals.
        evidence: Shape (n, 3): logit of the chance, whether a prompted text has it, logit of the sureness.
        right: Shape (n,), whether each was said.
        telling: Shape (n,), False for a spare one beside a true one between the same two words: the sound decides
        which of
            them counts, and it says nothing about the evidence.

    """

    truth: Truth
    recording: Recording
    heard: RecogniserOutput
    evidence: Vector
    right: npt.NDArray[np.bool_]
    telling: npt.NDArray[np.bool_]

    def score(self, fitted: Vector) -> Score:
        """Score the whole path from these weights on."""
        chances = iter(probabilities(self.evidence, fitted).tolist())
        words = tuple(
            replace(word, probability=next(chances)) if is_filled_pause(word.text) else word
            for word in self.heard.words
        )
        answer = answer_from_sound(self.recording, replace(self.heard, words=words))
        counted = [f.span for f in answer.fillers if f.kind == "filled_pause" and f.status == "counted"]
        return ScoredOutput(self.truth, Output(tuple(counted), 0.0)).filled_pauses


def collect(model: str, truths: Sequence[Truth]) -> Iterator[Proposals]:
    """Listen to every recording and note each proposal with its evidence."""
    listen = transcription.whisper(model)
    for truth in truths:
        noted: list[tuple[float, float, float]] = []

        def note(
            chance: float, sureness: float, *, taken_over: bool, noted: list[tuple[float, float, float]] = noted
        ) -> float:
            noted.append((_logit(chance), float(taken_over), _logit(sureness)))
            return 1.0

        recording = audio.load(truth.path)
        with patch.object(alignment, "confidence", note):
            heard = listen(recording)
        said = _said(truth, heard.words, [chance for chance, *_ in noted])
        evidence, right = np.array(noted, float).reshape(-1, 3), np.array(list(said), bool)
        yield Proposals(truth, recording, heard, evidence, right, _telling(heard.words, right))


def fit(parts: Sequence[Proposals]) -> Vector:
    """Fit bias and weights: logistic regression by Newton's method. Shape: (4,)."""
    rows = np.concatenate([part.evidence[part.telling] for part in parts])
    right = np.concatenate([part.right[part.telling] for part in parts])
    inputs = np.column_stack([np.ones(len(rows)), rows])
    penalty = RIDGE * np.diag([0.0, 1.0, 1.0, 1.0])
    fitted = np.zeros(4)
    for _ in range(_STEPS):
        chance = probabilities(rows, fitted)
        slope = inputs.T @ (right - chance) - penalty @ fitted
        curve = (inputs.T * (chance * (1 - chance))) @ inputs + penalty
        fitted = fitted + np.linalg.solve(curve, slope)
    return fitted


def probabilities(evidence: Vector, fitted: Vector) -> Vector:
    """Probability of each proposal. Shape: (n,)."""
    found: Vector = 1 / (1 + np.exp(-(fitted[0] + evidence @ fitted[1:])))
    return found


def in_use() -> Vector:
    """Give the weights that rehearse uses now. Shape: (4,)."""
    from rehearse.transcription import filled_pause_recovery

    names = ("_BIAS", "_READ", "_TAKEN_OVER", "_SURE")
    return np.array([getattr(filled_pause_recovery, name) for name in names], float)


def left_out(parts: Sequence[Proposals], key: Callable[[Truth], str]) -> list[Score]:
    """Score each recording with weights fitted without all recordings that share its key."""
    fitted = {name: fit([p for p in parts if key(p.truth) != name]) for name in {key(p.truth) for p in parts}}
    return [part.score(fitted[key(part.truth)]) for part in parts]


def by_recording(truth: Truth) -> str:
    """Leave out one recording."""
    return truth.path.name


def by_source(truth: Truth) -> str:
    """Leave out everything of one voice, or of one meeting."""
    return truth.source


def _logit(chance: float) -> float:
    kept = min(max(chance, _EVEN), 1 - _EVEN)
    return float(np.log(kept / (1 - kept)))


def _telling(words: Sequence[Word], right: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Find the proposals that are true, or have no true one between the same two words. Shape: (n,)."""
    gaps = np.cumsum([not is_filled_pause(word.text) for word in words])[[is_filled_pause(word.text) for word in words]]
    found: npt.NDArray[np.bool_] = right | ~np.isin(gaps, gaps[right])
    return found


def _said(truth: Truth, words: Sequence[Word], logits: Sequence[float]) -> Iterator[bool]:
    """Tell of each proposal whether it was said: by its time in meetings, by its place in the text elsewhere."""
    proposals = [word for word in words if is_filled_pause(word.text)]
    if truth.text is not None:
        yield from _placed(truth.text, words, logits)
        return
    free = list(truth.filled_spans or ())
    for word in proposals:
        middle = (word.start + word.end) / 2
        near = [span for span in free if abs((span.start + span.end) / 2 - middle) <= COLLAR]
        if near:
            free.remove(near[0])
        yield bool(near)


def _placed(text: str, words: Sequence[Word], logits: Sequence[float]) -> Iterator[bool]:
    """Align what was heard with the true text; a proposal was said where it falls on a filled pause of it.

    Of several proposals for one filled pause the likeliest is taken for it.
    """
    true = [_token(word) for word in text.split()]
    heard = [_token(word.text) for word in words]
    chances = iter(logits)
    unlikely = [_A_LITTLE / (1 + np.exp(next(chances))) if token == _FILLED else 0.0 for token in heard]
    pairs = dict(_aligned(heard, true, unlikely))
    for place, token in enumerate(heard):
        if token == _FILLED:
            yield place in pairs and true[pairs[place]] == _FILLED


_FILLED = "<filled pause>"
_A_LITTLE = 1e-3
"""Cost that decides only between places that cost the same."""


def _token(word: str) -> str:
    return _FILLED if is_filled_pause(word) and not word.startswith("'") else plain(word)


def _aligned(heard: Sequence[str], true: Sequence[str], extra: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Pair the words of two texts at the least cost; a filled pause pairs with nothing but a filled pause.

    Args:
        heard: Words of one text.
        true: Words of the other.
        extra: What each of ``heard`` costs besides where it is paired.

    """
    cost = np.zeros((len(heard) + 1, len(true) + 1))
    cost[:, 0], cost[0] = np.arange(len(heard) + 1), np.arange(len(true) + 1)
    for i, word in enumerate(heard, 1):
        for j, other in enumerate(true, 1):
            paired = cost[i - 1, j - 1] + _swap(word, other) + extra[i - 1]
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, paired)
    i, j = len(heard), len(true)
    while i and j:
        if cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        elif cost[i, j] == cost[i, j - 1] + 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            yield i, j


def _swap(word: str, other: str) -> float:
    if word == other:
        return 0.0
    return 3.0 if _FILLED in (word, other) else 1.0


def _line(name: str, parts: Sequence[Proposals], scores: Sequence[Score]) -> str:
    figures = []
    for group, inside in (
        ("human", lambda g: g not in ("synthetic", "read")),
        ("synthetic", lambda g: g == "synthetic"),
    ):
        found = total([score for part, score in zip(parts, scores, strict=True) if inside(part.truth.group)])
        figures.append(f"{group} {found.right} right {found.wrong} wrong {found.missed} missed, F1 {found.f1:.2f}")
    alarms = total([score for part, score in zip(parts, scores, strict=True) if part.truth.group == "read"]).wrong
    return f"{name:32}{'; '.join(figures)}; read speech {alarms} wrong"


def main() -> None:
    """Print the weights and what they are worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=weights.DEFAULT)
    parts = list(collect(parser.parse_args().model, load()))
    proposals, right = sum(int(part.telling.sum()) for part in parts), sum(int(part.right.sum()) for part in parts)
    print(
        f"{proposals} proposals, {right} of them true, from {len(parts)} recordings of "
        f"{len({p.truth.source for p in parts})} sources"
    )
    fitted, used = fit(parts), in_use()
    for name, one, other in zip(("_BIAS", "_READ", "_TAKEN_OVER", "_SURE"), fitted, used, strict=True):
        print(f"  {name:12} fitted {one:6.2f}   in use {other:6.2f}")
    print(_line("weights in use", parts, [part.score(used) for part in parts]))
    print(_line("fitted now", parts, [part.score(fitted) for part in parts]))
    print(_line("without the recording itself", parts, left_out(parts, by_recording)))
    print(_line("without its whole source", parts, left_out(parts, by_source)))


if __name__ == "__main__":
    main()
