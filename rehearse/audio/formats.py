"""File names of recordings."""

from __future__ import annotations

# fmt: off
SUFFIXES = frozenset((
    ".3g2", ".3ga", ".3gp", ".3gpp", ".aac", ".ac3", ".aif", ".aifc", ".aiff", ".amr", ".ape", ".asf",
    ".au", ".avi", ".awb", ".bwf", ".caf", ".flac", ".flv", ".m2ts", ".m4a", ".m4b", ".m4v", ".mka",
    ".mkv", ".mov", ".mp2", ".mp3", ".mp4", ".mpeg", ".mpg", ".mts", ".oga", ".ogg", ".ogv", ".opus",
    ".qt", ".qta", ".rf64", ".snd", ".spx", ".ts", ".w64", ".wav", ".wave", ".weba", ".webm", ".wma",
    ".wmv", ".wv",
))
# fmt: on
"""Suffixes searched for in a folder and kept for takes. A file named explicitly, or uploaded, may have any."""
FOLDERS_OF_SYSTEMS = frozenset(["__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information"])
"""Folders of operating systems and archives, whose files are not recordings whatever their names."""
