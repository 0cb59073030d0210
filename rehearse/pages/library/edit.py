"""The dialog to edit an answer: its title, tags, note, and the model that analyses it."""

from __future__ import annotations

import streamlit as st

from rehearse import weights
from rehearse.metrics import METRICS
from rehearse.metrics.value_text import amount
from rehearse.model import Attempt
from rehearse.pages.feedback.measurements import CARDS
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain, when
from rehearse.storage.history import LONGEST_NOTE, LONGEST_TITLE, MOST_TAGS, About, Earlier


@st.dialog("About this answer", width="medium")
def show(shared: Services, take_id: str) -> None:
    """Show the dialog."""
    attempt = shared.history.get(take_id)
    if attempt is None:
        st.write("This answer is no longer here.")
        return
    _about(shared, attempt, shared.history.about(take_id))
    st.divider()
    _analysis(shared, attempt)


def _about(shared: Services, attempt: Attempt, about: About) -> None:
    with st.form("about", border=False):
        title = st.text_input("Your name for it", about.title, max_chars=LONGEST_TITLE, key="about_title")
        tags = st.multiselect(
            "Tags",
            sorted({*shared.history.tags(), *about.tags}, key=str.casefold),
            about.tags,
            max_selections=MOST_TAGS,
            accept_new_options=True,
            placeholder="Choose, or type a new one",
            key="about_tags",
        )
        note = st.text_area("Note", about.note, max_chars=LONGEST_NOTE, key="about_note")
        told_before = st.checkbox("I used this in the first interview", about.told_before, key="about_told")
        if st.form_submit_button("Save", type="primary", key="about_save"):
            try:
                shared.history.describe(attempt.id, title=title, tags=tuple(tags), note=note, told_before=told_before)
            except ValueError as error:
                st.error(plain(str(error)))
            else:
                st.rerun()


def _analysis(shared: Services, attempt: Attempt) -> None:
    st.markdown(f"{_transcribed(attempt)}; analysed {_program(attempt)}.")
    take = shared.store.get(attempt.id)
    if take is None:
        st.caption("Without its recording it cannot be analysed again.")
    else:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            model = st.selectbox("Model", _models(), format_func=_label, key="again_model", width=260)
            again = st.button("Analyse again", key="again")
        if again:
            try:
                shared.analyse_again(take, model)
            except ValueError as error:
                st.error(plain(str(error)))
            else:
                st.rerun()
        st.caption("Your corrections to its words and fillers are kept, and so are the earlier numbers.")
    earlier = shared.history.earlier(attempt.id)
    if earlier:
        with st.expander(f"Earlier analyses: {len(earlier)}", key="earlier"):
            st.dataframe(rows(earlier), hide_index=True)


def rows(earlier: tuple[Earlier, ...]) -> list[dict[str, str | None]]:
    """Return one row per earlier analysis, the most recently replaced first."""
    metrics = [METRICS[name] for name in CARDS if name in METRICS]
    listed = []
    for analysis in earlier:
        values = {measured.metric: measured.value for measured in analysis.attempt.measurements}
        numbers = {metric.label: amount(values.get(metric.name), metric.unit) for metric in metrics}
        facts = {
            "Replaced": when(analysis.replaced_at),
            "Model": analysis.attempt.model,
            "Rehearse": analysis.attempt.program,
        }
        listed.append({**facts, **numbers})
    return listed


def _transcribed(attempt: Attempt) -> str:
    return f"Transcribed by **{plain(attempt.model)}**" if attempt.model else "Typed, not spoken"


def _program(attempt: Attempt) -> str:
    return f"by Rehearse {plain(attempt.program)}" if attempt.program else "by an older Rehearse"


def _models() -> list[str]:
    return [name for name, model in weights.models().items() if model.role == "recogniser"]


def _label(name: str) -> str:
    return name if weights.is_present(name) else f"{name} (not fetched yet)"
