"""What kept coming up in one round: pinned before the next, and looked back on after it."""

from __future__ import annotations

from datetime import timedelta

from rehearse.interview import Round, Rounds, Step
from rehearse.model import Origin, Question
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import component, open_page, said, spoken
from tests.pages.test_agreed import ONCE, UMS

ASKED = tuple(Question(f"round-{number}", f"Tell me about time {number}.", "behavioral") for number in range(3))
OTHER = (
    "In June the till at the bakery stopped on a Saturday with a queue to the door. I was the only one who knew the"
    " old till, so I fetched it from the cellar and I wrote the prices on a card. I asked Amir to take the cards and I"
    " took the cash. We lost four sales, and on Monday the owner bought a second till."
)


def held(name: str, day: int, *texts: str) -> Round:
    began = factories.SPOKEN_AT + timedelta(days=day)
    answers = [
        spoken(text, seconds=50.0, question=asked, origin=Origin("browser", round=name), spoken_at=began)
        for asked, text in zip(ASKED, texts, strict=False)
    ]
    steps = tuple(
        Step(asked, 0, 180, takes=(answer.id,), ended=True) for asked, answer in zip(ASKED, answers, strict=False)
    )
    one = Round(name, "mock", began, steps)
    Rounds(services().history.documents).save(one)
    return one


def test_what_kept_coming_up_is_pinned_before_the_next_round_and_its_debrief_says_that_it_is_gone() -> None:
    um = OTHER.replace(" the ", " the um ")
    held("first", 1, UMS, um, UMS)
    at = open_page(routes.INTERVIEW)
    assert "This round: When you feel an um coming" in said(at).replace("**", "")
    assert "Last round it came up in 3 of 3 answers." in said(at)
    held("second", 2, ONCE, OTHER, ONCE)
    at = open_page(routes.INTERVIEW, round="second")
    assert at.header[0].value.endswith("You did what we agreed")
    assert "Last round it came up in 3 of 3 answers, this time in none of 3." in said(at)
    assert "um new ward" not in component(at, '"Now"')


def test_the_debrief_shows_the_one_habit_and_a_story_told_in_several_answers_and_redoes_a_question() -> None:
    held("only", 1, UMS, OTHER.replace(" the ", " the um "), UMS)
    at = open_page(routes.INTERVIEW, round="only")
    assert "The one habit: it came up in 3 of 3 answers" in said(at)
    assert "You told the same story in 2 of 3 answers" in said(at)
    assert "Worth mending" in said(at)
    at.button(key="redo").click().run()
    assert "Tell me about time 0." in said(at)
    assert "This take: When you feel an um coming" in said(at).replace("**", "")
