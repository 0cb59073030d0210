"""State transitions of a round. Each returns a new round, to be stored before the next question is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rehearse.feedback import follow_ups
from rehearse.interview.limits import PROBE_SECONDS, PROBE_THINK
from rehearse.interview.rounds import Round, Step
from rehearse.interview.truncation import is_cut
from rehearse.language.words import content_words
from rehearse.model import FOLLOW_UP, Attempt, Question
from rehearse.storage.takes import Take

_LONGEST_TYPED = 500
"""Maximum characters of a typed question (house default)."""
_LONGEST_NOTES = 5000
"""Maximum characters of notes (house default)."""


def ask(interview_round: Round, text: str) -> Round:
    """Add a typed clarifying question; an empty one is ignored."""
    text = " ".join(text.split())[:_LONGEST_TYPED]
    if interview_round.current is None or not text:
        return interview_round
    return _changed(interview_round, asked=(*interview_round.current.asked, text))


def write(interview_round: Round, notes: str) -> Round:
    """Store the notes of the current step."""
    return _changed(interview_round, notes=notes[:_LONGEST_NOTES])


def go_on(interview_round: Round) -> Round:
    """End the current step, answered or not."""
    return _changed(interview_round, ended=True)


def finish(interview_round: Round) -> Round:
    """End the round; the remaining questions stay unanswered."""
    return replace(interview_round, steps=tuple(replace(step, ended=True) for step in interview_round.steps), probes=0)


def adopt(interview_round: Round, takes: Iterable[Take]) -> Round:
    """Add the recordings that name this round and are not in it yet, oldest first.

    Each is added to the step that asked its question, whether it was just made, made before the program was killed,
    or made in another tab. An answer ends its step; a clarifying question does not. A second answer to a question is
    not added; it stays in the library only.
    """
    for take in sorted(takes, key=lambda take: take.id):
        if take.origin.round == interview_round.id and take.id not in interview_round.takes:
            interview_round = _adopted(interview_round, take)
    return interview_round


def probe(interview_round: Round, attempts: Mapping[str, Attempt]) -> Round:
    """Insert one follow-up question as the next step, if an analysed answer leaves something open; the newest first.

    Questions that the round has already asked are not repeated. An answer is probed once only; the answer to a
    follow-up question is probed only in the mode ``follow_up``. In the others only a question that quotes the answer is
    asked, by whoever asked before, and none of an answer that was cut off.
    """
    if interview_round.probes < 1:
        return interview_round
    before = {step.question.prompt for step in interview_round.steps}
    for step in reversed(interview_round.steps):
        attempt = attempts.get(step.takes[-1]) if step.takes else None
        if attempt is None or not _may_be_probed(interview_round, step):
            continue
        fresh = next((prompt for prompt in _prompts(interview_round, step, attempt) if prompt not in before), None)
        if fresh is not None:
            asked = follow_up_step(attempt, fresh, step.think_seconds, step.limit_seconds)
            return _with_probe(interview_round, replace(asked, asker=step.asker))
    return interview_round


def _prompts(interview_round: Round, step: Step, attempt: Attempt) -> tuple[str, ...]:
    cut = is_cut(attempt, step.limit_seconds)
    if interview_round.mode == "follow_up":
        return probes_of(attempt, cut=cut)
    return () if cut else tuple(found.question for found in follow_ups(attempt, quoting=True))


def probes_of(attempt: Attempt, *, cut: bool = False) -> tuple[str, ...]:
    """Return the possible follow-up questions to an answer: first those its question comes with.

    If its round cut it off, the result may have been about to come, and is not asked for. An answer without words has
    none.
    """
    if not content_words(attempt.transcript.words):
        return ()
    question = attempt.question
    made = (found.question for found in follow_ups(attempt) if not (cut and found.is_about_the_end))
    return tuple(dict.fromkeys([*(question.probes if question else ()), *made]))


def follow_up_step(attempt: Attempt, prompt: str, think: int, limit: int, *, number: int = 1) -> Step:
    """Build the step for the ``number``-th follow-up question to an answer, with at most ``PROBE_THINK`` to think."""
    base = attempt.question or Question("answer", prompt, "behavioral")
    asked = part_of(base, f"probe-{number}", prompt, is_probe=True)
    if asked.judged_as == FOLLOW_UP:
        asked = replace(asked, seconds=PROBE_SECONDS)
    return Step(asked, min(think, PROBE_THINK), limit, parent=attempt.id)


def part_of(question: Question, name: str, prompt: str, *, kind: str | None = None, is_probe: bool = False) -> Question:
    """Derive a question from another, with an id of its own: a probe of an answer, or another part."""
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


def _may_be_probed(interview_round: Round, step: Step) -> bool:
    asked = {other.parent for other in interview_round.steps}
    return step.part == "answer" and not interview_round.is_joined(step) and asked.isdisjoint(step.takes)


def _with_probe(interview_round: Round, step: Step) -> Round:
    steps = interview_round.steps
    index = len(steps) if interview_round.position is None else interview_round.position
    return replace(interview_round, steps=(*steps[:index], step, *steps[index:]), probes=interview_round.probes - 1)


def _changed(interview_round: Round, **fields: Any) -> Round:
    """Update the current step; a round that is over is returned unchanged."""
    index = interview_round.position
    if index is None:
        return interview_round
    return _with_step(interview_round, index, replace(interview_round.steps[index], **fields))


def _with_step(interview_round: Round, index: int, step: Step) -> Round:
    return replace(interview_round, steps=(*interview_round.steps[:index], step, *interview_round.steps[index + 1 :]))


def _adopted(interview_round: Round, take: Take) -> Round:
    for index, step in enumerate(interview_round.steps):
        same = take.question is not None and (step.question.id, step.parent) == (take.question.id, take.origin.parent)
        if same and (step.part == "clarify" or not step.takes):
            asked = (*step.asked, take.id) if step.part == "clarify" else ()
            ended = step.ended or step.part == "answer"
            found = replace(step, takes=(*step.takes, take.id), asked=asked, ended=ended)
            return _with_step(interview_round, index, found)
    return interview_round
