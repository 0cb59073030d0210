"""Units of an answer: its words divided among its clauses, so that each word lies in exactly one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.language.clauses import Clause, find_clauses
from rehearse.language.parser import Parsed, parse
from rehearse.language.words import plain
from rehearse.model import Transcript

_FEWEST_WORDS = 2
"""Words below which a unit joins its neighbour (house default)."""
_JOINING = frozenset({"and", "but", "so", "because", "cause", "or"})
"""Words that open the unit behind them, although the parser counts them to the verb before."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Consecutive words that belong to one finite verb.

    Attributes:
        first: Index of its first word in the transcript.
        last: Index of its last word.
        clause: The clause that owns most of them; None if the answer has no finite verb.

    """

    first: int
    last: int
    clause: Clause | None

    @property
    def size(self) -> int:
        """Number of its words."""
        return self.last - self.first + 1


def find_units(transcript: Transcript) -> tuple[Unit, ...]:
    """Divide an answer into units.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    if not transcript.words:
        return ()
    parsed = parse(transcript)
    clauses = find_clauses(parsed)
    if not clauses:
        return (Unit(0, len(transcript.words) - 1, None),)
    owners = _owners(parsed, clauses, len(transcript.words))
    runs = _joined(_runs(owners))
    moved = _with_leading_conjunctions(runs, [plain(word.text) for word in transcript.words])
    return tuple(Unit(first, last, clauses[owner]) for first, last, owner in moved)


def _owners(parsed: Parsed, clauses: Sequence[Clause], count: int) -> list[int]:
    """Return the clause of each word; a word without one, such as a filled pause, goes with the next."""
    found: list[int | None] = [None] * count
    for number, clause in enumerate(clauses):
        for token in clause.tokens:
            found[parsed.word[token.i]] = number
    following = next(owner for owner in reversed(found) if owner is not None)
    owners: list[int] = []
    for owner in reversed(found):
        following = following if owner is None else owner
        owners.append(following)
    return owners[::-1]


def _runs(owners: Sequence[int]) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for index, owner in enumerate(owners):
        if runs and runs[-1][2] == owner:
            runs[-1] = (runs[-1][0], index, owner)
        else:
            runs.append((index, index, owner))
    return runs


def _joined(runs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Join each run that is too short with the one before it; the first one, with the one behind it."""
    joined: list[tuple[int, int, int]] = []
    for first, last, owner in runs:
        if joined and last - first + 1 < _FEWEST_WORDS:
            joined[-1] = (joined[-1][0], last, joined[-1][2])
        elif joined and joined[-1][1] - joined[-1][0] + 1 < _FEWEST_WORDS:
            joined[-1] = (joined[-1][0], last, owner)
        else:
            joined.append((first, last, owner))
    return joined


def _with_leading_conjunctions(
    runs: Sequence[tuple[int, int, int]], words: Sequence[str]
) -> list[tuple[int, int, int]]:
    """Move a conjunction at the end of a run to the start of the next."""
    moved = list(runs)
    for index in range(len(moved) - 1):
        first, last, owner = moved[index]
        if last - first + 1 > _FEWEST_WORDS and words[last] in _JOINING:
            moved[index] = (first, last - 1, owner)
            moved[index + 1] = (last, *moved[index + 1][1:])
    return moved
