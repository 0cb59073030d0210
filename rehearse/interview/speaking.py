"""What is said at each step of a round, and in whose voice."""

from __future__ import annotations

import re

from rehearse.interview.panel import member_named
from rehearse.interview.rounds import Round, Step
from rehearse.synthesis import Voice

INTERVIEWER = Voice()
"""The voice of a round with one interviewer."""
_ATTRIBUTION = re.compile(r"^[^:?.!]{3,120}\b(?:asks|says):\s+")
"""Says who asks, as in "The hiring manager asks:"; a person in the room leaves it out."""
_AGAIN = "Let me come back to the first question."
_EARLIER = "Let me come back to something you said earlier."


def words_of(interview_round: Round, step: Step) -> str:
    """Return the words with which the question of a step is asked."""
    prompt = step.question.prompt
    words = _ATTRIBUTION.sub("", prompt) if member_named(step.asker) else prompt
    if step.again:
        return f"{_AGAIN} {words}"
    if interview_round.is_joined(step) and not _follows_at_once(interview_round, step):
        return f"{_EARLIER} {words}"
    return words


def voice_of(step: Step) -> Voice:
    """Return the voice in which the question of a step is asked."""
    member = member_named(step.asker)
    return member.voice if member else INTERVIEWER


def _follows_at_once(interview_round: Round, step: Step) -> bool:
    """Whether a follow-up question comes directly after the answer that it follows up."""
    index = interview_round.steps.index(step)
    return index > 0 and step.parent in interview_round.steps[index - 1].takes
