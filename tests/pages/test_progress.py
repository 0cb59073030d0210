"""Progress over a real history in a folder of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rehearse.metrics import METRICS
from rehearse.model import Origin, Question, Span, Story, TrendPoint
from rehearse.pages.progress.wording import last_change, moved
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from tests import factories
from tests.pages.driving import HOSTILE, open_home, open_page, shown, taken

CALM = (120.0, 126.0, 118.0, 123.0, 121.0, 125.0, 119.0, 122.0, 124.0, 120.0)
QUICK = (160.0, 165.0, 158.0, 163.0, 161.0, 164.0)


def spoken(
    *values: float, question: Question | None = factories.QUESTION, model: str = "tiny.en", first: int = 0
) -> None:
    for place, value in enumerate(values, first):
        services().history.add(
            factories.attempt(
                f"take-{place}",
                values={"speech_rate": value},
                question=question,
                model=model,
                spoken_at=factories.SPOKEN_AT + timedelta(days=place),
            )
        )


def said(at) -> str:
    return shown(at).replace("\\", "")


def test_a_change_is_told_with_from_and_to_and_since_when() -> None:
    spoken(*CALM, *QUICK)
    text = said(open_page(routes.PROGRESS))
    assert "Your pace quickened from 122 to 162 words a minute since 24 Mar 2025." in text
    assert "only: look again" not in text


def test_a_change_within_one_sitting_is_told_with_a_caution() -> None:
    spoken(*CALM)
    for place, value in enumerate(QUICK):
        at = factories.SPOKEN_AT + timedelta(days=20, minutes=place)
        services().history.add(factories.attempt(f"late-{place}", values={"speech_rate": value}, spoken_at=at))
    assert "The answers since then come from a single day only" in said(open_page(routes.PROGRESS))


def test_without_a_change_the_page_stays_quiet() -> None:
    spoken(*CALM, *CALM[:6])
    text = said(open_page(routes.PROGRESS))
    assert "No change beyond your usual range." in text
    assert "Your pace" not in text


def test_another_model_is_told_and_is_no_change() -> None:
    spoken(*CALM)
    spoken(*QUICK, model="base.en", first=10)
    text = said(open_page(routes.PROGRESS))
    assert "Your pace" not in text
    assert "10 more answers and you'll see a trend." in text
    assert "Since 24 Mar 2025: now base.en." in text


def test_the_name_of_a_microphone_stays_text() -> None:
    spoken(*CALM[:2])
    other = factories.attempt("other", values={"speech_rate": 120.0}, spoken_at=factories.SPOKEN_AT + timedelta(days=9))
    services().history.add(replace(other, origin=Origin("browser", HOSTILE)))
    at = open_page(routes.PROGRESS)
    assert "now browser microphone, <img src=x" in said(at)
    assert "<img" not in shown(at).replace("\\<", "")


def test_fewer_ums_are_told_as_a_victory_in_plain_words() -> None:
    for place, value in enumerate((5.9, 6.1, 5.8, 6.0, 5.7, 5.9, 6.2, 5.9, 5.8, 6.0, 3.3, 3.4, 3.2, 3.3, 3.5, 3.3)):
        at = factories.SPOKEN_AT + timedelta(days=place)
        services().history.add(factories.attempt(f"um-{place}", values={"filled_pause_rate": value}, spoken_at=at))
    at = open_page(routes.PROGRESS)
    assert at.header[0].value == "What has got better"
    assert ":material/check_circle: Your ums fell from 5.9 to 3.3 a minute since 24 Mar 2025." in said(open_home())
    assert ":material/check_circle: **Your ums fell from 5.9 to 3.3 a minute since 24 Mar 2025.**" in said(at)


def test_the_first_evening_is_told_from_the_first_answer_to_the_latest() -> None:
    spoken(150.0)
    assert "150 words a minute in one answer so far." in said(open_page(routes.PROGRESS))
    spoken(132.0, first=1)
    assert "From 150 in your first answer to 132 words a minute in your latest." in said(open_page(routes.PROGRESS))


def test_few_answers_say_how_many_more_are_needed() -> None:
    spoken(*CALM, *QUICK[:5])
    assert "1 more answer and you'll see a trend." in said(open_page(routes.PROGRESS))


def test_charts_can_be_narrowed_to_a_kind_and_a_competency() -> None:
    spoken(120.0, 130.0)
    spoken(140.0, question=Question("q", "Why us?", "motivation", competency="integrity"), first=2)
    at = open_page(routes.PROGRESS)
    at.selectbox(key="progress_kind").select("behavioral").run()
    assert "Latest: 130 words/min." in said(at)
    at.selectbox(key="progress_kind").select(None).run()
    at.selectbox(key="progress_competency").select("integrity").run()
    assert "Latest: 140 words/min." in said(at)


def test_no_length_is_called_comfortable_where_each_kind_of_question_has_its_own() -> None:
    services().history.add(factories.attempt("one", values={"answer_length": 90.0}))
    assert "Comfortable: 0:45\N{EN DASH}3:00 min." in said(open_page(routes.PROGRESS))
    motives = Question("q", "Why us?", "motivation")
    services().history.add(factories.attempt("two", values={"answer_length": 90.0}, question=motives))
    text = said(open_page(routes.PROGRESS))
    assert "What is comfortable depends on the kind of question" in text
    assert "Comfortable: 0:45" not in text


def test_each_chart_is_a_table_too_newest_first() -> None:
    spoken(120.0, 130.0)
    at = open_page(routes.PROGRESS)
    assert at.get("vega_lite_chart")
    at.segmented_control(key="progress_as").select("Tables").run()
    # The other measurements are added in the background, and may be there already.
    told = next(table.value for table in at.dataframe if "Example" in table.value)
    rates = next(table.value for table in at.dataframe if "Speech rate (words/min)" in table.value)
    assert told["Example"].tolist() == ["one example", "one example"]
    assert rates["Speech rate (words/min)"].tolist() == [130.0, 120.0]


def test_answers_that_told_an_occasion_are_counted_among_those_asked_for_one() -> None:
    for kind in (None, "opinion", "story"):
        taken(services(), story=Story(kind))
    taken(services(), question=Question("q", "Why us?", "motivation"))
    at = open_page(routes.PROGRESS)
    assert "1 of your last 2 answers to “tell me about a time” gave a specific example." in said(at)
    at.selectbox(key="progress_kind").select("motivation").run()
    assert "None of these questions asks for an example." in said(at)


def test_any_other_measurement_can_be_looked_at() -> None:
    services().history.add(factories.attempt(values={"word_count": 80.0}))
    at = open_page(routes.PROGRESS)
    assert "Latest: 80 words." not in said(at)
    at.selectbox(key="progress_other").select("word_count").run()
    assert "Latest: 80 words." in said(at)


def test_the_sample_answer_is_nobody_s_progress() -> None:
    sample = factories.attempt()
    services().history.add(replace(sample, origin=Origin("sample")))
    assert open_page(routes.PROGRESS).button[0].label == "Practise a question"


def test_what_to_practise_next_quotes_the_answer_that_lacked_an_occasion() -> None:
    question = next(one for one in _shipped() if one.kind == "behavioral" and one.competency)
    for _ in range(2):
        taken(services(), question=question, story=Story("opinion", Span(0, 1, HOSTILE)))
    at = open_page(routes.PROGRESS)
    assert f"{question.competency.capitalize()}: none of your last 2 answers gave a specific example." in said(at)
    assert "you said “<img src=x" in said(at)
    assert "<img" not in shown(at).replace("\\<", "")
    practise = next(button for button in at.button if button.label == "Practise it")
    practise.click().run()
    assert at.title[0].value != "Progress"


def test_a_question_that_is_due_leads_to_practice() -> None:
    question = _shipped()[5]
    spoken(120.0, question=question)
    at = open_page(routes.PROGRESS)
    assert "Due again: answered once" in said(at)
    at.button(key=f"practise_{question.id}").click().run()
    assert question.prompt in said(at)


def test_where_nothing_is_due_a_new_question_is_offered_with_its_reason() -> None:
    services().history.add(factories.attempt("now", question=_shipped()[0], spoken_at=datetime.now(UTC)))
    text = said(open_page(routes.PROGRESS))
    assert "New to you, and none of your answers yet is about" in text


def test_days_practised_are_counted_without_a_word_on_the_others() -> None:
    spoken(120.0, 121.0)
    taken(services())
    at = open_page(routes.PROGRESS)
    assert "3 answers on 2 days, the last on 15 Mar 2025." in said(at)


def _shipped() -> list[Question]:
    from rehearse.questions import shipped_questions

    return list(shipped_questions())


def test_a_change_too_small_for_the_figures_shown_is_not_told_as_from_one_to_the_same() -> None:
    values = [24.1, 24.2] * 5 + [24.3, 24.4] * 3
    series = tuple(
        TrendPoint(f"take-{at}", factories.SPOKEN_AT + timedelta(days=at), value) for at, value in enumerate(values)
    )
    change = last_change(series)
    assert change is not None
    assert moved(change, METRICS["answer_length"]) == "Your answers moved a little since 24 Mar 2025, within 24 s."
