"""Filled pauses: which of those that may have been spoken count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rehearse.events.activity import Activity
from rehearse.language.words import filled_pauses, plain
from rehearse.model import Filler, FillerStatus, Span, Word

COUNTED = 0.5
"""Probability from which a filled pause counts: likelier than not."""
POSSIBLE = 0.15
"""Probability from which a filled pause is shown as possible (house default)."""


def find_filled_pauses(words: Sequence[Word], activity: Activity) -> tuple[Filler, ...]:
    """Decide which of the recogniser's filled pauses count.

    Args:
        words: Recogniser output, with every filled pause that may have been spoken and its probability.
        activity: Where there is speech. In a recording without any there is nothing; a soft one that sinks into the
            noise of a room still counts.

    Returns:
        Counted and possible filled pauses in order; ``index`` refers to ``words``.

    """
    return tuple(_decided(words, activity))


def _decided(words: Sequence[Word], activity: Activity) -> Iterator[Filler]:
    if activity.speech is None:
        return
    for index, (word, filled) in enumerate(zip(words, filled_pauses([word.text for word in words]), strict=True)):
        status = _status(word.probability or 0.0) if filled else None
        if status:
            span = Span(word.start, word.end)
            yield Filler(
                "filled_pause", plain(word.text), span, ("transcript", "sound"), word.probability, status, index
            )


def _status(probability: float) -> FillerStatus | None:
    if probability >= COUNTED:
        return "counted"
    return "possible" if probability >= POSSIBLE else None


def written_filled_pauses(words: Sequence[Word]) -> tuple[Filler, ...]:
    """Find the filled pauses of an answer given as text."""
    return tuple(
        Filler("filled_pause", plain(word.text), Span(word.start, word.end, word.text), index=index)
        for index, (word, filled) in enumerate(zip(words, filled_pauses([word.text for word in words]), strict=True))
        if filled
    )
