import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.metrics import METRICS
from rehearse.model import (
    QUESTION_KINDS,
    Attempt,
    Filler,
    Measurement,
    Origin,
    Pause,
    Question,
    Span,
    Story,
    Transcript,
    TrendPoint,
    Word,
)
from rehearse.storage.history import History
from tests.factories import QUESTION, SPOKEN_AT, attempt

CASE = replace(QUESTION, id="new-market", kind="case", prompt="How would you enter a new market?")

numbers = st.floats(min_value=0, max_value=1e6, allow_nan=False)
values = st.none() | st.just(0.0) | st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(lambda a, b, text: Span(min(a, b), max(a, b), text), numbers, numbers, st.text())
span_lists = st.lists(spans, max_size=3).map(tuple)
text_lists = st.lists(st.text(), max_size=3).map(tuple)
attempts = st.builds(
    Attempt,
    id=st.text(min_size=1),
    question=st.none()
    | st.builds(
        Question,
        id=st.text(),
        prompt=st.text(),
        kind=st.sampled_from(QUESTION_KINDS),
        listen_for=text_lists,
        probes=text_lists,
    ),
    spoken_at=st.datetimes(timezones=st.just(UTC)),
    duration=st.none() | numbers,
    model=st.none() | st.text(),
    transcript=st.builds(
        Transcript,
        words=st.lists(st.builds(Word, st.text(), numbers, numbers, st.none() | numbers), max_size=4).map(tuple),
        language=st.none() | st.just("en"),
        timed=st.booleans(),
    ),
    fillers=st.lists(
        st.builds(
            Filler,
            kind=st.sampled_from(["filled_pause", "discourse_marker"]),
            text=st.text(),
            span=spans,
            evidence=text_lists,
            probability=st.none() | numbers,
            status=st.sampled_from(["counted", "possible"]),
            index=st.none() | st.integers(0, 10**6),
        ),
        max_size=3,
    ).map(tuple),
    pauses=st.lists(st.builds(Pause, spans, st.none() | st.booleans()), max_size=3).map(tuple),
    measurements=st.lists(
        st.builds(Measurement, st.text(), values, span_lists, st.integers(1, 9)),
        max_size=4,
        unique_by=lambda measured: (measured.metric, measured.version),
    ).map(tuple),
    story=st.builds(
        Story,
        type=st.none() | st.sampled_from(["story", "pseudo_story"]),
        evidence=st.none() | spans,
        situation=span_lists,
        task=span_lists,
        action=span_lists,
        result=span_lists,
        quantified=span_lists,
        ownership=st.sampled_from(["own", "shared", "unclear"]),
    ),
    audio=st.none() | st.text(),
    sha256=st.none() | st.text(),
)


@pytest.fixture(scope="session")
def any_history(tmp_path_factory):
    return History(tmp_path_factory.mktemp("any") / "history.db")


@given(attempts)
@settings(max_examples=60, deadline=None)
def test_what_is_added_comes_back_equal(any_history, spoken):
    any_history.add(spoken)
    assert any_history.get(spoken.id) == spoken


def test_a_stored_zero_stays_zero_and_unknown_stays_unknown(history):
    history.add(attempt(values={"filled_pause_rate": 0.0, "speech_rate": None}))
    measured = history.get("take-1").values
    assert measured == {"filled_pause_rate": 0.0, "speech_rate": None}
    assert measured["filled_pause_rate"] is not None


def test_adding_the_same_id_again_replaces_the_whole_attempt(history):
    history.add(attempt(values={"speech_rate": 140.0, "filled_pause_rate": 3.0}))
    again = attempt(text="Shorter.", values={"speech_rate": 150.0})
    history.add(again)
    assert history.attempts() == (again,)
    assert [point.value for point in history.trend("filled_pause_rate")] == []


def test_an_attempt_that_cannot_be_written_leaves_the_old_one(history):
    first = attempt()
    history.add(first)
    twice = Measurement("speech_rate", 1.0)
    with pytest.raises(sqlite3.IntegrityError):
        history.add(replace(first, measurements=(twice, twice)))
    assert history.attempts() == (first,)


def test_attempts_come_newest_first_and_by_question_and_kind(history):
    for day, question in enumerate([QUESTION, CASE, None]):
        history.add(attempt(f"take-{day}", question=question, spoken_at=SPOKEN_AT + timedelta(days=day)))
    assert [found.id for found in history.attempts()] == ["take-2", "take-1", "take-0"]
    assert [found.id for found in history.attempts(question_id="deadline-moved")] == ["take-0"]
    assert [found.id for found in history.attempts(kind="case")] == ["take-1"]
    assert history.attempts(question_id="deadline-moved", kind="case") == ()


def test_the_order_is_by_instant_whatever_the_zone(history):
    east = SPOKEN_AT.astimezone(timezone(timedelta(hours=9)))
    history.add(attempt("later", spoken_at=SPOKEN_AT + timedelta(microseconds=1)))
    history.add(attempt("earlier", spoken_at=east))
    assert [found.id for found in history.attempts()] == ["later", "earlier"]
    assert history.get("earlier").spoken_at.tzinfo == UTC


