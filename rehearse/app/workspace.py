"""A workspace: all that one person keeps, opened once and handed down, so that nothing asks whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rehearse.preparation.sets import derived_sets
from rehearse.questions import Derived, QuestionLibrary
from rehearse.storage.history import History
from rehearse.storage.profiles import Profile, in_folder
from rehearse.storage.takes import TakeStore


@dataclass(frozen=True, slots=True)
class Workspace:
    """What belongs to one profile.

    Attributes:
        profile: As it was when the workspace was opened.
        takes: Recordings on disk.
        history: Analysed attempts, and the documents beside them.
        questions: The shipped sets, the person's own, and those that follow from their preparation.

    """

    profile: Profile
    takes: TakeStore
    history: History
    questions: QuestionLibrary


def open_workspace(owner: Profile | Path) -> Workspace:
    """Open what a profile keeps, or what lies in a folder; a history is created where there is none.

    Question files in which an earlier version kept the sets that are derived now are removed.

    Raises:
        ValueError: The history is damaged, or a newer rehearse wrote it.
        OSError: It cannot be read or created.

    """
    profile = _profile(owner)
    history = History(_history_file(profile))
    questions = QuestionLibrary(_own_questions(profile), lambda: derived_sets(history.documents))
    questions.remove_marked()
    return Workspace(profile, takes_of(profile), history, questions)


def takes_of(owner: Profile | Path) -> TakeStore:
    """Give the recordings alone, for what must work beside a damaged history."""
    return TakeStore(_profile(owner).folder / "takes")


def questions_of(owner: Profile | Path) -> QuestionLibrary:
    """Give the questions alone: a history is read where there is one, and a damaged one only hides what follows from it."""
    profile = _profile(owner)
    return QuestionLibrary(_own_questions(profile), lambda: _derived(_history_file(profile)))


def _derived(history_file: Path) -> Derived:
    try:
        return derived_sets(History(history_file).documents) if history_file.exists() else Derived()
    except (ValueError, OSError) as error:
        return Derived(problems=(str(error),))


def _profile(owner: Profile | Path) -> Profile:
    return in_folder(owner) if isinstance(owner, Path) else owner


def _history_file(profile: Profile) -> Path:
    return profile.folder / "history.db"


def _own_questions(profile: Profile) -> Path:
    return profile.folder / "question_sets"
