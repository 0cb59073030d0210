"""The job description: which of its words the answers mention, and where."""

from __future__ import annotations

import streamlit as st

from rehearse.pages import places
from rehearse.pages.prepare_parts import Desk, document
from rehearse.pages.text import plain, when
from rehearse.prepare.job import Wanted, compare
from rehearse.prepare.preparation import Job

_MOST_SHOWN = 3
"""Answers for one word; more is not read (house default)."""


def show(desk: Desk) -> None:
    """Show the part."""
    job = desk.prepared.job
    if not job.text:
        st.markdown("Put in the job description: its words are what they will listen for.")
        document(desk, "the job description", lambda text, name: desk.keep(Job(text, name)), key="job")
        return
    wanted = compare(job.text, desk.attempts())
    unsaid = [one for one in wanted if not one.mentions]
    said = [one for one in wanted if one.mentions]
    if not wanted:
        st.markdown("No key words were found in this text. Put in another one.")
    if unsaid:
        _unsaid(unsaid, len(wanted))
    if said:
        st.subheader("Mentioned", anchor=False)
    for number, one in enumerate(said):
        _said(one, number)
    with st.expander("The job description", key="job_read"):
        st.text(job.text)
    st.button("Put in another one", key="job_replace", on_click=desk.keep, args=(Job(),))


def _unsaid(unsaid: list[Wanted], total: int) -> None:
    st.subheader(f"Not yet mentioned in any answer: {len(unsaid)} of {total}", anchor=False)
    st.markdown(" ".join(f":gray-badge[{plain(one.text)}]" for one in unsaid))
    st.markdown("Only where it is true: which of your stories shows one of these? Tell it with their word in it.")


def _said(one: Wanted, number: int) -> None:
    with st.container(border=True, key=f"said_{number}"):
        st.markdown(f"**{plain(one.text)}**")
        for place, mention in enumerate(one.mentions[:_MOST_SHOWN]):
            with st.container(horizontal=True, vertical_alignment="center", key=f"mention_{number}_{place}"):
                st.markdown(f"\N{LEFT DOUBLE QUOTATION MARK}{plain(mention.quote.text)}\N{RIGHT DOUBLE QUOTATION MARK}")
                st.page_link(
                    places.FEEDBACK,
                    label=when(mention.spoken_at),
                    icon=":material/reviews:",
                    query_params={"take": mention.take_id},
                )
