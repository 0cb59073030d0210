"""The words of two answers side by side: which are in both in the same order, and which in only one.

Words are compared in lower case without punctuation; filled pauses and
counted filler words are left out of the comparison and shown as such. Common
words are found as longest common runs (Ratcliff and Obershelp, as in Python's
``difflib``).
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
"""Share of words in common runs from which two answers are nearly word for word. House default, between the values
measured on ``tests/data/retellings.jsonl``: two tellings of one occasion share at most 0.12 (23 pairs), an answer with
one word in ten recognised differently at least 0.69, half of them at least 0.85."""
_RUN = 3
"""Fewest words in a common run: single short words match by chance (house default)."""
_SHOWN_RUN = 2
"""Fewest words with which a run is shown as common (house default)."""
_ENOUGH = 30
"""Fewest words in the shorter answer with which learning by heart can be detected (house default)."""

Status = Literal["both", "dropped", "added", "filler"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one answer that have the same status.

    Attributes:
        text: The words as transcribed.
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
        later: All words of the later answer in order.
        shared: Share of the words in common runs, 0 to 1; None for answers that are too short.

    """

    earlier: tuple[Stretch, ...]
    later: tuple[Stretch, ...]
    shared: float | None

    @property
    def by_heart(self) -> bool:
        """Whether the two answers are nearly word for word."""
        return self.shared is not None and self.shared >= WORD_FOR_WORD


def compare_wordings(earlier: Attempt, later: Attempt) -> Wordings:
    """Compare the words of two answers."""
    first, second = _content(earlier), _content(later)
    matcher = SequenceMatcher(None, [word for _, word in first], [word for _, word in second], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= _SHOWN_RUN]
    common = sum(block.size for block in blocks if block.size >= _RUN)
    enough = min(len(first), len(second)) >= _ENOUGH
    return Wordings(
        _stretches(
            earlier, first, (index for block in blocks for index in range(block.a, block.a + block.size)), "dropped"
        ),
        _stretches(
            later, second, (index for block in blocks for index in range(block.b, block.b + block.size)), "added"
        ),
        2 * common / (len(first) + len(second)) if enough else None,
    )


def _content(attempt: Attempt) -> list[tuple[int, str]]:
    """Return each compared word with its index in the transcript."""
    fillers = {index for filler in attempt.fillers if filler.counts for index in filler.word_indices}
    texts = [word.text for word in attempt.transcript.words]
    fillers |= {index for index, filled in enumerate(filled_pauses(texts)) if filled}
    return [(index, plain(text)) for index, text in enumerate(texts) if index not in fillers and plain(text)]


def _stretches(
    attempt: Attempt, content: list[tuple[int, str]], matched: Iterable[int], alone: Literal["dropped", "added"]
) -> tuple[Stretch, ...]:
    both = {content[index][0] for index in matched}
    compared = {index for index, _ in content}

    def status(index: int) -> Status:
        if index not in compared:
            return "filler"
        return "both" if index in both else alone

    words = attempt.transcript.words
    doubtful = {index for filler in attempt.fillers if not filler.counts for index in filler.word_indices}
    shown = [index for index in range(len(words)) if index in compared or index not in doubtful]
    return tuple(
        Stretch(" ".join(words[index].text for index in indices), found)
        for found, indices in groupby(shown, key=status)
    )
