"""The debrief of a round quotes what was said, names what was not heard, and lists figures that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import interview
from rehearse.analysis.assemble import measure
from rehearse.feedback import give_feedback
from rehearse.interview import Debrief, Round
from rehearse.interview.limits import Limits
from rehearse.interview.panel import MEMBERS, Concern, concern_of
from rehearse.model import Attempt, FeedbackContext, Filler, Measurement, Origin, Question, Span
from rehearse.questions import shipped_questions
from rehearse.storage.takes import Take
from rehearse.story import find_story
from tests import factories
from tests.playing import HARDEST, LEARNT, NO_TEST, OPEN_END, STORY

CUT = (
    "Last spring the stock room was losing things every week. I ran the stock room and I decided to count the "
    "shelves at the"
    " end of each shift. I wrote a list and I showed the night workers how to fill it in. Within six months I cut "
    "the losses"
    " by thirty percent, and the branch manager took the list over."
)
USUALLY = (
    "Well, on a late project I usually stay calm and try to keep everything in order. I think order is important, and I"
    " always try to keep an overview of where the work stands at any given moment of the day."
)


OWN = Question("own", "What would you like to ask us?", "own_question")


def questions(kind: str) -> list[Question]:
    return [question for question in shipped_questions() if question.kind == kind]


def spoken(take: str, text: str, question: Question | None = factories.QUESTION) -> Attempt:
    """Analyse a text as if it had been spoken."""
    kind = question.kind if question else None
    said = factories.say(text, kind=kind)
    found = find_story(said.transcript, kind)
    attempt = factories.attempt(take, text=text, question=question, duration=said.duration, story=found)
    return replace(attempt, fillers=said.fillers, measurements=measure(said))


def debriefed(one: Round, texts: Sequence[str]) -> Debrief:
    """Answer a round's questions with texts, and end it there."""
    attempts = {}
    for place, text in enumerate(texts):
        step = [step for step in one.steps if step.part == "answer"][place]
        take = Take(
            f"take-{place}",
            Path(),
            Path(),
            step.question,
            factories.SPOKEN_AT,
            Origin(parent=step.parent, round=one.id),
        )
        one = interview.adopt(one, [take])
        attempts[take.id] = spoken(take.id, text, step.question)
    return interview.debrief(interview.finish(one), attempts)


def panel(length: int = 3) -> Round:
    return interview.plan_panel(questions("panel"), length, chance=lambda choices: choices[0])


def concern(name: str, text: str) -> Concern:
    member = next(member for member in MEMBERS if member.name == name)
    return concern_of(member, [spoken("take", text)])


# Question by question, and what repeats


def test_every_question_gets_a_line_and_an_answer_at_most_one_strength_and_one_change() -> None:
    said = debriefed(panel(), [CUT, USUALLY])
    assert [line.attempt is not None for line in said.lines] == [True, True, False]
    first = said.lines[0]
    assert first.strength is not None
    quoted = first.strength.spans[0].text.rstrip(".,")
    assert quoted in CUT
    assert quoted in first.strength.message
    assert said.lines[1].change is not None


def test_what_two_answers_share_is_said_once_for_both() -> None:
    asked = panel(4)
    said = debriefed(asked, [USUALLY, USUALLY, CUT])
    assert said.repeats
    for repeat in said.repeats:
        assert 2 <= repeat.count == len(repeat.shown) <= repeat.of == 3
        assert len({attempt.id for attempt, _ in repeat.shown}) == repeat.count


def test_the_strength_of_the_round_is_about_what_was_said_before_how() -> None:
    said = debriefed(panel(), [USUALLY, CUT])
    assert said.best is not None
    attempt, finding = said.best
    assert (attempt.id, finding.kind, finding.topic) == ("take-1", "strength", "story")
    assert debriefed(panel(), []).best is None


def test_one_answer_repeats_nothing() -> None:
    assert debriefed(panel(), [USUALLY]).repeats == ()


def test_fillers_said_often_are_named_with_their_number() -> None:
    said = debriefed(panel(), [f"Um, well, um, so. {USUALLY}", f"Um, yes. {USUALLY}"])
    assert said.often == (("um", 3),)
    assert debriefed(panel(), [f"Um, um. {USUALLY}"]).often == ()


