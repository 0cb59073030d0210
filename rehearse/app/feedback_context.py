"""What the person's settings and the round that asked say about the feedback on an answer."""

from __future__ import annotations

from rehearse.app.settings import read_settings
from rehearse.interview import Rounds, context_of
from rehearse.model import Attempt, FeedbackContext
from rehearse.storage.history import Documents


def feedback_context(documents: Documents, attempt: Attempt) -> FeedbackContext:
    """Return what is judged and how: families switched off, the time that the round gave, an end that it cut off."""
    return context_of(attempt, Rounds(documents), FeedbackContext(read_settings(documents).unjudged))
