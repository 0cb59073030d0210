"""What was said: the time line, the transcript, and what the person changes in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rehearse.analysis.corrections import correct, judge, restore
from rehearse.app.settings import read_settings
from rehearse.model import Attempt, Transcript
from rehearse.pages.components import timeline, transcript
from rehearse.pages.shared import tables
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import clock, plain
from rehearse.story import key_words
from rehearse.views.annotations import timeline as timeline_rows

_SAME = 0.001
"""Seconds: a moment that went to the browser and back."""
_STALE = "This answer was changed elsewhere meanwhile: look at it again, then repeat your change."
_NAMES = {
    "filled_pause": "um or uh",
    "discourse_marker": "filler word",
    "possible": "perhaps a filler, not counted",
    "pause": "pause",
}


def show(shared: Services, attempt: Attempt, *, player: str) -> None:
    """Show the words and where they lie in time; both play their moments."""
    st.header("What you said", anchor=False)
    if not attempt.transcript.words:
        st.markdown("No words were heard.")
        return
    timeline(attempt, player=player)
    problem = st.session_state.pop("revision_problem", None)
    if problem:
        st.error(plain(problem))
    transcript(attempt, player=player, revise=partial(revise, shared, attempt.id))
    st.caption(
        "Choose a word to hear it, to correct it, or to say whether it is a filler. Boxed ●: um or uh. Dotted ○: filler "
        "word. Dashed ?: perhaps a filler, not counted. \\*: corrected by you. Keys: F next filler, P next long pause, "
        "Space plays and stops."
    )
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
    """Give what the time line shows as a table, in the order it happened."""
    stretches = [one for row in timeline_rows(attempt) for one in row["stretches"]]
    return [
        {
            "At": clock(one["start"]),
            "What": _NAMES.get(one["mark"], "story part"),
            "Said": plain(one["label"]) if one["mark"] != "pause" else "",
            "Lasts": f"{one['end'] - one['start']:.1f} s",
        }
        for one in sorted(stretches, key=lambda one: one["start"])
    ]


def revise(shared: Services, attempt_id: str, wish: Mapping[str, Any]) -> None:
    """Do what the person wants changed, before the page is shown again."""
    problem = revised(shared, attempt_id, wish)
    if problem:
        st.session_state["revision_problem"] = problem


def revised(shared: Services, attempt_id: str, wish: Mapping[str, Any]) -> str | None:
    """Change an answer and keep it at once, so that every number follows; say in a sentence why that cannot be."""
    markers = read_settings(shared.history.documents).markers
    try:
        kept = shared.history.revise(attempt_id, lambda attempt: _revised(attempt, wish, markers))
    except ValueError as error:
        return str(error)
    return None if kept else "This answer was deleted meanwhile."


def _revised(attempt: Attempt, wish: Mapping[str, Any], markers: Collection[str]) -> Attempt:
    if wish["do"] == "judge":
        place = int(wish["filler"])
        _check([(filler.span.start, filler.span.end) for filler in attempt.fillers], place, wish)
        verdict = wish["verdict"] if wish["verdict"] in ("confirmed", "dismissed") else None
        return judge(attempt, place, verdict)
    moments = [(word.start, word.start) for word in attempt.transcript.words]
    if wish["do"] == "restore":
        _check(moments, int(wish["word"]), wish)
        return restore(attempt, int(wish["word"]), markers=markers)
    _check(moments, int(wish["first"]), wish)
    return correct(attempt, int(wish["first"]), str(wish["text"]), count=int(wish["count"]), markers=markers)


def _check(moments: Sequence[tuple[float, float]], place: int, wish: Mapping[str, Any]) -> None:
    """Refuse a wish for what no longer stands where the browser saw it."""
    if not 0 <= place < len(moments):
        raise ValueError(_STALE)
    start, end = moments[place]
    if not start - _SAME <= float(wish["start"]) <= end + _SAME:
        raise ValueError(_STALE)