def test_a_filler_of_two_words_keeps_its_space() -> None:
    one = panel()
    step = one.steps[0]
    one = interview.adopt(one, [Take("a", Path(), Path(), step.question, factories.SPOKEN_AT, Origin(round=one.id))])
    markers = (Filler("discourse_marker", "you know", Span(0, 1, "you know")),) * 3
    said = interview.debrief(one, {"a": replace(spoken("a", CUT, step.question), fillers=markers)})
    assert said.often == (("you know", 3),)


# An answer that the round cut off

ENDS_EARLY = f"{STORY} And then I wrote a list and"


def cut_off(text: str, seconds: float, source: str = "browser") -> interview.Line:
    """Answer a question that is cut off after 30 s, for so many seconds."""
    one = interview.plan_one_way([LEARNT], 1, limits=Limits(5, 30))
    step = one.steps[0]
    origin = Origin(source, round=one.id)
    one = interview.adopt(one, [Take("a", Path(), Path(), step.question, factories.SPOKEN_AT, origin)])
    length = Measurement("answer_length", seconds, (Span(0.0, 1.0, "the end"),))
    heard = replace(spoken("a", text, step.question), duration=seconds, origin=origin, measurements=(length,))
    return interview.debrief(one, {"a": heard}).lines[0]


def about(line: interview.Line) -> set[str]:
    return {finding.topic for finding in (line.strength, line.change) if finding is not None}


def test_an_answer_that_the_round_cut_off_is_not_judged_by_its_length_or_its_end() -> None:
    line = cut_off(ENDS_EARLY, 29.0)
    assert line.is_cut
    assert line.strength is not None
    assert "answer_length" not in about(line)
    assert "result_missing" not in about(cut_off(OPEN_END, 29.0))


@pytest.mark.parametrize(("cut", "praised"), [(False, "ring in sick on a Sunday"), (True, "before you joined")])
def test_the_clause_at_which_an_answer_was_cut_off_is_not_praised(*, cut: bool, praised: str) -> None:
    answer = (
        "What do you wish somebody had told you before you joined? And who covers the ward when two people ring in "
        "sick on a Sunday?"
    )
    found = give_feedback(spoken("a", answer, OWN), FeedbackContext(truncated=cut))
    assert praised in next(one.message for one in found if one.kind == "strength" and one.topic == "story")


@pytest.mark.parametrize(("seconds", "blamed"), [(29.0, False), (20.0, True)])
def test_an_end_that_the_limit_kept_from_being_said_is_not_called_missing(seconds: float, blamed: bool) -> None:
    answer = spoken("a", OPEN_END, LEARNT)
    fade = Measurement("sentence_end_fade", 30.0, (Span(0.0, 1.0, "the end"),))
    told = replace(answer, duration=seconds, origin=Origin("browser"), measurements=(fade,))
    cut = interview.truncation.is_cut(told, 30)
    found = give_feedback(told, FeedbackContext(truncated=cut))
    assert any(one.code == "result_missing" for one in found) is blamed
    assert any(one.topic == "sentence_end_fade" for one in found) is blamed
    plan = spoken("b", NO_TEST, HARDEST)
    assert any("that it's working" in prompt for prompt in interview.probes_of(plan, cut=cut)) is blamed


@pytest.mark.parametrize(("seconds", "source"), [(12.0, "browser"), (40.0, "upload")])
def test_an_answer_that_ended_by_itself_is_judged_whole(seconds: float, source: str) -> None:
    line = cut_off(ENDS_EARLY, seconds, source)
    assert not line.is_cut
    assert "answer_length" in about(line)
    assert "result_missing" in about(cut_off(OPEN_END, seconds, source))


def test_a_round_without_answers_says_nothing_about_them() -> None:
    said = debriefed(panel(), [])
    assert (said.repeats, said.often, said.concerns, said.differing, said.compared) == ((), (), (), (), False)
    assert said.spoken_seconds == 0


# The panel


def test_a_concern_is_answered_with_the_words_that_speak_to_it_or_not_heard() -> None:
    said = debriefed(panel(), [CUT, USUALLY])
    found = {one.member.name: one for one in said.concerns}
    assert set(found) == {"manager", "peer", "sceptic"}
    heard = found["manager"].span
    assert heard is not None
    assert "took the list over" in heard.text or "thirty percent" in heard.text
    assert found["peer"].span is not None
    assert "showed the night workers" in found["peer"].span.text
    assert found["sceptic"].span is None


