"""The data types that are passed through rehearse, from sound to feedback.

Conventions
-----------
Times are seconds from the start of the recording, as float. For a text
answer, ``Transcript.timed`` is False and the same fields contain character
offsets into the text; time-based measurements of it are None.
Unknown values are None, never 0.
"""

from __future__ import annotations

from rehearse.model.answer import (
    Answer,
    Filler,
    FillerKind,
    FillerStatus,
    Ownership,
    Pause,
    Story,
    StoryType,
    Verdict,
)
from rehearse.model.attempt import (
    NO_LIMITS,
    Attempt,
    FeedbackContext,
    Finding,
    FindingKind,
    Measurement,
    Origin,
    TrendPoint,
)
from rehearse.model.audio import RecogniserOutput, Recording, Span, Transcript, Voice, Word
from rehearse.model.question import FOLLOW_UP, QUESTION_KINDS, WANT_A_STORY, Question, QuestionSet

__all__ = [
    "FOLLOW_UP",
    "NO_LIMITS",
    "QUESTION_KINDS",
    "WANT_A_STORY",
    "Answer",
    "Attempt",
    "FeedbackContext",
    "Filler",
    "FillerKind",
    "FillerStatus",
    "Finding",
    "FindingKind",
    "Measurement",
    "Origin",
    "Ownership",
    "Pause",
    "Question",
    "QuestionSet",
    "RecogniserOutput",
    "Recording",
    "Span",
    "Story",
    "StoryType",
    "Transcript",
    "TrendPoint",
    "Verdict",
    "Voice",
    "Word",
]
