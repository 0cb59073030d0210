"""Make an interview that is prepared for, and a round that was gone through, for the pictures of their pages."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

from generated_history import ANSWERS, analysed, beep, rows

from rehearse import interview
from rehearse.interview.repository import Rounds
from rehearse.model import Origin
from rehearse.preparation.interview import Interview, Person
from rehearse.preparation.preparation import Ticks, save
from rehearse.preparation.research import Notes
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

DAYS_LEFT = 6


def prepare(folder: Path) -> None:
    """Enter an interview some days ahead, with notes about the employer."""
    today = dt.datetime.now(dt.UTC).date()
    entered = today - dt.timedelta(days=4)
    panel = (
        Person("Ann Lee", "finance director", "what agency staff cost"),
        Person("Tom Adeyemi", "charge nurse", "who is there at night"),
    )
    notes = Notes(
        values="Nobody waits without being told why",
        news="The children's ward reopened in May",
        product="Day surgery for three counties",
    )
    interview = Interview(
        today + dt.timedelta(days=DAYS_LEFT), entered, "Northfield Hospital", "Ward manager", "room", panel
    )
    documents = History(folder / "history.db").documents
    for part in (interview, notes, Ticks()):
        save(documents, part)


def go_through(folder: Path, *, seed: int = 1) -> str:
    """Answer a round of questions with written answers of their kinds; give its id."""
    store, history = TakeStore(folder / "takes"), History(folder / "history.db")
    chance = random.Random(seed)
    written = rows(ANSWERS)
    one = interview.plan_mock(shipped_questions(), 4, chance=chance.choice)
    takes = []
    for step in one.steps:
        text = next((row["answer"] for row in written if row["kind"] == step.question.kind), written[0]["answer"])
        origin = Origin("browser", round=one.id)
        take = store.save(beep(), suffix=".wav", question=step.question, origin=origin)
        answer = analysed(text, step.question, chance)
        history.add(replace(answer, id=take.id, spoken_at=take.recorded_at, origin=origin))
        takes.append(take)
    Rounds(history.documents).save(interview.finish(interview.adopt(one, takes)))
    return one.id
