"""The sources of an answer: the browser's microphone, this computer's microphone, or an uploaded file.

Once it is on the disk, whatever its source, its analysis begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rehearse import audio
from rehearse.app.settings import read_settings
from rehearse.app.silence import has_voice
from rehearse.audio import microphone
from rehearse.audio.recorder import Levels, Recorder
from rehearse.metrics import METRICS
from rehearse.model import Origin, Question
from rehearse.pages import recorder_socket
from rehearse.pages.components import recorder_keys
from rehearse.pages.components.live_recorder import live_recorder
from rehearse.pages.practice.browser_recording import TICKETS, Ticket
from rehearse.pages.practice.live_recording import LiveListening
from rehearse.pages.practice.remarks import Remark
from rehearse.pages.shared import keys
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, goal, plain
from rehearse.storage.takes import Take

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

MAX_MEGABYTES = 200
MAX_SECONDS = 2 * 60 * 60
LIMIT_SECONDS = 10 * 60
"""Seconds after which a recording stops automatically (house default)."""

METER_DB = 60.0
"""Range of the level meter, in dB below full scale (house default)."""

QUIET_SECONDS = 2.0
"""Seconds of silence after which the microphone is reported as silent (house default)."""

_MINUTE = 60
_PASSED = "You're past the length to aim for"
_REMARK = "remark"
_PLAIN = "plain_recorder"
"""Set in a tab whose browser cannot stream its microphone."""

_SOURCES = {"browser": "Browser microphone", "computer": "This computer's microphone", "upload": "Upload a file"}

_CHECKLIST = """
- **Permission**: the symbol left of the address shows whether this page may use the microphone. Allow it, then reload.
- **Address**: browsers give the microphone only to `localhost`, `127.0.0.1` and `https` pages.
- **Device**: choose the right microphone in the browser's or the system's sound settings, and close programs that \
hold it.
- **Browser**: Safari before 18.4 cannot record here. Use another browser, or one of the other ways above.
"""


def remember(take: Take) -> None:
    """Select the take whose feedback the next run of the page opens."""
    st.session_state["saved"] = take.id


def analyse(shared: Services, take: Take, listening: LiveListening | None = None) -> None:
    """Submit a take for analysis, once, unless there is no voice in it; ``listening`` has heard it being recorded."""
    live = listening.transcriber if listening else None
    if shared.worker.status(take.id) is not None:
        return
    if (live and live.has_voice) or has_voice(take.audio) is not False:
        shared.worker.submit(take, (lambda: live) if live else None, listening.meter if listening else None)
    elif live:
        live.stop()
    if listening:
        listening.release()


@dataclass(frozen=True, slots=True)
class Slot:
    """What a recording belongs to, and how it is handled.

    Attributes:
        question: The question being answered.
        origin: Origin of the take; its source is set when it is recorded.
        limit_seconds: Seconds after which the recording stops automatically.
        keep: Called with each take once it is on disk.
        label: The label of the recorder, shown to the user.
        guarded: Whether to confirm before navigating away; a round stores its answers itself.
        remark: What may be said to the person while they speak; None for nothing.

    """

    question: Question
    origin: Origin = field(default_factory=Origin)
    limit_seconds: int = LIMIT_SECONDS
    keep: Callable[[Take], None] = remember
    label: str = "Your answer: press the microphone and speak"
    guarded: bool = False
    remark: Remark | None = None


def record(shared: Services, slot: Slot) -> str:
    """Show the selected source and return its name; a take that arrives is saved before anything else."""
    refused = st.session_state.pop("refused", None)
    if refused:
        st.error(plain(refused))
    problem = microphone.microphone_problem()
    sources = [key for key in _SOURCES if key != "computer" or problem is None]
    source = st.segmented_control(
        "Record with",
        sources,
        format_func=_SOURCES.__getitem__,
        default="browser",
        required=True,
        key="source",
        help=f"This computer's own microphone is not offered: {plain(problem)}." if problem else None,
    )
    {"browser": _browser, "computer": _computer, "upload": _upload}[source](shared, slot)
    return source


def _browser(shared: Services, slot: Slot) -> None:
    if st.session_state.get(_PLAIN):
        _plain_browser(shared, slot)
        return
    ticket = _ticket(shared, slot)

    def saved(take_id: str) -> None:
        take = shared.store.get(take_id)
        if take is not None:
            st.session_state["turn"] += 1
            slot.keep(take)

    with st.container(key="recorder"):
        live_recorder(
            f"{recorder_socket.PATH}?ticket={ticket}",
            key=f"recorder_{ticket}",
            limit_seconds=slot.limit_seconds,
            band=_band(slot),
            aim=goal(slot.question),
            guarded=slot.guarded,
            cue=_cue(shared, slot),
            saved=saved,
            cannot=_use_plain,
        )
    then = "; when you press Stop, its feedback opens" if slot.guarded else ""
    with st.container(key="recorder_notes"):
        st.caption(
            f"Your answer is saved to this computer's disk while you speak{then}. "
            f"It stops by itself after {_limit(slot.limit_seconds)}."
        )
        keys.hint("Space starts and stops the recorder.")
        _help()


def _help() -> None:
    with st.popover("The microphone does not work", type="tertiary"):
        st.markdown(_CHECKLIST)


def _use_plain() -> None:
    st.session_state[_PLAIN] = True


def _ticket(shared: Services, slot: Slot) -> str:
    """Return the ticket of the next recording, the same until something it belongs to changes."""
    turn = st.session_state.setdefault("turn", 0)
    wanted = (turn, str(shared.folder), slot.question, slot.origin, slot.limit_seconds)
    known, name = st.session_state.get("ticket", (None, ""))
    if known != wanted or TICKETS.find(name) is None:
        origin = replace(slot.origin, source="browser")
        ticket = Ticket(
            shared.store,
            shared.worker,
            slot.question,
            origin,
            slot.limit_seconds,
            partial(analyse, shared),
            slot.remark,
        )
        name = TICKETS.issue(ticket)
        st.session_state["ticket"] = (wanted, name)
    return str(name)


def _band(slot: Slot) -> tuple[float | None, float | None]:
    band = METRICS["answer_length"].band(slot.question.judged_as)
    return (band.low, band.high) if band else (None, None)


def _cue(shared: Services, slot: Slot) -> str:
    """Return what to say once the comfortable length is passed; empty unless that was chosen, and in a round."""
    return _PASSED if slot.guarded and read_settings(shared.history.documents).length_cue else ""


def _plain_browser(shared: Services, slot: Slot) -> None:
    """Show Streamlit's recorder, which needs neither a WebSocket of ours nor an AudioWorklet."""
    turn = st.session_state.setdefault("turn", 0)
    with st.container(key="recorder"):
        # The key includes the question, so that a recording is never taken for the answer to another one.
        sound = st.audio_input(slot.label, key=f"take_{turn}_{slot.question.id}")
    recorder_keys("recorder", slot.limit_seconds, guarded=slot.guarded)
    st.caption(
        "Your browser only saves the recording when you press Stop: "
        f"keep this page open until then. It stops by itself after {_limit(slot.limit_seconds)}."
    )
    keys.hint("Space starts and stops the recorder.")
    _help()
    if sound is not None:
        _keep(shared, slot, sound, suffix=".wav", source="browser")


