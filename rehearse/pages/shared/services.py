"""What all pages and tabs of a process share, per profile: takes, history, worker, microphone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rehearse import transcription, weights
from rehearse.app.settings import read_settings
from rehearse.app.up_to_date import bring_up_to_date
from rehearse.app.worker import Worker
from rehearse.app.workspace import Workspace, open_workspace, takes_of
from rehearse.pages import guard, question_sound
from rehearse.pages.interview import round_state
from rehearse.pages.practice.live_recording import Microphone
from rehearse.pages.shared import player
from rehearse.questions import QuestionLibrary
from rehearse.storage import landing, profiles, retention
from rehearse.storage.history import History
from rehearse.storage.profiles import Profile
from rehearse.storage.takes import Take, TakeStore

_CHOSEN = "profile"


@dataclass(frozen=True, slots=True)
class Services:
    """The shared parts of a profile.

    Attributes:
        workspace: Stored data of the profile.
        worker: Analyses takes in the background.
        let_go: Number of recordings that the rule for old sound removed at start-up.
        microphone: This computer's microphone, which only one take can use at a time.

    """

    workspace: Workspace
    worker: Worker
    let_go: int = 0
    microphone: Microphone = field(default_factory=Microphone)

    @property
    def folder(self) -> Path:
        """Folder of the profile."""
        return self.workspace.profile.folder

    @property
    def store(self) -> TakeStore:
        """Recordings on disk."""
        return self.workspace.takes

    @property
    def history(self) -> History:
        """Analysed attempts."""
        return self.workspace.history

    @property
    def questions(self) -> QuestionLibrary:
        """Questions that can be practised."""
        return self.workspace.questions

    @property
    def question_sets(self) -> Path:
        """Folder of the person's own question sets."""
        return self.questions.folder

    def unfinished(self) -> tuple[Take, ...]:
        """Return the takes, newest first, that are neither analysed nor queued."""
        pending = {job.take_id for job in self.worker.pending()}
        return tuple(take for take in self.unanalysed() if take.id not in pending)

    def unanalysed(self) -> tuple[Take, ...]:
        """Return the takes, newest first, that have no analysis yet, queued or not."""
        found = (self.store.get(take_id) for take_id in self.store.ids(besides=self.history.ids()))
        return tuple(take for take in found if take is not None)

    def analyse_again(self, take: Take, model: str) -> None:
        """Queue a take for analysis with another model.

        Raises:
            ValueError: The model is not installed; the message says how to get it.

        """
        weights.resolve(model)
        self.worker.submit(take, partial(_transcriber, model))

    def delete(self, take_id: str) -> None:
        """Delete a take with its sound, transcript and measurements.

        Raises:
            OSError: The take's folder cannot be written; the answer remains listed, so that deletion can be retried.

        """
        self.worker.cancel(take_id)
        retention.delete_answer(self.store, self.history, take_id)
        player.forget_deleted()
        question_sound.forget()

    def delete_everything(self) -> None:
        """Delete all data of the profile."""
        for job in self.worker.pending():
            self.worker.cancel(job.take_id)
        retention.delete_everything(self.store, self.history, self.question_sets)
        player.forget_deleted()
        question_sound.forget()


def services() -> Services:
    """Return the shared parts of the profile in use."""
    return _services(profile_in_use().folder)


def profile_in_use() -> Profile:
    """Return the profile chosen in this browser tab, else the one given at start-up, else the one last used.

    Raises:
        ValueError: The pages are served without a guard, as ``streamlit run`` does with a page's script.

    """
    # Outside a page there is no tab, and hence no choice.
    on_page = get_script_run_ctx(suppress_warning=True) is not None
    if on_page and st.context.headers and not guard.STANDING.is_set():
        msg = "Anybody who uses this computer can open these pages: stop them, and start rehearse instead."
        raise ValueError(msg)
    chosen = st.session_state.get(_CHOSEN) if on_page else None
    if chosen is None:
        named = os.environ.get("REHEARSE_PROFILE")
        return profiles.find(named) if named else profiles.last_used()
    return profiles.with_key(chosen)


def switch_profile(profile: Profile) -> None:
    """Switch to another profile."""
    start_afresh(profile)
    profiles.remember(profile)


def start_afresh(profile: Profile) -> None:
    """Clear the state of this browser tab, which belongs to another profile or is deleted."""
    st.session_state.clear()
    st.query_params.clear()
    st.session_state[_CHOSEN] = profile.key


@st.cache_resource(show_spinner=False)
def _services(folder: Path) -> Services:
    landing.sweep(folder)
    takes_of(folder).recover()  # first, so that recordings are saved even if the history is damaged
    workspace = open_workspace(folder)
    let_go = len(retention.apply_rule(workspace.takes, workspace.history, datetime.now(UTC)))
    shared = Services(workspace, Worker(workspace.takes, workspace.history, _listening(workspace.history)), let_go)
    round_state.recover(shared)
    catching_up = partial(bring_up_to_date, workspace.history, workspace.takes)
    threading.Thread(target=catching_up, name="rehearse-catching-up", daemon=True).start()
    return shared


def _listening(history: History) -> Callable[[], transcription.WindowTranscriber]:
    return lambda: _transcriber(read_settings(history.documents).model or weights.DEFAULT)


@lru_cache(maxsize=1)
def _transcriber(model: str) -> transcription.WindowTranscriber:
    return transcription.whisper(model)
