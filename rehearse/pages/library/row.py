"""A row of the library, and the confirmation before deletion."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rehearse.pages.library import edit
from rehearse.pages.shared import confirm, routes
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, kind_label, plain, when
from rehearse.storage.history import RATINGS, AttemptSummary, excerpt
from rehearse.storage.retention import delete_sound
from rehearse.storage.takes import Take

_SOURCES = {
    "browser": "browser microphone",
    "computer": "this computer's microphone",
    "upload": "uploaded file",
    "sample": "comes with Rehearse",
}

_TEXT_WIDTH = 470
"""In pixels: leaves room for the buttons beside it; on a phone it fills the width, with the buttons below."""
_LONGEST_NAME = 240
"""In characters: a longer question would fill the list with one answer (house default)."""


def analysed(shared: Services, summary: AttemptSummary, search: str = "") -> None:
    """Show an analysed answer, with the passage that a search has found."""
    take = shared.store.get(summary.id)
    name = _name(summary, take)
    with _row(summary.id):
        with st.container(width=_TEXT_WIDTH, gap="xxsmall"):
            st.markdown(f"**{name}**")
            if summary.title and summary.prompt:
                st.caption(plain(_short(summary.prompt)))
            st.caption(plain(" · ".join(_facts(summary, take))))
            if found := _found(shared, summary.id, search):
                st.markdown(f"\N{LEFT DOUBLE QUOTATION MARK}{plain(found)}\N{RIGHT DOUBLE QUOTATION MARK}")
            _state(shared, summary.id)
        with st.container(horizontal=True, width="content", gap="small"):
            if st.button("Open", key=f"open_{summary.id}"):
                st.switch_page(routes.FEEDBACK, query_params={"take": summary.id})
            if st.button("Edit", key=f"edit_{summary.id}", type="tertiary"):
                edit.show(shared, summary.id)
            if st.button("Delete", key=f"delete_{summary.id}", type="tertiary"):
                _delete_dialog(shared, summary.id, name, analysed=True)


def waiting(shared: Services, take: Take) -> None:
    """Show a recording without feedback: waiting, being analysed, or failed."""
    job = shared.worker.status(take.id)
    pending = job is not None and job.pending
    name = plain(_short(take.question.prompt if take.question else take.name)) or "An answer without a question"
    with _row(take.id):
        with st.container(width=_TEXT_WIDTH, gap="xxsmall"):
            st.markdown(f"**{name}**")
            own_name = take.name if take.question else ""  # otherwise it is the title
            facts = [when(take.recorded_at), _SOURCES.get(take.origin.source, "unknown source"), own_name]
            st.caption(plain(" · ".join(filter(None, facts))))
            if pending:
                st.caption("Waiting for its turn" if job is not None and job.state == "waiting" else "Being analysed")
            elif take.error:
                # The file on the disk has a name of its own, which nobody knows.
                st.error(plain(take.error.replace(take.audio.name, take.name or take.audio.name, 1)))
        with st.container(horizontal=True, width="content", gap="small"):
            if pending:
                st.button("Cancel", key=f"cancel_{take.id}", on_click=shared.worker.cancel, args=(take.id,))
            else:
                label = "Try again" if take.error else "Analyse"
                st.button(label, key=f"analyse_{take.id}", on_click=shared.worker.submit, args=(take,))
            if st.button("Delete", key=f"delete_{take.id}", type="tertiary"):
                _delete_dialog(shared, take.id, name, analysed=False)


def _row(take_id: str) -> DeltaGenerator:
    return st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"take_{take_id}",
    )


def _name(summary: AttemptSummary, take: Take | None) -> str:
    """Return an answer's label, escaped for Markdown: the person's title, else its question, else its file name."""
    own = summary.title or summary.prompt or (take.name if take else "")
    return plain(_short(own)) or "An answer without a question"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}\N{HORIZONTAL ELLIPSIS}"


def _facts(summary: AttemptSummary, take: Take | None) -> list[str]:
    facts = [when(summary.spoken_at)]
    if summary.duration is not None:
        facts.append(clock(summary.duration))
    if summary.kind is not None:
        facts.append(kind_label(summary.kind))
    if _tells_more(summary):
        facts.append(summary.competency or "")
    if summary.source in ("upload", "sample"):
        facts.append(_SOURCES[summary.source])
    if take is None:
        facts.append("without its recording")
    elif take.name and (summary.title or summary.prompt):  # otherwise it is the title
        facts.append(take.name)
    if summary.rating is not None:
        facts.append(f"you rated it {summary.rating} of {RATINGS[-1]}")
    if summary.tags:
        facts.append(f"tagged {', '.join(summary.tags)}")
    return facts


def _tells_more(summary: AttemptSummary) -> bool:
    """Whether the competency adds to the kind; of the person's own questions it is only the subject."""
    return bool(summary.competency) and summary.kind not in (summary.competency, "own_question")


def _found(shared: Services, take_id: str, search: str) -> str:
    """Return the passage found in the transcript, else in the note; empty if neither."""
    attempt = shared.history.get(take_id) if search else None
    if attempt is None:
        return ""
    return excerpt(attempt.transcript.text, search) or excerpt(shared.history.about(take_id).note, search)


def _state(shared: Services, take_id: str) -> None:
    job = shared.worker.status(take_id)
    if job is not None and job.pending:
        st.caption("Being analysed again")
    elif job is not None and job.state == "failed":
        st.error(plain(job.error or ""))


@st.dialog("Delete this answer?")
def _delete_dialog(shared: Services, take_id: str, name: str, *, analysed: bool) -> None:
    st.markdown(name)
    st.write(
        "The recording, its transcript and its numbers are removed from this computer, with what you wrote about it "
        "and its earlier analyses. This cannot be undone."
    )
    confirm.buttons("Delete it", "Keep it", shared.delete, take_id, key="delete")
    # Once it has been pressed the sound is gone, but without the button nothing would close the dialog.
    pressed = st.session_state.get("delete_sound", False)
    if analysed and (pressed or shared.store.get(take_id) is not None):
        st.divider()
        st.write(
            "Or delete only the recording: the transcript and numbers stay, but you can't listen to it "
            "or analyse it again."
        )
        gone = (shared.store, shared.history, take_id)
        if st.button("Delete only the recording", key="delete_sound", on_click=delete_sound, args=gone):
            st.rerun()
