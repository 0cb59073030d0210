"""Practice: one question, one recorder, and what becomes of the answers."""

from __future__ import annotations

import random

import streamlit as st

from rehearse.datatypes import Question
from rehearse.pages import answers, recording
from rehearse.pages.services import services
from rehearse.pages.text import goal, kind_label, plain
from rehearse.questions import find_question, question_sets


def page() -> None:
    """Show the page."""
    shared = services()
    question = _chosen_question()
    live = shared.microphone.take
    if live is not None:
        question = live.question or question
    _show_question(question)
    saved = st.session_state.get("saved")
    if saved is None:
        recording.record(shared, question)
    else:
        answers.decide(shared, shared.store.get(saved))
    answers.show_progress(shared)
    answers.offer_unfinished(shared)


def _chosen_question() -> Question:
    """Take the question from the address if it names one, else the last one chosen here."""
    wanted = st.query_params.pop("question", None)
    if wanted is not None:
        st.session_state["question"] = find_question(wanted).id
    if "question" not in st.session_state:
        st.session_state["question"] = question_sets()[0].questions[0].id
    return find_question(st.session_state["question"])


def _show_question(question: Question) -> None:
    sets = question_sets()
    current = next(one for one in sets if any(q.id == question.id for q in one.questions))
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        titles = {one.id: one for one in sets}
        chosen = st.selectbox(
            "Question set",
            list(titles),
            index=list(titles).index(current.id),
            format_func=lambda key: titles[key].title,
        )
        if chosen != current.id:
            _go(titles[chosen].questions[0])
        place = current.questions.index(question)
        st.button("Previous", on_click=_go, args=(current.questions[place - 1],), width="content")
        st.button(
            "Next", on_click=_go, args=(current.questions[(place + 1) % len(current.questions)],), width="content"
        )
        st.button("Surprise me", on_click=_go, args=(_another(current.questions, question),), width="content")
    with st.container(border=True, key="question"):
        st.caption(plain(f"{kind_label(question.kind)} · {goal(question)} · think for {question.think_seconds} s"))
        st.markdown(f"### {plain(question.prompt)}")
        if question.listen_for:
            with st.popover("What a strong answer contains", type="tertiary"):
                st.markdown("\n".join(f"- {plain(point)}" for point in question.listen_for))


def _another(questions: tuple[Question, ...], current: Question) -> Question:
    others = [question for question in questions if question.id != current.id]
    return random.choice(others or [current])  # noqa: S311 - which question comes next is no secret


def _go(question: Question) -> None:
    st.session_state["question"] = question.id


page()