def test_a_time_without_zone_is_refused(history):
    with pytest.raises(ValueError, match=r"a time in the history needs a time zone \(got 2025-03-14T09:26:53\)"):
        history.add(attempt(spoken_at=datetime(2025, 3, 14, 9, 26, 53)))  # noqa: DTZ001 - the point of this test


def test_the_question_is_kept_as_it_was_asked(history):
    history.add(attempt())
    assert history.get("take-1").question == QUESTION


def test_an_unknown_id_is_none_and_deleting_it_changes_nothing(history):
    history.add(attempt())
    history.delete("take-9")
    assert history.get("take-9") is None
    assert history.ids() == frozenset({"take-1"})


def test_a_summary_tells_the_attempt_without_its_words(history):
    history.add(attempt(values={"speech_rate": 141.5, "filled_pause_rate": None, "duration": 0.0}))
    history.add(attempt("take-2", question=None, model=None, spoken_at=SPOKEN_AT - timedelta(days=1)))
    newest, oldest = history.summaries()
    assert (newest.id, newest.spoken_at, newest.prompt) == ("take-1", SPOKEN_AT, QUESTION.prompt)
    assert (newest.question_id, newest.kind, newest.duration) == ("deadline-moved", "behavioral", 12.5)
    assert (newest.story_type, newest.model) == ("story", "tiny.en")
    assert newest.values == {"speech_rate": 141.5, "filled_pause_rate": None, "duration": 0.0}
    assert (oldest.prompt, oldest.kind, oldest.model) == (None, None, None)
    assert [found.id for found in history.summaries(kind="behavioral")] == ["take-1"]
    assert history.summaries(question_id="other") == ()


def test_a_trend_runs_from_the_oldest_and_keeps_model_and_version(history):
    later = attempt("late", spoken_at=SPOKEN_AT + timedelta(days=1), model="base", question=CASE)
    history.add(replace(later, measurements=(Measurement("speech_rate", 0.0, version=99),)))
    history.add(attempt("early", values={"speech_rate": 140.0}))
    history.add(attempt("silent", values={"speech_rate": None}))
    early = TrendPoint("early", SPOKEN_AT, 140.0, METRICS["speech_rate"].version, "tiny.en", "behavioral")
    late = TrendPoint("late", SPOKEN_AT + timedelta(days=1), 0.0, 99, "base", "case")
    assert history.trend("speech_rate") == (early, late)
    assert history.trend("speech_rate", kind="case") == (late,)
    assert history.trend("no_such_metric") == ()


def test_a_metric_nobody_knew_needs_no_migration(history):
    history.add(attempt(values={"invented_yesterday": 3.5}))
    assert [point.value for point in history.trend("invented_yesterday")] == [3.5]


def test_deleting_leaves_no_trace_in_the_folder(history):
    words = "xylophone quarrel zeppelin "
    history.add(attempt("kept"))
    history.add(attempt("gone", text=words * 400, values={"unheard_of_metric": 7.0}))
    folder = history.path.parent
    assert any(b"xylophone" in file.read_bytes() for file in folder.iterdir())
    history.delete("gone")
    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not [word for word in (b"xylophone", b"quarrel", b"unheard_of_metric") if word in left]
    assert history.ids() == frozenset({"kept"})


def test_replacing_leaves_no_trace_of_the_old_words(history):
    history.add(attempt(text="xylophone " * 900))
    history.add(attempt(text="calm"))
    assert not any(b"xylophone" in file.read_bytes() for file in history.path.parent.iterdir())


def test_deleting_empties_every_table(history):
    history.add(attempt())
    history.delete("take-1")
    with closing(sqlite3.connect(history.path)) as connection:
        dump = list(connection.iterdump())
    assert not [line for line in dump if line.startswith("INSERT")]


def test_a_take_analysed_again_keeps_what_was_written_beside_it(history):
    history.add(attempt())
    with closing(sqlite3.connect(history.path)) as connection, connection:
        connection.execute("INSERT INTO about (attempt_id, title) VALUES (?, 'My best one')", (attempt().id,))
    history.add(replace(attempt(), model="base"))
    with closing(sqlite3.connect(history.path)) as connection:
        assert connection.execute("SELECT title FROM about").fetchall() == [("My best one",)]
    assert history.get(attempt().id).model == "base"


def test_how_a_take_came_about_is_kept(history):
    told = replace(attempt(), origin=Origin("computer", "Desk microphone", "a-parent", "a-round"), program="1.2")
    history.add(told)
    assert history.get(told.id) == told
    (summary,) = history.summaries()
    assert (summary.source, summary.parent, summary.round) == ("computer", "a-parent", "a-round")


def test_documents_are_kept_by_kind_and_name(history):
    history.documents.put("round", "a", {"step": 1})
    history.documents.put("round", "a", {"step": 2})
    history.documents.put("settings", "a", {})
    assert history.documents.get("round", "a") == {"step": 2}
    assert history.documents.all("round") == {"a": {"step": 2}}
    history.documents.delete("round", "a")
    assert history.documents.get("round", "a") is None


def test_a_document_that_is_no_json_is_refused(history):
    with pytest.raises(ValueError, match="the round a cannot be kept"):
        history.documents.put("round", "a", {"when": float("nan")})
