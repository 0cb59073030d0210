"""Rounds to test with: one case, and answers given without a sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rehearse import interview
from rehearse.analysis.assemble import measure
from rehearse.model import Attempt, Origin, Question
from rehearse.questions import shipped_questions
from rehearse.storage.takes import Take
from rehearse.story import find_story
from tests import factories

ROLE = Question("first-months", "What would you do in your first ninety days with us?", "role_depth")
PLAN = (
    "First I'd listen, because I don't know the place yet. I'd go round with the night team for a week. Then I'd pick"
    " one ward and change how the handover is done there, together with the sister, and after that I'd take it to the"
    " other wards and"
)
"""An answer that stops before it says how anybody would know that it works."""


def first(questions: Sequence[Question]) -> Question:
    return questions[0]


def case() -> Question:
    return next(question for question in shipped_questions() if question.id == "case-forty-bakeries")


def answered(one: interview.Round, take_id: str, place: int | None = None) -> interview.Round:
    """Record an answer to the step that is due, or to another one."""
    step = one.steps[one.position or 0 if place is None else place]
    origin = Origin("browser", parent=step.parent, round=one.id)
    nowhere = Path("nowhere")
    return interview.adopt(one, [Take(take_id, nowhere, nowhere, step.question, factories.SPOKEN_AT, origin)])


def spoken(text: str, question: Question | None, take_id: str = "take") -> Attempt:
    """Analyse a text as if it had been spoken."""
    kind = question.kind if question else None
    told = factories.say(text, kind=kind)
    story = find_story(told.transcript, kind)
    attempt = factories.attempt(take_id, text=text, question=question, duration=told.duration, story=story)
    return replace(attempt, fillers=told.fillers, measurements=measure(told))
