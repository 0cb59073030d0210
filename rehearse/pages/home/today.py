"""The few minutes of today: where to start, what waits besides, and the days of this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from html import escape

import streamlit as st

from rehearse.app.last_time import shown_change
from rehearse.feedback import starter_words, task
from rehearse.interview import Round, mode_named
from rehearse.model import Attempt, Finding, Question
from rehearse.pages.feedback import next_steps
from rehearse.pages.home.first_start import ask_for_the_date
from rehearse.pages.prepare.desk import PART, Desk
from rehearse.pages.progress import victories
from rehearse.pages.shared import routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain
from rehearse.preparation.plan import Step, countdown, plan
from rehearse.preparation.preparation import facts
from rehearse.progress.next_practice import due, least_practised, practice_days, weakest
from rehearse.storage.history import AttemptSummary

_LATEST = 3
"""Answers, the latest, among which today begins with one that left something to try (house default)."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show(shared: Services, answers: Sequence[AttemptSummary], left: Round | None, day: dt.date) -> None:
    """Show the part.

    Args:
        shared: The shared parts of the profile.
        answers: The person's answers, newest first.
        left: A round that was begun and not finished; None if there is none.
        day: The current date.

    """
    desk = Desk(shared)
    interview = desk.prepared.interview
    st.title(plain(countdown(interview, day)) if interview.date else "Today", anchor=False)
    _start(shared, answers, day)
    with st.container(horizontal=True, key="instead"):
        st.page_link(routes.PRACTICE, label="Another question", icon=":material/mic:")
        st.page_link(routes.INTERVIEW, label="A whole interview", icon=":material/groups:")
    step = _step(desk, day) if interview.date else None
    if left is not None or step is not None:
        st.header("Also waiting", anchor=False)
    if left is not None:
        _round(left)
    if step is not None:
        _plan(step)
    _week(practice_days(answers), day)
    victories.show(shared)
    if interview.date is None:
        ask_for_the_date(shared, day)


def _start(shared: Services, answers: Sequence[AttemptSummary], day: dt.date) -> None:
    agreed: tuple[Attempt, Finding] | None = None
    with suppress(ValueError):  # the parser is missing; Feedback says so
        agreed = next(_agreed(shared, answers[:_LATEST]), None)
    with st.container(border=True, key="hero"):
        if agreed is not None:
            _same_question(shared, *agreed)
        elif (question := _next_question(shared, answers, day)) is not None:
            st.caption("Today's few minutes: one question")
            st.header(plain(question.prompt), anchor=False)
            if st.button("Start", type="primary", icon=":material/mic:", key="start_today"):
                st.switch_page(routes.PRACTICE, query_params={"question": question.id})


def _agreed(shared: Services, answers: Sequence[AttemptSummary]) -> Iterator[tuple[Attempt, Finding]]:
    """Yield the answers whose feedback asks for a change that has not been tried since, newest first."""
    tried: set[str | None] = set()
    for answer in answers:
        attempt = shared.history.get(answer.id) if answer.question_id not in {None, *tried} else None
        tried.add(answer.question_id)
        change = shown_change(shared.history, attempt) if attempt else None
        if attempt is not None and change is not None:
            yield attempt, change


def _same_question(shared: Services, attempt: Attempt, change: Finding) -> None:
    st.caption("Today's few minutes: the same question, one thing better")
    st.header(plain(task(change)), anchor=False)
    st.markdown(plain(attempt.question.prompt) if attempt.question else "")
    words = starter_words(change)
    if words:
        st.markdown(f"**You could say:** {plain(words)}")
    next_steps.try_again(shared, attempt, "Start", key="start_today")


def _next_question(shared: Services, answers: Sequence[AttemptSummary], day: dt.date) -> Question | None:
    questions = shared.questions.questions
    weak = weakest(answers, questions)
    again = due(answers, questions, day)
    new = least_practised(answers, questions)
    return weak.question if weak else again[0].question if again else new.question if new else None


def _round(left: Round) -> None:
    step = left.current
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="round_left"):
        where = f"question {left.number(step)} of {left.size} comes next" if step else "the debrief is next"
        st.markdown(plain(f"Your {mode_named(left.mode).title.lower()}: {where}."), width="stretch")
        st.page_link(routes.INTERVIEW, label="Go on", icon=":material/groups:", query_params={"round": left.id})


def _step(desk: Desk, day: dt.date) -> Step | None:
    """Return the first step of the plan that is due."""
    counted = facts(desk.prepared, desk.spoken, desk.stories(), desk.shared.history.get)
    steps = plan(desk.prepared.interview, counted, day, desk.prepared.ticks.ids)
    return next((step for step in steps if step.state == "due"), None)


def _plan(step: Step) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="step_due"):
        st.markdown(plain(f"{step.text}."), width="stretch")
        st.page_link(
            routes.PREPARE, label="Open the plan", icon=":material/checklist:", query_params={PART: step.part or "Plan"}
        )


def _week(days: Mapping[dt.date, int], day: dt.date) -> None:
    """Show the days of this week, those with an answer filled, without a word about the others."""
    monday = day - dt.timedelta(days=day.weekday())
    week = [monday + dt.timedelta(days=number) for number in range(7)]
    done = ["today" if one == day else _WEEKDAYS[one.weekday()] for one in week if days.get(one)]
    st.header("This week", anchor=False)
    said = "A new week: two minutes are a good start."
    if done:
        said = f"You practised {'' if done[0] == 'today' else 'on '}{_listed(done)}."
    marks = "".join(
        f'<span class="{"done" if days.get(one) else "open"}{" now" if one == day else ""}">'
        f"{_WEEKDAYS[one.weekday()][:2]}</span>"
        for one in week
    )
    st.html(f'<div class="week" role="img" aria-label="{escape(said, quote=True)}">{marks}</div>')
    st.markdown(said)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
