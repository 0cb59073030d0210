"""What was agreed after the last answer to a question: pinned before the next one, and looked back on after it."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from rehearse.app.last_time import LastTime, last_time, outcome, shown_change
from rehearse.feedback import starter_words, task
from rehearse.metrics import METRICS
from rehearse.metrics.value_text import amount
from rehearse.model import Attempt, Finding, Question
from rehearse.pages.shared import sounds
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain


def pin(shared: Services, question: Question) -> None:
    """Show above the recorder what was agreed for this take; nothing where nothing was."""
    last = None
    with suppress(ValueError):  # the parser is missing, which is no reason not to record
        last = last_time(shared.history, question.id)
    if last is None:
        return
    with st.container(key="this_take"):
        st.markdown(f"**This take:** {plain(task(last.change))}")
        words = starter_words(last.change)
        if words:
            st.caption(f"You could say: {plain(words)}")


def look_back(shared: Services, attempt: Attempt, *, now: str) -> LastTime | None:
    """Say whether what was agreed was done, with both moments; nothing where it cannot be judged.

    Args:
        shared: The shared parts of the profile.
        attempt: The answer given since.
        now: Key of the container with the player of its recording.

    Returns:
        What was agreed, whose answer ``sounds.place`` is to put on the page; None if nothing was.

    """
    last = last_time(shared.history, attempt.question.id, before=attempt) if attempt.question else None
    if last is not None:
        _show(shared, last, attempt, before=sounds.key(last.attempt), now=now)
    return last


def compare(shared: Services, earlier: Attempt, later: Attempt, *, before: str, now: str) -> None:
    """Say whether the later of two answers did what was agreed after the earlier one.

    Args:
        shared: The shared parts of the profile.
        earlier: The answer given first.
        later: The other answer to the same question.
        before: Key of the container with the player of the first one's recording.
        now: Key of the container with that of the other one.

    """
    change = shown_change(shared.history, earlier)
    if change is not None:
        _show(shared, LastTime(earlier, change), later, before=before, now=now)


def _show(shared: Services, last: LastTime, attempt: Attempt, *, before: str, now: str) -> None:
    found = outcome(shared.history, last, attempt)
    if found is None:
        return
    with st.container(key="look_back"):
        heading = ":material/check_circle: You did what we agreed" if found.done else ":material/refresh: Not this time"
        st.header(heading, anchor=False)
        st.markdown(f"{plain(we_agreed(last.change))}{_values(last, attempt)}")
        sounds.moment(shared, "Before", last.attempt, last.change.spans[0], player=before, key="moment_before")
        sounds.moment(shared, "Now", attempt, found.now, player=now, key="moment_now")


def we_agreed(change: Finding) -> str:
    """Recall in a sentence what was agreed."""
    text = task(change)
    return f"We agreed: {text[:1].lower()}{text[1:]}"


def _values(last: LastTime, attempt: Attempt) -> str:
    metric = METRICS.get(last.change.topic)
    if metric is None:
        return ""
    before, now = (amount(one.values.get(metric.name), metric.unit) for one in (last.attempt, attempt))
    return f" {plain(metric.label)}: {plain(before)} before, **{plain(now)}** now."
