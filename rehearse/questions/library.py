"""All question sets of this computer: the shipped ones and the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rehearse import places
from rehearse.datatypes import Question, QuestionSet
from rehearse.questions.files import PARSERS, read
from rehearse.questions.schema import check_question_set, load_question_set

FIRST_SET = "from-my-interview"
"""Id of the set with what was asked in the person's real interview: to practise it comes before all else."""

SUFFIXES = frozenset(PARSERS)
"""Endings of question files."""


@dataclass(frozen=True, slots=True)
class Library:
    """The sets that can be practised, and what is wrong with the others.

    Attributes:
        sets: ``FIRST_SET`` where there is one, the shipped ones, then the user's own, each by file name.
        problems: Sentences that start ``FILE:LINE:``. A file named here gives no set.

    """

    sets: tuple[QuestionSet, ...]
    problems: tuple[str, ...]


def own_folder() -> Path:
    """Folder of the user's own sets. Not created."""
    return places.data_folder() / "question_sets"


def library() -> Library:
    """Read all sets; a broken file hides no other."""
    sets: dict[str, QuestionSet] = {}
    problems: list[str] = []
    for path in (*set_files(places.shipped("question_sets")), *set_files(own_folder())):
        stat = path.stat()
        found, complaints = _read_once(path, (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
        complaints = complaints or _clashes(path, found, sets)
        problems += complaints
        if found and not complaints:
            sets[found.id] = found
    return Library(tuple(sorted(sets.values(), key=lambda one: one.id != FIRST_SET)), tuple(problems))


def question_sets() -> tuple[QuestionSet, ...]:
    """Return the sets that can be practised; ``library().problems`` tells about the others."""
    return library().sets


def all_questions() -> tuple[Question, ...]:
    """Return the questions of all these sets, in order."""
    return tuple(question for question_set in question_sets() for question in question_set.questions)


def find_question(question_id: str) -> Question:
    """Look a question up in all sets; a question that belongs to another one is found by its ``root_id``.

    Raises:
        ValueError: No set has it.

    """
    for question in all_questions():
        if question.id == question_id:
            return question
    msg = f"there is no question {question_id!r:.90}; 'rehearse questions list' shows them all"
    raise ValueError(msg)


def set_files(folder: Path) -> list[Path]:
    """List the question files of a folder by name; hidden ones and other suffixes are left out."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.name[0] != "." and path.is_file())


# Pages ask on every click, and parsing all shipped sets takes longer than looking whether they changed.
@lru_cache(maxsize=256)
def _read_once(path: Path, _changed: tuple[int, ...]) -> tuple[QuestionSet | None, tuple[str, ...]]:
    complaints = check_question_set(path)
    return (None if complaints else load_question_set(path)), complaints


def _clashes(path: Path, found: QuestionSet | None, sets: dict[str, QuestionSet]) -> tuple[str, ...]:
    if found and found.id in sets:
        return (f"{path}:1: there is already a set {found.id!r}; give this file another name",)
    taken = {question.id: other.id for other in sets.values() for question in other.questions}
    names = [question.id for question in found.questions] if found else []
    if taken.keys().isdisjoint(names):
        return ()
    source = read(path)
    return tuple(
        f"{path}:{source.line(index, 'id')}: the question {name!r} is already in the set {taken[name]!r};"
        " give this one another id or delete it"
        for index, name in enumerate(names)
        if name in taken
    )
