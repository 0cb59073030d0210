"""What can happen in a round. Each move gives a new round, to be stored before the next question is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rehearse.interview.limits import PROBE_SECONDS, PROBE_THINK
from rehearse.interview.rounds import Round, Step
from rehearse.interview.truncation import is_cut
from rehearse.model import FOLLOW_UP, Attempt, Question
from rehearse.storage.takes import Take
from rehearse.story import follow_ups

_LONGEST_TYPED = 500
"""Characters of a typed question (house default)."""
_LONGEST_NOTES = 5000
"""Characters of notes (house default)."""


def ask(one: Round, text: str) -> Round:
    """Add a typed clarifying question; an empty one changes nothing."""
    text = " ".join(text.split())[:_LONGEST_TYPED]
    return _changed(one, asked=(*one.current.asked, text)) if one.current and text else one


def write(one: Round, notes: str) -> Round:
    """Keep the notes of the step that is due."""
    return _changed(one, notes=notes[:_LONGEST_NOTES])


def go_on(one: Round) -> Round:
    """Leave the step that is due, answered or not."""
    return _changed(one, ended=True)


def finish(one: Round) -> Round:
    """End the round here; what has not been asked stays unanswered."""
    return replace(one, steps=tuple(replace(step, ended=True) for step in one.steps), probes=0)


def adopt(one: Round, takes: Iterable[Take]) -> Round:
    """Take in recordings that name this round and are not in it yet, oldest first.

    Each goes to the step that asked its question, be it made a moment ago, just before the program was killed, or
    in another tab. An answer ends its step, a clarifying question does not. A second answer stays out of the round,
    and in the library.
    """
    for take in sorted(takes, key=lambda take: take.id):
        if take.origin.round == one.id and take.id not in one.takes:
            one = _adopted(one, take)
    return one


def probe(one: Round, attempts: Mapping[str, Attempt]) -> Round:
    """Let one follow-up question join, where an analysed answer leaves something open.

    It comes next, and is none that the round has asked before. An answer that has had one is not probed again; the answer to one is, but only where digging is the point.
    """
    if one.probes < 1:
        return one
    before = {step.question.prompt for step in one.steps}
    for step in one.steps:
        attempt = attempts.get(step.takes[-1]) if step.takes else None
        if attempt is None or not _may_be_probed(one, step):
            continue
        prompts = probes_of(attempt, cut=is_cut(attempt, step.limit_seconds))
        fresh = next((prompt for prompt in prompts if prompt not in before), None)
        if fresh is not None:
            return _joined(one, follow_up_step(attempt, fresh, step.think_seconds, step.limit_seconds))
    return one


def probes_of(attempt: Attempt, *, cut: bool = False) -> tuple[str, ...]:
    """List what could be asked after an answer: first what it leaves open, then what its question brings along.

    Where its round cut it off, the result may have been about to come, and is not asked for.
    """
    question = attempt.question
    found = follow_ups(attempt.story, attempt.transcript, attempt.kind)
    open_ones = (one.question for one in found if not (cut and one.gap == "result"))
    return tuple(dict.fromkeys([*open_ones, *(question.probes if question else ())]))


def follow_up_step(attempt: Attempt, prompt: str, think: int, limit: int, *, number: int = 1) -> Step:
    """Ask a follow-up question of an answer, the ``number``-th; it is not thought about for long."""
    base = attempt.question or Question("answer", prompt, "behavioral")
    asked = part_of(base, f"probe-{number}", prompt, is_probe=True)
    if asked.judged_as == FOLLOW_UP:
        asked = replace(asked, seconds=PROBE_SECONDS)
    return Step(asked, min(think, PROBE_THINK), limit, parent=attempt.id)


def part_of(question: Question, name: str, prompt: str, *, kind: str | None = None, is_probe: bool = False) -> Question:
    """Make a question that belongs to another one, under an id of its own: a probe of an answer, or another part."""
    return replace(
        question,
        id=f"{question.root_id}~{name}",
        prompt=prompt,
        kind=kind or question.kind,
        listen_for=(),
        probes=(),
        parent_id=question.root_id,
        is_probe=is_probe,
    )


def _may_be_probed(one: Round, step: Step) -> bool:
    asked = {other.parent for other in one.steps}
    return step.part == "answer" and not one.is_joined(step) and asked.isdisjoint(step.takes)


def _joined(one: Round, step: Step) -> Round:
    place = len(one.steps) if one.position is None else one.position
    return replace(one, steps=(*one.steps[:place], step, *one.steps[place:]), probes=one.probes - 1)


def _changed(one: Round, **fields: Any) -> Round:
    """Change the step that is due; a round that is over stays as it is."""
    return one if one.position is None else _with_step(one, one.position, replace(one.steps[one.position], **fields))


def _with_step(one: Round, place: int, step: Step) -> Round:
    return replace(one, steps=(*one.steps[:place], step, *one.steps[place + 1 :]))


def _adopted(one: Round, take: Take) -> Round:
    for place, step in enumerate(one.steps):
        same = take.question is not None and (step.question.id, step.parent) == (take.question.id, take.origin.parent)
        if same and (step.part == "clarify" or not step.takes):
            asked = (*step.asked, take.id) if step.part == "clarify" else ()
            ended = step.ended or step.part == "answer"
            found = replace(step, takes=(*step.takes, take.id), asked=asked, ended=ended)
            return _with_step(one, place, found)
    return one
