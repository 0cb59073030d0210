"""Library: every recording, analysed or not, newest first; what was said in it can be searched."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from rehearse.datatypes import QUESTION_KINDS
from rehearse.history import Filter
from rehearse.pages import empty, library_row, places
from rehearse.pages.services import Services, services
from rehearse.pages.text import kind_label
from rehearse.questions import question_sets
from rehearse.takes import Take

PAGE_SIZE = 20
_FILTERS = ("kind", "set", "competency", "tag", "since", "until")


def page() -> None:
    """Show the page."""
    shared = services()
    with st.container(horizontal=True, vertical_alignment="center", key="library_head"):
        st.title("Library", anchor=False)
        st.page_link(places.YOUR_DATA, label="Your data", icon=":material/database:")
    if shared.let_go:
        st.info(
            f"The sound of {shared.let_go} answers was deleted when Rehearse started, because it is older than you "
            "chose to keep it. Their words and numbers are still here."
        )
    waiting, kept = shared.unanalysed(), shared.history.count(samples=True)
    if not waiting and not kept:
        empty.show(shared, "Every answer you record is kept here, on this computer only.")
        return
    wanted = _search(shared) if kept else Filter(samples=True)
    if waiting and wanted == Filter(samples=True):
        _waiting(shared, waiting)
    if kept:
        _answers(shared, wanted)


def _search(shared: Services) -> Filter:
    """Ask for words, and in a fold for all else."""
    wanted = Filter(samples=True)
    text = st.text_input(
        "Search",
        key="search",
        placeholder='Words you said or wrote, or "an exact phrase"',
        icon=":material/search:",
        label_visibility="collapsed",
    )
    if text:
        wanted["text"] = text
    chosen = sum(st.session_state.get(f"filter_{name}") is not None for name in _FILTERS)
    with st.expander(f"Filters: {chosen} in use" if chosen else "Filters", key="filters"):
        with st.container(horizontal=True):
            _by_question(shared, wanted)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _by_date(wanted)
            st.button("Clear filters", on_click=_clear, disabled=not chosen, type="tertiary")
    return wanted


def _by_question(shared: Services, wanted: Filter) -> None:
    sets = {one.id: one for one in question_sets()}
    kind = st.selectbox("Kind", QUESTION_KINDS, None, format_func=kind_label, key="filter_kind", width=160)
    chosen_set = st.selectbox(
        "Question set", list(sets), None, format_func=lambda name: sets[name].title, key="filter_set", width=220
    )
    competency = st.selectbox("Competency", shared.history.competencies(), None, key="filter_competency", width=160)
    tag = st.selectbox("Tag", shared.history.tags(), None, key="filter_tag", width=130)
    if kind is not None:
        wanted["kind"] = kind
    if chosen_set is not None:
        wanted["questions"] = frozenset(question.id for question in sets[chosen_set].questions)
    if competency is not None:
        wanted["competency"] = competency
    if tag is not None:
        wanted["tag"] = tag


def _by_date(wanted: Filter) -> None:
    since = st.date_input("From", None, key="filter_since", width=160)
    until = st.date_input("To", None, key="filter_until", width=160)
    if isinstance(since, date):
        wanted["since"] = _midnight(since)
    if isinstance(until, date):
        wanted["until"] = _midnight(until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    """Give the start of a day in this computer's time zone."""
    return datetime.combine(day, time.min).astimezone()


def _clear() -> None:
    for name in _FILTERS:
        st.session_state[f"filter_{name}"] = None


def _waiting(shared: Services, takes: tuple[Take, ...]) -> None:
    st.header("Without feedback yet", anchor=False)
    first = _first_of_page(f"{len(takes)} recorded, newest first", len(takes), "waiting")
    for take in takes[first : first + PAGE_SIZE]:
        library_row.waiting(shared, take)


def _answers(shared: Services, wanted: Filter) -> None:
    found = shared.history.count(**wanted)
    if not found:
        st.markdown("No answer matches. Try fewer words, or clear the filters.")
        return
    first = _first_of_page(f"{found} analysed, newest first", found, str(sorted(map(str, wanted.items()))))
    for summary in shared.history.summaries(limit=PAGE_SIZE, offset=first, **wanted):
        library_row.analysed(shared, summary)


def _first_of_page(told: str, count: int, what: str) -> int:
    """Say how many there are and ask for a page; return how many come before it."""
    pages = -(-count // PAGE_SIZE)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.caption(told)
        if pages == 1:
            return 0
        # Named after what is listed, so that a new search begins on its first page.
        number = st.number_input(f"Page, of {pages}", 1, pages, width=160, key=f"page_{pages}_{what}")
    return (number - 1) * PAGE_SIZE


page()
