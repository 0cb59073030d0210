"""What kept coming up in the last round: pinned before the next one, and looked back on after it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from rehearse import interview
from rehearse.app.settings import read_settings
from rehearse.feedback import starter_words, task
from rehearse.interview import Debrief, Round, Rounds
from rehearse.interview.habit import follow_habit, habit_of, round_before
from rehearse.model import Attempt, FeedbackContext
from rehearse.pages.interview import round_state
from rehearse.pages.shared import sounds
from rehearse.pages.shared.agreed import we_agreed
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain

_HEADINGS = {
    "done": ":material/check_circle: You did what we agreed",
    "less": ":material/trending_down: Less often than last time",
    "again": ":material/refresh: Not this time",
}


def pin(shared: Services, rounds: Rounds) -> None:
    """Show before a round what to change in it; nothing where nothing kept coming up in the last one."""
    earlier = round_before(rounds.all())
    agreed = None
    with suppress(ValueError):  # the parser is missing, which is no reason not to begin
        agreed = habit_of(_debrief(shared, earlier)) if earlier else None
    if agreed is None:
        return
    repeat, change = agreed
    with st.container(key="this_take"):
        st.markdown(f"**This round:** {plain(task(change))}")
        words = starter_words(change)
        last = f"Last round it came up in {repeat.count} of {repeat.of} answers."
        st.caption(plain(f"{last} You could say: {words}" if words else last))


def look_back(
    shared: Services, rounds: Rounds, interview_round: Round, attempts: Mapping[str, Attempt]
) -> tuple[Attempt, ...]:
    """Say how the habit of the last round went in this one, with a moment of each.

    Returns:
        The answers whose moments it shows, which ``sounds.place`` is to put on the page.

    """
    earlier = round_before(rounds.all(), interview_round)
    found = (
        follow_habit(_debrief(shared, earlier), interview_round, attempts, context=_context(shared))
        if earlier
        else None
    )
    if found is None:
        return ()
    before, change = found.before.shown[0]
    now, moment = (found.without if found.outcome == "done" else found.again or found.without)[0]
    with st.container(key="look_back"):
        st.header(_HEADINGS[found.outcome], anchor=False)
        last = f"Last round it came up in {found.before.count} of {found.before.of} answers"
        st.markdown(plain(f"{we_agreed(change)} {last}, this time in {len(found.again) or 'none'} of {found.of}."))
        for label, attempt, span in (("Before", before, change.spans[0]), ("Now", now, moment.now)):
            sounds.moment(shared, label, attempt, span, player=sounds.key(attempt), key=f"habit_{label.lower()}")
    return before, now


def _debrief(shared: Services, earlier: Round) -> Debrief:
    return interview.debrief(earlier, round_state.analysed(shared, earlier), context=_context(shared))


def _context(shared: Services) -> FeedbackContext:
    return FeedbackContext(read_settings(shared.history.documents).unjudged)
