"""The values that travel through rehearse, from sound to feedback.

Conventions
-----------
Times are seconds from the start of the recording, as float. Where an answer
came as text, ``Transcript.timed`` is False and the same fields hold character
offsets into the text; a time-based measurement of it is None.
Unknown is None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    import numpy.typing as npt

FillerKind = Literal["filled_pause", "discourse_marker"]
FillerStatus = Literal["counted", "possible"]
StoryType = Literal["story", "pseudo_story", "self_description", "opinion", "hypothetical"]
Ownership = Literal["own", "shared", "unclear"]
FindingKind = Literal["strength", "change"]

QUESTION_KINDS = (
    "behavioral",
    "situational",
    "technical",
    "case",
    "panel",
    "motivation",
    "role_depth",
    "loose_end",
    "own_question",
)
"""Kinds of question, as fixed by the JSON schema."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono sound.

    Attributes:
        samples: Shape (n,), float32 in [-1, 1].
        sample_rate: Samples a second.

    """

    samples: npt.NDArray[np.float32]
    sample_rate: int

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was said, punctuation attached.

    Attributes:
        text: The word, without surrounding white space.
        start: Seconds, or character offset in a text answer.
        end: Likewise.
        probability: The recogniser's own, 0 to 1; None for text answers.

    """

    text: str
    start: float
    end: float
    probability: float | None = None


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
class Heard:
    """What the recogniser heard, before fillers and pauses are told apart.

    Attributes:
        words: The unprompted listen: the best content, few fillers.
        retold: The listens under a filler prompt, each in order: the fillers.
        speech_probability: Shape (m,), the speech detector's opinion for each 32 ms.
        language: ISO 639-1 code; None where nothing was said.

    """

    words: tuple[Word, ...]
    retold: tuple[tuple[Word, ...], ...]
    speech_probability: npt.NDArray[np.float32]
    language: str | None


@dataclass(frozen=True, slots=True)
class Filler:
    """A filled pause or a discourse marker used as a filler.

    Attributes:
        kind: ``filled_pause`` (um, uh) or ``discourse_marker`` (you know).
        text: As heard, lower case, without punctuation.
        span: Where it lies.
        evidence: ``transcript``, ``sound`` or both.
        probability: That it is one, 0 to 1; None where not estimated.
        status: ``counted``, or ``possible``: shown but not counted.
        index: Position of its first word in ``Transcript.words``; None where
            only the sound shows it.

    """

    kind: FillerKind
    text: str
    span: Span
    evidence: tuple[str, ...] = ("transcript",)
    probability: float | None = None
    status: FillerStatus = "counted"
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two spoken sounds.

    Attributes:
        span: Where the silence lies.
        inside_sentence: False at the end of a sentence; None where the
            transcript cannot tell.

    """

    span: Span
    inside_sentence: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Whether the answer tells one concrete past occasion, with quotes.

    Attributes:
        type: None where nothing can be judged.
        evidence: The sentence that decided the type.
        situation: Spans that set the scene; likewise the lists below. All are
            empty unless the type is ``story``.
        task: What had to be done.
        action: What was done.
        result: What came of it.
        quantified: Changes or outcomes given with a figure.
        ownership: Whether the actions are the speaker's own.

    """

    type: StoryType | None
    evidence: Span | None = None
    situation: tuple[Span, ...] = ()
    task: tuple[Span, ...] = ()
    action: tuple[Span, ...] = ()
    result: tuple[Span, ...] = ()
    quantified: tuple[Span, ...] = ()
    ownership: Ownership = "unclear"


@dataclass(frozen=True, slots=True)
class Question:
    """One interview question.

    Attributes:
        id: Unique over all sets, lower case with hyphens.
        prompt: The question as it is asked.
        kind: One of ``QUESTION_KINDS``.
        seconds: Length a full answer should have, as (shortest, longest).
        think_seconds: Time to think before speaking.
        competency: What it probes, such as ``ownership``.
        difficulty: 1 (warm-up) to 3 (hard).
        listen_for: What a strong answer contains.
        probes: Follow-up questions.
        field: Job family it is for, such as ``nursing``; empty where it fits any.

    """

    id: str
    prompt: str
    kind: str
    seconds: tuple[int, int] = (60, 120)
    think_seconds: int = 20
    competency: str = ""
    difficulty: int = 2
    listen_for: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that belong together, from one file."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What every measurement takes: all that was found, computed once.

    Attributes:
        transcript: The words.
        fillers: Counted and possible ones, in order.
        pauses: Silent pauses from the sound, in order.
        speech: First spoken sound to last; None for text or where nobody spoke.
        duration: Seconds of the whole recording; None for text.
        kind: The question's kind; None where it is not known.
        seconds: The question's own target length, where it has one.
        recording: The sound; None for text.

    """

    transcript: Transcript
    fillers: tuple[Filler, ...] = ()
    pauses: tuple[Pause, ...] = ()
    speech: Span | None = None
    duration: float | None = None
    kind: str | None = None
    seconds: tuple[int, int] | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measured value.

    Attributes:
        metric: The metric's name, such as ``speech_rate``.
        value: None where it is undefined for this answer.
        spans: The moments it is computed from or best seen at.
        version: Of the formula; a trend never mixes two.

    """

    metric: str
    value: float | None
    spans: tuple[Span, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of the feedback, with the moments that show it.

    Attributes:
        measurement: The metric's name, or ``story``.
        kind: ``strength`` or ``change``.
        message: Quotes the speaker.
        spans: The moments to play.
        starter: A sentence starter for the next take; empty for a strength.

    """

    measurement: str
    kind: FindingKind
    message: str
    spans: tuple[Span, ...] = ()
    starter: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One analysed answer: the facts that history keeps.

    Attributes:
        id: The take's id.
        question: As it was asked; None where the recording names none.
        spoken_at: In UTC.
        duration: Seconds of the recording; None for text.
        model: Name of the Whisper weights; None for text.
        transcript: The words.
        fillers: Counted and possible ones.
        pauses: Silent pauses.
        measurements: One for every metric, in the registry's order.
        story: Concrete example or not.
        audio: File name of the recording inside the take's folder.
        sha256: Of the recording's bytes.

    """

    id: str
    question: Question | None
    spoken_at: datetime
    duration: float | None
    model: str | None
    transcript: Transcript
    fillers: tuple[Filler, ...] = ()
    pauses: tuple[Pause, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    story: Story = field(default_factory=lambda: Story(None))
    audio: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One measured value of one attempt, for a metric followed over time.

    Attributes:
        attempt_id: The attempt's id.
        spoken_at: In UTC.
        value: In the metric's unit.
        version: Of the formula.
        model: Name of the Whisper weights; None for text.
        kind: The question's kind; None where it is not known.

    """

    attempt_id: str
    spoken_at: datetime
    value: float
    version: int = 1
    model: str | None = None
    kind: str | None = None
