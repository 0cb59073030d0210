"""The words of two answers side by side: which both have in the same order, and which only one has.

Words are compared in lower case without punctuation; filled pauses and
counted filler words are left out of the comparison and shown as such. What
both have is found by longest common runs (Ratcliff and Obershelp, as in
Python's ``difflib``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from rehearse.language.words import filled_pauses, plain
from rehearse.model import Attempt

WORD_FOR_WORD = 0.75
"""Share of words in common runs from which two answers are nearly word for word. House default, between what was
measured on ``tests/data/retellings.jsonl``: one occasion told twice shares at most 0.12 (23 pairs), an answer with one
word in ten heard differently 0.69 or more, half of them 0.85 or more."""
_RUN = 3
"""Words that make a common run: single little words agree by chance (house default)."""
_SHOWN_RUN = 2
"""Words from which a run is shown as common (house default)."""
_ENOUGH = 30
"""Words of the shorter answer from which learning by heart can be told (house default)."""

Status = Literal["both", "dropped", "added", "filler"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one answer that have the same status.

    Attributes:
        text: The words as they were said.
        status: ``both``: the other answer has them in the same order; ``dropped``: only the earlier has them;
            ``added``: only the later; ``filler``: not compared.

    """

    text: str
    status: Status


@dataclass(frozen=True, slots=True)
class Wordings:
    """The words of two answers.

    Attributes:
        earlier: All words of the earlier answer in order.
        later: Likewise of the later one.
        shared: Share of the words that stand in common runs, 0 to 1; None for answers too short to tell.

    """

    earlier: tuple[Stretch, ...]
    later: tuple[Stretch, ...]
    shared: float | None

    @property
    def by_heart(self) -> bool:
        """Whether the two answers are nearly word for word."""
        return self.shared is not None and self.shared >= WORD_FOR_WORD


def compare_wordings(earlier: Attempt, later: Attempt) -> Wordings:
    """Set the words of two answers side by side."""
    first, second = _content(earlier), _content(later)
    matcher = SequenceMatcher(None, [word for _, word in first], [word for _, word in second], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _SHOWN_RUN]
    common = sum(block.size for block in blocks if block.size >= _RUN)
    enough = min(len(first), len(second)) >= _ENOUGH
    return Wordings(
        _stretches(
            earlier, first, (place for block in blocks for place in range(block.a, block.a + block.size)), "dropped"
        ),
        _stretches(
            later, second, (place for block in blocks for place in range(block.b, block.b + block.size)), "added"
        ),
        2 * common / (len(first) + len(second)) if enough else None,
    )


def _content(attempt: Attempt) -> list[tuple[int, str]]:
    """Give each word that is compared, with its place in the transcript."""
    fillers = {place for filler in attempt.fillers if filler.counts for place in filler.word_indices}
    texts = [word.text for word in attempt.transcript.words]
    fillers |= {place for place, filled in enumerate(filled_pauses(texts)) if filled}
    return [(place, plain(text)) for place, text in enumerate(texts) if place not in fillers and plain(text)]


def _stretches(
    attempt: Attempt, content: list[tuple[int, str]], matched: Iterable[int], alone: Literal["dropped", "added"]
) -> tuple[Stretch, ...]:
    both = {content[place][0] for place in matched}
    compared = {place for place, _ in content}

    def status(place: int) -> Status:
        if place not in compared:
            return "filler"
        return "both" if place in both else alone

    words = attempt.transcript.words
    doubtful = {place for filler in attempt.fillers if not filler.counts for place in filler.word_indices}
    shown = [place for place in range(len(words)) if place in compared or place not in doubtful]
    return tuple(
        Stretch(" ".join(words[place].text for place in places), found) for found, places in groupby(shown, key=status)
    )
