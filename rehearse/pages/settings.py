"""Settings: which filler words count, what is judged, the voice that asks, the model that listens."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rehearse import weights
from rehearse.events.markers import MARKERS
from rehearse.metrics import DELIVERY
from rehearse.pages.services import Services, services
from rehearse.pages.text import plain
from rehearse.recount import recount_all
from rehearse.settings import Settings, read_settings, recognisers, write_settings


def page() -> None:
    """Show the page."""
    shared = services()
    st.title("Settings", anchor=False)
    st.caption("Kept on this computer, beside your answers. A change is saved at once.")
    settings = read_settings(shared.history.documents)
    _filler_words(shared, settings)
    _judged(shared, settings)
    _voice(shared, settings)
    _model(shared, settings)


def _filler_words(shared: Services, settings: Settings) -> None:
    st.header("Filler words", anchor=False)
    turn = st.session_state.setdefault("markers_turn", 0)
    counting = list(settings.markers)
    chosen = st.multiselect(
        "Counted as filler words",
        list(dict.fromkeys([*MARKERS, *counting])),
        default=counting,
        accept_new_options=True,
        placeholder="Choose a word, or type one of your own",
        key=f"markers_{turn}",
    )
    st.caption(
        "Type a word or short phrase into the field to add one of your own. Words count only where they could be left "
        "out: “well” in “it went well” does not. One of your own counts where a comma or a short silence sets it apart "
        "on both sides; elsewhere it is shown as possible. Um and uh are heard in any case."
    )
    refused = st.session_state.pop("markers_refused", None)
    if refused:
        st.error(plain(refused))
    if set(chosen) != set(counting):
        _count(shared, settings, chosen)
    _offer_recount(shared, settings)


def _count(shared: Services, settings: Settings, chosen: list[str]) -> None:
    """Keep the list; where it is not kept as it was typed, the field is drawn anew."""
    try:
        kept = settings.counting(chosen)
    except ValueError as error:
        st.session_state["markers_refused"] = str(error)
        kept = settings
    write_settings(shared.history.documents, kept)
    if set(kept.markers) != set(chosen):
        st.session_state["markers_turn"] += 1
    st.rerun()


def _offer_recount(shared: Services, settings: Settings) -> None:
    answers = len(shared.history.ids())
    changed = st.session_state.pop("recounted", None)
    if changed is not None:
        st.success(f"Counted again: {changed} of {answers} answers changed.")
    if not answers:
        return
    st.button(
        f"Count again in earlier answers: {answers}",
        key="recount",
        help="New answers use the list as it is now. Earlier ones keep their count until then.",
        on_click=_ask_recount,
    )
    if st.session_state.pop("recount_asked", False):
        bar = st.progress(0.0, "Counting")
        st.session_state["recounted"] = recount_all(
            shared.history, settings.markers, lambda done: bar.progress(done, "Counting")
        )
        st.rerun()


def _ask_recount() -> None:
    st.session_state["recount_asked"] = True


def _judged(shared: Services, settings: Settings) -> None:
    st.header("What is judged", anchor=False)
    st.caption(
        "What you switch off is still measured and shown, but has no comfortable band, no praise and no advice: "
        "for instance if you stutter, or speak in a second language."
    )
    unjudged = {
        family
        for family, label in DELIVERY.items()
        if not st.toggle(label, value=family not in settings.unjudged, key=f"judge_{family}")
    }
    if unjudged != settings.unjudged:
        write_settings(shared.history.documents, replace(settings, unjudged=frozenset(unjudged)))
        st.rerun()


def _voice(shared: Services, settings: Settings) -> None:
    st.header("Questions read aloud", anchor=False)
    speak = st.toggle("Interviews begin with the voice on", value=settings.speak, key="speak")
    st.caption("A voice of this computer reads the question; it is always written there too.")
    if speak != settings.speak:
        write_settings(shared.history.documents, replace(settings, speak=speak))
        st.rerun()


def _model(shared: Services, settings: Settings) -> None:
    st.header("Speech recogniser", anchor=False)
    known = recognisers()
    ready = [name for name in known if weights.is_present(name)]
    current = settings.model or weights.DEFAULT
    if current not in ready:
        st.warning(f"{current} is chosen, but not on this computer: run the command “rehearse models fetch {current}”.")
    names = list(dict.fromkeys([current, *ready]))
    chosen = st.selectbox(
        "Listens to your answers",
        names,
        index=names.index(current),
        format_func=lambda name: f"{name}, {known[name].size / 1e6:.0f} MB: {known[name].description}",
        key="model",
    )
    st.caption(
        f"{weights.DEFAULT} is the default: the quickest, and the one that the detection of um and uh is fitted to. "
        "Answers heard by different models are not compared with each other. "
        "More models: the command “rehearse models list”."
    )
    if chosen != current:
        model = None if chosen == weights.DEFAULT else chosen
        write_settings(shared.history.documents, replace(settings, model=model))
        st.rerun()


page()