def _upload(shared: Services, slot: Slot) -> None:
    turn = st.session_state.setdefault("turn", 0)
    with st.container(key="upload"):
        # Without a list of types: what counts is whether there is sound in the file, whatever its name.
        sound = st.file_uploader(
            f"A recording of your answer, up to {MAX_MEGABYTES} MB and {MAX_SECONDS // 3600} hours",
            key=f"file_{turn}",
            max_upload_size=MAX_MEGABYTES,
        )
    st.caption("Audio or video in any usual format: WAV, MP3, M4A, OGG, FLAC, WebM, MP4, MOV and many others.")
    if sound is not None:
        suffix = Path(sound.name).suffix.lower()
        _keep(shared, slot, sound, suffix=suffix, source="upload", name=sound.name)


def _keep(shared: Services, slot: Slot, sound: UploadedFile, *, suffix: str, source: str, name: str = "") -> None:
    """Save the bytes, then validate them; an upload that is not a recording is refused with a message."""
    origin = replace(slot.origin, source=source)
    take = shared.store.save(sound.getvalue(), suffix=suffix, question=slot.question, origin=origin, name=name)
    st.session_state["turn"] += 1
    if source == "upload" and (reason := _unusable(take.audio, name)):
        shared.store.delete(take.id)
        st.session_state["refused"] = reason
    else:
        analyse(shared, take)
        slot.keep(take)
    st.rerun()


