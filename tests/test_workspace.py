"""A workspace holds all of one person; the questions of their preparation are there without any file being written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import weights
from rehearse.app.workspace import Workspace, open_workspace, questions_of
from rehearse.cli import main
from rehearse.preparation.claims import find_claims, question_about
from rehearse.preparation.debrief import Asked, Debrief
from rehearse.preparation.interview import Person
from rehearse.preparation.job import question_of_job
from rehearse.preparation.preparation import Job, Part, Resume, save, start_over
from rehearse.preparation.research import Notes
from rehearse.questions import FIRST_SET, check_question_set, shipped_questions, to_toml
from rehearse.storage.history import History
from rehearse.storage.profiles import create
from rehearse.story import load
from tests.documents import INTERVIEW, NOTES, RESUME

MARK = "# Written by rehearse from what is on the page Prepare; changes made here are lost.\n"
MINE = '[[questions]]\nprompt = "Mine"\n'
DERIVED = [FIRST_SET, "from-my-research", "from-my-resume", "from-the-job"]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    return open_workspace(tmp_path)


def keep(workspace: Workspace, *parts: Part) -> None:
    for part in parts:
        save(workspace.history.documents, part)


def own(workspace: Workspace, name: str, text: str) -> Path:
    workspace.questions.folder.mkdir(exist_ok=True)
    path = workspace.questions.folder / name
    path.write_text(text)
    return path


def ids(workspace: Workspace) -> list[str]:
    shipped = {question.id for question in shipped_questions()}
    return [one.id for one in workspace.questions.sets if one.questions[0].id not in shipped]


def test_questions_that_follow_can_be_practised_like_any_other_and_stand_in_no_file(mine: Workspace) -> None:
    load()
    keep(mine, Resume(RESUME), NOTES, INTERVIEW, Debrief((Asked("Pineapple on pizza?"),)), Job("You plan the rota."))
    library = mine.questions.read()
    assert library.sets[0].id == FIRST_SET
    assert ids(mine) == DERIVED
    assert [one.title for one in library.sets if one.id in DERIVED][1:] == [
        "From my research",
        "From my CV",
        "From the job description",
    ]
    claim = find_claims(RESUME)[1]
    assert mine.questions.find(question_about(claim).id) == question_about(claim)
    assert mine.questions.find(question_of_job("rota").id) == question_of_job("rota")
    assert not mine.questions.folder.exists()


def test_what_is_emptied_takes_its_questions_with_it(mine: Workspace) -> None:
    keep(mine, Resume(RESUME), NOTES, Resume())
    assert ids(mine) == ["from-my-research"]
    start_over(mine.history.documents)
    assert ids(mine) == []


def test_hostile_notes_make_sets_that_are_valid_and_copied_are_read_again(mine: Workspace, tmp_path: Path) -> None:
    nasty = 'x"""\n[[questions]]\nid = "a"\n\\\u202e <b>\0 ' + "long " * 400
    keep(mine, Notes(nasty, nasty, nasty, nasty), Resume("- Led the whole move " + nasty))
    keep(mine, replace(INTERVIEW, company=nasty, people=(Person(nasty, nasty, nasty),)))
    keep(mine, Debrief((Asked(nasty, True, nasty),)))
    derived = [one for one in mine.questions.sets if one.id in DERIVED]
    assert len(derived) == 3
    for one in derived:
        path = tmp_path / f"{one.id}.toml"
        path.write_text(to_toml(one), encoding="utf-8")
        assert check_question_set(path) == ()


@pytest.mark.parametrize("name", ["from-my-resume.toml", "From_my_resume.csv", "from-my-resume.txt"])
def test_a_set_of_the_persons_own_stays_and_is_named_where_a_derived_one_would_hide_it(
    mine: Workspace, name: str
) -> None:
    path = own(mine, name, MINE if name.endswith("toml") else "Mine\n")
    keep(mine, Resume(RESUME), NOTES)
    library = mine.questions.read()
    assert [question.prompt for one in library.sets if one.id == "from-my-resume" for question in one.questions] == [
        "Mine"
    ]
    (sentence,) = library.left_out
    assert sentence.startswith(f"{path} is a set of your own and is left alone")
    assert "From my CV" in sentence
    assert "from-my-research" in ids(mine)
    assert library.problems == ()


def test_a_broken_file_in_the_way_is_named_twice_and_hides_no_other_set(mine: Workspace) -> None:
    path = own(mine, "from-my-resume.toml", "oh no")
    keep(mine, Resume(RESUME), NOTES)
    library = mine.questions.read()
    assert library.problems == check_question_set(path)
    assert ids(mine) == ["from-my-research"]
    assert len(library.left_out) == 1


