"""Say what worked and what to change, each with the speaker's own words.

Rules (after Kluger and DeNisi 1996 and the practice of coaches): about the
answer, never the person; one strength and one change first; nothing that
would fit any answer, so a statement without a quote is not made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rehearse.datatypes import Attempt, Finding, FindingKind, Measurement, Question, Story, Transcript
from rehearse.feedback.asked import of_question
from rehearse.feedback.expected import of_expected
from rehearse.feedback.quotes import when
from rehearse.feedback.told import of_details, of_story
from rehearse.metrics import METRICS, Band, Metric
from rehearse.phrases import number
from rehearse.words import content_words

__all__ = ["ORDER", "feedback_on", "give_feedback"]

ORDER = ("question", "story", "expectation", "length", "fillers", "pace", "pauses", "voice", "wording", "story_detail")
"""Families by how much they matter: content first, fluency second (Hollandsworth 1979, second-hand)."""


def feedback_on(attempt: Attempt, unjudged: Collection[str] = ()) -> tuple[Finding, ...]:
    """Derive all statements on an analysed answer, as ``give_feedback``."""
    return give_feedback(
        attempt.measurements,
        attempt.story,
        kind=attempt.question.kind if attempt.question else None,
        transcript=attempt.transcript,
        unjudged=unjudged,
        question=attempt.question,
    )


def give_feedback(
    measurements: Sequence[Measurement],
    story: Story,
    *,
    kind: str | None = None,
    transcript: Transcript | None = None,
    unjudged: Collection[str] = (),
    question: Question | None = None,
) -> tuple[Finding, ...]:
    """Derive all statements, the most important first.

    Args:
        measurements: Of one answer.
        story: Whether it tells one occasion.
        kind: The question's kind; decides the bands, and what is expected of the answer.
        transcript: Tells whether there are enough words to judge, and whether times are seconds.
        unjudged: Families of ``metrics.DELIVERY`` that the person wants measured but not judged.
        question: What was asked, where it is known; decides whether the answer surely was to another question, and the
            bands of a follow-up.

    Returns:
        Findings ordered by ``ORDER``; empty where nothing can be said.

    """
    timed = transcript is None or transcript.timed
    found = [*of_story(story, transcript, kind, question, timed=timed)]
    if transcript is not None:
        found += of_question(transcript, story, question, timed=timed)
        found += of_expected(transcript, kind, question, timed=timed) if story.type is not None else ()
        found += of_details(story, transcript, kind, timed=timed)
    words = len(content_words(transcript.words)) if transcript else 0
    for measurement in measurements:
        metric = METRICS.get(measurement.metric)
        if metric and (transcript is None or words >= metric.judged_from):
            band = metric.band(question.judged_as if question else kind, unjudged)
            found += _of_measurement(measurement, metric, band, timed=timed)
    return tuple(sorted(found, key=_rank))


def _rank(finding: Finding) -> int:
    metric = METRICS.get(finding.measurement)
    family = metric.family if metric else finding.measurement
    return ORDER.index(family) if family in ORDER else len(ORDER)


def _of_measurement(measurement: Measurement, metric: Metric, band: Band | None, *, timed: bool) -> Iterator[Finding]:
    value = measurement.value
    if band is None or value is None or not measurement.spans:
        return
    finding_kind, template, starter = _said(metric, band, value)
    if template:
        message = template.format(
            value=number(value),
            unit=metric.unit,
            count=len(measurement.spans),
            low=_edge(band.low),
            high=_edge(band.high),
            quote=measurement.spans[0].text.rstrip(".,;"),
            where=when(measurement.spans[0], timed=timed),
        )
        yield Finding(metric.name, finding_kind, message, measurement.spans, starter)


def _said(metric: Metric, band: Band, value: float) -> tuple[FindingKind, str, str]:
    """Choose what the metric has to say of a value: the kind, the message, what to try next."""
    if value in band:
        return "strength", metric.good, ""
    if band.low is not None and value < band.low:
        return "change", metric.low, metric.when_low
    return "change", metric.high, metric.when_high


def _edge(value: float | None) -> str:
    return "" if value is None else number(value)
