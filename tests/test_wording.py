"""Hedges and repetitions as measurements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.analysis.assemble import answer_from_text, measure
from rehearse.model import Answer, Measurement, Transcript
from tests.factories import say


def measured(answer: Answer) -> dict[str, Measurement]:
    return {found.metric: found for found in measure(answer)}


def test_an_answer_that_came_as_text_has_its_hedges_and_repetitions_quoted():
    text = "I think the, the plan was sort of late. We moved the the date and told the whole team."
    found = measured(answer_from_text(text))
    assert found["hedge_rate"].value == pytest.approx(100 * 2 / 19)
    assert [text[int(span.start) : int(span.end)] for span in found["hedge_rate"].spans] == ["I think", "sort of"]
    assert found["repetition_rate"].value == pytest.approx(100 * 2 / 19)
    assert [span.text for span in found["repetition_rate"].spans] == ["the, the", "the the"]


def test_filled_pauses_do_not_thin_the_hedges_out():
    spoken = measured(say("um I think uh we won um"))
    assert spoken["hedge_rate"].value == 25.0


def test_an_answer_without_either_has_none_of_them_rather_than_an_unknown_number():
    found = measured(say("I led the team."))
    assert (found["hedge_rate"].value, found["repetition_rate"].value) == (0.0, 0.0)


@pytest.mark.parametrize("transcript", [Transcript((), None), replace(say("ich ich glaube").transcript, language="de")])
def test_no_words_or_another_language_leave_both_unknown(transcript):
    found = measured(Answer(transcript))
    assert (found["hedge_rate"].value, found["repetition_rate"].value) == (None, None)


@pytest.mark.parametrize("text", ["Um. I led the team. We won.", "I led the team. Um... We won. Uh. Er"])
def test_filled_pauses_alone_are_no_sentence(text: str) -> None:
    plain = measured(say("I led the team. We won."))["words_per_sentence"].value
    assert measured(say(text))["words_per_sentence"].value == plain == 3.0


def test_an_answer_of_filled_pauses_alone_has_no_length_of_sentences() -> None:
    assert measured(say("Um. Uh."))["words_per_sentence"].value is None
