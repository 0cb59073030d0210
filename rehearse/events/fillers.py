"""Filled pauses: which of the recogniser's proposals the sound confirms, and where they are.

Method
------
The recogniser proposes filled pauses between words, each with a probability
(see ``transcription.filled_pause_recovery``), but its times are poor: often
they lie in the silence after the sound. So the gap between the two content
words is searched for spoken stretches. Words that the recogniser stretched
over a filled pause are first cut to a plausible length. A proposal needs a
stretch of its own; two proposals share one only if it is long enough for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.events.activity import Activity, meeting
from rehearse.language.words import filled_pauses, plain
from rehearse.model import Filler, FillerStatus, Span, Word

COUNTED = 0.45
"""Probability from which a filled pause counts (best F1 on the development recordings)."""
POSSIBLE = 0.15
"""Probability from which a filled pause is shown as possible (house default)."""
CERTAIN = 0.5
"""Probability from which a filled pause counts although no stretch of sound is free for it (tuned likewise)."""
SHORTEST = 0.08
"""Seconds of speech that a filled pause needs; 10 % of "uh" are under 0.16 s (Switchboard, measured)."""
TYPICAL = 0.35
"""Seconds; median of "um" and "uh" together (Switchboard, measured)."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A filled pause proposed by the recogniser, with its index among the words."""

    index: int
    word: Word

    @property
    def probability(self) -> float:
        return self.word.probability or 0.0


def find_filled_pauses(words: Sequence[Word], activity: Activity) -> tuple[Filler, ...]:
    """Decide which of the recogniser's filled pauses count.

    Args:
        words: Recogniser output, including every proposal.
        activity: Where there is speech.

    Returns:
        Counted and possible filled pauses in order; ``index`` refers to ``words``.

    """
    found: list[Filler] = []
    for run, stretches in _runs(words, activity):
        found += _decide(run, stretches)
    return tuple(found)


def written_filled_pauses(words: Sequence[Word]) -> tuple[Filler, ...]:
    """Find the filled pauses of an answer given as text."""
    return tuple(
        Filler("filled_pause", plain(word.text), Span(word.start, word.end, word.text), index=index)
        for index, (word, filled) in enumerate(zip(words, filled_pauses([word.text for word in words]), strict=True))
        if filled
    )


def _runs(words: Sequence[Word], activity: Activity) -> Iterator[tuple[list[_Proposal], list[Span]]]:
    """Yield each run of proposals between two content words, with the spoken stretches there."""
    speech, stretches = activity.speech, activity.stretches
    if speech is None:
        return
    run: list[_Proposal] = []
    before: Word | None = None
    filled = filled_pauses([word.text for word in words])
    for index, word in enumerate(words):
        if filled[index]:
            run.append(_Proposal(index, word))
            continue
        if run:
            yield run, _free_stretches(before, word, stretches, speech)
            run = []
        before = word
    if run:
        yield run, _free_stretches(before, None, stretches, speech)


def _free_stretches(before: Word | None, after: Word | None, stretches: Sequence[Span], speech: Span) -> list[Span]:
    low = speech.start if before is None else min(before.end, before.start + longest_likely(before))
    high = speech.end if after is None else max(after.start, after.end - longest_likely(after))
    clipped = [(max(low, s.start), min(high, s.end)) for s in meeting(stretches, low, high)]
    return [Span(start, end) for start, end in clipped if end - start >= SHORTEST]


def longest_likely(word: Word) -> float:
    """Seconds that a word of this many letters rarely exceeds (house default: 0.18 plus 0.09 per letter)."""
    return 0.18 + 0.09 * len(plain(word.text))


def _decide(run: Sequence[_Proposal], stretches: Sequence[Span]) -> Iterator[Filler]:
    """Assign a slot to each of the likeliest proposals, as many as there are slots."""
    slots = [part for stretch in stretches for part in _shares(stretch)]
    likeliest = sorted(run, key=lambda proposal: -proposal.probability)[: max(1, len(slots))]
    selected = sorted(likeliest, key=lambda proposal: proposal.index)
    for proposal, slot in zip(selected, _assign(selected, slots), strict=True):
        status = _status(proposal, in_sound=slot is not None)
        if status:
            evidence = ("transcript", "sound") if slot else ("transcript",)
            text = plain(proposal.word.text)
            span = slot or Span(proposal.word.start, proposal.word.end)
            yield Filler("filled_pause", text, span, evidence, proposal.probability, status, proposal.index)


def _shares(stretch: Span) -> list[Span]:
    """Divide a long stretch into parts of about the length of one filled pause."""
    count = max(1, int(stretch.duration / (1.5 * TYPICAL)))
    step = stretch.duration / count
    return [Span(stretch.start + i * step, stretch.start + (i + 1) * step) for i in range(count)]


def _assign(proposals: Sequence[_Proposal], slots: Sequence[Span]) -> list[Span | None]:
    """Assign slots in order, as close as possible to the proposals' own times (dynamic programming)."""
    if len(slots) < len(proposals):
        return [None] * len(proposals)
    best: list[list[tuple[float, list[Span]]]] = [[(0.0, [])] * (len(slots) + 1)]
    for proposal in proposals:
        row: list[tuple[float, list[Span]]] = [(float("inf"), [])]
        for number, slot in enumerate(slots):
            taken = best[-1][number]
            cost = taken[0] + _distance(proposal.word, slot)
            row.append(min(row[-1], (cost, [*taken[1], slot]), key=lambda option: option[0]))
        best.append(row)
    return list(best[-1][-1][1])


def _distance(word: Word, slot: Span) -> float:
    middle = (word.start + word.end) / 2
    return max(0.0, slot.start - middle, middle - slot.end)


def _status(proposal: _Proposal, *, in_sound: bool) -> FillerStatus | None:
    if proposal.probability >= (COUNTED if in_sound else CERTAIN):
        return "counted"
    return "possible" if in_sound and proposal.probability >= POSSIBLE else None
