"""The first start: what this is, when the interview is, an easy first question, a sample answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from rehearse.model import Question
from rehearse.pages.shared import empty, routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import DAY_FIELD, plain
from rehearse.preparation.plan import countdown
from rehearse.preparation.preparation import load, update
from rehearse.questions import Library

EASY = "motivation-best-manager"
"""Id of the question to begin with: everybody has an answer to it, and it asks for no hard moment."""
_DATE = "home_date"


def show(shared: Services, day: dt.date) -> None:
    """Show the part."""
    st.title("Say it out loud before it counts", anchor=False)
    st.markdown("Answer an interview question aloud, then read the one thing to change. Nothing leaves this computer.")
    question = first_question(shared.questions.read())
    with st.container(border=True, key="hero"):
        st.caption("An easy one to begin with: two minutes, nobody is listening")
        st.header(plain(question.prompt), anchor=False)
        with st.container(horizontal=True):
            if st.button("Start", type="primary", icon=":material/mic:", key="start_first"):
                st.switch_page(routes.PRACTICE, query_params={"question": question.id})
            empty.offer_sample(shared)
    ask_for_the_date(shared, day)


def first_question(library: Library) -> Question:
    """Return the easy question, or the first one if that was removed."""
    return next((question for question in library.questions if question.id == EASY), library.sets[0].questions[0])


def ask_for_the_date(shared: Services, day: dt.date) -> None:
    """Ask when the interview is, and say how many days are left."""
    documents = shared.history.documents
    interview = load(documents).interview

    def changed() -> None:
        chosen = st.session_state[_DATE]
        update(documents, "interview", lambda stored: replace(stored, date=chosen, planned_on=day))

    st.date_input("When is your interview?", interview.date, key=_DATE, on_change=changed, format=DAY_FIELD)
    if interview.date is not None:
        st.caption(plain(f"{countdown(interview, day)}. A few minutes a day will do."))
