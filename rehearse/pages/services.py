"""What all pages and tabs of one process share: takes, history, worker, microphone; one set for each profile."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rehearse import keeping, landing, places, profiles, transcription, weights
from rehearse.history import History
from rehearse.jobs import Worker
from rehearse.pages import player
from rehearse.pages.live import Microphone
from rehearse.profiles import Profile
from rehearse.settings import read_settings
from rehearse.takes import Take, TakeStore

_CHOSEN = "profile"


@dataclass(frozen=True, slots=True)
class Services:
    """The shared parts.

    Attributes:
        folder: Where a profile keeps everything.
        store: Recordings on disk.
        history: Analysed attempts.
        worker: Analyses takes in the background.
        let_go: How many recordings the rule for old sound removed when the program started.
        microphone: This computer's, which only one take can use at a time.

    """

    folder: Path
    store: TakeStore
    history: History
    worker: Worker
    let_go: int = 0
    microphone: Microphone = field(default_factory=Microphone)

    @property
    def question_sets(self) -> Path:
        """Folder of the person's own question sets."""
        return self.folder / "question_sets"

    def unfinished(self) -> tuple[Take, ...]:
        """List takes, newest first, that were recorded but are neither analysed nor in work."""
        pending = {job.take_id for job in self.worker.pending()}
        return tuple(take for take in self.unanalysed() if take.id not in pending)

    def unanalysed(self) -> tuple[Take, ...]:
        """List takes, newest first, that have no analysis yet, in work or not."""
        found = (self.store.get(take_id) for take_id in self.store.ids(besides=self.history.ids()))
        return tuple(take for take in found if take is not None)

    def analyse_again(self, take: Take, model: str) -> None:
        """Hand a take over once more, to be heard by another model.

        Raises:
            ValueError: The model is not here; the sentence says how to get it.

        """
        weights.resolve(model)
        self.worker.submit(take, partial(_transcriber, model))

    def delete(self, take_id: str) -> None:
        """Remove a take's sound, transcript and numbers; nothing of it stays.

        Raises:
            OSError: The take's folder cannot be written; then the answer is still listed, to be deleted again.

        """
        self.worker.cancel(take_id)
        keeping.delete_answer(self.store, self.history, take_id)
        player.forget_deleted()

    def delete_everything(self) -> None:
        """Remove all that the profile keeps."""
        for job in self.worker.pending():
            self.worker.cancel(job.take_id)
        keeping.delete_everything(self.store, self.history, self.question_sets)
        player.forget_deleted()


def services() -> Services:
    """Give the parts that belong to the profile in use, and let everything this run does happen there."""
    profile = profile_in_use()
    places.use(None if profile.key == profiles.FIRST else profile.folder)
    return _services(profile.folder)


def profile_in_use() -> Profile:
    """Give the profile chosen in this browser tab; else the one the program was started with, or was last used."""
    # Where nothing asks from a page, no tab has chosen anything.
    chosen = st.session_state.get(_CHOSEN) if get_script_run_ctx(suppress_warning=True) else None
    if chosen is None:
        named = os.environ.get("REHEARSE_PROFILE")
        return profiles.find(named) if named else profiles.last_used()
    return profiles.with_key(chosen)


def switch_profile(profile: Profile) -> None:
    """Go on with another profile."""
    start_afresh(profile)
    profiles.remember(profile)


def start_afresh(profile: Profile) -> None:
    """Forget what this browser tab remembers, which was of another profile or is deleted."""
    st.session_state.clear()
    st.query_params.clear()
    st.session_state[_CHOSEN] = profile.key


@st.cache_resource(show_spinner=False)
def _services(folder: Path) -> Services:
    landing.sweep(folder)
    store = TakeStore(folder / "takes")
    store.recover()
    history = History(folder / "history.db")
    let_go = len(keeping.apply_rule(store, history, datetime.now(UTC)))
    return Services(folder, store, history, Worker(store, history, _listening(history)), let_go)


def _listening(history: History) -> Callable[[], transcription.Transcriber]:
    return lambda: _transcriber(read_settings(history.documents).model or weights.DEFAULT)


@lru_cache(maxsize=1)
def _transcriber(model: str) -> transcription.Transcriber:
    return transcription.whisper(model)
