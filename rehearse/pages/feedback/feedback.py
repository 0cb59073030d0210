"""The Feedback page on one answer: a strength, a change, the recording, the numbers, the words, then the details."""

from __future__ import annotations

import streamlit as st

from rehearse.app.feedback_context import feedback_context
from rehearse.interview import Rounds
from rehearse.metrics.value_text import STORY_TYPES, story_parts
from rehearse.model import WANT_A_STORY, Attempt, FeedbackContext
from rehearse.pages.components import opened, quotes
from rehearse.pages.feedback import curves, discard, hero, measurements, next_steps, points, rating, transcript
from rehearse.pages.interview import round_state
from rehearse.pages.shared import agreed, empty, moment, player, sounds
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import kind_label, plain, tab_title, when

PLAYER = "player"


def page() -> None:
    """Show the page."""
    discard.lead_back()
    shared = services()
    attempt = _wanted(shared)
    if attempt is None:
        st.title("Feedback", anchor=False)
        empty.show(shared, _missing())
        return
    shared.worker.mark_read(attempt.id)
    context = feedback_context(shared.history.documents, attempt)
    next_steps.thread(shared, attempt)
    _heading(shared, attempt)
    heard = moment.wanted(attempt)
    if heard is not None:
        rating.leave_out(attempt)
    show_feedback = rating.answered(shared, attempt)
    last = None
    if show_feedback:
        last = agreed.look_back(shared, attempt, now=PLAYER)
        hero.show(shared, attempt, context, last, player=PLAYER)
    _player(shared, attempt)
    if heard is not None:
        opened(heard, player=PLAYER, key="opened")
    if show_feedback:
        measurements.cards(shared.history, attempt, context)
    transcript.show(shared, attempt, player=PLAYER)
    if show_feedback:
        _details(shared, attempt, context)
    next_steps.go_on(shared, attempt, context)
    if last is not None:
        sounds.place(shared, [last.attempt])


def _details(shared: Services, attempt: Attempt, context: FeedbackContext) -> None:
    points.show(attempt, player=PLAYER)
    _story(attempt)
    next_steps.follow_up_questions(shared, attempt)
    st.header("Details", anchor=False)
    curves.show(shared, attempt, context)
    measurements.table(shared.history, attempt, context)


def _story(attempt: Attempt) -> None:
    """Show the parts of the story; if one was asked for but not found, what the answer contains instead."""
    story = attempt.story
    asked_for = attempt.kind in (None, *WANT_A_STORY)
    if story.type is None or (story.type != "story" and not asked_for):
        return
    st.header("Your example", anchor=False)
    st.markdown(STORY_TYPES[story.type])
    if story.type == "story":
        quotes(story_parts(story), player=PLAYER, key="story")
    elif story.evidence is not None:
        quotes({"Where it shows": (story.evidence,)}, player=PLAYER, key="story")


def _wanted(shared: Services) -> Attempt | None:
    """Return the attempt named in the URL, else the newest one that does not belong to a running round."""
    take_id = st.query_params.get("take")
    if take_id is not None:
        return shared.history.get(take_id)
    rounds = Rounds(shared.history.documents).all()
    running = {
        take
        for interview_round in rounds
        if round_state.is_running(shared, interview_round)
        for take in interview_round.takes
    }
    newest = [summary for summary in shared.history.summaries(limit=len(running) + 1) if summary.id not in running]
    newest = newest or list(shared.history.summaries(limit=1, samples=True))
    return shared.history.get(newest[0].id) if newest else None


def _missing() -> str:
    if "take" in st.query_params:
        return "There is no feedback here: the answer was deleted, or hasn't been analysed yet."
    return "This is where you'll see what worked in your answer and what to change."


def _heading(shared: Services, attempt: Attempt) -> None:
    question, title = attempt.question, shared.history.about(attempt.id).title
    kind = kind_label(attempt.kind)
    st.caption(plain(" · ".join(filter(None, [when(attempt.spoken_at), kind, title]))))
    name = question.prompt if question else "An answer without a question"
    st.set_page_config(tab_title(name, "Feedback"))
    st.title(plain(name), anchor=False)


def _player(shared: Services, attempt: Attempt) -> None:
    take = shared.store.get(attempt.id)
    with st.container(key=PLAYER):
        player.play(take, "Your answer")
    discard.offer(shared, attempt)


page()
