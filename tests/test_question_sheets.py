"""A table of questions is read however a spreadsheet saved it, and its heading is never a question."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from rehearse import questions
from tests.factories import write

pytestmark = pytest.mark.usefixtures("own")

EXPECTED = [("Why us, and; why now?", "motivation"), ("What broke last year?", "behavioral")]
ROWS = (("prompt", "kind"), ('"Why us, and; why now?"', "motivation"), ("What broke last year?", "behavioral"))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def found(path: Path) -> list[tuple[str, str]]:
    return [(one.prompt, one.kind) for one in questions.load_question_set(path).questions]


def table(separator: str, rows: tuple[tuple[str, ...], ...] = ROWS, *, end: str = "\r\n") -> str:
    return end.join(separator.join(row) for row in rows) + end


@pytest.mark.parametrize(
    ("separator", "encoding", "before"),
    [*product([",", ";", "\t", "|"], ENCODINGS, ["", "\r\n\r\n"]), (";", "utf-8", ";;\r\n")],
)
def test_a_table_is_read_with_any_separator_in_any_unicode_below_empty_lines(
    own: Path, separator: str, encoding: str, before: str
) -> None:
    assert found(write(own, "x.csv", (before + table(separator)).encode(encoding))) == EXPECTED


@pytest.mark.parametrize("line", ["sep={}\r\n", "SEP = {}\n", '"sep={}"\r\n', "\r\nsep={}\r\n\r\n", "\ufeffsep={}\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^"])
def test_the_line_that_names_the_separator_is_obeyed_and_is_no_question(own: Path, line: str, separator: str) -> None:
    assert found(write(own, "x.csv", line.format(separator) + table(separator))) == EXPECTED


@pytest.mark.parametrize(
    "heading",
    ["Prompt;Kind", "PROMPT;KIND", '"Prompt";"KIND"', "Question;kind", "questions;Kind;;"],
)
def test_a_heading_in_any_letters_is_a_heading(own: Path, heading: str) -> None:
    assert found(write(own, "x.csv", f"{heading}\n" + table(";", ROWS[1:]))) == EXPECTED


def test_columns_stand_in_any_order_and_may_have_spaces_in_their_names(own: Path) -> None:
    path = write(own, "x.csv", "Think seconds;KIND;Difficulty;Prompt\n5;case;3;How many beds?\n;;;Why?;;\n")
    first, second = questions.load_question_set(path).questions
    assert (first.prompt, first.kind, first.think_seconds, first.difficulty) == ("How many beds?", "case", 5, 3)
    assert second.prompt == "Why?"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_heading_over_one_column_is_no_question(own: Path, end: str) -> None:
    path = write(own, "x.csv", end.join(["", "Questions", "Why us?", "And now?"]))
    assert [prompt for prompt, _ in found(path)] == ["Why us?", "And now?"]


def test_a_table_saved_as_text_is_read_as_a_table(own: Path) -> None:
    assert found(write(own, "x.txt", table("\t").encode("utf-16"))) == EXPECTED
    assert found(write(own, "y.txt", "sep=;\n" + table(";"))) == EXPECTED


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("kind;difficulty\nmotivation;2\n", 1, "none is prompt"),
        ("\n\nprompt;Prompt\nWhy?;How?\n", 3, "two columns are named 'prompt'"),
        ("Why us?\tmotivation\nWhat broke?\tbehavioral\n", 1, "this row has 2 cells where 1 can be named"),
        ("Why us?;motivation\nWhat broke?;behavioral\n", 1, "this row has 2 cells where 1 can be named"),
        ("sep=;\nWhy us?;motivation\n", 2, "this row has 2 cells where 1 can be named"),
        ("Prompt;mood\nWhy us?;calm\n", 2, "the key 'mood' is not known"),
    ],
)
def test_a_table_that_cannot_be_understood_is_refused_with_its_cause(
    own: Path, text: str, line: int, cause: str
) -> None:
    path = write(own, "x.csv", text)
    [problem, *_] = questions.check_question_set(path)
    assert problem.startswith(f"{path}:{line}: ")
    assert cause in problem


def test_a_question_with_a_semicolon_stays_whole_in_a_list_without_a_heading(own: Path) -> None:
    path = write(own, "x.csv", "Why us; and why now?\nWhat broke?\n")
    assert [prompt for prompt, _ in found(path)] == ["Why us; and why now?", "What broke?"]
