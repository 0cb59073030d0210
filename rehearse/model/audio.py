"""Sound, words, transcripts, and spans of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the answer, with its words if it has any.

    Attributes:
        start: Seconds, or the offset of the first character in a text answer.
        end: Seconds, or the offset after the last character.
        text: What was said there; empty for a stretch of sound.

    """

    start: float
    end: float
    text: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"a span needs 0 <= start <= end (got {self.start}, {self.end})"
            raise ValueError(msg)

    @property
    def duration(self) -> float:
        """Length in seconds, or in characters for a text answer."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether two spans overlap; merely touching does not count."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono sound.

    Attributes:
        samples: Shape (n,), float32 in [-1, 1].
        sample_rate: Samples per second.
        damaged: Whether parts of the file could not be decoded; they are left out.
        notes: One sentence for each other part of the file that is not used.

    """

    samples: npt.NDArray[np.float32]
    sample_rate: int
    damaged: bool = False
    notes: tuple[str, ...] = ()

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """Pitch and level of the voice over time, one value every ``step`` seconds.

    Attributes:
        step: Seconds between values.
        pitch: Shape (n,), Hz; NaN where there is none.
        levels: Shape (n,), dBFS.
        spoken: Shape (n,), True where there is speech.

    """

    step: float
    pitch: npt.NDArray[np.float64]
    levels: npt.NDArray[np.float32]
    spoken: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was said, with attached punctuation.

    Attributes:
        text: The word, without surrounding white space.
        start: Seconds, or character offset in a text answer.
        end: Likewise.
        probability: The recogniser's probability, 0 to 1; None for text answers.
        recognised: The recogniser's text, if the person has corrected it; otherwise None.

    """

    text: str
    start: float
    end: float
    probability: float | None = None
    recognised: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, fillers included, in order.

    Attributes:
        words: The words in the order they were said.
        language: ISO 639-1 code; None if nothing was said.
        timed: False if starts and ends are character offsets.

    """

    words: tuple[Word, ...]
    language: str | None = "en"
    timed: bool = True

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    def span(self, first: int, last: int) -> Span:
        """Return the span of words ``first`` to ``last``, inclusive."""
        words = self.words[first : last + 1]
        end = max(words[-1].end, words[0].start)
        return Span(words[0].start, end, " ".join(word.text for word in words))


@dataclass(frozen=True, slots=True, eq=False)
class RecogniserOutput:
    """The recogniser's output, before it is compared with the sound.

    Attributes:
        words: In order, with every filled pause that may have been said; the
            probability of such a word is the probability that it was said.
        speech_probability: Shape (m,), the speech detector's probability for each 32 ms.
        language: ISO 639-1 code; None if nothing was said.

    """

    words: tuple[Word, ...]
    speech_probability: npt.NDArray[np.float32]
    language: str | None
