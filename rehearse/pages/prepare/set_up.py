"""Dress and set-up: a short checklist, and a check of the microphone."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from rehearse.pages.prepare.desk import Desk
from rehearse.pages.shared.text import plain
from rehearse.preparation.checklist import DRESS, Item, checklist
from rehearse.preparation.sound_check import SENTENCE, SoundCheck, check_sound, recording_of

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_VERDICTS = {
    "good": (st.success, "They will hear you clearly."),
    "usable": (st.info, "You can be understood. It could be better:"),
    "poor": (st.warning, "This would be hard to follow:"),
}


def show(desk: Desk) -> None:
    """Show the part."""
    items = checklist(desk.prepared.interview)
    st.header("Clothes", anchor=False)
    _items(desk, [item for item in items if item in DRESS])
    room = [item for item in items if item.id.startswith("room")]
    video = [item for item in items if item.id.startswith("video")]
    for heading, part in (("For the room", room), ("For the video call", video)):
        if part:
            st.header(heading, anchor=False)
            _items(desk, part)
    st.header("Microphone", anchor=False)
    _microphone(desk)


def _items(desk: Desk, items: list[Item]) -> None:
    for item in items:
        key = f"item_{item.id}"

        def ticked(name: str = item.id, key: str = key) -> None:
            desk.tick(name, on=st.session_state[key])

        st.checkbox(plain(item.text), item.id in desk.prepared.ticks.ids, key=key, on_change=ticked)


def _microphone(desk: Desk) -> None:
    st.markdown(f"Sit where you will sit. {SENTENCE}")
    sound = st.audio_input(
        "Check the microphone", key="sound_check", on_change=lambda: _tick_sound(desk, st.session_state["sound_check"])
    )
    st.caption(
        "The clip is measured and not stored. Browsers even out the volume, so a call may sound a little different."
    )
    if sound is None:
        return
    try:
        checked = check_sound(recording_of(sound.getvalue()))
    except ValueError as error:
        st.error(plain(str(error)))
        return
    _show_result(checked)


def _tick_sound(desk: Desk, sound: UploadedFile | None) -> None:
    """Tick off the check once a clip passes; the reason for a failure is shown below the recorder."""
    with suppress(ValueError):
        if sound is not None and check_sound(recording_of(sound.getvalue())).verdict != "poor":
            desk.tick("sound-checked", on=True)


def _show_result(checked: SoundCheck) -> None:
    box, sentence = _VERDICTS[checked.verdict]
    box("\n".join([sentence, *(f"- {plain(advice)}" for advice in checked.advice)]))
    if checked.speech is not None and checked.noise is not None:
        apart = checked.speech - checked.noise
        st.caption(f"Speech {checked.speech:.0f} dBFS, room {checked.noise:.0f} dBFS, {apart:.0f} dB apart.")
