"""Library: every recording, analysed or not, newest first, with a search of transcripts and notes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from rehearse.model import QUESTION_KINDS
from rehearse.pages.library import row, upload
from rehearse.pages.shared import empty, routes
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import DAY_FIELD, kind_label
from rehearse.storage.history import Filter
from rehearse.storage.takes import Take

PAGE_SIZE = 20
_FILTERS = ("kind", "set", "competency", "tag", "since", "until")


def page() -> None:
    """Show the page."""
    shared = services()
    with st.container(horizontal=True, vertical_alignment="center", key="library_head"):
        st.title("Library", anchor=False)
        st.page_link(routes.YOUR_DATA, label="Your data", icon=":material/database:")
    if shared.let_go:
        st.info(
            f"Rehearse deleted {shared.let_go} recording{'' if shared.let_go == 1 else 's'} when it started, by "
            "your rule for old recordings. The transcripts and numbers are still here."
        )
    upload.show(shared)
    pending = len(shared.worker.pending())  # before the lists are read, which an answer may join at any moment
    waiting, analysed = shared.unanalysed(), shared.history.count(samples=True)
    if not waiting and not analysed:
        empty.show(shared, "Every answer you record is stored here, on this computer only.")
        return
    wanted = _search(shared) if analysed else Filter(samples=True)
    if waiting and wanted == Filter(samples=True):
        _waiting(shared, waiting)
    if analysed:
        _answers(shared, wanted)
    if pending:
        st.fragment(_until_done, run_every=1.0)(shared, pending)


def _until_done(shared: Services, pending: int) -> None:
    """Rerun the page when an answer has been analysed."""
    if len(shared.worker.pending()) != pending:
        st.rerun()


def _search(shared: Services) -> Filter:
    """Show the search field and, in an expander, the filters."""
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
    sets = {question_set.id: question_set for question_set in shared.questions.sets}
    kind = st.selectbox(
        "Kind", QUESTION_KINDS, None, format_func=kind_label, key="filter_kind", placeholder="any", width=150
    )
    chosen_set = st.selectbox(
        "Question set",
        list(sets),
        None,
        format_func=lambda name: sets[name].title,
        key="filter_set",
        placeholder="any",
        width=150,
    )
    competency = st.selectbox(
        "Competency", shared.history.competencies(), None, key="filter_competency", placeholder="any", width=150
    )
    tag = st.selectbox("Tag", shared.history.tags(), None, key="filter_tag", placeholder="any", width=150)
    if kind is not None:
        wanted["kind"] = kind
    if chosen_set is not None:
        wanted["questions"] = frozenset(question.id for question in sets[chosen_set].questions)
    if competency is not None:
        wanted["competency"] = competency
    if tag is not None:
        wanted["tag"] = tag


def _by_date(wanted: Filter) -> None:
    since = st.date_input("From", None, key="filter_since", format=DAY_FIELD, width=150)
    until = st.date_input("To", None, key="filter_until", format=DAY_FIELD, width=150)
    if isinstance(since, date):
        wanted["since"] = _midnight(since)
    if isinstance(until, date):
        wanted["until"] = _midnight(until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    """Return the start of a day in this computer's time zone."""
    return datetime.combine(day, time.min).astimezone()


def _clear() -> None:
    for name in _FILTERS:
        st.session_state[f"filter_{name}"] = None


def _waiting(shared: Services, takes: tuple[Take, ...]) -> None:
    st.caption(f"{len(takes)} without feedback yet, newest first")
    first = _offset("waiting", len(takes))
    for take in takes[first : first + PAGE_SIZE]:
        row.waiting(shared, take)
    _pager("waiting", len(takes))


def _answers(shared: Services, wanted: Filter) -> None:
    found = shared.history.count(**wanted)
    if not found:
        st.markdown("No answer matches. Try fewer words, or clear the filters.")
        return
    st.caption(f"{found} {'answers' if found > 1 else 'answer'} with feedback, newest first")
    # The key contains the query, so that a new search starts on its first page.
    what = str(sorted(map(str, wanted.items())))
    for summary in shared.history.summaries(limit=PAGE_SIZE, offset=_offset(what, found), **wanted):
        row.analysed(shared, summary, wanted.get("text", ""))
    _pager(what, found)


def _offset(what: str, count: int) -> int:
    """Return the index of the first item on the current page; of the last page if the current one is gone."""
    pages = -(-count // PAGE_SIZE)
    return (min(_pages_open().get(what, 1), pages) - 1) * PAGE_SIZE


def _pager(what: str, count: int) -> None:
    """Show buttons for the previous and next page."""
    pages, number = -(-count // PAGE_SIZE), _offset(what, count) // PAGE_SIZE + 1
    if pages == 1:
        return
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button("Newer", key=f"newer_{what}", disabled=number == 1, on_click=_open, args=(what, number - 1))
        st.markdown(f"Page {number} of {pages}", width="content")
        st.button("Older", key=f"older_{what}", disabled=number == pages, on_click=_open, args=(what, number + 1))


def _open(what: str, number: int) -> None:
    _pages_open()[what] = number


def _pages_open() -> dict[str, int]:
    found: dict[str, int] = st.session_state.setdefault("library_pages", {})
    return found


page()
