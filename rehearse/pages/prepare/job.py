"""The job description: which of its key words the answers mention, and where."""

from __future__ import annotations

import streamlit as st

from rehearse.pages.prepare.desk import Desk, document, is_replaced, practise_shortly, replace_button
from rehearse.pages.shared import routes
from rehearse.pages.shared.text import plain
from rehearse.preparation.job import Wanted, question_of_job


def show(desk: Desk) -> None:
    """Show the part."""
    job = desk.prepared.job
    if not job.text or is_replaced("job"):
        st.markdown("Add the job description: its words are the ones they will listen for.")
        document(desk, job, "the job description", key="job")
        return
    wanted = desk.compared()
    missing = [key_word for key_word in wanted if not key_word.mentions]
    mentioned = [key_word for key_word in wanted if key_word.mentions]
    if not wanted:
        st.markdown("I found no key words in this text. Add a different one.")
    if missing:
        _missing(missing, len(wanted))
    if mentioned:
        st.header("Mentioned", anchor=False)
    for number, key_word in enumerate(mentioned):
        _mentioned(key_word, number)
    with st.expander("The job description", key="job_read"):
        st.text(job.text)
    replace_button("Add a different one", key="job")


def _missing(missing: list[Wanted], total: int) -> None:
    st.header(f"Not yet mentioned in any answer: {len(missing)} of {total}", anchor=False)
    links = [(question_of_job(key_word.text).id, key_word.text, False) for key_word in missing]
    practise_shortly(links, key="unsaid")
    st.caption("Each leads to a question. Use their word only where it is true.")


def _mentioned(key_word: Wanted, number: int) -> None:
    newest, others = key_word.mentions[0], len(key_word.mentions) - 1
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"said_{number}"):
        more = f" \N{MIDDLE DOT} and in {others} more" if others else ""
        quote = f"\N{LEFT DOUBLE QUOTATION MARK}{plain(newest.quote.text)}\N{RIGHT DOUBLE QUOTATION MARK}"
        st.markdown(f"**{plain(key_word.text)}**: {quote}{more}", width="stretch")
        st.page_link(routes.FEEDBACK, label="Open", icon=":material/reviews:", query_params={"take": newest.take_id})