def test_a_copy_of_a_derived_set_stays_the_persons_own_and_no_question_is_there_twice(mine: Workspace) -> None:
    keep(mine, Resume(RESUME))
    (derived,) = (one for one in mine.questions.sets if one.id == "from-my-resume")
    path = own(mine, "a-copy.toml", MARK + to_toml(replace(derived, questions=derived.questions[1:])))
    again = open_workspace(mine.profile)
    assert path.exists()
    assert again.questions.problems == ()
    found = {one.id: one.questions for one in again.questions.sets}
    assert found["a-copy"] == derived.questions[1:]
    assert found["from-my-resume"] == derived.questions[:1]


def test_files_that_an_earlier_version_wrote_are_passed_over_and_go_when_the_workspace_is_opened(
    mine: Workspace,
) -> None:
    keep(mine, Resume(RESUME))
    before = mine.questions.sets
    stale = own(mine, "from-my-resume.toml", MARK + MINE)
    other = own(mine, "mine.toml", '[[questions]]\nprompt = "Why here?"\n')
    kept = own(mine, "from-the-job.toml", MINE)
    assert [one for one in mine.questions.sets if one.id not in ("mine", "from-the-job")] == list(before)
    assert stale.exists(), "looking at questions writes nothing"
    open_workspace(mine.profile)
    assert not stale.exists()
    assert other.exists()
    assert kept.exists()


def test_derived_questions_are_listed_and_found_by_every_command(
    mine: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    keep(mine, Resume(RESUME))
    asked = question_about(find_claims(RESUME)[1])
    assert main(["questions", "list", "--set", "from-my-resume"]) == 0
    assert asked.id in capsys.readouterr().out
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"answer": "I led a team of 34 nurses across two wards."}\n')
    assert main(["analyze", "--json", "--question", asked.id, "--transcript", str(answers)]) == 0
    assert main(["record", "--question", asked.id, "--seconds", "0.1", "--device", "no such microphone"]) == 1
    told = capsys.readouterr().err
    assert asked.prompt in told
    assert "there is no question" not in told


def test_a_question_of_somebody_elses_preparation_is_not_found(
    mine: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    ana = create("Ana")
    keep(open_workspace(ana), Resume(RESUME))
    assert ids(mine) == []
    name = question_about(find_claims(RESUME)[1]).id
    assert main(["questions", "list"]) == 0
    assert name not in capsys.readouterr().out
    assert main(["--profile", "Ana", "questions", "list"]) == 0
    assert name in capsys.readouterr().out


def test_listing_questions_creates_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    assert main(["questions", "list"]) == 0
    assert list((tmp_path / "data").iterdir()) == []


def test_a_damaged_history_hides_no_question_but_those_that_follow_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path))
    (tmp_path / "history.db").write_bytes(b"no database" * 100)
    assert main(["questions", "list", "--kind", "case"]) == 0
    shown = capsys.readouterr()
    assert "case-gym-fee" in shown.out
    assert "is damaged" in shown.err


def test_a_preparation_that_cannot_be_read_is_one_sentence_and_hides_no_other_set(mine: Workspace) -> None:
    mine.history.documents.put("prepare", "debrief", {"asked": [3]})
    library = mine.questions.read()
    assert len(library.questions) == len(shipped_questions())
    (problem,) = library.problems
    assert "cannot be read" in problem


def test_without_the_parser_only_the_questions_of_the_job_description_are_missing(
    mine: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> list[str]:
        msg = "english-parser is not on this computer"
        raise ValueError(msg)

    keep(mine, Resume(RESUME), Job("You plan the shifts of a museum."))
    monkeypatch.setattr("rehearse.preparation.job.key_words_of_text", lambda *_: missing(weights.PARSER))
    library = mine.questions.read()
    assert ids(mine) == ["from-my-resume"]
    assert library.problems == (
        "no questions are made from the job description: english-parser is not on this computer",
    )


def test_a_shipped_question_is_found_without_looking_at_what_was_prepared(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"no database" * 100)
    assert questions_of(tmp_path).find("case-gym-fee").kind == "case"
    with pytest.raises(ValueError, match="there is no question 'nope'"):
        questions_of(tmp_path).find("nope")


def test_two_workspaces_side_by_side_never_meet(tmp_path: Path) -> None:
    first, second = open_workspace(tmp_path / "a"), open_workspace(tmp_path / "b")
    keep(first, NOTES)
    assert ids(first) == ["from-my-research"]
    assert ids(second) == []
    assert first.history.path == tmp_path / "a" / "history.db"
    assert History(tmp_path / "b" / "history.db").documents.everything() == ()
    assert second.takes.root == tmp_path / "b" / "takes"
