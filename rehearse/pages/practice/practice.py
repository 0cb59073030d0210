"""The Practice page: one question, one recorder, and the progress of the answers."""

from __future__ import annotations

import random
from dataclasses import replace

import streamlit as st

from rehearse.model import Question, QuestionSet
from rehearse.pages.practice import analysis_status, follow_up, recording
from rehearse.pages.shared import agreed
from rehearse.pages.shared.services import services
from rehearse.pages.shared.text import goal, kind_label, plain
from rehearse.questions import Library


def page() -> None:
    """Show the page."""
    shared = services()
    analysis_status.show_newest(shared)
    slot = follow_up.chosen(shared)
    if slot is not None:
        follow_up.show(slot)
    else:
        library = shared.questions.read()  # read once: files may change while the page is drawn
        slot = recording.Slot(_chosen_question(library))
        _show_question(library, slot.question)
    saved = st.session_state.get("saved")
    take = shared.store.get(saved) if saved else None
    if take is None:
        agreed.pin(shared, slot.question)
        recording.record(shared, replace(slot, guarded=True))
    else:
        analysis_status.follow(shared, take)
    analysis_status.show_earlier(shared)
    analysis_status.offer_unfinished(shared)


def _chosen_question(library: Library) -> Question:
    """Return the question named in the URL, else the last one chosen on this page."""
    wanted = st.query_params.pop("question", None)
    if wanted is not None:
        st.session_state["question"] = library.find(wanted).id
    done = st.query_params.pop("after", None)
    if done is not None:
        st.session_state["question"] = _neighbour(_set_of(library, library.find(done)), library.find(done), 1).id
    known: dict[str | None, Question] = {question.id: question for question in library.questions}
    # the question chosen before may have been removed from its set
    return known.get(st.session_state.get("question"), library.sets[0].questions[0])


def _show_question(library: Library, question: Question) -> None:
    sets = library.sets
    current = _set_of(library, question)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        titles = {question_set.id: question_set for question_set in sets}
        chosen = st.selectbox(
            "Question set",
            list(titles),
            index=list(titles).index(current.id),
            format_func=lambda key: titles[key].title,
        )
        if chosen != current.id:
            _go(titles[chosen].questions[0])
            st.rerun()
        st.button("Previous", on_click=_go, args=(_neighbour(current, question, -1),), width="content")
        st.button("Next", on_click=_go, args=(_neighbour(current, question, 1),), width="content")
        st.button("Surprise me", on_click=_go, args=(_another(current.questions, question),), width="content")
    _choose_question(library, current, question)
    with st.container(border=True, key="question"):
        st.caption(plain(f"{kind_label(question.kind)} · {goal(question)} · think for {question.think_seconds} s"))
        st.title(plain(question.prompt), anchor=False)
        if question.listen_for:
            with st.popover("What a strong answer contains", type="tertiary"):
                st.markdown("\n".join(f"- {plain(point)}" for point in question.listen_for))


def _choose_question(library: Library, current: QuestionSet, question: Question) -> None:
    """Offer the questions of the set, then all others, in a searchable list."""
    elsewhere = [
        (owner.title, candidate) for owner in library.sets if owner != current for candidate in owner.questions
    ]
    named = {candidate.id: candidate.prompt for candidate in current.questions} | {
        candidate.id: f"{candidate.prompt} ({title})" for title, candidate in elsewhere
    }
    chosen = st.selectbox(
        "Question: type a word to search all sets",
        list(named),
        index=list(named).index(question.id),
        format_func=named.__getitem__,
        label_visibility="collapsed",
        filter_mode="contains",
    )
    if chosen != question.id:
        _go(library.find(chosen))
        st.rerun()


def _set_of(library: Library, question: Question) -> QuestionSet:
    return library.set_of(question.id) or library.sets[0]


def _neighbour(current: QuestionSet, question: Question, step: int) -> Question:
    """Return the question ``step`` positions after this one; the first of the set if this one is not in it."""
    ids = [other.id for other in current.questions]
    index = ids.index(question.id) + step if question.id in ids else 0
    return current.questions[index % len(ids)]


def _another(questions: tuple[Question, ...], current: Question) -> Question:
    others = [question for question in questions if question.id != current.id]
    return random.choice(others or [current])  # noqa: S311 - the choice of a question needs no secure randomness


def _go(question: Question) -> None:
    st.session_state["question"] = question.id


page()
