"""What the feedback page makes of answers that belong to a round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.interview import Round, Rounds, Step, finish, go_on, plan_case
from rehearse.model import Origin
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import component, open_page, said, spoken
from tests.playing import case


def test_a_round_that_still_runs_keeps_its_answers_to_its_end() -> None:
    spoken("Last year I moved the archive.")
    during = spoken("In March I led the night shift.")
    one = go_on(plan_case(case(), 1))
    running = replace(one, steps=(one.steps[0], replace(one.steps[1], takes=(during.id,)), one.steps[2]))
    kept = Rounds(services().history.documents)
    kept.save(running)
    assert "archive" in component(open_page(routes.FEEDBACK), "archive")
    kept.save(finish(running))
    assert "shift" in component(open_page(routes.FEEDBACK), "shift")
    kept.save(running)
    assert "shift" in component(open_page(routes.FEEDBACK, take=during.id), "shift")


@pytest.mark.parametrize(("limit", "judged"), [(30, False), (60, True)])
def test_the_length_of_an_answer_that_a_round_stopped_is_not_judged(limit: int, judged: bool) -> None:
    attempt = spoken(origin=Origin("browser", round="the-round"))
    step = Step(factories.QUESTION, 5, limit, takes=(attempt.id,), ended=True)
    Rounds(services().history.documents).save(Round("the-round", "one_way", factories.SPOKEN_AT, (step,)))
    at = open_page(routes.FEEDBACK, take=attempt.id)
    length = next(card for card in at.metric if card.label == "Answer length")
    assert (length.delta == "not judged") is not judged
    assert ("its length is not judged" in said(at)) is not judged
