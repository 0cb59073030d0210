"""The questions that preparation yields, as question sets, so that every way of practising has them.

They stand in no file: they follow from what is kept, each time somebody looks.
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

_UNREADABLE = "what is kept of your preparation cannot be read, so no questions are made of it: save its parts again"


def derived_sets(documents: Documents) -> Derived:
    """Derive all sets from what is kept; one that cannot be derived hides no other."""
    try:
        prepared = load(documents)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Derived(problems=(_UNREADABLE,))
    except OSError as error:
        return Derived(problems=(str(error),))
    try:
        job = (_job_set(prepared.job.text),)
    except (ValueError, OSError) as error:  # the parser is not here
        return Derived(_quick_sets(prepared), (f"no questions are made of the job description: {error}",))
    return Derived((*_quick_sets(prepared), *job))


def _quick_sets(prepared: Preparation) -> tuple[QuestionSet, ...]:
    return _sets(prepared.debrief, prepared.resume.text, prepared.notes, prepared.interview)


# Pages ask at every click, and reading a long resume takes longer than all else that they do.
@lru_cache(maxsize=8)
def _sets(debrief: Debrief, resume: str, notes: Notes, interview: Interview) -> tuple[QuestionSet, ...]:
    return interview_set(debrief), resume_set(resume), research_set(notes, interview)


def _job_set(description: str) -> QuestionSet:
    return job_set(key_words(description) if description.strip() else ())


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
