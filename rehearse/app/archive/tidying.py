"""Normalises exports that were unpacked and packed again: an outer folder, backslashes, and system files."""

from __future__ import annotations

import unicodedata
from zipfile import ZipFile, ZipInfo

from rehearse.app.archive import layout

_LEFT_BY_SYSTEMS = frozenset(
    (".ds_store", ".localized", "icon\r", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".directory")
)
"""Files that macOS, Windows and file managers create in folders, in lower case."""
_FOLDERS_OF_SYSTEMS = frozenset(
    (
        "__macosx",
        ".spotlight-v100",
        ".trashes",
        ".fseventsd",
        ".temporaryitems",
        "$recycle.bin",
        "system volume information",
        "@eadir",
    )
)
_SIDECAR = "._"
"""Prefix of the files in which macOS stores metadata about another file."""


def tidy(archive: ZipFile) -> None:
    """Rename the files of an archive as in an export, and drop folders and system files.

    A file outside the export's own folder is not renamed, and is rejected later like any unknown file.
    """
    found = [(_parts(info), info) for info in archive.infolist()]
    remaining = [(parts, info) for parts, info in found if parts[-1] and not _is_left_by_a_system(parts)]
    around = min((parts[:-1] for parts, _ in remaining if parts[-1] == layout.MANIFEST), key=len, default=[])
    for parts, info in remaining:
        inside = parts[len(around) :] if parts[: len(around)] == around else parts
        info.filename = "/".join(inside)
    archive.filelist = [info for _, info in remaining]
    archive.NameToInfo = {info.filename: info for _, info in remaining}


def _parts(info: ZipInfo) -> list[str]:
    """Split a name into its parts, normalised to NFC like an export's own names; the last is empty for a folder."""
    name = unicodedata.normalize("NFC", info.filename.replace("\\", "/"))
    while name.startswith("./"):
        name = name.removeprefix("./")
    return name.split("/")


def _is_left_by_a_system(parts: list[str]) -> bool:
    *folders, file = (part.lower() for part in parts)
    return file in _LEFT_BY_SYSTEMS or file.startswith(_SIDECAR) or not _FOLDERS_OF_SYSTEMS.isdisjoint((*folders, file))
