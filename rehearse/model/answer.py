"""What is found in an answer: fillers, pauses, the story."""

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
        text: As recognised, in lower case, without punctuation.
        span: Its position in the answer.
        evidence: ``transcript``, ``sound`` or both.
        probability: Probability that it is a filler, 0 to 1; None if not estimated.
        status: As detected: ``counted``, or ``possible`` (shown but not counted).
        index: Index of its first word in ``Transcript.words``; None if it was
            detected only in the sound.
        verdict: The person's verdict after listening; None if they gave none.

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
        """Whether it is counted: the person's verdict takes precedence over the detected status."""
        return self.verdict == "confirmed" or (self.verdict is None and self.status == "counted")

    @property
    def word_indices(self) -> range:
        """Indices of its words in ``Transcript.words``; empty if it was detected only in the sound."""
        return range(0) if self.index is None else range(self.index, self.index + len(self.text.split()))


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two spoken sounds.

    Attributes:
        span: Its position in the answer.
        inside_sentence: False at the end of a sentence; None if the
            transcript does not show it.

    """

    span: Span
    inside_sentence: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """Whether the answer tells one concrete past occasion, with quotes.

    Attributes:
        type: None if it cannot be judged.
        evidence: The sentence that determined the type.
        situation: Spans that set the scene. All spans from here on are empty
            unless the type is ``story``.
        task: Spans on what had to be done.
        action: Spans on what was done.
        result: Spans on the outcome.
        quantified: Changes or outcomes stated with a figure.
        ownership: Whether the actions are the speaker's own.
        reflection: Spans on what was learned from it, or would be done differently.

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
    """The input of every metric: everything found in an answer, computed once.

    Attributes:
        transcript: The words.
        fillers: Counted and possible fillers, in order.
        pauses: Silent pauses detected in the sound, in order.
        hedges: Words that soften a statement, in order.
        repetitions: Each from the first attempt to the last, in order.
        speech: From the first spoken sound to the last; None for text, or if nobody spoke.
        duration: Seconds of the whole recording; None for text.
        kind: The question's kind; None where it is not known.
        seconds: The question's target length in seconds, (shortest, longest); None if it has none.
        recording: The sound; None for text.
        voice: Pitch and level over time; None for text, without speech, and if the
            recording is not reliable.
        quality: One sentence for each thing that is not judged, and why.
        pauses_known: False if noise hides the pauses, so that none can be measured.

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
