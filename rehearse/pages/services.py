"""What all pages and tabs of one process share: takes, history, worker, microphone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st

from rehearse import transcription, weights
from rehearse.history import History
from rehearse.jobs import Worker
from rehearse.pages.live import Microphone
from rehearse.places import data_folder
from rehearse.settings import read_settings
from rehearse.takes import Take, TakeStore


@dataclass(frozen=True, slots=True)
class Services:
    """The shared parts.

    Attributes:
        store: Recordings on disk.
        history: Analysed attempts.
        worker: Analyses takes in the background.
        microphone: This computer's, which only one take can use at a time.

    """

    store: TakeStore
    history: History
    worker: Worker
    microphone: Microphone = field(default_factory=Microphone)

    def unfinished(self) -> tuple[Take, ...]:
        """List takes, newest first, that were recorded but are neither analysed nor in work."""
        known = self.history.ids() | {job.take_id for job in self.worker.pending()}
        return tuple(take for take in self.store.all() if take.id not in known)

    def delete(self, take_id: str) -> None:
        """Remove a take's sound, transcript and numbers; nothing of it stays."""
        self.worker.cancel(take_id)
        self.history.delete(take_id)
        self.store.delete(take_id)


def services() -> Services:
    """Give the parts that belong to the data folder in use."""
    return _services(data_folder())


@st.cache_resource(show_spinner=False)
def _services(folder: Path) -> Services:
    store = TakeStore(folder / "takes")
    store.recover()
    history = History(folder / "history.db")
    return Services(store, history, Worker(store, history, lambda: _chosen_transcriber(history)))


def _chosen_transcriber(history: History) -> transcription.Transcriber:
    return _transcriber(read_settings(history.documents).model or weights.DEFAULT)


@lru_cache(maxsize=1)
def _transcriber(model: str) -> transcription.Transcriber:
    return transcription.whisper(model)
