"""The resume: its claims, and a minute of practice on each."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.prepare.desk import Desk, document, is_replaced, practise, practise_shortly, replace_button
from rehearse.pages.shared.text import plain
from rehearse.preparation.claims import CLAIM_KINDS, Claim, find_claims, question_about
from rehearse.preparation.preparation import Resume, spoken_claims


def show(desk: Desk) -> None:
    """Show the part."""
    resume = desk.prepared.resume
    if not resume.text or is_replaced("resume"):
        st.markdown("They have your CV in front of them. Be ready to talk about each line of it for a minute.")
        document(desk, resume, "the CV", key="resume")
        st.caption("It is read on this computer and stored with your answers; it goes nowhere else.")
        return
    claims = find_claims(resume.text)
    done = spoken_claims(desk.prepared, desk.spoken, desk.shared.history.get)
    if claims:
        st.markdown(f"**{len(done)} of {len(claims)}** claims covered. Can you talk about each for a minute?")
    else:
        st.markdown("I found nothing in it to ask about. Check the text below, or add another version.")
    for kind, heading in CLAIM_KINDS.items():
        _claims(kind, heading, [claim for claim in claims if claim.kind == kind], done)
    _source(resume)


def _claims(kind: str, heading: str, claims: list[Claim], done: frozenset[str]) -> None:
    if not claims:
        return
    st.header(heading, anchor=False)
    named = [(question_about(claim).id, claim.text) for claim in claims]
    if kind == "skill":
        practise_shortly([(name, text, name in done) for name, text in named], key="skills")
        return
    for name, text in named:
        practise(name, text, "Talk about it", done=name in done)


def _source(resume: Resume) -> None:
    with st.expander("What was read", key="resume_read"):
        if resume.name:
            st.caption(plain(resume.name))
        st.text(resume.text)
    replace_button("Add another version", key="resume")
