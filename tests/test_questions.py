"""The shipped question sets are complete, the library forgives a broken file, and the command does its work."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from rehearse import questions
from rehearse.cli import main
from rehearse.files import paths
from rehearse.model import QUESTION_KINDS
from tests.factories import write
from tests.workspaces import mine

SHIPPED = sorted(paths.shipped("question_sets").glob("*.toml"))
COMPETENCIES = {
    "adaptability",
    "collaboration",
    "communication",
    "customer focus",
    "integrity",
    "leadership",
    "learning from failure",
    "motivation",
    "ownership",
    "problem solving",
    "setting priorities",
    "technical depth",
}

GOOD = '[[questions]]\nprompt = "Why us?"\n'

pytestmark = pytest.mark.usefixtures("own")


# What ships


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_set_has_no_problem(path):
    assert questions.check_question_set(path) == ()


def test_every_kind_has_at_least_fourteen_shipped_questions():
    counted = Counter(question.kind for question in questions.shipped_questions())
    assert set(counted) == set(QUESTION_KINDS)
    assert min(counted.values()) >= 14


def test_shipped_ids_and_prompts_are_unique():
    assert mine().questions.problems == ()
    assert len({question.id for question in questions.shipped_questions()}) == len(questions.shipped_questions())
    assert len({question.prompt for question in questions.shipped_questions()}) == len(questions.shipped_questions())


def test_shipped_questions_cover_the_competencies_and_difficulties():
    assert {question.competency for question in questions.shipped_questions()} == COMPETENCIES
    assert {question.difficulty for question in questions.shipped_questions()} == {1, 2, 3}


def test_technical_questions_come_from_many_fields():
    fields = Counter(question.field for question in questions.shipped_questions() if question.kind == "technical")
    assert "" not in fields
    assert {"software", "data", "nursing", "teaching", "finance", "operations", "retail"} <= set(fields)


def test_shipped_prompts_can_be_spoken():
    for question in questions.shipped_questions():
        for text in (question.prompt, *question.probes):
            assert re.fullmatch(r"[A-Za-z ,.;:?'\"-]+", text), text
            assert len(text) <= 400
            assert text[-1] in ".?"


def test_shipped_questions_say_what_to_listen_for_and_what_to_ask_next():
    for question in questions.shipped_questions():
        assert 2 <= len(question.listen_for) <= 4, question.id
        assert 2 <= len(question.probes) <= 3, question.id
        assert question.id.startswith(question.kind.replace("_", "-"))


def test_a_panel_question_names_who_asks():
    role = re.compile(r"^(The|A) .{5,120}(asks|says|returns to your proudest change): |now both look at you and ask: ")
    for question in questions.shipped_questions():
        if question.kind == "panel":
            assert role.search(question.prompt), question.prompt


# The library


def test_a_broken_file_hides_no_other(own):
    before = mine().questions.sets
    broken = write(own, "a.toml", "oh no")
    good = write(own, "b.txt", "What did the ward teach you?")
    library = mine().questions
    assert library.sets == (*before, questions.load_question_set(good))
    assert library.problems == questions.check_question_set(broken)


def test_a_question_that_another_set_has_already_is_named(own):
    text = GOOD + '[[questions]]\nprompt = "Mine?"\nid = "behavioral-wrong-call"\n'
    path = write(own, "mine.toml", text)
    library = mine().questions
    (problem,) = library.problems
    assert problem.startswith(f"{path}:5: the question 'behavioral-wrong-call' is already in the set 'behavioral'")
    assert "mine" not in [question_set.id for question_set in library.sets]


def test_a_set_named_like_a_shipped_one_is_named(own):
    path = write(own, "Panel.txt", "Who are you?")
    assert mine().questions.problems == (f"{path}:1: there is already a set 'panel'; give this file another name",)


def test_a_mended_file_is_read_again(own):
    path = write(own, "mine.toml", "oh no")
    assert mine().questions.problems
    path.write_text(GOOD)
    assert mine().questions.problems == ()
    assert mine().questions.find("why-us").prompt == "Why us?"


def test_hidden_and_other_files_are_left_alone(own):
    write(own, "._mine.toml", b"\x00\x05")
    write(own, "notes.md", "# notes")
    (own / "folder.toml").mkdir()
    assert mine().questions.problems == ()


def test_a_question_is_found_by_id():
    assert mine().questions.find("case-gym-fee").kind == "case"
    with pytest.raises(ValueError, match="there is no question 'nope'; 'rehearse questions list' shows them all"):
        mine().questions.find("nope")


# The command


def test_list_shows_ids_and_prompts_of_a_kind(capsys):
    assert main(["questions", "list", "--kind", "case"]) == 0
    shown = capsys.readouterr().out
    assert "case-gym-fee" in shown
    assert mine().questions.find("case-gym-fee").prompt in " ".join(shown.split())
    assert "panel-" not in shown


def test_list_shows_one_set(capsys):
    assert main(["questions", "list", "--set", "own_question"]) == 0
    assert capsys.readouterr().out.count("\n  own-question-") >= 14
    assert main(["questions", "list", "--set", "nope"]) == 1
    assert "there is no set 'nope'; use one of behavioral, " in capsys.readouterr().err


def test_list_shows_good_sets_and_reports_broken_ones(own, capsys):
    path = write(own, "mine.toml", "oh no")
    assert main(["questions", "list"]) == 0
    shown = capsys.readouterr()
    assert "behavioral-wrong-call" in shown.out
    assert shown.err.startswith(f"{path}:1: ")


def test_check_is_content_with_shipped_sets(capsys):
    assert main(["questions", "check", *map(str, SHIPPED)]) == 0
    assert main(["questions", "check"]) == 0
    assert capsys.readouterr().err == ""


def test_new_writes_an_example_that_is_valid(own, tmp_path, capsys):
    own.rmdir()
    path = tmp_path / "mine.toml"
    assert main(["questions", "new", str(path)]) == 0
    assert f"save it in this folder, where the page finds it: {own}" in capsys.readouterr().out
    assert own.is_dir()
    assert len(questions.load_question_set(path).questions) == 2


def test_new_converts_a_list_of_questions(tmp_path):
    lines = write(tmp_path, "round two.txt", '1. Why us?\n2. Why "now", and not later?\n')
    path = tmp_path / "mine.toml"
    assert main(["questions", "new", str(path), "--from", str(lines)]) == 0
    assert questions.load_question_set(path) == replace(questions.load_question_set(lines), id="mine")


def test_new_says_that_the_page_finds_a_set_in_the_own_folder(capsys):
    path = mine().questions.folder / "mine.toml"
    assert main(["questions", "new", str(path)]) == 0
    assert "The page finds it there" in capsys.readouterr().out
    assert "mine" in [found.id for found in mine().questions.sets]


def test_new_says_which_file_it_cannot_use(tmp_path, capsys):
    missing, target = tmp_path / "nope.txt", tmp_path / "x.toml"
    assert main(["questions", "new", str(target), "--from", str(missing)]) == 1
    assert capsys.readouterr().err.startswith(f"rehearse: {missing} cannot be read (No such file or directory); name")
    assert main(["questions", "new", str(tmp_path / "no" / "x.toml")]) == 1
    assert "x.toml cannot be written (No such file or directory); name" in capsys.readouterr().err


def test_new_overwrites_nothing(tmp_path, capsys):
    path = write(tmp_path, "mine.toml", GOOD)
    assert main(["questions", "new", str(path)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert path.read_text() == GOOD
    assert main(["questions", "new", str(tmp_path / "mine.txt")]) == 1
    assert "ends in .toml" in capsys.readouterr().err
