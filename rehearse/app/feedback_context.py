"""What the person's settings and the round that asked say about the feedback on an answer."""

from __future__ import annotations

from rehearse.app.settings import read_settings
from rehearse.interview import Rounds, cut_off
from rehearse.model import Attempt, FeedbackContext
from rehearse.storage.history import Documents


def feedback_context(documents: Documents, attempt: Attempt) -> FeedbackContext:
    """Return what is not judged about an answer: families switched off, and an end that its round cut off."""
    truncated = bool(cut_off([attempt], Rounds(documents)))
    return FeedbackContext(read_settings(documents).unjudged, truncated=truncated)
