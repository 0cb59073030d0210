"""What all pages and tabs of one process share: takes, history, worker, microphone; one set for each profile."""

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
from rehearse.pages import guard
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
    """The shared parts.

    Attributes:
        workspace: What the profile in use keeps.
        worker: Analyses takes in the background.
        let_go: How many recordings the rule for old sound removed when the program started.
        microphone: This computer's, which only one take can use at a time.

    """

    workspace: Workspace
    worker: Worker
    let_go: int = 0
    microphone: Microphone = field(default_factory=Microphone)

    @property
    def folder(self) -> Path:
        """Where the profile keeps everything."""
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
        """What can be practised."""
        return self.workspace.questions

    @property
    def question_sets(self) -> Path:
        """Folder of the person's own question sets."""
        return self.questions.folder

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
        retention.delete_answer(self.store, self.history, take_id)
        player.forget_deleted()

    def delete_everything(self) -> None:
        """Remove all that the profile keeps."""
        for job in self.worker.pending():
            self.worker.cancel(job.take_id)
        retention.delete_everything(self.store, self.history, self.question_sets)
        player.forget_deleted()


def services() -> Services:
    """Give the parts that belong to the profile in use."""
    return _services(profile_in_use().folder)


def profile_in_use() -> Profile:
    """Give the profile chosen in this browser tab; else the one the program was started with, or was last used.

    Raises:
        ValueError: The pages are served to whoever reaches the port, as ``streamlit run`` does with a page's file.

    """
    # Where nothing asks from a page, no tab has chosen anything.
    asked = get_script_run_ctx(suppress_warning=True) is not None
    if asked and st.context.headers and not guard.STANDING.is_set():
        msg = "These pages are open to everybody who uses this computer: stop them, and start rehearse instead."
        raise ValueError(msg)
    chosen = st.session_state.get(_CHOSEN) if asked else None
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
    takes_of(folder).recover()  # first: what was spoken is saved, whatever is wrong with the history
    workspace = open_workspace(folder)
    let_go = len(retention.apply_rule(workspace.takes, workspace.history, datetime.now(UTC)))
    shared = Services(workspace, Worker(workspace.takes, workspace.history, _listening(workspace.history)), let_go)
    round_state.recover(shared)
    catching_up = partial(bring_up_to_date, workspace.history, workspace.takes)
    threading.Thread(target=catching_up, name="rehearse-catching-up", daemon=True).start()
    return shared


def _listening(history: History) -> Callable[[], transcription.Transcriber]:
    return lambda: _transcriber(read_settings(history.documents).model or weights.DEFAULT)


@lru_cache(maxsize=1)
def _transcriber(model: str) -> transcription.Transcriber:
    return transcription.whisper(model)
