"""The feedback page, over a real store and history in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rehearse.app.settings import read_settings, write_settings
from rehearse.model import Measurement, Origin, Pause, Question, Span, Story, Verdict
from rehearse.pages.feedback import transcript
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import plain
from tests import factories
from tests.pages.driving import (
    HOSTILE,
    ROOT,
    SAID,
    component,
    open_page,
    record,
    said,
    shown,
    spoken,
    taken,
    unfolded,
    wav,
)


@pytest.mark.parametrize("take_id", ["20250314T092653000Z-00000000", "../../etc/passwd", HOSTILE])
def test_feedback_of_no_take_says_so(take_id: str) -> None:
    at = open_page(routes.FEEDBACK, take=take_id)
    assert "no feedback here" in shown(at)


def test_feedback_without_an_address_shows_the_newest_answer() -> None:
    taken(services())
    at = open_page(routes.FEEDBACK)
    assert "a deadline moved" in shown(at)
    assert at.get("audio")[0].proto.alt == "Your answer"


def test_words_numbers_and_what_to_do_next_are_shown() -> None:
    at = open_page(routes.FEEDBACK, take=spoken().id)
    assert "filled_pause" in component(at, "Um,")
    assert '"label": "Action", "moments": [{"start": 2.1, "end": 5.0, "quote": "I led"}]' in component(at, "Change in")
    assert [metric.label for metric in at.metric] == ["Answer length", "Speech rate", "Filled pauses", "Longest pause"]
    labels = [button.label for button in at.button]
    assert labels[-2:] == ["Answer it again", "Next question"]
    assert "They may ask next" in shown(at)


def test_every_number_is_folded_away_with_its_source() -> None:
    at = unfolded(open_page(routes.FEEDBACK, take=spoken().id), "numbers")
    table = at.table[-1].value
    assert list(table.columns) == ["Value", "Comfortable", "Usual for you"]
    assert table.loc["Filled pauses", "Value"] == "4 per min"
    assert "Laske and DiGennaro Reed" in shown(at)


def test_what_is_unknown_is_called_not_judged() -> None:
    take_id = taken(services(), values={"speech_rate": None})
    at = open_page(routes.FEEDBACK, take=take_id)
    assert at.metric[0].value == "not judged"


def test_the_count_comes_with_what_to_aim_for_in_an_answer_of_this_length_before_the_rate() -> None:
    ums = next(one for one in open_page(routes.FEEDBACK, take=spoken(f"{SAID} " * 5).id).metric if "ums" in one.value)
    assert (ums.value, ums.delta) == ("10 ums", "aim for 2 or fewer in this length")


def test_where_no_change_stands_out_none_is_invented_and_the_next_question_is_offered() -> None:
    calm = " ".join(["I rang the ward myself and the list fell by a third."] * 7)
    at = open_page(routes.FEEDBACK, take=spoken(calm, seconds=50.0, story=Story(None)).id)
    assert "One thing to try" not in shown(at)
    assert "No change stands out this time" in said(at)
    assert at.button(key="next_now").label == "Next question"


def test_why_something_is_not_judged_is_said() -> None:
    at = open_page(routes.FEEDBACK, take=spoken(quality=("The recording is clipped, so melody is not judged.",)).id)
    assert "The recording is clipped" in said(at)


def test_an_answer_without_words_says_so() -> None:
    at = open_page(routes.FEEDBACK, take=spoken("", speech=None, story=Story(None)).id)
    assert "I couldn't make out any words" in shown(at)
    assert "Nothing stood out this time" in shown(at)


def test_feedback_outlives_its_recording() -> None:
    services().history.add(factories.attempt("20250314T092653000Z-00000000"))
    at = open_page(routes.FEEDBACK)
    assert "no longer on this computer" in shown(at)


def test_a_hostile_answer_stays_text() -> None:
    shared = services()
    asked = Question("hostile", HOSTILE, "behavioral")
    take = shared.store.save(wav(), suffix=".wav", question=asked, origin=Origin("upload"), name=HOSTILE)
    story = Story("story", Span(0, 1, HOSTILE), action=(Span(0, 1, HOSTILE),))
    shared.history.add(factories.attempt(take.id, text=f"{HOSTILE} {'x' * 10_000}", question=asked, story=story))
    at = open_page(routes.FEEDBACK, take=take.id)
    assert "<img" not in shown(at).replace("\\<", "")
    assert plain(HOSTILE) in shown(at)


def test_own_last_answers_are_compared_with_from_three_on() -> None:
    for days in (4, 3, 2):
        at = open_page(routes.FEEDBACK, take=spoken(spoken_at=factories.SPOKEN_AT - timedelta(days=days)).id)
        assert "your last" not in shown(at).replace("Rings: your last answers", "")
    at = open_page(routes.FEEDBACK, take=spoken().id)
    [picture] = [html.proto.body for html in at.get("html") if "Answer length" in html.proto.body]
    assert "Answer length: 30 in this answer, comfortable from 45 to 180, before it 30, 30, 30" in picture
    assert picture.count('class="ring"') == 3
    assert "your last 3: 30\N{EN DASH}30 s, middle 30 s" in said(at)


def test_a_known_error_stands_beside_the_count() -> None:
    at = open_page(routes.FEEDBACK, take=spoken().id)
    assert "2 um/uh, expect" in said(at)
    attempt = spoken()
    transcript.revise(services(), attempt.id, {"do": "judge", "filler": 1, "start": 19.0, "verdict": "dismissed"})
    assert "1 um/uh, 1 dismissed by you" in said(open_page(routes.FEEDBACK, take=attempt.id))


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        (("confirmed", "confirmed", "dismissed", "dismissed"), "2 um/uh, as you judged them"),
        ((None, None, None, "dismissed"), "3 um/uh, 1 dismissed by you"),
        (("dismissed", None, None, "dismissed"), "2 um/uh, 2 dismissed by you"),
        (("confirmed", None, "dismissed", "dismissed"), "2 um/uh, 1 confirmed and 2 dismissed by you"),
    ],
)
def test_only_a_count_whose_every_filler_was_judged_is_the_persons_own(
    verdicts: tuple[Verdict | None, ...], sentence: str
) -> None:
    attempt = spoken(f"{SAID} {SAID}")
    fillers = tuple(replace(one, verdict=said) for one, said in zip(attempt.fillers, verdicts, strict=True))
    services().history.add(replace(attempt, fillers=fillers))
    assert sentence in said(open_page(routes.FEEDBACK, take=attempt.id))


def test_what_the_person_leaves_unjudged_has_no_verdict() -> None:
    documents = services().history.documents
    write_settings(documents, replace(read_settings(documents), unjudged=frozenset({"fillers", "pace"})))
    at = open_page(routes.FEEDBACK, take=spoken(SAID * 4).id)
    deltas = {metric.label: metric.delta for metric in at.metric}
    assert deltas["Filled pauses"] == deltas["Speech rate"] == "not judged, as you chose"


def test_a_fresh_answer_is_rated_before_its_feedback_is_seen() -> None:
    take_id = spoken(spoken_at=datetime.now(UTC)).id
    at = open_page(routes.FEEDBACK, take=take_id)
    assert len(at.metric) == 0
    assert "One thing to try" not in shown(at)
    at.get("button_group")[0].set_value(4).run()
    assert not at.exception
    assert services().history.about(take_id).rating == 4
    assert "you gave the answer 4 of 5" in shown(at)
    assert len(at.metric) == 4
    assert "One thing to try" in shown(at)


def test_the_rating_can_be_left_out() -> None:
    at = open_page(routes.FEEDBACK, take=spoken(spoken_at=datetime.now(UTC)).id)
    at.button(key="unrated_yes").click().run()
    assert len(at.metric) == 4


def test_an_answer_without_a_word_and_the_bundled_one_are_not_rated() -> None:
    for attempt in (spoken("", spoken_at=datetime.now(UTC)), spoken(spoken_at=datetime.now(UTC))):
        services().history.add(replace(attempt, origin=Origin("sample" if attempt.transcript.words else "browser")))
        at = open_page(routes.FEEDBACK, take=attempt.id)
        assert not at.get("button_group")
        assert len(at.metric) == 4


def test_dismissing_a_filler_changes_the_count_here_and_in_the_history() -> None:
    attempt = spoken()
    start = attempt.fillers[1].span.start
    transcript.revise(services(), attempt.id, {"do": "judge", "filler": 1, "start": start, "verdict": "dismissed"})
    at = open_page(routes.FEEDBACK, take=attempt.id)
    assert next(metric.value for metric in at.metric if metric.label == "Filled pauses") == "1 um"
    assert "2 per min" in shown(at)
    assert services().history.summaries()[0].values["filled_pause_rate"] == 2.0
    assert [point.value for point in services().history.trend("filled_pause_rate")] == [2.0]


def test_a_correction_is_kept_and_can_be_taken_back() -> None:
    attempt = spoken()
    word = attempt.transcript.words[6]
    wish = {"do": "correct", "first": 6, "start": word.start, "count": 1, "text": "<b>Moved</b>"}
    transcript.revise(services(), attempt.id, wish)
    at = open_page(routes.FEEDBACK, take=attempt.id)
    assert "Moved" in component(at, "waiting")
    assert '"recognised":"move"' in component(at, "waiting").replace(": ", ":")
    transcript.revise(services(), attempt.id, {"do": "restore", "word": 6, "start": word.start})
    kept = services().history.get(attempt.id)
    assert kept is not None
    assert kept.transcript == attempt.transcript


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"do": "judge", "filler": 1, "start": 3.0, "verdict": "dismissed"}, "changed elsewhere in the meantime"),
        ({"do": "correct", "first": 99, "start": 3.0, "count": 1, "text": "x"}, "changed elsewhere in the meantime"),
        ({"do": "correct", "first": 0, "start": 0.0, "count": 1, "text": "x" * 99}, "1 to 80 characters (got 99)"),
    ],
)
def test_a_change_that_cannot_be_made_is_said_and_changes_nothing(wish: dict[str, Any], sentence: str) -> None:
    attempt = spoken()
    before = services().history.get(attempt.id)
    problem = transcript.revised(services(), attempt.id, wish)
    assert problem is not None
    assert sentence in problem
    assert services().history.get(attempt.id) == before


def test_the_time_line_has_a_table_too() -> None:
    attempt = spoken(pauses=(Pause(Span(4.0, 5.5)),))
    [row] = [row for row in transcript.rows(attempt) if row["What"] == "pause"]
    assert row == {"At": "0:04", "What": "pause", "Said": "", "Lasts": "1.5 s"}
    at = unfolded(open_page(routes.FEEDBACK, take=attempt.id), "marked")
    assert at.table[0].value["What"].tolist().count("um or uh") == 2


def test_pace_and_melody_are_drawn_when_they_are_asked_for() -> None:
    text = " ".join([SAID] * 5)
    attempt = spoken(text, seconds=32.0)
    measured = Measurement("pitch_variation", 3.0)
    services().history.add(replace(attempt, measurements=(*attempt.measurements, measured)))
    at = open_page(routes.FEEDBACK, take=attempt.id)
    assert not at.get("vega_lite_chart")
    unfolded(unfolded(at, "pace"), "melody")
    assert len(at.get("vega_lite_chart")) == 2
    assert "words a minute around" in shown(at)
    assert "Nine tenths of your voice" in shown(at)
    assert list(at.table[0].value.columns) == ["Words/min", "Here"]
    assert list(at.table[1].value.columns) == ["Low", "Middle", "High"]


def test_a_follow_up_question_is_answered_by_voice_and_joins_its_answer() -> None:
    parent = spoken()
    at = open_page(routes.FEEDBACK, take=parent.id)
    at.button(key="answer_0").click().run()
    assert "A follow-up question to your answer" in shown(at)
    prompt = at.title[0].value
    # the test driver stays on the page that switched, so the recording is made on the one switched to
    record(open_page(routes.PRACTICE, parent=parent.id, probe="0"), wav(2))
    [take] = [take for take in services().store.all() if take.origin.parent == parent.id]
    assert take.origin.source == "browser"
    assert take.question is not None
    assert plain(take.question.prompt) == prompt
    services().history.add(replace(factories.attempt(take.id, question=take.question), origin=take.origin))
    at = open_page(routes.FEEDBACK, take=parent.id)
    assert [link.proto.query_string for link in at.get("page_link")] == [f"take={take.id}"]
    at = open_page(routes.FEEDBACK, take=take.id)
    assert [link.proto.query_string for link in at.get("page_link")] == [f"take={parent.id}"]
    assert "A follow\\-up to" in at.get("page_link")[0].proto.label


def test_the_way_back_from_a_follow_up_leads_to_the_sets() -> None:
    at = open_page(routes.PRACTICE, parent=spoken().id, probe="0")
    at.button(key="leave_follow_up").click().run()
    assert at.selectbox[0].label == "Question set"


@pytest.mark.parametrize(("parent", "probe"), [("nobody", "0"), ("mine", "99"), ("mine", "-1"), ("mine", HOSTILE)])
def test_an_address_that_names_no_follow_up_shows_a_question(parent: str, probe: str) -> None:
    attempt = spoken()
    at = open_page(routes.PRACTICE, parent=attempt.id if parent == "mine" else parent, probe=probe)
    assert at.selectbox[0].label == "Question set"


@pytest.mark.parametrize(("kind", "said_so"), [("behavioral", True), ("technical", False)])
def test_that_no_occasion_is_told_matters_only_where_one_was_asked_for(kind: str, said_so: bool) -> None:
    story = Story("opinion", Span(0, 2, "Um, last"))
    attempt = spoken(story=story, question=replace(factories.QUESTION, kind=kind))
    at = open_page(routes.FEEDBACK, take=attempt.id)
    assert ("there's no example yet" in shown(at)) == said_so


def test_a_question_that_stands_in_no_set_can_be_answered_again() -> None:
    attempt = spoken()
    at = open_page(routes.FEEDBACK, take=attempt.id)
    at.button[[button.label for button in at.button].index("Answer it again")].click().run()
    assert "A question you answered before" in shown(at)
    record(open_page(routes.PRACTICE, again=attempt.id), wav(2))
    assert services().store.all()[0].question == attempt.question
    at = open_page(routes.FEEDBACK, take=attempt.id)
    at.button[[button.label for button in at.button].index("Next question")].click().run()
    assert not at.error


def test_what_a_strong_answer_contains_is_ticked_with_the_words_that_show_it() -> None:
    row = next(
        row
        for row in map(json.loads, (ROOT / "tests" / "data" / "asked.jsonl").read_text("utf-8").splitlines())
        if row["question"] == "behavioral-angry-with-you" and row["answers"]
    )
    question = services().questions.read().find(row["question"])
    at = open_page(routes.FEEDBACK, take=spoken(row["answer"], seconds=60.0, question=question).id)
    assert "What a strong answer contains" in shown(at)
    assert "What you said first" in component(at, "What you said first")
    left = said(at).split("Listen for it yourself")[-1]
    assert any(f"- {point[:1].upper()}{point[1:]}" in left for point in question.listen_for)
