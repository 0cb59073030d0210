"""Measurements, findings and attempts: the results that are shown and stored."""

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
        value: None if it is undefined for this answer.
        spans: The moments that it is computed from, or that show it best.
        version: Version of the formula; trends never mix versions.

    """

    metric: str
    value: float | None
    spans: tuple[Span, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of the feedback, with the moments that show it.

    Attributes:
        code: Identifies the statement, whatever its wording: ``result_missing``, ``speech_rate_above``.
        topic: What it is about: the metric's name, or ``question``, ``story``, ``story_detail`` or ``expectation``.
        kind: ``strength`` or ``change``.
        message: The statement, which quotes the speaker.
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
    """What is known in addition to the answer when it is judged.

    Attributes:
        unjudged: Families of ``metrics.DELIVERY`` that the person wants measured but not judged.
        truncated: Whether the round stopped the recording, so that neither length nor ending is judged.
        limit_seconds: Seconds that the round gave for the answer; None without a limit.
        has_asked: Whether the person asked about the case before answering it.

    """

    unjudged: frozenset[str] = frozenset()
    truncated: bool = False
    limit_seconds: int | None = None
    has_asked: bool = False


NO_LIMITS = FeedbackContext()
"""Everything is judged, and the answer was not truncated."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a recording comes from.

    Attributes:
        source: ``browser``, ``computer``, ``upload``, ``sample`` or ``unknown``.
        microphone: The device's name, where it is known: untrusted text.
        parent: Id of the take whose follow-up question this recording answers.
        round: Id of the round of several questions that it belongs to.

    """

    source: str = "unknown"
    microphone: str | None = None
    parent: str | None = None
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One analysed answer: the facts stored in the history.

    Attributes:
        id: The take's id.
        question: As it was asked; None if the recording has none.
        spoken_at: In UTC.
        duration: Seconds of the recording; None for text.
        model: Name of the Whisper weights; None for text.
        transcript: The words.
        fillers: Counted and possible fillers.
        pauses: Silent pauses.
        measurements: One for every metric, in registry order.
        story: Whether the answer tells a concrete example.
        audio: File name of the recording inside the take's folder.
        sha256: SHA-256 of the recording's bytes.
        quality: One sentence for each thing that is not judged, and why.
        speech: From the first spoken sound to the last; None for text, or if nobody spoke.
        origin: Where the recording comes from.
        program: Version of rehearse that analysed it; None if not recorded.
        stated_kind: The question's kind, if only that is known; see ``kind``.
        pauses_known: False if noise hides the pauses, so that none can be measured; None if an older version of
            rehearse did not record it.

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
        """The key that selects the comfortable bands, as in ``Question.judged_as``; None where it is not known."""
        return self.question.judged_as if self.question else self.stated_kind

    @property
    def values(self) -> dict[str, float | None]:
        """The measured values by metric; None where undefined."""
        return {measurement.metric: measurement.value for measurement in self.measurements}

    @property
    def spoken_span(self) -> Span | None:
        """From the first spoken sound to the last; older versions stored only its start and length."""
        if self.speech:
            return self.speech
        start, length = self.values.get("response_latency"), self.values.get("answer_length")
        return None if start is None or length is None else Span(start, start + length)

    @property
    def counted_transcript(self) -> Transcript:
        """The transcript without uncounted filled pauses (possible or dismissed), for output that cannot mark them."""
        uncounted = {
            index
            for filler in self.fillers
            if filler.kind == "filled_pause" and not filler.counts
            for index in filler.word_indices
        }
        words = tuple(word for index, word in enumerate(self.transcript.words) if index not in uncounted)
        return replace(self.transcript, words=words)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One measured value of one attempt, for a metric followed over time.

    Attributes:
        attempt_id: The attempt's id.
        spoken_at: In UTC.
        value: In the metric's unit.
        version: Version of the formula.
        model: Name of the Whisper weights; None for text.
        kind: The question's kind; None where it is not known.
        competency: What the question probes; None where it is not known.
        source: Where the recording comes from, as in ``Origin``.
        microphone: The device's name, where it is known.
        program: Version of rehearse that analysed it; None if not recorded.
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
