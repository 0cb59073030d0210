"""The player of a recording, which stops serving its sound once the file is deleted or replaced.

Streamlit keeps a file that it plays in memory until no window shows it any more.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryFile, MemoryMediaFileStorage

from rehearse.storage.takes import Take

_GONE = "The recording of this answer is no longer on this computer."
_FORMAT = "audio/wav"
"""The media type under which every sound is passed to Streamlit; part of the sound's name there."""

_Stamp = tuple[int, int, int]

# Files of each sound, by Streamlit's name for it, with their state when last shown.
_shown: dict[str, dict[Path, _Stamp]] = {}


def play(take: Take | None, label: str) -> None:
    """Show the player of a recording, or a notice that it is gone."""
    try:
        if take is None:
            st.caption(_GONE)
            return
        _watch(take.audio)
        st.audio(take.audio, format=_FORMAT, alt=label)
    except MediaFileStorageError:  # just deleted in another window or by another program
        st.caption(_GONE)


def forget_deleted() -> None:
    """Remove deleted recordings from memory, and prepared downloads, which may contain them."""
    storage = _storage()
    if storage is None:
        return
    for name in list(_shown):
        if not _is_there(name):
            _drop(storage, name)
    remaining = dict(vars(storage)["_files_by_id"])
    for name, file in remaining.items():
        if file.kind is MediaFileKind.DOWNLOADABLE:
            storage.delete_file(name)


def _watch(path: Path) -> None:
    """Serve the sound from now on only while its file exists unchanged."""
    storage, stamp = _storage(), _stamp(path)
    if storage is None or stamp is None:
        return
    name = storage.load_and_get_id(str(path), _FORMAT, MediaFileKind.MEDIA)
    _shown.setdefault(name, {})[path] = stamp
    if "get_file" not in vars(storage):
        vars(storage)["get_file"] = _Guard(storage)


class _Guard:
    """Replaces ``get_file`` of Streamlit's storage, and checks the disk first."""

    def __init__(self, storage: MemoryMediaFileStorage) -> None:
        self._storage = storage

    def __call__(self, filename: str) -> MemoryFile:
        name = Path(filename).stem
        if not _is_there(name):
            _drop(self._storage, name)
        return MemoryMediaFileStorage.get_file(self._storage, filename)


def _storage() -> MemoryMediaFileStorage | None:
    if not runtime.exists():
        return None
    storage = vars(runtime.get_instance().media_file_mgr)["_storage"]
    return storage if isinstance(storage, MemoryMediaFileStorage) else None


def _is_there(name: str) -> bool:
    """Whether a file still contains the sound; True for files that are not our recordings."""
    files = _shown.get(name)
    return files is None or any(_stamp(path) == stamp for path, stamp in list(files.items()))


def _drop(storage: MemoryMediaFileStorage, name: str) -> None:
    storage.delete_file(name)
    _shown.pop(name, None)


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
