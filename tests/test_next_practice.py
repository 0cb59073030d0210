from datetime import UTC, date, datetime, timedelta

import pytest

from rehearse.model import Question
from rehearse.progress.next_practice import due, least_practised, practice_days, weakest
from rehearse.storage.history import AttemptSummary
from tests import factories

TODAY = date(2025, 3, 20)

pytestmark = pytest.mark.usefixtures("new_york")


def asked(name, competency="ownership", kind="behavioral"):
    return Question(name, f"Tell me about {name}.", kind, competency=competency)


@pytest.fixture
def answered(history):
    def add(*answers) -> tuple[AttemptSummary, ...]:
        for place, (question, days_ago, told) in enumerate(answers):
            spoken = datetime(2025, 3, 20, 15, tzinfo=UTC) - timedelta(days=days_ago, minutes=place)
            story = factories.Story("story" if told else "opinion")
            history.add(factories.attempt(f"take-{place}", question=question, spoken_at=spoken, story=story))
        return history.summaries()

    return add


def test_the_competency_with_the_fewest_occasions_comes_first_with_the_answer_that_lacked_one(answered):
    own, lead = asked("own"), asked("lead", "leadership")
    fresh = asked("fresh", "leadership")
    found = weakest(answered((own, 4, True), (own, 3, True), (lead, 2, False), (lead, 1, True)), [own, lead, fresh])
    assert (found.competency, found.with_occasion, found.answers) == ("leadership", 1, 2)
    assert found.lacking == "take-2"
    assert found.question == fresh


def test_a_new_question_is_of_the_competency_answered_least(answered):
    own, lead, care = asked("own"), asked("lead", "leadership"), asked("care", "empathy")
    more = asked("more", "leadership")
    summaries = answered((own, 2, True), (own, 1, True), (lead, 1, True))
    assert least_practised(summaries, [own, asked("own-2"), lead, more, care]).question == care
    assert least_practised(summaries, [own, asked("own-2"), lead, more]).answers == 1
    assert least_practised(summaries, [own, lead, asked("any", "")]) is None


def test_without_a_new_question_the_one_answered_longest_ago_is_practised(answered):
    early, late = asked("early"), asked("late")
    found = weakest(answered((early, 9, False), (late, 1, False), (early, 5, False)), [late, early])
    assert found.question == early


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [("one", 1, False)],
        [("one", 1, True), ("one", 2, True), ("one", 3, True), ("one", 4, True), ("one", 5, False)],
    ],
)
def test_nothing_is_called_weak_on_one_answer_or_where_most_told_an_occasion(answered, answers):
    question = asked("one")
    assert weakest(answered(*[(question, *rest) for _, *rest in answers]), [question]) is None


def test_questions_that_ask_for_no_occasion_say_nothing_of_it(answered):
    technical = asked("index", kind="technical")
    assert weakest(answered((technical, 1, False), (technical, 2, False)), [technical]) is None


def test_old_answers_no_longer_make_a_competency_weak(answered):
    question = asked("one")
    old = [(question, 50 + day, False) for day in range(10)]
    assert weakest(answered(*[(question, day, True) for day in range(1, 6)], *old), [question]) is None


@pytest.mark.parametrize(
    ("days_ago", "waited"), [((1,), 1), ((0,), None), ((3, 1), None), ((3, 2), 2), ((9, 7, 4), 4), ((9, 7, 3), None)]
)
def test_a_question_comes_back_after_twice_as_long_each_time(answered, days_ago, waited):
    question = asked("one")
    found = due(answered(*[(question, days, True) for days in days_ago]), [question], TODAY)
    assert [one.waited for one in found] == ([] if waited is None else [waited])


def test_an_answer_without_its_occasion_comes_back_the_next_day(answered):
    question = asked("one")
    (found,) = due(answered((question, 9, True), (question, 5, True), (question, 1, False)), [question], TODAY)
    assert (found.waited, found.answers, found.last) == (1, 3, date(2025, 3, 19))


def test_the_question_most_beyond_its_time_comes_first_and_unknown_ones_never(answered):
    one, two, gone = asked("one"), asked("two"), asked("gone")
    summaries = answered((one, 2, True), (two, 3, True), (gone, 9, True))
    assert [found.question.id for found in due(summaries, [one, two], TODAY)] == ["two", "one"]


def test_several_answers_on_one_day_are_one_repetition(answered):
    question = asked("one")
    (found,) = due(answered((question, 1, True), (question, 1, True), (question, 1, True)), [question], TODAY)
    assert found.answers == 1


def test_days_are_those_of_the_person_s_clock(history):
    for name, hour in (("late", 3), ("noon", 16)):
        spoken = datetime(2025, 3, 14, hour, tzinfo=UTC)
        history.add(factories.attempt(name, spoken_at=spoken))
    assert practice_days(history.summaries()) == {date(2025, 3, 13): 1, date(2025, 3, 14): 1}
