"""The person's own title, note, tags and rating of an answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict

from rehearse.storage.history.damage import readable

LONGEST_TITLE = 200
"""Maximum characters of a title; anything longer belongs in the note (house default)."""

LONGEST_NOTE = 20_000
"""Maximum characters of a note (house default)."""

LONGEST_TAG = 40
"""Maximum characters of a tag (house default)."""

MOST_TAGS = 20
"""Maximum number of tags of one answer (house default)."""

RATINGS = range(1, 6)
"""Ratings that a person may give their own answer."""


@dataclass(frozen=True, slots=True)
class About:
    """What the person wrote about an answer: untrusted text.

    Attributes:
        title: Their own title for it; empty if none.
        note: Free text.
        tags: In alphabetical order, unique ignoring case.
        rating: Their own rating, 1 to 5; None if not rated.
        told_before: Whether they already told this story in the first interview.

    """

    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    rating: int | None = None
    told_before: bool = False


class Changes(TypedDict, total=False):
    """Fields of an ``About`` to change; omitted fields are unchanged."""

    title: str
    note: str
    tags: tuple[str, ...]
    rating: int | None
    told_before: bool


def checked(about: About) -> About:
    """Tidy and validate what the person wrote.

    Raises:
        ValueError: A text is too long, there are too many tags, or the rating is invalid.

    """
    title = " ".join(about.title.split())
    tags = _tags(about.tags)
    _short_enough("title", title, LONGEST_TITLE)
    _short_enough("note", about.note, LONGEST_NOTE)
    for tag in tags:
        _short_enough(f"tag {tag[:LONGEST_TAG]!r}", tag, LONGEST_TAG)
    if len(tags) > MOST_TAGS:
        msg = f"an answer can have {MOST_TAGS} tags (got {len(tags)}): remove some"
        raise ValueError(msg)
    if about.rating is not None and about.rating not in RATINGS:
        msg = f"a rating is a whole number from {RATINGS[0]} to {RATINGS[-1]} (got {about.rating})"
        raise ValueError(msg)
    return replace(about, title=title, note=about.note.strip(), tags=tags)


def read(connection: sqlite3.Connection, attempt_id: str) -> About:
    """Return what was written; an empty ``About`` if nothing was."""
    row = connection.execute(
        "SELECT title, note, rating, told_before FROM about WHERE attempt_id = ?", (attempt_id,)
    ).fetchone()
    tags = connection.execute("SELECT tag FROM tag WHERE attempt_id = ?", (attempt_id,))
    with readable(f"what is written about the answer {attempt_id!r:.60}"):
        written = About(**{**row, "told_before": bool(row["told_before"])}) if row else About()
        return checked(replace(written, tags=tuple(tag["tag"] for tag in tags)))


def write(connection: sqlite3.Connection, attempt_id: str, about: About) -> None:
    """Replace everything stored about an answer."""
    connection.execute("DELETE FROM tag WHERE attempt_id = ?", (attempt_id,))
    connection.executemany("INSERT INTO tag VALUES (?, ?)", [(attempt_id, tag) for tag in about.tags])
    connection.execute(
        "INSERT OR REPLACE INTO about (attempt_id, title, note, rating, told_before) VALUES (?, ?, ?, ?, ?)",
        (attempt_id, about.title, about.note, about.rating, about.told_before),
    )


def _tags(given: Iterable[str]) -> tuple[str, ...]:
    folded = {tag.casefold(): tag for tag in (" ".join(text.split()) for text in given) if tag}
    return tuple(folded[name] for name in sorted(folded))


def _short_enough(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        msg = f"the {what} is too long: {len(text)} characters, and there is room for {limit}"
        raise ValueError(msg)