def _limit(seconds: int) -> str:
    return f"{clock(seconds)} min" if seconds >= _MINUTE else f"{seconds} s"


def _unusable(path: Path, name: str) -> str | None:
    try:
        seconds = audio.length(path)
    except (ValueError, OSError) as error:
        return str(error).replace(path.name, name)
    if seconds > MAX_SECONDS:
        return (
            f"{name} is {clock(seconds)} minutes long; the limit is {MAX_SECONDS // 3600} hours, so shorten it first."
        )
    return None


def _computer(shared: Services, slot: Slot) -> None:
    if shared.microphone.take is None:
        if st.button("Record", type="primary", icon=":material/mic:", key="start"):
            shared.microphone.start(
                shared.store,
                shared.worker,
                slot.question,
                slot.limit_seconds,
                replace(slot.origin, source="computer"),
                remark=slot.remark,
            )
            st.session_state.pop(_REMARK, None)
            st.rerun()
        st.caption("The recording is saved to this computer's disk while you speak; a crash loses 5 s at most.")
    else:
        _meter(shared, slot)


@st.fragment(run_every=0.25)
def _meter(shared: Services, slot: Slot) -> None:
    """Show elapsed time and level; nothing else on the page is redrawn during recording."""
    recorder = shared.microphone.recorder
    if recorder is None:
        st.rerun()
    if st.button("Stop", type="primary", icon=":material/stop:", key="stop") or not recorder.running:
        _stop(shared, slot, recorder)
    levels = recorder.levels
    if not recorder.ready:
        st.markdown("**Wait:** the microphone is waking up.")
        return
    if slot.guarded:  # a round has a clock of its own
        longest = _band(slot)[1]
        has_passed = longest is not None and levels.seconds > longest
        st.markdown(f"**Speak now** · {clock(levels.seconds)}")
        if has_passed and (cue := _cue(shared, slot)):
            st.markdown(cue)
    _show_remark(shared, levels.seconds)
    st.progress(min(1.0, max(0.0, 1 + levels.rms_dbfs / METER_DB)), "Level")
    for warning in warnings(levels):
        st.warning(warning)


def _show_remark(shared: Services, seconds: float) -> None:
    remarks = shared.microphone.remarks
    if remarks is None:
        return
    remarks.look(seconds)
    shown = remarks.due(seconds) or st.session_state.get(_REMARK)
    if shown:
        st.session_state[_REMARK] = shown
        st.markdown(f"**{plain(shown)}**")


def _stop(shared: Services, slot: Slot, recorder: Recorder) -> None:
    take = shared.microphone.stop(shared.store)
    if take is not None:
        analyse(shared, take, shared.microphone.listening)
        slot.keep(take)
    if recorder.error is not None:
        st.session_state["refused"] = str(recorder.error)
    st.rerun()


def warnings(levels: Levels) -> list[str]:
    """Return messages about problems with a running recording."""
    messages = []
    if levels.dropped:
        lost = levels.dropped * microphone.BLOCK_SECONDS
        messages.append(f"{lost:.1f} s of the recording were lost: close programs that keep this computer busy.")
    if levels.quiet > QUIET_SECONDS:
        messages.append("I can't hear anything: the microphone may be muted, or not allowed for this program.")
    if levels.clipped:
        messages.append("Too loud: move away from the microphone, or lower its level.")
    return messages
