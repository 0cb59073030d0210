"""All question sets of a person: the shipped ones, their own, and those that follow from what they prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rehearse.files import paths
from rehearse.model import Question, QuestionSet
from rehearse.questions.files import PARSERS, read
from rehearse.questions.schema import check_question_set, load_question_set, slug

FIRST_SET = "from-my-interview"
"""Id of the set with what was asked in the person's real interview: to practise it comes before all else."""

SUFFIXES = frozenset(PARSERS)
"""Endings of question files."""

_MARK = b"# Written by rehearse from what is on the page Prepare; changes made here are lost.\n"
_MARKED = frozenset({"from-my-interview.toml", "from-my-resume.toml", "from-my-research.toml", "from-the-job.toml"})
"""Files that rehearse wrote before it derived these sets in memory; all of them begin with the mark."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Sets that stand in no file.

    Attributes:
        sets: In any order; one without questions counts for nothing.
        problems: Sentences on what could not be derived.

    """

    sets: tuple[QuestionSet, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """The sets that can be practised, and what is wrong with the others, as they are at one moment.

    Attributes:
        sets: ``FIRST_SET`` where there is one, the shipped ones, then all others by name.
        problems: Sentences; about a file they start ``FILE:LINE:``, and that file gives no set.
        left_out: Sentences on derived sets that a file of the person's own stands in for.

    """

    sets: tuple[QuestionSet, ...]
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all sets, in order."""
        return tuple(question for one in self.sets for question in one.questions)

    def find(self, question_id: str) -> Question:
        """Look a question up in all sets; one that belongs to another is found by its ``root_id``.

        Raises:
            ValueError: No set has it.

        """
        found = _question(question_id, self.questions)
        if found is None:
            msg = f"there is no question {question_id!r:.90}; 'rehearse questions list' shows them all"
            raise ValueError(msg)
        return found

    def set_of(self, question_id: str) -> QuestionSet | None:
        """Find the set in which a question stands; None where it stands in none."""
        return next((one for one in self.sets if any(other.id == question_id for other in one.questions)), None)


class QuestionLibrary:
    """Reads the sets anew at each look, since files and documents change under it.

    Attributes:
        folder: Of the person's own question files. Not created.

    """

    def __init__(self, folder: Path, derive: Callable[[], Derived] = Derived) -> None:
        """Remember where to look; ``derive`` gives the sets that stand in no file."""
        self.folder = folder
        self._derive = derive

    def read(self) -> Library:
        """Read all sets; a broken file hides no other."""
        derived = self._derive()
        own = {path.name: path for path in set_files(self.folder) if not _is_marked(path)}
        stand_ins = {slug(path.stem): path for path in own.values()}
        made = {f"{one.id}.toml": one for one in derived.sets if one.questions}
        free = {name: one for name, one in made.items() if one.id not in stand_ins}
        gathering = _Gathering()
        for path in set_files(paths.shipped("question_sets")):
            gathering.add_file(path)
        for name in sorted({*own, *free}):
            if name in own:
                gathering.add_file(own[name])
            else:
                gathering.add(free[name])
        sets = sorted(gathering.sets.values(), key=lambda one: one.id != FIRST_SET)
        left_out = tuple(_left_out(one, stand_ins[one.id]) for one in made.values() if one.id in stand_ins)
        return Library(tuple(sets), (*gathering.problems, *derived.problems), left_out)

    @property
    def sets(self) -> tuple[QuestionSet, ...]:
        """The sets that can be practised."""
        return self.read().sets

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the other ones."""
        return self.read().problems

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all sets, in order."""
        return self.read().questions

    def find(self, question_id: str) -> Question:
        """Look a question up as ``Library.find`` does, first among the shipped ones, which need nothing derived.

        Raises:
            ValueError: No set has it.

        """
        return _question(question_id, shipped_questions()) or self.read().find(question_id)

    def remove_marked(self) -> None:
        """Remove the files in which an earlier version kept the sets that are derived now; who cannot keeps them unread."""
        with suppress(OSError):
            for path in filter(_is_marked, set_files(self.folder)):
                path.unlink(missing_ok=True)


def shipped_questions() -> tuple[Question, ...]:
    """Return the questions that come with rehearse, in order."""
    gathering = _Gathering()
    for path in set_files(paths.shipped("question_sets")):
        gathering.add_file(path)
    return tuple(question for one in gathering.sets.values() for question in one.questions)


def set_files(folder: Path) -> list[Path]:
    """List the question files of a folder by name; hidden ones and other suffixes are left out."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.name[0] != "." and path.is_file())


class _Gathering:
    """Sets put together one by one; a set or question that is there already comes in no second time."""

    def __init__(self) -> None:
        self.sets: dict[str, QuestionSet] = {}
        self.problems: list[str] = []

    def add_file(self, path: Path) -> None:
        try:
            stat = path.stat()
        except FileNotFoundError:  # removed since the folder was listed
            return
        found, complaints = _read_once(path, (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
        complaints = complaints or _clashes(path, found, self.sets)
        self.problems += complaints
        if found and not complaints:
            self.sets[found.id] = found

    def add(self, one: QuestionSet) -> None:
        """Take in a derived set, without the questions that a file has already."""
        known = {question.id for other in self.sets.values() for question in other.questions}
        fresh: dict[str, Question] = {}
        for question in one.questions:
            if question.id not in known:
                fresh.setdefault(question.id, question)
        if fresh and one.id not in self.sets:
            self.sets[one.id] = replace(one, questions=tuple(fresh.values()))


def _question(question_id: str, questions: Iterable[Question]) -> Question | None:
    return next((question for question in questions if question.id == question_id), None)


def _left_out(one: QuestionSet, path: Path) -> str:
    return (
        f"{path} is a set of your own and is left alone, so the questions of “{one.title}” are not made: "
        "give the file another name to have both"
    )


def _is_marked(path: Path) -> bool:
    """Whether rehearse wrote this file itself; a copy under another name is the person's own."""
    if path.name not in _MARKED:
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


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
