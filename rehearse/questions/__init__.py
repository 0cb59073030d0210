"""Questions: the sets that ship with rehearse and the person's own.

A set is a TOML file with one ``[[questions]]`` table per question, a CSV
file, or a text file with one question per line. Only the prompt is required::

    title = "Questions for the ward manager"
    kind = "panel"                # any key of a question can stand here, for all of them

    [[questions]]
    prompt = "The chief nurse asks: What would you leave as it is?"

The files are untrusted: each problem is reported as one sentence that starts with ``FILE:LINE:``.
"""

from rehearse.questions.library import (
    FIRST_SET,
    SUFFIXES,
    Derived,
    Library,
    QuestionLibrary,
    set_files,
    shipped_questions,
)
from rehearse.questions.schema import TARGETS, check_question_set, load_question_set
from rehearse.questions.writing import SKELETON, to_toml

__all__ = [
    "FIRST_SET",
    "SKELETON",
    "SUFFIXES",
    "TARGETS",
    "Derived",
    "Library",
    "QuestionLibrary",
    "check_question_set",
    "load_question_set",
    "set_files",
    "shipped_questions",
    "to_toml",
]
