"""Research: notes under four headings, and the questions derived from them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from rehearse.pages.prepare.desk import Desk, field, questions
from rehearse.preparation.research import HEADINGS, questions_to_answer, questions_to_ask

_HINTS = {
    "values": "Patients first",
    "news": "Opened a second ward in May",
    "people": "Sam Okoro came from St Anne's",
    "product": "Runs twelve clinics, most of them rural",
}


def show(desk: Desk) -> None:
    """Show the part."""
    notes, interview = desk.prepared.notes, desk.prepared.interview
    st.markdown("Read their site, their news and what their people write. One note per line, in your own words.")

    def keep(heading: str, text: str) -> None:
        desk.change("notes", **{heading: text})

    for heading, label in HEADINGS.items():
        field(
            label,
            getattr(notes, heading),
            partial(keep, heading),
            key=f"notes_{heading}",
            lines=3,
            hint=_HINTS[heading],
        )
    st.caption("Saved on this computer as soon as you leave a field.")
    spoken = [answer.question_id for answer in desk.spoken]
    if asked := questions_to_ask(notes):
        questions("Questions to ask them", asked, spoken, label="Say it aloud")
    if answers := questions_to_answer(notes, interview):
        questions("Questions they may ask you", answers, spoken, label="Answer it aloud")
