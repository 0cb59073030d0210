"""The timeline and the transcript of an answer, and the user's corrections to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rehearse.analysis.corrections import correct, judge, restore
from rehearse.app.settings import read_settings
from rehearse.model import Attempt, Transcript
from rehearse.pages.components import timeline, transcript
from rehearse.pages.shared import keys, tables
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain
from rehearse.story import key_words
from rehearse.views.annotations import timeline as timeline_rows

_SAME = 0.001
"""Tolerance in seconds for a time that was sent to the browser and back."""
_STALE = "This answer has been changed elsewhere in the meantime: look at it again, then repeat your change."
_NAMES = {
    "filled_pause": "um or uh",
    "discourse_marker": "filler word",
    "possible": "perhaps a filler, not counted",
    "pause": "pause",
}


def show(shared: Services, attempt: Attempt, *, player: str) -> None:
    """Show the words and the timeline; a click on either plays the recording there."""
    st.header("What you said", anchor=False)
    if not attempt.transcript.words:
        st.markdown("I couldn't make out any words.")
        return
    timeline(attempt, player=player)
    problem = st.session_state.pop("revision_problem", None)
    if problem:
        st.error(plain(problem))
    transcript(attempt, player=player, revise=partial(revise, shared, attempt.id))
    st.caption(
        "Choose a word to hear it, to correct it, or to say whether it is a filler. Boxed ●: um or uh. Dotted ○: "
        "filler word. Dashed ?: perhaps a filler, not counted. \\*: corrected by you."
    )
    keys.hint("Keys: F next filler, P next long pause, Space plays and stops.")
    about = _key_words(attempt.transcript.text, attempt.transcript)
    if about:
        st.caption(plain(f"You spoke about: {', '.join(about)}."))
    fold = st.expander("Fillers, pauses and story parts as a table", key="marked", on_change="rerun")
    with fold:
        if fold.open:
            tables.show(rows(attempt), by="At")


@st.cache_data(max_entries=20, show_spinner=False)
def _key_words(text: str, _transcript: Transcript) -> list[str]:
    return [word.text for word in key_words(_transcript)] if text else []


def rows(attempt: Attempt) -> list[dict[str, str]]:
    """Return the contents of the timeline as table rows, in chronological order."""
    stretches = [stretch for row in timeline_rows(attempt) for stretch in row["stretches"]]
    return [
        {
            "At": clock(stretch["start"]),
            "What": _NAMES.get(stretch["mark"], "story part"),
            "Said": plain(stretch["label"]) if stretch["mark"] != "pause" else "",
            "Lasts": f"{stretch['end'] - stretch['start']:.1f} s",
        }
        for stretch in sorted(stretches, key=lambda stretch: stretch["start"])
    ]


def revise(shared: Services, attempt_id: str, request: Mapping[str, Any]) -> None:
    """Apply a correction before the page is redrawn; a problem is shown on the next run."""
    problem = revised(shared, attempt_id, request)
    if problem:
        st.session_state["revision_problem"] = problem


def revised(shared: Services, attempt_id: str, request: Mapping[str, Any]) -> str | None:
    """Correct an answer and store it at once, with all numbers recomputed; return a message if that is not possible."""
    markers = read_settings(shared.history.documents).markers
    try:
        saved = shared.history.revise(attempt_id, lambda attempt: _revised(attempt, request, markers))
    except ValueError as error:
        return str(error)
    return None if saved else "This answer has been deleted in the meantime."


def _revised(attempt: Attempt, request: Mapping[str, Any], markers: Collection[str]) -> Attempt:
    if request["do"] == "judge":
        index = int(request["filler"])
        _check([(filler.span.start, filler.span.end) for filler in attempt.fillers], index, request)
        verdict = request["verdict"] if request["verdict"] in ("confirmed", "dismissed") else None
        return judge(attempt, index, verdict)
    moments = [(word.start, word.start) for word in attempt.transcript.words]
    if request["do"] == "restore":
        _check(moments, int(request["word"]), request)
        return restore(attempt, int(request["word"]), markers=markers)
    _check(moments, int(request["first"]), request)
    return correct(attempt, int(request["first"]), str(request["text"]), count=int(request["count"]), markers=markers)


def _check(moments: Sequence[tuple[float, float]], index: int, request: Mapping[str, Any]) -> None:
    """Refuse a correction of an item that is no longer where the browser showed it.

    Raises:
        ValueError: If no item with this index is at the given time.

    """
    if not 0 <= index < len(moments):
        raise ValueError(_STALE)
    start, end = moments[index]
    if not start - _SAME <= float(request["start"]) <= end + _SAME:
        raise ValueError(_STALE)
