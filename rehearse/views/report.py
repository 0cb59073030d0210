"""A report on one answer or a whole round, for a coach: one HTML file that needs neither rehearse nor a network.

User text is escaped by the template engine. The file refers to no other host,
and its content security policy forbids any connection.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from rehearse.events.fillers import COUNTED, POSSIBLE
from rehearse.events.pauses import SHORTEST
from rehearse.feedback import give_feedback
from rehearse.metrics import METRICS
from rehearse.metrics.judgement import judged_band
from rehearse.metrics.value_text import (
    STORY_TYPES,
    TOO_LITTLE,
    amount,
    clock,
    interval,
    kind_label,
    standing,
    story_parts,
    when,
    when_in_zone,
)
from rehearse.model import NO_LIMITS, Attempt, FeedbackContext, Finding, Span
from rehearse.views.annotations import LONG_PAUSE_SECONDS, WordView, word_views

TURN_SECONDS = 20.0
"""The transcript starts a new line, with its time, at the first sentence that ends after this long (house default)."""

_OVERVIEW = ("answer_length", "speech_rate", "filled_pause_rate")
_SIGNS = {"filled_pause": "●", "discourse_marker": "○", "possible": "?"}
_PRINT_SIZES = {"large": 350, "small": 700}
"""Most words of an answer that fit on a page in each size of print; more need the smallest (house default)."""
_HEADINGS = {"strength": "What worked", "change": "One change for the next take"}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a debrief.

    Attributes:
        title: Its heading.
        lines: Its statements.

    """

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands before the answers of a round.

    Attributes:
        title: The kind of round.
        facts: When it was, how much was answered.
        sections: Its debrief.
        labels: Numbers of the answers by attempt id, in the order of the round.
        unanswered: Questions without an answer, with their numbers.

    """

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unanswered: tuple[str, ...] = ()


def render(attempt: Attempt, sound: bytes | None = None, *, context: FeedbackContext = NO_LIMITS) -> str:
    """Render the report on one answer.

    Args:
        attempt: The answer.
        sound: The recording file's bytes, to be embedded in the report; None leaves it out.
        context: What is shown but not judged.

    Returns:
        A complete HTML document that can be encoded as UTF-8.

    """
    return _document([_answer(attempt, sound, context)], f"Practice answer, {when_in_zone(attempt.spoken_at)}")


def render_round(
    attempts: Sequence[Attempt],
    sounds: Mapping[str, bytes] = MappingProxyType({}),
    *,
    contexts: Mapping[str, FeedbackContext] = MappingProxyType({}),
    summary: Summary | None = None,
) -> str:
    """Render one report on several answers: the debrief and an overview, then each answer.

    Args:
        attempts: The answers of one round.
        sounds: Bytes of the recordings by attempt id, to be embedded in the report.
        contexts: By attempt id, as ``context`` in ``render``.
        summary: What stands before the answers; without one they are numbered in the order spoken.

    Raises:
        ValueError: There is no answer.

    """
    if not attempts:
        msg = "a report needs at least one analysed answer"
        raise ValueError(msg)
    ordered = sorted(attempts, key=lambda attempt: attempt.spoken_at)
    labels = {attempt.id: f"{number}." for number, attempt in enumerate(ordered, 1)}
    if summary is not None:
        labels = {**dict.fromkeys(labels, ""), **summary.labels}
        places = list(summary.labels)
        ordered.sort(key=lambda attempt: places.index(attempt.id) if attempt.id in places else len(places))
    answers = [
        _answer(attempt, sounds.get(attempt.id), contexts.get(attempt.id, NO_LIMITS), labels[attempt.id])
        for attempt in ordered
    ]
    title = "Practice interview" if summary is None else summary.title
    facts = (f"{len(answers)} answers", when_in_zone(ordered[0].spoken_at)) if summary is None else summary.facts
    shown = replace(summary or Summary(title, ()), facts=facts)
    return _document(
        answers, f"{title}, {when_in_zone(ordered[0].spoken_at)}", summary=shown, overview=_overview(answers)
    )


def _document(
    answers: Sequence[Mapping[str, Any]],
    title: str,
    summary: Summary | None = None,
    overview: Sequence[object] = (),
) -> str:
    environment = _environment()
    with_sound = any(answer["sound"] for answer in answers)
    written = environment.get_template("report.html").render(
        answers=answers,
        title=title,
        summary=summary,
        overview=overview,
        models=list(dict.fromkeys(name for answer in answers if (name := answer["attempt"].model))),
        script_hash=_sha256(environment.get_template("moments.js").render()) if with_sound else "",
        signs=_SIGNS,
        counted=COUNTED,
        possible=POSSIBLE,
        shortest_pause=SHORTEST,
        long_pause=LONG_PAUSE_SECONDS,
    )
    return written.encode(errors="replace").decode()


def _answer(attempt: Attempt, sound: bytes | None, context: FeedbackContext, label: str = "") -> dict[str, Any]:
    return {
        "attempt": attempt,
        "prompt": _prompt(attempt),
        "kind": kind_label(attempt.kind),
        "label": label,
        "when": when_in_zone(attempt.spoken_at),
        "print": _print_size(attempt),
        "sound": None if sound is None else _data_address(attempt.audio or "", sound),
        "findings": _findings(attempt, context),
        "turns": _turns(word_views(attempt)),
        "story_type": STORY_TYPES.get(attempt.story.type or ""),
        "parts": _parts(attempt),
        "numbers": _numbers(attempt, context),
    }


def _prompt(attempt: Attempt) -> str:
    return attempt.question.prompt if attempt.question else "An answer without a question"


def _print_size(attempt: Attempt) -> str:
    """Return the size of print with which the words of an answer fit on one page."""
    count = len(attempt.transcript.words)
    return next((size for size, most in _PRINT_SIZES.items() if count <= most), "tiny")


def _overview(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """Return one row per answer with the key numbers of the feedback page."""
    return [
        {
            "prompt": f"{answer['label']} {answer['prompt']}".strip(),
            "figures": {
                METRICS[name].label: amount(answer["attempt"].values.get(name), METRICS[name].unit)
                for name in _OVERVIEW
            },
        }
        for answer in answers
    ]


def template(name: str) -> Template:
    """Load a template of this package; what is filled in is escaped."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rehearse.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clock=clock, when=when)
    environment.globals["too_little"] = TOO_LITTLE
    return environment


def _data_address(name: str, sound: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(sound).decode()}"


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _findings(attempt: Attempt, context: FeedbackContext) -> dict[str, Finding | None]:
    """Select one strength and one change, each under its heading."""
    findings = give_feedback(attempt, context)
    return {
        heading: next((finding for finding in findings if finding.kind == kind), None)
        for kind, heading in _HEADINGS.items()
    }


def _turns(words: Iterable[WordView]) -> list[list[WordView]]:
    """Split the transcript into stretches that begin with a sentence."""
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
    return {"Where it shows": (story.evidence,)} if story.evidence else {}


def _numbers(attempt: Attempt, context: FeedbackContext) -> list[dict[str, object]]:
    """Return every measured value with its metric and band, in registry order."""
    measured = attempt.values
    return [
        {
            "metric": metric,
            "judged": judged_band(metric, attempt.judged_as, context) is not None,
            "value": amount(measured[metric.name], metric.unit),
            "comfortable": interval(judged_band(metric, attempt.judged_as, context), metric.unit),
            "here": standing(attempt, metric, measured[metric.name], context) or "",
        }
        for metric in METRICS.values()
        if metric.name in measured
    ]
