"""What was found in an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rehearse.model.audio import Recording, Span, Transcript, Voice

FillerKind = Literal["filled_pause", "discourse_marker"]
FillerStatus = Literal["counted", "possible"]
Verdict = Literal["confirmed", "dismissed"]
StoryType = Literal["story", "pseudo_story", "self_description", "opinion", "hypothetical"]
Ownership = Literal["own", "shared", "unclear"]


@dataclass(frozen=True, slots=True)
class Filler:
    """A filled pause or a discourse marker used as a filler.

    Attributes:
        kind: ``filled_pause`` (um, uh) or ``discourse_marker`` (you know).
        text: As heard, lower case, without punctuation.
        span: Where it lies.
        evidence: ``transcript``, ``sound`` or both.
        probability: That it is one, 0 to 1; None where not estimated.
        status: As heard: ``counted``, or ``possible``: shown but not counted.
        index: Position of its first word in ``Transcript.words``; None where
            only the sound shows it.
        verdict: What the person said of it after listening; None where they said nothing.

    """

    kind: FillerKind
    text: str
    span: Span
    evidence: tuple[str, ...] = ("transcript",)
    probability: float | None = None
    status: FillerStatus = "counted"
    index: int | None = None
    verdict: Verdict | None = None

    @property
    def counts(self) -> bool:
        """Whether it is counted: the person's word goes before what was heard."""
        return self.verdict == "confirmed" or (self.verdict is None and self.status == "counted")

    @property
    def word_indices(self) -> range:
        """Positions of its words in ``Transcript.words``; none where only the sound shows it."""
        return range(0) if self.index is None else range(self.index, self.index + len(self.text.split()))


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
        reflection: What was learned from it, or would be done differently; likewise empty unless the type is ``story``.

    """

    type: StoryType | None
    evidence: Span | None = None
    situation: tuple[Span, ...] = ()
    task: tuple[Span, ...] = ()
    action: tuple[Span, ...] = ()
    result: tuple[Span, ...] = ()
    quantified: tuple[Span, ...] = ()
    ownership: Ownership = "unclear"
    reflection: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What every measurement takes: all that was found, computed once.

    Attributes:
        transcript: The words.
        fillers: Counted and possible ones, in order.
        pauses: Silent pauses from the sound, in order.
        hedges: Words that take the edge off a statement, in order.
        repetitions: From the first try to the last, in order.
        speech: First spoken sound to last; None for text or where nobody spoke.
        duration: Seconds of the whole recording; None for text.
        kind: The question's kind; None where it is not known.
        seconds: The question's own target length, where it has one.
        recording: The sound; None for text.
        voice: Pitch and level over time; None for text, without speech, and where the
            recording cannot be trusted.
        quality: One sentence for each thing that is not judged, and why.
        pauses_known: False where noise hides the pauses, and none of them can be measured.

    """

    transcript: Transcript
    fillers: tuple[Filler, ...] = ()
    pauses: tuple[Pause, ...] = ()
    hedges: tuple[Span, ...] = ()
    repetitions: tuple[Span, ...] = ()
    speech: Span | None = None
    duration: float | None = None
    kind: str | None = None
    seconds: tuple[int, int] | None = None
    recording: Recording | None = None
    voice: Voice | None = None
    quality: tuple[str, ...] = ()
    pauses_known: bool = True
