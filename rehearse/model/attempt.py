"""What is measured, said and kept of an answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from rehearse.model.answer import Filler, Pause, Story
from rehearse.model.audio import Span, Transcript
from rehearse.model.question import Question

FindingKind = Literal["strength", "change"]


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
        code: Names the statement, whatever its wording: ``result_missing``, ``speech_rate_above``.
        topic: What it is about: the metric's name, or ``question``, ``story``, ``story_detail`` or ``expectation``.
        kind: ``strength`` or ``change``.
        message: Quotes the speaker.
        spans: The moments to play.
        starter: A sentence starter for the next take; empty for a strength.

    """

    code: str
    topic: str
    kind: FindingKind
    message: str
    spans: tuple[Span, ...] = ()
    starter: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackContext:
    """What is known beside the answer when it is judged.

    Attributes:
        unjudged: Families of ``metrics.DELIVERY`` that the person wants measured but not judged.
        truncated: Whether the round stopped the recording, so that neither length nor ending is judged.

    """

    unjudged: frozenset[str] = frozenset()
    truncated: bool = False


NO_LIMITS = FeedbackContext()
"""Everything is judged, and the answer came to its own end."""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a recording came about.

    Attributes:
        source: ``browser``, ``computer``, ``upload``, ``sample`` or ``unknown``.
        microphone: The device's name, where it is known: untrusted text.
        parent: Id of the take whose follow-up question this one answers.
        round: Id of the round of several questions it belongs to.

    """

    source: str = "unknown"
    microphone: str | None = None
    parent: str | None = None
    round: str | None = None


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
        quality: One sentence for each thing that is not judged, and why.
        speech: First spoken sound to last; None for text or where nobody spoke.
        origin: How the recording came about.
        program: Version of rehearse that analysed it; None where it was not noted.
        stated_kind: The question's kind where that alone is known; see ``kind``.
        pauses_known: False where noise hides the pauses, and none of them can be measured; None where an earlier
            rehearse did not note it.

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
    quality: tuple[str, ...] = ()
    speech: Span | None = None
    origin: Origin = Origin()
    program: str | None = None
    stated_kind: str | None = None
    pauses_known: bool | None = None

    @property
    def kind(self) -> str | None:
        """The question's kind; None where it is not known."""
        return self.question.kind if self.question else self.stated_kind

    @property
    def judged_as(self) -> str | None:
        """What decides the comfortable bands, as ``Question.judged_as``; None where it is not known."""
        return self.question.judged_as if self.question else self.stated_kind

    @property
    def values(self) -> dict[str, float | None]:
        """The measured values by metric; None where undefined."""
        return {measurement.metric: measurement.value for measurement in self.measurements}

    @property
    def spoken_span(self) -> Span | None:
        """First spoken sound to last; an older version stored only its start and length."""
        if self.speech:
            return self.speech
        start, length = self.values.get("response_latency"), self.values.get("answer_length")
        return None if start is None or length is None else Span(start, start + length)

    @property
    def counted_transcript(self) -> Transcript:
        """The words without filled pauses that are doubtful or were dismissed: where they cannot be shown as such."""
        unsure = {
            place
            for filler in self.fillers
            if filler.kind == "filled_pause" and not filler.counts
            for place in filler.word_indices
        }
        words = tuple(word for place, word in enumerate(self.transcript.words) if place not in unsure)
        return replace(self.transcript, words=words)


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
        competency: What the question probes; None where it is not known.
        source: How the recording came about, as in ``Origin``.
        microphone: The device's name, where it is known.
        program: Version of rehearse that analysed it; None where it was not noted.
        parent: Id of the take whose follow-up question it answers.

    """

    attempt_id: str
    spoken_at: datetime
    value: float
    version: int = 1
    model: str | None = None
    kind: str | None = None
    competency: str | None = None
    source: str = "unknown"
    microphone: str | None = None
    program: str | None = None
    parent: str | None = None
