"""Exports that were unpacked and packed again: one folder around them, backslashes, and what systems leave in folders."""

from __future__ import annotations

import unicodedata
from zipfile import ZipFile, ZipInfo

from rehearse.app.archive import layout

_LEFT_BY_SYSTEMS = frozenset(
    (".ds_store", ".localized", "icon\r", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", ".directory")
)
"""Files that macOS, Windows and file managers put into folders, in lower case."""
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
"""How the name begins of what macOS keeps about another file."""


def tidy(archive: ZipFile) -> None:
    """Name the files of an archive as an export does, and pass over folders and what systems leave.

    A file that stands outside the export's own folder keeps its name, and is refused later like any other.
    """
    found = [(_parts(info), info) for info in archive.infolist()]
    kept = [(parts, info) for parts, info in found if parts[-1] and not _is_left_by_a_system(parts)]
    around = min((parts[:-1] for parts, _ in kept if parts[-1] == layout.MANIFEST), key=len, default=[])
    for parts, info in kept:
        inside = parts[len(around) :] if parts[: len(around)] == around else parts
        info.filename = "/".join(inside)
    archive.filelist = [info for _, info in kept]
    archive.NameToInfo = {info.filename: info for _, info in kept}


def _parts(info: ZipInfo) -> list[str]:
    """Take a name apart; the last part is empty for a folder. Accents are written as the export's own names are."""
    name = unicodedata.normalize("NFC", info.filename.replace("\\", "/"))
    while name.startswith("./"):
        name = name.removeprefix("./")
    return name.split("/")


def _is_left_by_a_system(parts: list[str]) -> bool:
    *folders, file = (part.lower() for part in parts)
    return file in _LEFT_BY_SYSTEMS or file.startswith(_SIDECAR) or not _FOLDERS_OF_SYSTEMS.isdisjoint((*folders, file))
