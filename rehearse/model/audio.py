"""What was heard: sound, words and stretches of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the answer, with its words where it has any.

    Attributes:
        start: Seconds, or the first character's offset in a text answer.
        end: Seconds, or the offset behind the last character.
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
        """Length in the span's own unit."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether they have a stretch in common; to touch is not enough."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono sound.

    Attributes:
        samples: Shape (n,), float32 in [-1, 1].
        sample_rate: Samples a second.
        damaged: Whether parts of the file could not be decoded; they are left out.
        notes: One sentence for each other thing of the file that is not heard.

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
    """How the voice sounds over time, one value for each ``step`` seconds.

    Attributes:
        step: Seconds from one value to the next.
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
    """One word as it was said, punctuation attached.

    Attributes:
        text: The word, without surrounding white space.
        start: Seconds, or character offset in a text answer.
        end: Likewise.
        probability: The recogniser's own, 0 to 1; None for text answers.
        recognised: What the recogniser wrote, where the person has corrected it; None where it stands.

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
        language: ISO 639-1 code; None where nothing was said.
        timed: False where starts and ends are character offsets.

    """

    words: tuple[Word, ...]
    language: str | None = "en"
    timed: bool = True

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    def span(self, first: int, last: int) -> Span:
        """Quote words ``first`` to ``last``, both included."""
        words = self.words[first : last + 1]
        end = max(words[-1].end, words[0].start)
        return Span(words[0].start, end, " ".join(word.text for word in words))


@dataclass(frozen=True, slots=True, eq=False)
class RecogniserOutput:
    """What the recogniser heard, before the sound is asked.

    Attributes:
        words: In order, with every filled pause that may have been said; the
            probability of such a word is that it was.
        speech_probability: Shape (m,), the speech detector's opinion for each 32 ms.
        language: ISO 639-1 code; None where nothing was said.

    """

    words: tuple[Word, ...]
    speech_probability: npt.NDArray[np.float32]
    language: str | None
