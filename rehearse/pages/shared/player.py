"""The player of a recording. Its sound is served to no window any longer once it is deleted or replaced on the disk.

Streamlit keeps what it plays in the memory until every window that shows it has moved on.
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
"""What Streamlit takes any sound for; it is part of the sound's name there."""

_Stamp = tuple[int, int, int]

# By Streamlit's name of a sound: the files that hold it, as they were when they were last shown.
_shown: dict[str, dict[Path, _Stamp]] = {}


def play(take: Take | None, label: str) -> None:
    """Show the player of a recording, or that it is gone."""
    try:
        if take is None:
            st.caption(_GONE)
            return
        _watch(take.audio)
        st.audio(take.audio, format=_FORMAT, alt=label)
    except MediaFileStorageError:  # deleted in another window or by another program a moment ago
        st.caption(_GONE)


def forget_deleted() -> None:
    """Drop the sound of deleted recordings from the memory, and what was made to be downloaded, which may hold it too."""
    storage = _storage()
    if storage is None:
        return
    for name in list(_shown):
        if not _is_there(name):
            _drop(storage, name)
    kept = dict(vars(storage)["_files_by_id"])
    for name, file in kept.items():
        if file.kind is MediaFileKind.DOWNLOADABLE:
            storage.delete_file(name)


def _watch(path: Path) -> None:
    """Serve the sound from now on only while its file is there as it is now."""
    storage, stamp = _storage(), _stamp(path)
    if storage is None or stamp is None:
        return
    name = storage.load_and_get_id(str(path), _FORMAT, MediaFileKind.MEDIA)
    _shown.setdefault(name, {})[path] = stamp
    if "get_file" not in vars(storage):
        vars(storage)["get_file"] = _Guard(storage)


class _Guard:
    """What Streamlit's server asks for a file, with a look at the disk before it is given."""

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
    """Whether a file still holds the sound; whatever is no recording of ours is left to Streamlit."""
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
