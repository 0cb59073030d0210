"""Library: every recording, analysed or not, newest first."""

from __future__ import annotations

import streamlit as st

from rehearse.history import AttemptSummary
from rehearse.pages import empty, places
from rehearse.pages.answers import title
from rehearse.pages.services import Services, services
from rehearse.pages.text import clock, kind_label, plain, when
from rehearse.takes import Take

PAGE_SIZE = 20
_SOURCES = {
    "browser": "browser microphone",
    "computer": "this computer's microphone",
    "upload": "uploaded file",
    "sample": "comes with Rehearse",
}


def page() -> None:
    """Show the page."""
    shared = services()
    st.title("Library", anchor=False)
    takes = shared.store.all()
    if not takes:
        empty.show(shared, "Every answer you record is kept here, on this computer only.")
        return
    analysed = {summary.id: summary for summary in shared.history.summaries()}
    pages = -(-len(takes) // PAGE_SIZE)
    st.caption(f"{len(takes)} recordings, newest first, kept on this computer only.")
    number = st.number_input(f"Page, of {pages}", 1, pages, width=160) if pages > 1 else 1
    for take in takes[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]:
        _row(shared, take, analysed.get(take.id))


def _row(shared: Services, take: Take, summary: AttemptSummary | None) -> None:
    with st.container(border=True, key=f"take_{take.id}"):
        st.markdown(title(take))
        st.caption(plain(" · ".join(_facts(take, summary))))
        if take.error and summary is None:
            st.error(plain(take.error))
        with st.container(horizontal=True):
            _actions(shared, take, summary)


def _facts(take: Take, summary: AttemptSummary | None) -> list[str]:
    facts = [when(take.recorded_at)]
    if take.question is not None:
        facts.append(kind_label(take.question.kind))
    if summary is not None and summary.duration is not None:
        facts.append(clock(summary.duration))
    facts.append(_SOURCES.get(take.origin.source, "unknown source"))
    if take.name:
        facts.append(take.name)
    return facts


def _actions(shared: Services, take: Take, summary: AttemptSummary | None) -> None:
    job = shared.worker.status(take.id)
    if summary is not None:
        if st.button("Open", key=f"open_{take.id}", icon=":material/reviews:"):
            st.switch_page(places.FEEDBACK, query_params={"take": take.id})
    elif job is not None and job.pending:
        st.caption("Being analysed")
    else:
        st.button(
            "Try again" if take.error else "Analyse",
            key=f"analyse_{take.id}",
            on_click=shared.worker.submit,
            args=(take,),
        )
    if st.button("Delete", key=f"delete_{take.id}", type="tertiary"):
        _delete_dialog(shared, take)


@st.dialog("Delete this answer?")
def _delete_dialog(shared: Services, take: Take) -> None:
    st.markdown(title(take))
    st.write("The recording, its transcript and its numbers are removed from this computer. This cannot be undone.")
    with st.container(horizontal=True):
        if st.button("Delete it", type="primary", key="delete_yes", on_click=shared.delete, args=(take.id,)):
            st.rerun()
        if st.button("Keep it", key="delete_no"):
            st.rerun()


page()
