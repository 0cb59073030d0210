"""An interviewer who steps in politely: shortly before the limit, if an occasion is being told without its result.

Systems that take a pause for the end of an answer cut people off who stutter or think, so nothing is said unless words
keep coming. What is said is shown and not read aloud, since the microphone would record it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rehearse.interview.limits import SPARE_SECONDS
from rehearse.interview.panel import member_named
from rehearse.interview.rounds import Round, Step
from rehearse.language.words import is_filled_pause, plain
from rehearse.model import WANT_A_STORY, RecogniserOutput, Transcript, Word
from rehearse.story import find_story

_WORDS = "Sorry to step in: how did it turn out in the end?"
_KINDS = WANT_A_STORY | {"panel"}
_EARLIEST = 2 / 3
"""Share of the limit before which nothing is said (house default)."""
_RECENT = 4.0
"""Seconds in which words must keep coming (house default)."""
_FEWEST = 6
"""Words in them, at about half of a usual pace (house default)."""
_MOST_SAID_AGAIN = 1
"""Times that a word may follow itself, as it does in a block (house default)."""
_LONGEST_GAP = 1.0
"""Seconds between two of these words, and since the last (house default)."""


def may_step_in(interview_round: Round, step: Step) -> bool:
    """Whether the interviewer may step in during the answer to a question: one that asks for an occasion."""
    return interview_round.steps_in and step.parent is None and step.question.kind in _KINDS


def earliest(step: Step) -> float:
    """Return the seconds of an answer after which its result is due."""
    return max(step.limit_seconds - SPARE_SECONDS, _EARLIEST * step.limit_seconds)


def stepping_in(step: Step, output: RecogniserOutput, seconds: float) -> str | None:
    """Return what the interviewer says now; None to say nothing.

    Args:
        step: The question that is being answered.
        output: What has been said so far.
        seconds: How long the recording is by now.

    Raises:
        ValueError: The parser has not been downloaded.

    """
    words = tuple(word for word in output.words if not is_filled_pause(word.text))
    if not words or output.words[-1] != words[-1] or not _keep_coming(words, seconds):
        return None
    story = find_story(Transcript(words, output.language), step.question.kind)
    if story.type != "story" or story.result:
        return None
    member = member_named(step.asker)
    return f"{member.person}: {_WORDS}" if member else _WORDS


def _keep_coming(words: Sequence[Word], seconds: float) -> bool:
    """Whether the speaker is in full flow: no pause, no word said again and again."""
    recent = [word for word in words if word.end > seconds - _RECENT]
    if len(recent) < _FEWEST:
        return False
    said_again = sum(plain(earlier.text) == plain(later.text) for earlier, later in pairwise(recent))
    gaps = [later.start - earlier.end for earlier, later in pairwise(recent)]
    return said_again <= _MOST_SAID_AGAIN and max(*gaps, seconds - recent[-1].end) <= _LONGEST_GAP
