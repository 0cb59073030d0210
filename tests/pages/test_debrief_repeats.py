"""What a round's debrief says of a change that several answers share."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from rehearse.interview import Round, Rounds, Step
from rehearse.model import Measurement, Origin, Question, Span
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import open_page, said, spoken


def test_each_quote_of_what_repeats_names_its_question_and_leads_to_its_sound() -> None:
    prompts = (
        "Why do you want to leave the old mill?",
        "What would your first month on the new ward look like, day by day?",
    )
    asked = [Question(f"q{place}", prompt, "motivation") for place, prompt in enumerate(prompts)]
    pace = (Measurement("speech_rate", 300.0, (Span(0.0, 1.0, "um"),)),)
    answers = [
        spoken(
            " ".join(["I led the move of the ward."] * 9),
            question=one,
            measurements=pace,
            origin=Origin("browser", round="r"),
        )
        for one in asked
    ]
    for answer in answers:
        services().history.add(replace(answer, measurements=pace))
    steps = tuple(Step(one, 0, 90, takes=(answer.id,), ended=True) for one, answer in zip(asked, answers, strict=True))
    Rounds(services().history.documents).save(Round("r", "one_way", factories.SPOKEN_AT, steps))
    at = open_page(routes.INTERVIEW, round="r")
    shown = said(at)
    repeated = shown[shown.index("in 2 of 2 answers") :]
    assert f"**1. {prompts[0]}**" in repeated
    assert "**2. What would your first month on the new ward look like, day …**" in repeated
    links = [link.proto for link in at.get("page_link") if link.proto.label == "Hear it in the feedback"]
    addresses = [parse_qs(link.query_string) for link in links]
    assert {answer.id for answer in answers} <= {address["take"][0] for address in addresses}
    assert {address["at"][0] for address in addresses} == {"0.0"}
