"""A report on one answer for a coach: one HTML file that needs neither rehearse nor a network.

What a person said or typed is escaped by the template engine. The file names
no other host, and its content security policy lets it reach none.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rehearse.datatypes import Attempt, Finding, Span
from rehearse.events.fillers import COUNTED, POSSIBLE
from rehearse.events.pauses import SHORTEST
from rehearse.feedback import give_feedback
from rehearse.marks import LONG_PAUSE_SECONDS, WordView, word_views
from rehearse.metrics import METRICS
from rehearse.phrases import STORY_TYPES, amount, clock, goal, interval, kind_label, standing, story_parts, when

TURN_SECONDS = 20.0
"""The transcript takes a new line, with its time, at the first sentence that ends after so long (house default)."""

_SIGNS = {"filled_pause": "●", "discourse_marker": "○", "possible": "?"}
_HEADINGS = {"strength": "What worked", "change": "One change for the next take"}


def render(attempt: Attempt, sound: bytes | None = None, *, unjudged: Collection[str] = ()) -> str:
    """Write the report.

    Args:
        attempt: The answer.
        sound: The recording as it lies on disk, to be played inside the report; None leaves it out.
        unjudged: Families of ``metrics.DELIVERY`` that are shown but not judged.

    Returns:
        A whole HTML document, with nothing in it that UTF-8 cannot carry.

    """
    environment = _environment()
    written = environment.get_template("report.html").render(
        attempt=attempt,
        question=attempt.question,
        kind=kind_label(attempt.question.kind if attempt.question else None),
        zone=attempt.spoken_at.astimezone().tzname(),
        timed=attempt.transcript.timed,
        sound=None if sound is None else _data_address(attempt.audio or "", sound),
        script_hash=_sha256(environment.get_template("moments.js").render()),
        findings=_findings(attempt, unjudged),
        turns=_turns(word_views(attempt)),
        signs=_SIGNS,
        story_type=STORY_TYPES.get(attempt.story.type or ""),
        parts=_parts(attempt),
        numbers=_numbers(attempt, unjudged),
        counted=COUNTED,
        possible=POSSIBLE,
        shortest_pause=SHORTEST,
        long_pause=LONG_PAUSE_SECONDS,
    )
    return written.encode(errors="replace").decode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rehearse"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clock=clock, when=when, goal=goal)
    return environment


def _data_address(name: str, sound: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(sound).decode()}"


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _findings(attempt: Attempt, unjudged: Collection[str]) -> dict[str, Finding | None]:
    """Choose one strength and one change, each under its heading."""
    findings = give_feedback(
        attempt.measurements,
        attempt.story,
        kind=attempt.question.kind if attempt.question else None,
        transcript=attempt.transcript,
        unjudged=unjudged,
        question=attempt.question,
    )
    return {
        heading: next((finding for finding in findings if finding.kind == kind), None)
        for kind, heading in _HEADINGS.items()
    }


def _turns(words: Iterable[WordView]) -> list[list[WordView]]:
    """Cut the transcript into stretches that begin with a sentence."""
    turns: list[list[WordView]] = []
    for word in words:
        if turns and not _ends(turns[-1], word):
            turns[-1].append(word)
        else:
            turns.append([word])
    return turns


def _ends(turn: list[WordView], following: WordView) -> bool:
    return turn[-1]["text"].endswith((".", "?", "!")) and following["start"] - turn[0]["start"] >= TURN_SECONDS


def _parts(attempt: Attempt) -> Mapping[str, tuple[Span, ...]]:
    story = attempt.story
    if story.type == "story":
        return story_parts(story)
    return {"It shows here": (story.evidence,)} if story.evidence else {}


def _numbers(attempt: Attempt, unjudged: Collection[str]) -> list[dict[str, object]]:
    """Write every measured value with its band and source, in the registry's order."""
    kind = attempt.question.kind if attempt.question else None
    measured = {measurement.metric: measurement.value for measurement in attempt.measurements}
    return [
        {
            "metric": metric,
            "judged": metric.band(kind, unjudged) is not None,
            "value": amount(measured[metric.name], metric.unit),
            "comfortable": interval(metric.band(kind, unjudged), metric.unit),
            "here": standing(attempt, metric, measured[metric.name], unjudged) or "",
        }
        for metric in METRICS.values()
        if metric.name in measured
    ]
