"""Settings: counted filler words, judged measurements, the recorder's cue, the voice, the speech recogniser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from rehearse import weights
from rehearse.app.recount_markers import is_outdated, note_change, recount_all
from rehearse.app.settings import Settings, read_settings, recognisers, write_settings
from rehearse.events.markers import MARKERS
from rehearse.metrics import DELIVERY
from rehearse.pages.shared.services import Services, services
from rehearse.pages.shared.text import plain

Change = Callable[[Settings], Settings]

_NOBODY = "nobody"
_READERS = {
    "interviewer": "The interviewer's voice, which comes with rehearse",
    "browser": "A voice of your browser",
    _NOBODY: "Nobody: they are only shown",
}


def page() -> None:
    """Show the page."""
    shared = services()
    st.title("Settings", anchor=False)
    st.caption("Stored on this computer, with your answers. Changes are saved at once.")
    settings = read_settings(shared.history.documents)
    refused = st.session_state.pop("refused_setting", None)
    if refused:
        st.error(plain(refused))
    _filler_words(shared, settings)
    _judged(shared, settings)
    _cue(shared, settings)
    _voice(shared, settings)
    _model(shared, settings)


def _shown(key: str, value: object) -> str:
    """Set a field to its stored value, whatever this or another tab showed before; returns its key."""
    st.session_state[key] = value
    return key


def _keep(shared: Services, change: Change) -> None:
    """Apply a change to the stored settings; called before the page is drawn, which then shows any error."""
    documents = shared.history.documents
    try:
        before = read_settings(documents)
        after = change(before)
        write_settings(documents, after)
        if after.markers != before.markers:
            note_change(shared.history, after.markers)
    except (ValueError, OSError) as error:
        st.session_state["refused_setting"] = str(error)


def _filler_words(shared: Services, settings: Settings) -> None:
    st.header("Filler words", anchor=False)
    counting = list(settings.markers)
    st.multiselect(
        "Counted as filler words",
        list(dict.fromkeys([*MARKERS, *counting])),
        accept_new_options=True,
        placeholder="Choose a word, or type one of your own",
        key=_shown("markers", counting),
        on_change=lambda: _keep(shared, lambda stored: stored.counting(st.session_state["markers"])),
    )
    st.caption(
        "Type a word or short phrase into the field to add one of your own. Words count only where they could be left "
        "out: “well” in “it went well” does not. Your own words count where a comma or a short silence sets them apart "
        "on both sides; elsewhere they are shown as possible. Um and uh are counted in any case."
    )
    _offer_recount(shared, settings)


def _offer_recount(shared: Services, settings: Settings) -> None:
    answers = len(shared.history.ids())
    message = st.session_state.pop("recounted", None)
    if message:
        st.success(message)
    if not answers:
        return
    if not is_outdated(shared.history, settings.markers):
        st.caption(
            f"All {answers} answers are counted with these words."
            if answers > 1
            else "Your answer is counted with these words."
        )
        return
    clicked = st.button(
        f"Count again in earlier answers: {answers}",
        key="recount",
        help="New answers use the list as it is now. Earlier ones keep their count until then.",
    )
    if clicked:
        bar = st.progress(0.0, "Counting")
        changed = recount_all(shared.history, settings.markers, lambda done: bar.progress(done, "Counting"))
        st.session_state["recounted"] = f"Counted again: {changed} of {answers} answers changed."
        st.rerun()


def _judged(shared: Services, settings: Settings) -> None:
    st.header("What is judged", anchor=False)
    st.caption(
        "What you switch off is still measured and shown, but without a comfortable range, praise or advice. "
        "That helps if you stutter, say, or speak in a second language."
    )
    for family, label in DELIVERY.items():
        st.toggle(
            label,
            key=_shown(f"judge_{family}", family not in settings.unjudged),
            on_change=_judge,
            args=(shared, family),
        )


def _judge(shared: Services, family: str) -> None:
    judged = st.session_state[f"judge_{family}"]
    _keep(
        shared,
        lambda stored: replace(stored, unjudged=stored.unjudged - {family} if judged else stored.unjudged | {family}),
    )


def _cue(shared: Services, settings: Settings) -> None:
    st.header("While you speak", anchor=False)
    st.toggle(
        "Tell me when I pass the length to aim for",
        key=_shown("length_cue", settings.length_cue),
        on_change=lambda: _keep(shared, lambda stored: replace(stored, length_cue=st.session_state["length_cue"])),
    )
    st.caption("One line beside the time, without a sound. In an interview the clock tells you.")


def _voice(shared: Services, settings: Settings) -> None:
    st.header("Questions read aloud", anchor=False)
    st.radio(
        "In an interview, questions are read aloud by",
        list(_READERS),
        format_func=_READERS.__getitem__,
        key=_shown("reader", settings.reader if settings.speak else _NOBODY),
        on_change=lambda: _keep(shared, _chosen_reader),
    )
    st.caption(
        "Either way the sound is made on this computer, and you can always read the question too. "
        "Voices of a browser that send the text to somebody's server are not used. "
        "More voices for a panel: the command “rehearse models list”."
    )


def _chosen_reader(stored: Settings) -> Settings:
    chosen = st.session_state["reader"]
    return replace(stored, speak=False) if chosen == _NOBODY else replace(stored, speak=True, reader=chosen)


def _model(shared: Services, settings: Settings) -> None:
    st.header("Speech recogniser", anchor=False)
    known = recognisers()
    ready = [name for name in known if weights.is_present(name)]
    current = settings.model or weights.DEFAULT
    if current not in ready:
        st.warning(f"{current} is chosen, but not on this computer: run the command “rehearse models fetch {current}”.")
    st.selectbox(
        "Transcribes your answers",
        list(dict.fromkeys([current, *ready])),
        format_func=lambda name: f"{name}, {known[name].size / 1e6:.0f} MB: {known[name].description}",
        key=_shown("model", current),
        on_change=lambda: _keep(shared, _chosen_model),
    )
    st.caption(
        f"{weights.DEFAULT} is the default: the quickest, and the one that um and uh detection is tuned to. "
        "Answers transcribed by different models are not compared with each other. "
        "More models: the command “rehearse models list”."
    )


def _chosen_model(stored: Settings) -> Settings:
    chosen = st.session_state["model"]
    return replace(stored, model=None if chosen == weights.DEFAULT else chosen)


page()
