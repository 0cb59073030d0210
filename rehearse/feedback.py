"""Say what worked and what to change, each with the speaker's own words.

Rules (after Kluger and DeNisi 1996 and the practice of coaches): about the
answer, never the person; one strength and one change first; nothing that
would fit any answer, so a statement without a quote is not made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rehearse.datatypes import Finding, FindingKind, Measurement, Span, Story, Transcript
from rehearse.metrics import METRICS, Band, Metric
from rehearse.words import is_filled_pause

ORDER = ("story", "length", "fillers", "pace", "pauses", "wording")
"""Families by how much they matter: content first, fluency second (Hollandsworth 1979, second-hand)."""
WANT_A_STORY = frozenset({"behavioral", "loose_end"})
"""Kinds of question that ask for one past occasion."""
_WHOLE_FROM = 20
"""From here on a decimal says nothing."""
_MOST_WORDS = 14
"""Words a quote may have."""

_NO_STORY = {
    "pseudo_story": "“{quote}”{where} tells what happened in general. The question asks for one occasion, and none is told yet.",
    "self_description": "“{quote}”{where} describes a person. The question asks for one occasion that shows it.",
    "opinion": "“{quote}”{where} is a view. The question asks for one occasion from the past.",
    "hypothetical": "“{quote}”{where} tells what might be done. The question asks for one occasion when it was done.",
}
_ONE_OCCASION = "“One time, at … , in … , … happened. I …”"


def give_feedback(
    measurements: Sequence[Measurement],
    story: Story,
    *,
    kind: str | None = None,
    transcript: Transcript | None = None,
) -> tuple[Finding, ...]:
    """Derive all statements, the most important first.

    Args:
        measurements: Of one answer.
        story: Whether it tells one occasion.
        kind: The question's kind; decides the bands, and whether a story is wanted.
        transcript: Tells whether there are enough words to judge, and whether times are seconds.

    Returns:
        Findings ordered by ``ORDER``; empty where nothing can be said.

    """
    words = sum(not is_filled_pause(word.text) for word in transcript.words) if transcript else 0
    timed = transcript is None or transcript.timed
    found = [*_of_story(story, kind, timed=timed)]
    for measurement in measurements:
        metric = METRICS.get(measurement.metric)
        if metric and (transcript is None or words >= metric.judged_from):
            found += _of_measurement(measurement, metric, kind, timed=timed)
    return tuple(sorted(found, key=_rank))


def _rank(finding: Finding) -> int:
    metric = METRICS.get(finding.measurement)
    family = metric.family if metric else "story"
    return ORDER.index(family) if family in ORDER else len(ORDER)


def _of_measurement(measurement: Measurement, metric: Metric, kind: str | None, *, timed: bool) -> Iterator[Finding]:
    band, value = metric.band(kind), measurement.value
    if band is None or value is None or not measurement.spans:
        return
    finding_kind, template, starter = _said(metric, band, value)
    if template:
        message = template.format(
            value=_number(value),
            unit=metric.unit,
            count=len(measurement.spans),
            low=_number(band.low),
            high=_number(band.high),
            **_quoted(measurement.spans[0], timed=timed),
        )
        yield Finding(metric.name, finding_kind, message, measurement.spans, starter)


def _said(metric: Metric, band: Band, value: float) -> tuple[FindingKind, str, str]:
    """Choose what the metric has to say of a value: the kind, the message, what to try next."""
    if value in band:
        return "strength", metric.good, ""
    if band.low is not None and value < band.low:
        return "change", metric.low, metric.when_low
    return "change", metric.high, metric.when_high


def _of_story(story: Story, kind: str | None, *, timed: bool) -> Iterator[Finding]:
    if story.type == "story":
        yield from _of_told_story(story, timed=timed)
    elif story.type is not None and story.evidence and (kind is None or kind in WANT_A_STORY):
        message = _NO_STORY[story.type].format(**_quoted(story.evidence, timed=timed))
        yield Finding("story", "change", message, (story.evidence,), _ONE_OCCASION)


def _of_told_story(story: Story, *, timed: bool) -> Iterator[Finding]:
    """A part that is there is a strength; the most useful one that is missing is the change."""
    shown = (story.result or story.action or story.situation)[:1]
    if shown:
        what = "a result" if story.result else "what was done" if story.action else "the scene"
        said = "“{quote}”{where}".format(**_quoted(shown[0], timed=timed))
        yield Finding("story", "strength", f"One concrete occasion, with {what} to hold on to: {said}.", shown)
    last = (story.action or story.situation)[-1:]
    if last and not story.result:
        said = "“{quote}”{where}".format(**_quoted(last[0], timed=timed))
        yield Finding(
            "story", "change", f"After {said} the outcome stays open.", last, "“After that, … changed from … to … .”"
        )
    elif last and (not story.action or story.ownership == "shared"):
        said = "“{quote}”{where}".format(**_quoted(last[0], timed=timed))
        yield Finding(
            "story", "change", f"In {said} your own part stays open.", last, "“My part in this was … ; I … .”"
        )


def _quoted(span: Span, *, timed: bool) -> dict[str, str]:
    words = span.text.split()
    quote = " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
    where = f" at {int(span.start // 60)}:{int(span.start % 60):02d}" if timed else ""
    return {"quote": quote.rstrip(".,;"), "where": where}


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= _WHOLE_FROM or value == int(value) else f"{value:.1f}"
