"""The debrief of a case counts what was asked before it, and says what is not judged in the words of the feedback."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse import interview
from rehearse.feedback import give_feedback
from rehearse.interview import Debrief, Milestone, Round
from rehearse.model import Attempt
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import open_page, said
from tests.pages.interviewing import kept
from tests.playing import answered, case, spoken

SHORT = (
    "I would look at the shops that lost the most and talk to those who run them, and after that I would look at the"
    " bread, because bread is what everybody comes for in the morning there."
)
LONG = f"{SHORT} {SHORT} {SHORT}"


def planned(*questions: str) -> Round:
    one = interview.plan_case(case(), 1)
    for question in questions:
        one = interview.ask(one, question)
    return interview.go_on(one)


def given(one: Round, text: str) -> tuple[Round, Attempt]:
    question = one.steps[1].question
    return interview.finish(answered(one, "case", 1)), spoken(text, question, "case")


def debriefed(text: str, *questions: str) -> Debrief:
    one, attempt = given(planned(*questions), text)
    return interview.debrief(one, {"case": attempt})


def stages(told: Debrief) -> dict[str, Milestone]:
    return {milestone.title: milestone for milestone in told.milestones}


def test_what_too_few_words_cannot_show_is_not_judged_with_the_words_of_the_feedback() -> None:
    assert len(SHORT.split()) == 37
    found = stages(debriefed(SHORT))
    assert not any(milestone.is_missing for milestone in found.values())
    assert found["Recommendation"].too_short == "words: 37 of 40 needed"
    assert found["Structure"].too_short == "words: 37 of 100 needed"


def test_the_debrief_calls_missing_what_a_long_answer_surely_lacks() -> None:
    missing = {title for title, stage in stages(debriefed(LONG)).items() if stage.is_missing}
    assert missing == {"Numbers", "Recommendation"}


def test_what_may_be_there_in_other_words_is_not_judged() -> None:
    hinted = f"{LONG} Perhaps one should start by the station."
    stage = stages(debriefed(hinted))["Recommendation"]
    assert (stage.span, stage.is_missing, stage.too_short) == (None, False, "")


def test_an_answer_in_another_language_misses_nothing() -> None:
    one, attempt = given(planned(), LONG)
    german = replace(attempt, transcript=replace(attempt.transcript, language="de"))
    told = interview.debrief(one, {"case": german})
    assert not any(stage.is_missing or stage.too_short for stage in told.milestones)


def test_a_question_written_before_the_answer_is_its_clarifying() -> None:
    stage = stages(debriefed(LONG, "Did the prices change?"))["Clarifying"]
    assert stage.span is not None
    assert (stage.attempt, stage.span.text) == (None, "Did the prices change?")


def test_a_question_spoken_before_the_answer_is_its_clarifying_and_can_be_heard() -> None:
    one = answered(interview.plan_case(case(), 1), "asked", 0)
    one, attempt = given(interview.go_on(one), LONG)
    question = spoken("Um, is it in all of the branches", one.steps[0].question, "asked")
    told = interview.debrief(one, {"asked": question, "case": attempt})
    stage = stages(told)["Clarifying"]
    assert stage.attempt == question
    assert [fact.says.split(",")[0] for fact in told.asked_for] == [
        "The fall is not spread evenly: thirty-four branches sold what they sold last year"
    ]


def test_the_feedback_on_a_case_misses_no_question_that_was_asked_before() -> None:
    opened = "The bread is too dear in those branches, and the afternoon is lost to the ovens across the road. " * 4
    opened += "So I'd recommend to win back the afternoon."
    one, attempt = given(planned(), opened)
    assert "clarify_first" in codes(one, attempt)
    one, attempt = given(planned("Did the prices change?"), opened)
    assert "clarify_first" not in codes(one, attempt)


def codes(one: Round, attempt: Attempt) -> set[str]:
    return {finding.code for finding in give_feedback(attempt, interview.context_in(one, attempt))}


@pytest.mark.parametrize(
    ("name", "asked", "known"),
    [
        ("case-forty-bakeries", "Did it get dearer there?", "Prices went up"),
        ("case-forty-bakeries", "Is the decline concentrated in some stores", "thirty-four branches"),
        ("case-forty-bakeries", "Do clients come less often than before?", "those who come still buy"),
        ("case-forty-bakeries", "Has a discounter moved in nearby?", "supermarket with bread ovens"),
        ("case-forty-bakeries", "Has the assortment changed?", "bread and rolls"),
        ("case-eleven-weeks", "Do the employees share their work?", "six doctors"),
        ("case-school-fees", "Are there fewer children in the district?", "seven percent fewer children"),
        ("case-dealers-or-online", "What does the owner hope for?", "wants to grow"),
        ("case-empty-buses", "What is the objective?", "the mayor wants"),
    ],
)
def test_a_fact_asked_for_in_other_words_is_asked_for(name: str, asked: str, known: str) -> None:
    told = interview.replies([asked], interview.facts_of(name))
    assert known.lower() in " ".join(fact.says.lower() for fact in told)


def test_two_questions_in_one_sentence_are_both_asked() -> None:
    asked = "So which branches are worse off, and did the prices change and how many customers come"
    told = interview.replies([asked], interview.facts_of("case-forty-bakeries"))
    assert len(told) == 3


def test_what_is_told_and_not_asked_reveals_nothing() -> None:
    told = "Last spring a colleague and I began to share our earnings with the neighbours."
    assert interview.replies([told], interview.facts_of("case-forty-bakeries")) == ()


def test_a_question_that_the_case_does_not_answer_is_listed_as_asked() -> None:
    told = debriefed(LONG, "What is the colour of the walls?", "Did the prices change?")
    assert told.unanswered == ("What is the colour of the walls?",)
    assert len(told.asked_for) == 1


def test_the_debrief_page_says_what_is_not_judged_and_why() -> None:
    shared = services()
    one = planned("Did the prices change?", "What is the colour of the walls?")
    one, attempt = given(one, SHORT)
    shared.history.add(attempt)
    kept().save(one)
    told = said(open_page(routes.INTERVIEW, round=one.id))
    assert "I didn't hear any" not in told
    assert "**Recommendation**: not judged (words: 37 of 40 needed)" in told
    assert "**Clarifying**: “Did the prices change”" in told
    assert "You asked, but nobody knows" in told
    assert factories.QUESTION.prompt not in told
