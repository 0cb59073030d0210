"""What a person or a file supplied is shown letter by letter, and values read like sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.pages.shared.text import clock, goal, kind_label, plain
from tests.factories import QUESTION

UNESCAPED_MARK = re.compile(r"(?<!\\)(?:\\\\)*[!-/:-@\[\]-`{-~]")


@given(st.text())
def test_every_mark_of_markdown_is_escaped_and_no_letter_is_lost(text: str) -> None:
    escaped = plain(text)
    assert not UNESCAPED_MARK.search(escaped)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped).replace("\N{WORD JOINER}", "")
    assert shown == " ".join(text.replace("\N{WORD JOINER}", "").split())


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "a@example.com",
        "WWW.example.com",
        ":smile:",
        ":+1:",
        ":100:",
        ":red[x]",
        ":material/mic:",
    ],
)
def test_what_acts_even_when_escaped_is_broken_by_a_word_joiner(text: str) -> None:
    assert "\N{WORD JOINER}" in plain(text)


@pytest.mark.parametrize("text", ["at 1:32", "about 3.5 words", "10:30", "then: now"])
def test_ordinary_text_gets_no_invisible_letters(text: str) -> None:
    assert "\N{WORD JOINER}" not in plain(text)


def test_line_breaks_cannot_start_a_new_block() -> None:
    assert plain("one\n\n    two") == "one two"


def test_a_clock_counts_minutes_beyond_the_hour() -> None:
    assert [clock(seconds) for seconds in (0, 59.9, 60, 3725)] == ["0:00", "0:59", "1:00", "62:05"]


def test_kinds_and_goals_read_like_words() -> None:
    assert kind_label("own_question") == "Own question"
    assert kind_label(None) == "Any answer"
    assert goal(QUESTION) == "aim for 0:45 to 3:00"
