"""Profiles: separate data for people who share a computer account.

A profile is a folder with its own takes, history and question sets. The first
profile is the data folder itself, so a person who practises alone never needs
to know about profiles. Profiles separate data but do not protect it: anybody
who can use the account can open every profile.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from rehearse.files.atomic_files import explain_write_errors, remove_folder, sync_folder, write_safely
from rehearse.files.paths import base_folder
from rehearse.language.words import printable

FIRST = ""
"""Key of the first profile."""

LONGEST_NAME = 40
"""Maximum characters of a name (house default)."""

_FIRST_NAME = "First profile"
_FOLDERS = "profiles"
_NOTE = "profile.json"
_LAST = "last_profile.json"
_KEY = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's data folder.

    Attributes:
        key: Safe as a folder name; ``FIRST`` for the first profile.
        name: As the person wrote it: untrusted text, never used as a path.
        folder: Contains takes, history and question sets.

    """

    key: str
    name: str
    folder: Path


def profiles() -> tuple[Profile, ...]:
    """Return all profiles: the first one, then the others by name."""
    parent = base_folder() / _FOLDERS
    found = parent.iterdir() if parent.is_dir() else ()
    others = [_read(path.name, path) for path in found if _KEY.fullmatch(path.name) and path.is_dir()]
    return (_read(FIRST, base_folder()), *sorted(others, key=lambda profile: profile.name.casefold()))


def find(name: str) -> Profile:
    """Look up a profile by name, ignoring case.

    Raises:
        ValueError: There is none.

    """
    wanted = _folded(name)
    found = next((profile for profile in profiles() if _folded(profile.name) == wanted), None)
    if found is None:
        known = ", ".join(profile.name for profile in profiles())
        msg = f"there is no profile {name!r:.60}: choose from {known}, or create it with `rehearse profiles new`"
        raise ValueError(msg)
    return found


def named(name: str | None) -> Profile:
    """Return the profile with a name, or the first profile if no name is given.

    Raises:
        ValueError: There is no profile with this name.

    """
    return find(name) if name else _read(FIRST, base_folder())


def in_folder(folder: Path) -> Profile:
    """Return the profile in a folder, wherever that folder is."""
    return _read(folder.name if folder.parent.name == _FOLDERS else FIRST, folder)


def with_key(key: str) -> Profile:
    """Return the profile with a key, or the first profile if there is none, as it may have been removed."""
    return next((profile for profile in profiles() if profile.key == key), _read(FIRST, base_folder()))


def create(name: str) -> Profile:
    """Create a profile.

    Raises:
        ValueError: The name is empty, too long or taken.
        OSError: Its folder cannot be written.

    """
    checked = _checked(name)
    key = f"{_slug(checked)}-{secrets.token_hex(3)}"
    folder = base_folder() / _FOLDERS / key
    # Hidden until its name is written, so that neither a full disk nor a kill leaves a profile without one.
    begun = folder.with_name(f".{key}")
    with explain_write_errors(folder.parent):
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            begun.mkdir(mode=0o700)
            _note(begun, checked)
            begun.rename(folder)
        finally:
            if begun.exists():
                remove_folder(begun)
        sync_folder(folder.parent)
    return Profile(key, checked, folder)


def rename(profile: Profile, name: str) -> Profile:
    """Rename a profile; its folder is unchanged.

    Raises:
        ValueError: As for ``create``.
        OSError: The name cannot be written.

    """
    checked = _checked(name, besides=profile.key)
    with explain_write_errors(profile.folder):
        _note(profile.folder, checked)
    return Profile(profile.key, checked, profile.folder)


def remove(profile: Profile) -> None:
    """Delete a profile with everything in its folder.

    Raises:
        ValueError: It is the first profile, which is the data folder itself.
        OSError: It cannot be deleted.

    """
    if profile.key == FIRST:
        msg = "the first profile cannot be removed: delete everything in it instead"
        raise ValueError(msg)
    with explain_write_errors(profile.folder):
        remove_folder(profile.folder)


def last_used() -> Profile:
    """Return the profile last used in the pages, or the first profile if that is not known."""
    try:
        stored = json.loads((base_folder() / _LAST).read_bytes())
    except (OSError, RecursionError, ValueError):
        stored = None
    return with_key(str(stored.get("key", FIRST)) if isinstance(stored, dict) else FIRST)


def remember(profile: Profile) -> None:
    """Record that this profile is in use.

    Raises:
        OSError: The data folder cannot be written.

    """
    with explain_write_errors(base_folder()):
        write_safely(base_folder() / _LAST, json.dumps({"key": profile.key}).encode())


def _read(key: str, folder: Path) -> Profile:
    try:
        stored = json.loads((folder / _NOTE).read_bytes())
    except (OSError, RecursionError, ValueError):
        stored = None
    name = stored.get("name") if isinstance(stored, dict) else None
    return Profile(key, str(name) if name else key or _FIRST_NAME, folder)


def _note(folder: Path, name: str) -> None:
    write_safely(folder / _NOTE, json.dumps({"schema": 1, "name": name}).encode())


def _checked(name: str, *, besides: str | None = None) -> str:
    tidy = " ".join(printable(name).split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        msg = f"a profile's name has 1 to {LONGEST_NAME} characters (got {len(tidy)})"
        raise ValueError(msg)
    if any(_folded(other.name) == _folded(tidy) for other in profiles() if other.key != besides):
        msg = f"there is already a profile {tidy!r}: choose another name"
        raise ValueError(msg)
    return tidy


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _slug(name: str) -> str:
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:30].strip("-") or "profile"