@pytest.mark.parametrize(
    ("name", "text", "quoted"),
    [
        ("peer", "In March I sat down with my two colleagues, and we agreed on a plan.", "I sat down with my two"),
        ("peer", "I rewrote the schedule and the numbers went up by a third in a week.", None),
        ("peer", "When the operators heard of it I showed them the new plan at once.", "I showed them the new plan"),
        ("peer", "I was asked by the manager to count the two errors that cancelled each other.", None),
        ("executive", "It made me more patient, and I like to be with one client at a time.", None),
        ("executive", "People should ask. Orders come from above. More talk is good.", None),
        ("sceptic", "I handled the objections and cleared all of the doubts.", None),
        ("peer", "I led the team and I delivered the project on time and in budget.", None),
        ("executive", "After that, complaints fell by a fifth within a quarter.", "complaints fell by a fifth"),
        ("executive", "It saved us about forty thousand euros in costs each year.", "It saved us"),
        ("executive", "I liked the work because it was varied and I learned a lot.", None),
        ("sceptic", "What went wrong was the first list, and I should have asked.", "went wrong"),
        ("sceptic", "The main risk is that the suppliers say no to this.", "risk"),
        ("sceptic", "Everything went well and everybody was very happy in the end.", None),
    ],
)
def test_the_words_decide_whether_a_concern_was_heard(name: str, text: str, quoted: str | None) -> None:
    span = concern(name, text).span
    if quoted is None:
        assert span is None
    else:
        assert span is not None
        assert quoted in span.text


def test_figures_that_differ_between_the_two_answers_are_listed_with_both_quotes() -> None:
    said = debriefed(panel(), [CUT, USUALLY, "When I ran the stock room I cut the losses by 40%."])
    assert said.compared
    [differing] = said.differing
    assert "thirty percent" in differing.claims.first.span.text
    assert "40%" in differing.claims.second.span.text
    assert (differing.first.id, differing.second.id) == ("take-0", "take-2")


def test_the_same_figure_in_other_words_does_not_differ() -> None:
    said = debriefed(panel(), [CUT, USUALLY, "When I ran the stock room I cut the losses by 30%."])
    assert said.compared
    assert said.differing == ()


def test_two_answers_are_only_compared_where_both_were_given() -> None:
    assert not debriefed(panel(), [CUT, USUALLY]).compared


# The case

CASE = (
    "First I would like to ask whether twelve percent means money or loaves. There are two parts to it: the branches "
    "and the"
    " customers. Second, say a branch sells five hundred loaves a day at three euros each. So I'd recommend to win "
    "back the"
    " afternoon in those branches. The risk is that the supermarket lowers its prices."
)


def test_the_way_of_thinking_is_quoted_milestone_by_milestone() -> None:
    one = interview.plan_case(questions("case")[0], 1)
    said = debriefed(interview.go_on(one), [CASE])
    found = {milestone.title: milestone.span for milestone in said.milestones}
    assert list(found) == ["Clarifying", "Structure", "Numbers", "Recommendation", "Risk or next step"]
    quotes = [span.text for span in found.values() if span]
    assert len(set(quotes)) == 5
    assert found["Recommendation"] is not None
    assert "I'd recommend" in found["Recommendation"].text


def test_a_milestone_that_was_not_passed_is_not_found() -> None:
    one = interview.plan_case(questions("case")[0], 1)
    said = debriefed(interview.go_on(one), ["I would look at the branches and talk to the people who work there."])
    assert next(milestone for milestone in said.milestones if milestone.title == "Recommendation").span is None


def test_the_debrief_tells_what_nobody_asked_for() -> None:
    one = interview.ask(interview.plan_case(questions("case")[0], 1), "Did the prices change?")
    said = debriefed(interview.go_on(one), [CASE])
    assert [fact.says for fact in said.asked_for] == [
        "Prices went up by four percent in spring, in every branch alike."
    ]
    assert len(said.not_asked_for) == 4


def test_other_rounds_have_no_case_to_debrief() -> None:
    said = debriefed(panel(), [CUT])
    assert (said.milestones, said.asked_for, said.not_asked_for) == ((), (), ())
