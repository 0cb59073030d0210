"""The top of the debrief: the round as one line, the one habit, three moments to hear, a story told too often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import escape
from itertools import islice

import streamlit as st

from rehearse.feedback import FollowUp, follow_ups, starter_words, task
from rehearse.interview import Debrief, Line, Round
from rehearse.interview.habit import habit_of
from rehearse.model import Attempt, Finding, Span
from rehearse.pages.components import quotes
from rehearse.pages.practice import follow_up
from rehearse.pages.shared import routes, sounds
from rehearse.pages.shared.text import clock, plain
from rehearse.preparation.stories import story_bank

SAME_STORY_FROM = 2
"""Answers that tell one story from which it is said (house default)."""


def time_line(interview_round: Round, lines: Sequence[Line]) -> None:
    """Draw the answers one after the other, as wide as they are long."""
    spoken = [(line, line.attempt) for line in lines if line.attempt is not None and line.attempt.duration]
    if not spoken:
        return
    parts = "".join(
        f'<span style="flex-grow:{attempt.duration:.0f}">{interview_round.number(line.step)}{_marks(line)}</span>'
        for line, attempt in spoken
    )
    said = "; ".join(
        f"question {interview_round.number(line.step)}, {clock(attempt.duration or 0.0)} min{_marks_in_words(line)}"
        for line, attempt in spoken
    )
    st.html(f'<div class="round" role="img" aria-label="{escape(said, quote=True)}">{parts}</div>')
    st.caption("Your answers, as wide as they are long. ✓ something to keep, → something to change.")


def _marks(line: Line) -> str:
    return (" ✓" if line.strength else "") + (" →" if line.change else "")


def _marks_in_words(line: Line) -> str:
    return (", something to keep" if line.strength else "") + (", something to change" if line.change else "")


def one_habit(interview_round: Round, debrief: Debrief) -> None:
    """Show the one thing to take into the next round, with a button that redoes a question that needs it."""
    agreed = habit_of(debrief)
    first = next(((line.attempt, line.change) for line in debrief.lines if line.attempt and line.change), None)
    chosen = (agreed[0].shown[0][0], agreed[1]) if agreed else first
    if chosen is None:
        return
    attempt, change = chosen
    with st.container(border=True, key="hero"):
        again = (
            f"The one habit: it came up in {agreed[0].count} of {agreed[0].of} answers"
            if agreed
            else "One thing to try"
        )
        st.caption(again)
        st.header(plain(task(change)), anchor=False)
        words = starter_words(change)
        if words:
            st.markdown(f"**You could say:** {plain(words)}")
        step = next((step for step in interview_round.steps if attempt.id in step.takes), None)
        if step is not None and st.button(
            f"Redo question {interview_round.number(step)}", type="primary", icon=":material/mic:", key="redo"
        ):
            st.switch_page(routes.PRACTICE, query_params=follow_up.again(attempt))


def to_hear(interview_round: Round, debrief: Debrief, attempts: Sequence[Attempt]) -> tuple[Attempt, ...]:
    """Show moments to mend and to be ready for; return their answers, which ``sounds.place`` is to put on the page."""
    shown = list(_to_hear(interview_round, debrief, attempts))
    for label, text, attempt, span in shown:
        with st.container(border=True, key=f"hear_{label.partition(' ')[0].lower()}"):
            st.markdown(f"**:material/arrow_circle_right: {label}**")
            st.markdown(plain(text))
            quotes({"": (sounds.quotable(span),)}, player=sounds.key(attempt), key=f"hear_{attempt.id}_{label}")
    return tuple(attempt for _, _, attempt, _ in shown)


def _to_hear(
    interview_round: Round, debrief: Debrief, attempts: Sequence[Attempt]
) -> Iterator[tuple[str, str, Attempt, Span]]:
    changes: list[tuple[Attempt, Finding]] = [
        (line.attempt, line.change) for line in debrief.lines if line.attempt and line.change and line.change.spans
    ]
    if changes:
        attempt, change = changes[0]
        yield "Worth mending", change.message, attempt, change.spans[0]
    asked = {step.question.prompt for step in interview_round.steps}
    left = ((attempt, found) for attempt in attempts for found in _not_asked(attempt, asked))
    for attempt, found in islice(left, 1):
        yield "They'll come back to this", found.question, attempt, found.span


def _not_asked(attempt: Attempt, asked: AbstractSet[str]) -> Iterator[FollowUp]:
    """Return what there is to ask about an answer; neither a gap nor words that were asked about are again."""
    closed = [found for found in follow_ups(attempt, quoting=True) if found.question in asked]
    gaps, quotes = {found.gap for found in closed}, {found.span for found in closed}
    left = (found for found in follow_ups(attempt) if found.question not in asked)
    return (found for found in left if found.gap not in gaps and found.span not in quotes)


def same_story(interview_round: Round, attempts: Sequence[Attempt]) -> None:
    """Say that one story was told in several answers; questions that ask for it again do not count."""
    again = {take for step in interview_round.steps if step.again or step.parent for take in step.takes}
    fresh = [attempt for attempt in attempts if attempt.id not in again]
    stories = story_bank(fresh, ()).stories
    often = max(stories, key=lambda story: len(story.tellings), default=None)
    if often is not None and len(often.tellings) >= SAME_STORY_FROM:
        deed = often.tellings[0].deed
        st.markdown(
            plain(
                f"You told the same story in {len(often.tellings)} of {len(fresh)} answers: “{deed}”. "
                "Have a second one ready."
            )
        )
