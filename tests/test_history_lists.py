"""Which answers a list shows, what is found in them, and what a person writes about them."""

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from rehearse.model import Origin
from rehearse.storage.history import About, History, excerpt, migrations, row_codec, store
from tests.factories import QUESTION, SPOKEN_AT, attempt

CASE = replace(
    QUESTION, id="new-market", kind="case", prompt="How would you enter a new market?", competency="judgement"
)


def found(history, **wanted):
    return [summary.id for summary in history.summaries(**wanted)]


def test_what_is_written_about_an_answer_comes_back_and_the_rest_stays(history):
    history.add(attempt())
    assert history.about("take-1") == About()
    history.describe("take-1", title="  The  ward ", tags=("Ward", "strong", "ward"), rating=4)
    told = history.describe("take-1", note="Shorter next time.", told_before=True)
    assert told == About("The ward", "Shorter next time.", ("strong", "ward"), 4, told_before=True)
    assert history.about("take-1") == told
    assert history.describe("take-1", rating=None, tags=()).rating is None
    assert history.about("take-1").tags == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "x" * 201}, "the title is too long: 201 characters, and there is room for 200"),
        ({"note": "x" * 20_001}, "the note is too long"),
        ({"tags": ("x" * 41,)}, "the tag 'x+' is too long"),
        ({"tags": tuple(map(str, range(21)))}, r"an answer can have 20 tags \(got 21\)"),
        ({"rating": 6}, r"a rating is a whole number from 1 to 5 \(got 6\)"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(history, changes, sentence):
    history.add(attempt())
    history.describe("take-1", title="Mine")
    with pytest.raises(ValueError, match=sentence):
        history.describe("take-1", **changes)
    assert history.about("take-1") == About("Mine")


def test_nothing_is_written_about_an_answer_that_is_gone(history):
    with pytest.raises(ValueError, match="there is no answer 'take-9' to write about"):
        history.describe("take-9", title="Mine")


def test_a_list_tells_what_was_written(history):
    history.add(attempt())
    history.describe("take-1", title="Mine", tags=("b", "A"), rating=2, told_before=True)
    (summary,) = history.summaries()
    assert (summary.title, summary.tags, summary.rating, summary.told_before) == ("Mine", ("A", "b"), 2, True)


@pytest.mark.parametrize(
    "text", ["ward", "LED move", '"the waiting list"', "wait lis", "thírd", "deadline", "", "  % "]
)
def test_a_search_finds_words_that_begin_so_whatever_case_and_accents(history, text):
    history.add(attempt())
    assert found(history, text=text) == ["take-1"]


@pytest.mark.parametrize("text", ["aiting", '"list waiting"', "ward budget", "' OR 1=1 --budget", "%budget%"])
def test_a_search_finds_nothing_else(history, text):
    history.add(attempt())
    assert found(history, text=text) == []


def test_a_search_finds_titles_notes_and_tags_as_they_are_now(history):
    history.add(attempt())
    history.describe("take-1", title="Élan", note="ask Zoë's team", tags=("night shift",))
    assert found(history, text="elan zoe night") == ["take-1"]
    history.describe("take-1", title="", note="", tags=())
    assert found(history, text="elan") == []


def test_a_search_forgets_the_words_of_an_analysis_that_was_replaced(history):
    history.add(attempt(text="Xylophones everywhere."))
    history.describe("take-1", title="Mine")
    history.add(attempt(text="Calm."))
    assert found(history, text="xylophones") == []
    assert found(history, text="calm mine") == ["take-1"]


def test_answers_kept_before_there_was_a_search_are_found(tmp_path, monkeypatch):
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:3])
    old = History(tmp_path / "old.db")
    with closing(sqlite3.connect(old.path)) as connection, connection:
        origin = {name: value for name, value in row_codec.origin_row(attempt()).items() if name != "pauses_known"}
        for table, row in (("attempt", row_codec.attempt_row(attempt())), ("origin", origin)):
            names = ", ".join(row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{one}' for one in row)})", row)  # noqa: S608
    monkeypatch.undo()
    assert found(History(old.path), text="deadline ward") == ["take-1"]


def test_lists_are_narrowed_by_what_the_question_probes_by_set_tag_round_and_date(history):
    history.add(replace(attempt("old", question=CASE), origin=Origin(round="a-round")))
    history.add(attempt("new", spoken_at=SPOKEN_AT + timedelta(days=9)))
    history.describe("new", tags=("Ward",))
    assert found(history, competency="judgement") == ["old"]
    assert found(history, questions={"new-market", "another"}) == ["old"]
    assert found(history, questions=()) == []
    assert found(history, tag="ward") == ["new"]
    assert found(history, round="a-round") == ["old"]
    assert found(history, since=SPOKEN_AT + timedelta(days=1)) == ["new"]
    assert found(history, until=SPOKEN_AT + timedelta(days=1)) == ["old"]
    assert history.count(kind="case", text="market") == 1
    assert [whole.id for whole in history.attempts(tag="Ward")] == ["new"]
    assert history.tags() == ("Ward",)


@pytest.mark.parametrize(
    ("kept", "asked"), [("Über", "über"), ("ärzte", "ÄRZTE"), ("Straße", "STRASSE"), ("ΣΊΓΜΑΣ", "σίγμας")]
)
def test_a_tag_is_found_whatever_its_case_in_any_alphabet(history, kept, asked):
    history.add(attempt("take-1"))
    history.add(attempt("take-2"))
    history.describe("take-1", tags=(kept,))
    assert found(history, tag=asked) == ["take-1"]
    history.describe("take-2", tags=(asked,))
    assert found(history, tag=kept) == ["take-2", "take-1"]
    assert len(history.tags()) == 1


def test_the_sample_answer_counts_nowhere_unless_it_is_asked_for(history):
    history.add(replace(attempt("sample"), origin=Origin("sample")))
    assert (history.count(), found(history), history.attempts(), history.trend("speech_rate")) == (0, [], (), ())
    assert found(history, samples=True) == ["sample"]
    assert [point.attempt_id for point in history.trend("speech_rate", samples=True)] == ["sample"]
    assert history.ids() == {"sample"}


def test_a_list_comes_in_pages_with_its_values(history):
    for day in range(5):
        history.add(attempt(f"take-{day}", spoken_at=SPOKEN_AT + timedelta(days=day), values={"speech_rate": day}))
    page = history.summaries(limit=2, offset=1)
    assert [(summary.id, summary.values) for summary in page] == [
        ("take-3", {"speech_rate": 3.0}),
        ("take-2", {"speech_rate": 2.0}),
    ]
    assert history.count() == 5


def test_a_page_of_two_thousand_answers_and_a_search_in_them_are_quick(history):
    long = "so we moved the waiting list to the new ward and it fell by a third " * 10
    kept = attempt(text=long)
    with history._database.transaction("IMMEDIATE") as connection:
        for number in range(2000):
            store._add(connection, replace(kept, id=f"take-{number}"))
    history.describe("take-7", note="xylophone")
    started = time.process_time()
    assert len(history.summaries(limit=20, offset=1000)) == 20
    assert found(history, text="xylophone ward") == ["take-7"]
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("search", "quoted"),
    [
        ("wait", "a b c d e f g h Waiting"),
        ('"waiting LIST"', "Waiting list"),
        ("xylophone líst", "list"),
        ("co-op", "Co-op"),
        ("aiting", ""),
        ("", ""),
    ],
)
def test_what_a_search_finds_is_quoted_with_the_words_around_it(search, quoted):
    text = "z a b c d e f g h Waiting list. Then the Co-op in one more place than ever before."
    found = excerpt(text, search)
    assert quoted in found
    assert bool(found) is bool(quoted)
    assert not quoted.startswith("a b") or found.startswith("... a b")


def test_words_can_be_read_without_what_was_measured(history):
    history.add(attempt())
    (whole,) = history.attempts()
    assert whole.measurements
    assert history.attempts(measured=False) == (replace(whole, measurements=()),)
