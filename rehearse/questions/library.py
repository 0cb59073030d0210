"""All question sets of a person: the shipped ones, their own, and those derived from their preparation."""

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
"""Id of the set of questions asked in the person's real interview, which is listed first."""

SUFFIXES = frozenset(PARSERS)
"""Suffixes of question files."""

_MARK = b"# Written by rehearse from what is on the page Prepare; changes made here are lost.\n"
_MARKED = frozenset({"from-my-interview.toml", "from-my-resume.toml", "from-my-research.toml", "from-the-job.toml"})
"""Files that older versions wrote, before these sets were derived in memory; all of them begin with ``_MARK``."""


@dataclass(frozen=True, slots=True)
class Derived:
    """Question sets that are not in any file.

    Attributes:
        sets: In any order; sets without questions are ignored.
        problems: Sentences about what could not be derived.

    """

    sets: tuple[QuestionSet, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """A snapshot of the sets that can be practised, and of the problems with any others.

    Attributes:
        sets: ``FIRST_SET`` if there is one, the shipped ones, then all others by name.
        problems: Sentences; those about a file start with ``FILE:LINE:``, and that file gives no set.
        left_out: Sentences about derived sets that are replaced by one of the person's own files.

    """

    sets: tuple[QuestionSet, ...]
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all sets, in order."""
        return tuple(question for question_set in self.sets for question in question_set.questions)

    def find(self, question_id: str) -> Question:
        """Look up a question in all sets; for one that belongs to another question, pass its ``root_id``.

        Raises:
            ValueError: No set contains it.

        """
        found = _question(question_id, self.questions)
        if found is None:
            msg = f"there is no question {question_id!r:.90}; 'rehearse questions list' shows them all"
            raise ValueError(msg)
        return found

    def set_of(self, question_id: str) -> QuestionSet | None:
        """Return the set that contains a question, or None."""
        return next(
            (
                question_set
                for question_set in self.sets
                if any(question.id == question_id for question in question_set.questions)
            ),
            None,
        )


class QuestionLibrary:
    """Reads the sets afresh at each access, since files and documents may change.

    Attributes:
        folder: Folder of the person's own question files. Not created.

    """

    def __init__(self, folder: Path, derive: Callable[[], Derived] = Derived) -> None:
        """Set the folder; ``derive`` returns the sets that are not in any file."""
        self.folder = folder
        self._derive = derive

    def read(self) -> Library:
        """Read all sets; an invalid file does not affect the others."""
        derived = self._derive()
        own = {path.name: path for path in set_files(self.folder) if not _is_marked(path)}
        stand_ins = {slug(path.stem): path for path in own.values()}
        made = {f"{question_set.id}.toml": question_set for question_set in derived.sets if question_set.questions}
        free = {name: question_set for name, question_set in made.items() if question_set.id not in stand_ins}
        gathering = _Gathering()
        for path in set_files(paths.shipped("question_sets")):
            gathering.add_file(path)
        for name in sorted({*own, *free}):
            if name in own:
                gathering.add_file(own[name])
            else:
                gathering.add(free[name])
        sets = sorted(gathering.sets.values(), key=lambda question_set: question_set.id != FIRST_SET)
        left_out = tuple(
            _left_out(question_set, stand_ins[question_set.id])
            for question_set in made.values()
            if question_set.id in stand_ins
        )
        return Library(tuple(sets), (*gathering.problems, *derived.problems), left_out)

    @property
    def sets(self) -> tuple[QuestionSet, ...]:
        """The sets that can be practised."""
        return self.read().sets

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems with the other sets."""
        return self.read().problems

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of all sets, in order."""
        return self.read().questions

    def find(self, question_id: str) -> Question:
        """Look up a question like ``Library.find``, but first in the shipped sets, which need no derivation.

        Raises:
            ValueError: No set contains it.

        """
        return _question(question_id, shipped_questions()) or self.read().find(question_id)

    def remove_marked(self) -> None:
        """Delete the files in which older versions stored the sets that are now derived.

        Files that cannot be deleted are ignored when reading.
        """
        with suppress(OSError):
            for path in filter(_is_marked, set_files(self.folder)):
                path.unlink(missing_ok=True)


def shipped_questions() -> tuple[Question, ...]:
    """Return the questions shipped with rehearse, in order."""
    gathering = _Gathering()
    for path in set_files(paths.shipped("question_sets")):
        gathering.add_file(path)
    return tuple(question for question_set in gathering.sets.values() for question in question_set.questions)


def set_files(folder: Path) -> list[Path]:
    """Return the question files of a folder by name; hidden files and other suffixes are left out."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if path.suffix.lower() in SUFFIXES and path.name[0] != "." and path.is_file())


class _Gathering:
    """Collects sets one by one; a set or question already present is not added again."""

    def __init__(self) -> None:
        self.sets: dict[str, QuestionSet] = {}
        self.problems: list[str] = []

    def add_file(self, path: Path) -> None:
        try:
            stat = path.stat()
        except FileNotFoundError:  # deleted since the folder was listed
            return
        found, complaints = _read_once(path, (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
        complaints = complaints or _clashes(path, found, self.sets)
        self.problems += complaints
        if found and not complaints:
            self.sets[found.id] = found

    def add(self, question_set: QuestionSet) -> None:
        """Add a derived set, without any questions already present."""
        known = {question.id for other in self.sets.values() for question in other.questions}
        fresh: dict[str, Question] = {}
        for question in question_set.questions:
            if question.id not in known:
                fresh.setdefault(question.id, question)
        if fresh and question_set.id not in self.sets:
            self.sets[question_set.id] = replace(question_set, questions=tuple(fresh.values()))


def _question(question_id: str, questions: Iterable[Question]) -> Question | None:
    return next((question for question in questions if question.id == question_id), None)


def _left_out(question_set: QuestionSet, path: Path) -> str:
    return (
        f"{path} is a set of your own and is left alone, so the questions of “{question_set.title}” are not made: "
        "give the file another name to have both"
    )


def _is_marked(path: Path) -> bool:
    """Whether rehearse wrote this file; a copy with another name is the person's own."""
    if path.name not in _MARKED:
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


# Pages read the sets on every click, and parsing all shipped sets takes longer than checking whether they changed.
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
