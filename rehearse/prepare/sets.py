"""The questions that preparation yields, as question sets of the person's own, so that every way of practising has them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rehearse.datatypes import QuestionSet
from rehearse.disk import explain_write_errors, write_safely
from rehearse.prepare.after import Debrief, drill
from rehearse.prepare.claims import find_claims, question_about
from rehearse.prepare.interview import Interview
from rehearse.prepare.job import question_of_job
from rehearse.prepare.research import Notes, questions_to_answer, questions_to_ask
from rehearse.questions import FIRST_SET, to_toml

RESUME_SET = "from-my-resume"
RESEARCH_SET = "from-my-research"
JOB_SET = "from-the-job"

_MARK = "# Written by rehearse from what is on the page Prepare; changes made here are lost.\n"


def interview_set(debrief: Debrief) -> QuestionSet:
    """Make a set of the questions that came."""
    told = "What you were asked, as you wrote it down; what went badly comes first."
    return QuestionSet(FIRST_SET, "From my interview", told, drill(debrief))


def resume_set(resume: str) -> QuestionSet:
    """Make a set with a question about each claim of a resume."""
    told = "One minute on each thing your resume claims, in its own words."
    questions = tuple(question_about(claim) for claim in find_claims(resume))
    return QuestionSet(RESUME_SET, "From my resume", told, questions)


def research_set(notes: Notes, interview: Interview) -> QuestionSet:
    """Make a set of what the notes lead to: questions to ask, and questions to answer."""
    told = "Questions to ask and to answer, each from a note of yours or a concern on the panel."
    questions = (*questions_to_ask(notes), *questions_to_answer(notes, interview))
    return QuestionSet(RESEARCH_SET, "From my research", told, questions)


def job_set(key_words: Iterable[str]) -> QuestionSet:
    """Make a set with a question about each key word of the job description."""
    told = "What the job description speaks of, each with a question to show it in your own work."
    return QuestionSet(JOB_SET, "From the job description", told, tuple(map(question_of_job, key_words)))


def write_set(one: QuestionSet, folder: Path) -> None:
    """Write a set into the folder of the person's own sets; an empty one is removed.

    Raises:
        ValueError: A file of that name is there that the person wrote.
        OSError: The folder cannot be written.

    """
    path = folder / f"{one.id}.toml"
    before = path.read_text(encoding="utf-8") if path.exists() else None
    if before is not None and not before.startswith(_MARK):
        msg = f"{path} is a set of your own and is left alone: give it another name, then save here again"
        raise ValueError(msg)
    with explain_write_errors(folder):
        if not one.questions:
            path.unlink(missing_ok=True)
        elif (text := _MARK + to_toml(one)) != before:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_safely(path, text.encode())
