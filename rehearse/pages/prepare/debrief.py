"""After the interview: the questions that were asked become the next drill, and a thank-you note is drafted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from rehearse.pages.prepare.desk import Desk, field
from rehearse.pages.shared import routes
from rehearse.pages.shared.text import plain
from rehearse.preparation.debrief import (
    Asked,
    Letter,
    draft_letter,
    draft_letters,
    drill,
    likely_topics,
    missing_facts,
    question_of,
    said_of,
    with_questions,
)
from rehearse.preparation.user_text import entries, stable_id

_FIELDS = (
    ("topics", "What you spoke about, one per line", 3, "the new discharge round"),
    ("learnt", "What they told you, one per line", 2, "the rota is agreed six weeks ahead"),
    ("reason", "Why you still want the role", 1, "I want to run a ward of this size"),
    ("sender", "Your name", 1, ""),
)


def show(desk: Desk) -> None:
    """Show the part."""
    _debrief(desk)
    _letter(desk)


def _debrief(desk: Desk) -> None:
    debrief = desk.prepared.debrief
    st.header("What they asked", anchor=False)
    field(
        "The questions they asked, one per line",
        "\n".join(asked.question for asked in debrief.asked),
        lambda text: desk.update("debrief", lambda stored: with_questions(stored, text)),
        key="asked",
        lines=5,
        hint="Why did you leave Northside?",
    )
    for asked in debrief.asked:
        _asked(desk, asked)
    if debrief.asked:
        first = drill(debrief)[0]
        st.markdown("These now make up your set **From my interview**, which Practice shows first.")
        st.page_link(routes.PRACTICE, label="Practise them", icon=":material/mic:", query_params={"question": first.id})


def _asked(desk: Desk, asked: Asked) -> None:
    name = question_of(asked).id

    def change(**changes: Any) -> None:
        desk.update("debrief", lambda stored: said_of(stored, asked.question, **changes))

    with st.container(border=True, key=f"asked_{name}"):
        st.markdown(plain(asked.question))
        key = f"badly_{name}"
        st.checkbox(
            "It went badly", asked.went_badly, key=key, on_change=lambda: change(went_badly=st.session_state[key])
        )
        if asked.went_badly:
            field("What was missing?", asked.missing, lambda text: change(missing=text), key=f"missing_{name}")


def _letter(desk: Desk) -> None:
    interview, talk = desk.prepared.interview, desk.prepared.talk
    st.header("Thank-you note", anchor=False)
    st.markdown("It uses only what you enter here and on the Plan.")
    for name, label, lines, hint in _FIELDS:
        text = getattr(talk, name)
        # Picking a topic changes this text from outside the field: a new key creates another field, which shows it.
        key = stable_id("topics", text) if name == "topics" else f"talk_{name}"
        field(label, text, partial(_keep, desk, name), key=key, lines=lines, hint=hint)
        if name == "topics":
            _topics(desk)
    for sentence in missing_facts(interview, talk):
        st.caption(f":material/info: {plain(sentence)}")
    drafts = draft_letters(interview, talk)
    if talk.letter is not None and drafts and drafts[0].name:
        drafts = (*drafts, Letter("", draft_letter(interview, talk) or ""))
    for number, drafted in enumerate(drafts):
        _edit(desk, drafted, number, label=_label(drafted, alone=len(drafts) == 1))
    if drafts:
        st.checkbox(
            "Sent" if len(drafts) == 1 else "All sent",
            "letter-sent" in desk.prepared.ticks.ids,
            key="letter_sent",
            on_change=lambda: desk.tick("letter-sent", on=st.session_state["letter_sent"]),
        )


def _label(letter: Letter, *, alone: bool) -> str:
    if alone:
        return "Your note, to edit"
    # Streamlit shows a label as Markdown.
    return f"Your note to {plain(letter.name) or 'all of them'}, to edit"


def _keep(desk: Desk, name: str, text: str) -> None:
    desk.change("talk", **{name: text})


def _topics(desk: Desk) -> None:
    prepared = desk.prepared
    topics = likely_topics(prepared.interview, prepared.notes, prepared.talk)
    if not topics:
        return
    with st.container(horizontal=True, key="topics"):
        for topic in topics:
            st.button(
                plain(topic), key=f"topic_{topic}", icon=":material/add:", on_click=_add_topic, args=(desk, topic)
            )


def _add_topic(desk: Desk, topic: str) -> None:
    desk.update("talk", lambda talk: replace(talk, topics="\n".join((*entries(talk.topics), topic))))


def _edit(desk: Desk, drafted: Letter, number: int, *, label: str) -> None:
    """Show a note for editing; until it is edited, it follows the fields above."""
    edited = desk.prepared.talk.edited(drafted.name)
    shown = drafted.text if edited is None else edited
    whose = f"_{number}" if number else ""

    def keep(text: str | None) -> None:
        desk.update("talk", lambda talk: talk.with_letter(drafted.name, text))

    key = f"letter_{stable_id('draft', drafted.name, drafted.text)}" if edited is None else f"letter{whose}"
    field(label, shown, keep, key=key, lines=13)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("Copy it", icon=":material/content_copy:", key=f"letter_copy{whose}"):
            st.code(shown, language=None, wrap_lines=True)
        if edited is not None:
            st.button("Draft it again", key=f"letter_anew{whose}", on_click=keep, args=(None,))
