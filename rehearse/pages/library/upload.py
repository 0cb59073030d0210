"""Many recordings at once: each is saved, then analysed in its turn, and stands in the list with its state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from rehearse.audio import MAX_SECONDS
from rehearse.model import Origin
from rehearse.pages.practice.recording import MAX_MEGABYTES
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile


def show(shared: Services) -> None:
    """Show the field for files, and what could not be saved of the last ones."""
    turn = st.session_state.setdefault("library_turn", 0)
    with st.expander("Add recordings", key="add_recordings"):
        files = st.file_uploader(
            f"Any number of recordings, each up to {MAX_MEGABYTES} MB and {MAX_SECONDS // 3600} hours",
            key=f"library_files_{turn}",
            accept_multiple_files=True,
            max_upload_size=MAX_MEGABYTES,
        )
        if files:
            count = f"{len(files)} recording{'s' * (len(files) != 1)}"
            st.button(f"Save and analyse {count}", type="primary", key="add", on_click=_add, args=(shared, files))
    for reason in st.session_state.get("library_refused", ()):
        st.error(plain(reason))


def _add(shared: Services, files: Sequence[UploadedFile]) -> None:
    refused = []
    for file in files:
        try:
            suffix = Path(file.name).suffix.lower()
            take = shared.store.save(file.getvalue(), suffix=suffix, origin=Origin("upload"), name=file.name)
        except (ValueError, OSError) as error:
            refused.append(str(error))
        else:
            shared.worker.submit(take)
    st.session_state["library_refused"] = refused
    st.session_state["library_turn"] += 1
