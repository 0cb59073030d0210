"""Question sets derived from the preparation, available to every way of practising.

They are not stored: they are derived from the stored preparation on each use.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rehearse.model import QuestionSet
from rehearse.preparation.claims import find_claims, question_about
from rehearse.preparation.debrief import Debrief, drill
from rehearse.preparation.interview import Interview
from rehearse.preparation.job import key_words, question_of_job
from rehearse.preparation.preparation import Preparation, load
from rehearse.preparation.research import Notes, questions_to_answer, questions_to_ask
from rehearse.questions import FIRST_SET, Derived
from rehearse.storage.history import Documents

RESUME_SET = "from-my-resume"
RESEARCH_SET = "from-my-research"
JOB_SET = "from-the-job"

_UNREADABLE = "your stored preparation cannot be read, so no questions are made from it: save its parts again"


def derived_sets(documents: Documents) -> Derived:
    """Derive all sets from the stored preparation; one that cannot be derived does not affect the others."""
    try:
        prepared = load(documents)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Derived(problems=(_UNREADABLE,))
    except OSError as error:
        return Derived(problems=(str(error),))
    try:
        description = prepared.job.text
        job = job_set(key_words(description) if description.strip() else ())
    except (ValueError, OSError) as error:  # the parser is missing
        return Derived(_quick_sets(prepared), (f"no questions are made from the job description: {error}",))
    return Derived((*_quick_sets(prepared), job))


def _quick_sets(prepared: Preparation) -> tuple[QuestionSet, ...]:
    return _sets(prepared.debrief, prepared.resume.text, prepared.notes, prepared.interview)


# Pages call this on every click, and reading a long resume takes longer than the rest of their work.
@lru_cache(maxsize=8)
def _sets(debrief: Debrief, resume: str, notes: Notes, interview: Interview) -> tuple[QuestionSet, ...]:
    return interview_set(debrief), resume_set(resume), research_set(notes, interview)


def interview_set(debrief: Debrief) -> QuestionSet:
    """Return a set of the questions that were asked."""
    description = "What you were asked, as you wrote it down; what went badly comes first."
    return QuestionSet(FIRST_SET, "From my interview", description, drill(debrief))


def resume_set(resume: str) -> QuestionSet:
    """Return a set with a question about each claim of a resume."""
    description = "One minute on each thing your CV claims, in its own words."
    questions = tuple(question_about(claim) for claim in find_claims(resume))
    return QuestionSet(RESUME_SET, "From my CV", description, questions)


def research_set(notes: Notes, interview: Interview) -> QuestionSet:
    """Return a set of questions to ask and to answer, derived from the notes and the panel."""
    description = "Questions to ask and to answer, each from one of your notes or a concern on the panel."
    questions = (*questions_to_ask(notes), *questions_to_answer(notes, interview))
    return QuestionSet(RESEARCH_SET, "From my research", description, questions)


def job_set(key_words: Iterable[str]) -> QuestionSet:
    """Return a set with a question about each key word of the job description."""
    description = "What the job description asks for, each with a question about your own work."
    return QuestionSet(JOB_SET, "From the job description", description, tuple(map(question_of_job, key_words)))
