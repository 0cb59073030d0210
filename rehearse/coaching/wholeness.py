"""Whether words can be quoted as they stand: a thought that begins and ends where they do, whatever stops are missing.

Learned from readers who saw lines of the labelled answers alone and said of each whether its front is cut, its end, or
two thoughts run together (``benchmarks/coaching/ratings/whole.jsonl``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rehearse.coaching import model_files
from rehearse.language.parser import Parsed, parse
from rehearse.language.words import ends_sentence, plain, straight

if TYPE_CHECKING:
    from rehearse.model import Transcript

WHOLE = "y"
"""Class of a quote that stands alone; the others say what is wrong with it."""
_NOTHING = "-"
_LONG = 10
_CROSSINGS = 0.7
"""Scale of a dependency that leads out of a quote (house default)."""


class Ends:
    """The places of an answer at which a quote may begin and end.

    Raises:
        ValueError: The parser has not been downloaded.

    """

    def __init__(self, transcript: Transcript) -> None:
        parsed = parse(transcript)
        self._words = [_bare(word.text) for word in transcript.words]
        self._marks = [_mark(word.text) for word in transcript.words]
        self._stops = sum(mark == "stop" for mark in self._marks) / max(1, len(self._marks))
        self._tokens = _tokens(parsed, len(transcript.words))
        self._links = [[*_links(tokens, parsed.word)] for tokens in self._tokens]

    def whole(self, words: tuple[int, int]) -> float:
        """Return the probability that a quote stands alone, given the indices of its first and last word."""
        model = model_files.load("whole")
        return float(model.probabilities([self.row(*words)])[0, model.classes.index(WHOLE)])

    def row(self, first: int, last: int) -> dict[str, float]:
        """Return the features of a quote by the indices of its first and last word."""
        row = dict(self._edge("front", first, -1))
        row |= dict(self._edge("end", last, 1))
        for name in self._crossings(first, last):
            row[name] = row.get(name, 0.0) + _CROSSINGS
        row["size"] = min(2.0, (last - first + 1) / _LONG)
        row["stops"] = 10 * self._stops
        return row

    def _edge(self, name: str, at: int, step: int) -> Iterator[tuple[str, float]]:
        """Yield what stands on both sides of one end; ``step`` leads out of the quote."""
        inside, deeper, outside, further = (self._word(at + n * step) for n in (0, -1, 1, 2))
        yield f"{name} {inside}", 1.0
        yield f"{name} out {outside}", 1.0
        yield f"{name} in {inside} {deeper}", 0.7
        yield f"{name} across {inside} {outside}", 0.7
        yield f"{name} out {outside} {further}", 0.7
        tags = [self._tag(at + n * step) for n in (-1, 0, 1, 2)]
        yield f"{name} tag {tags[1]}", 1.0
        yield f"{name} tag out {tags[2]}", 1.0
        yield f"{name} tags {tags[1]} {tags[2]}", 1.0
        yield f"{name} tags {tags[0]} {tags[1]} {tags[2]}", 0.7
        yield f"{name} tags {tags[1]} {tags[2]} {tags[3]}", 0.7
        mark = self._marks[at] if step > 0 else self._marks[at - 1] if at else "stop"
        yield f"{name} mark {mark if 0 <= at + step < len(self._words) else 'stop'}", 1.5

    def _crossings(self, first: int, last: int) -> Iterator[str]:
        """Yield the dependencies that lead out of a quote."""
        for index in range(first, last + 1):
            for kind, dependency, word in self._links[index]:
                if word < first:
                    yield f"{kind} left {dependency}"
                elif word > last:
                    yield f"{kind} right {dependency}"

    def _word(self, index: int) -> str:
        return self._words[index] if 0 <= index < len(self._words) else _NOTHING

    def _tag(self, index: int) -> str:
        tokens = self._tokens[index] if 0 <= index < len(self._tokens) else ()
        return str(tokens[0].tag_) if tokens else _NOTHING


def _tokens(parsed: Parsed, count: int) -> list[list[Any]]:
    tokens: list[list[Any]] = [[] for _ in range(count)]
    for token in parsed.doc:
        if not token.is_punct:
            tokens[parsed.word[token.i]].append(token)
    return tokens


def _links(tokens: Sequence[Any], owner: Sequence[int]) -> Iterator[tuple[str, str, int]]:
    """Yield the dependencies of a word: whether they lead to its head or a child, their name, and the other word."""
    for token in tokens:
        yield "head", token.dep_, owner[token.head.i]
        yield from (("child", child.dep_, owner[child.i]) for child in token.children if child.dep_ != "punct")


def _bare(text: str) -> str:
    return "#" if any(mark.isdigit() for mark in text) else plain(straight(text))


def _mark(text: str) -> str:
    return "stop" if ends_sentence(text) else "comma" if text.endswith((",", ";", ":", "-", "\u2014")) else "none"
