"""A workspace: all data of one person, opened once and passed down, so that no module asks whose data it is."""

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
        questions: The shipped sets, the person's own, and those derived from their preparation.

    """

    profile: Profile
    takes: TakeStore
    history: History
    questions: QuestionLibrary


def open_workspace(owner: Profile | Path) -> Workspace:
    """Open the data of a profile or in a folder; a history is created if there is none.

    Question files in which an earlier version stored the sets that are now derived are deleted.

    Raises:
        ValueError: The history is damaged, or was written by a newer version of rehearse.
        OSError: The history cannot be read or created.

    """
    profile = _profile(owner)
    history = History(_history_file(profile))
    questions = QuestionLibrary(_own_questions(profile), lambda: derived_sets(history.documents))
    questions.remove_marked()
    return Workspace(profile, takes_of(profile), history, questions)


def takes_of(owner: Profile | Path) -> TakeStore:
    """Return only the recordings, for code that must work even if the history is damaged."""
    return TakeStore(_profile(owner).folder / "takes")


def questions_of(owner: Profile | Path) -> QuestionLibrary:
    """Return only the questions; a missing or damaged history only hides the sets derived from it."""
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
