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

HARDEST = Question("hardest", "Which part of this job do you expect to find hardest?", "role_depth")
LEARNT = Question("learnt-quickly", "Tell me about something you had to learn quickly.", "behavioral")
OPEN_END = (
    "The trolleys. They, head office brought in these tall rolly cages instead of pallets, and the night"
    " crew hated them, 'cause you couldn't see over and old Stavros had his toe done. So there was a bit"
    " of a, not a strike, but a sort of a go-slow. I got everybody in the tea room, and I said look, I"
    " don't like them either, and we had a go at it, two nights, Stavros doing it his way and the young"
    " blokes doing it the new way. And Stavros's way was slower but nobody got hurt. So we ended up doing"
    " like a half and half thing, dairy on cages and the heavy stuff still on pallets. I'm not sure we"
    " were meant to. Nobody from head office came out at two a.m. to check."
)
"""An answer that stops before it says how it turned out."""

NO_TEST = (
    "Year nine after lunch. Seriously the bottom set because they've had four cover teachers and they don't believe"
    " anyone stays. I'd learn the names first and I'd ring home with something good before I ring with anything bad. I"
    " don't know yet if it works with these ones."
)
"""A plan that stops before it says how anybody would know that it works."""

STEPS = "I would follow the correct procedure and communicate with everybody and bring the whole team on board."
"""An answer without a step that anybody could see."""
BLAME = (
    "We were late because of the suppliers, honestly. They never do what they promise, and my boss kept changing the"
    " list every Monday, so it was not our fault."
)
"""An answer that has others do everything; it is asked about in its own words."""
BLAME_AGAIN = (
    "The office did not tell us about the change. They never tell us anything, and the manager kept changing the list"
    " every Monday. So it was late, and it was not our fault."
)
STORY = (
    "Last March our booking page broke the night before the concert. I rang the caretaker, because he had the spare"
    " key, and I printed the whole list at the office and drove it over. In the end all two hundred people got in and"
    " the head wrote to thank me."
)
"""An answer with a deed to praise."""
WITHOUT_RESULT = (
    "Last March our booking page broke the night before the concert. I rang the caretaker, because he had the spare"
    " key, and I printed the whole list at the office and drove it over to the hall myself. Then I called the two"
    " people who had bought the most tickets, and I asked them to come an hour early."
)
"""What was done on one evening, and not what came of it."""


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
