"""The migrations that build the database, in order.

``user_version`` in the file is the number of the last migration applied. A released
migration is never edited: a change to the tables is a new migration after the last.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from rehearse.storage.history.damage import readable
from rehearse.storage.history.filters import searchable

Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: list[Migration] = []
"""All migrations; the first creates version 1."""


def migration(number: int) -> Callable[[Migration], Migration]:
    """Register a migration under its number.

    Raises:
        ValueError: The number is not the next one.

    """

    def register(step: Migration) -> Migration:
        if number != len(MIGRATIONS) + 1:
            msg = f"the next migration is number {len(MIGRATIONS) + 1} (got {number} for {step.__name__})"
            raise ValueError(msg)
        MIGRATIONS.append(step)
        return step

    return register


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring the database to the newest version, with one transaction per migration.

    A migration that fails is rolled back; those before it remain applied. ``name``
    identifies the file in error messages.

    Raises:
        ValueError: The file was written by a newer version of rehearse.

    """
    while (version := _version(connection)) < len(MIGRATIONS):
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            # Another thread or process may have applied it while we waited for the lock.
            if _version(connection) == version:
                with readable("an answer of an older version"):
                    MIGRATIONS[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
    if version > len(MIGRATIONS):
        msg = (
            f"{name} has version {version}, and this rehearse reads up to version {len(MIGRATIONS)}: "
            "update rehearse, or move the file away to start a new history"
        )
        raise ValueError(msg)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


# Large texts come last in the row, so that SQLite can list attempts without reading them.
@migration(1)
def attempts_and_measurements(connection: sqlite3.Connection) -> None:
    """Create the two tables; a new metric is a row, not a column."""
    connection.execute("""
        CREATE TABLE attempt (
            id TEXT PRIMARY KEY,
            spoken_at TEXT NOT NULL,
            question_id TEXT,
            kind TEXT,
            prompt TEXT,
            story_type TEXT,
            duration REAL,
            model TEXT,
            audio TEXT,
            sha256 TEXT,
            question TEXT NOT NULL,
            story TEXT NOT NULL,
            pauses TEXT NOT NULL,
            fillers TEXT NOT NULL,
            transcript TEXT NOT NULL
        )""")
    connection.execute("CREATE INDEX attempt_by_time ON attempt (spoken_at)")
    connection.execute("""
        CREATE TABLE measurement (
            id INTEGER PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            metric TEXT NOT NULL,
            version INTEGER NOT NULL,
            value REAL,
            spans TEXT NOT NULL,
            UNIQUE (attempt_id, metric, version)
        )""")
    connection.execute("CREATE INDEX measurement_by_metric ON measurement (metric, attempt_id, version, value)")


@migration(2)
def quality(connection: sqlite3.Connection) -> None:
    """Store why something was not judged; older attempts have no reasons."""
    connection.execute("ALTER TABLE attempt ADD COLUMN quality TEXT NOT NULL DEFAULT '[]'")


@migration(3)
def circumstances(connection: sqlite3.Connection) -> None:
    """Store a take's origin, what the person wrote about it, replaced analyses, and documents.

    Small columns get their own tables: placed after the transcript in its row, they would be slow to read.
    """
    connection.execute("ALTER TABLE attempt ADD COLUMN speech TEXT NOT NULL DEFAULT 'null'")
    connection.execute("""
        CREATE TABLE origin (
            attempt_id TEXT PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            source TEXT NOT NULL,
            microphone TEXT,
            parent TEXT,
            round TEXT,
            program TEXT,
            competency TEXT
        )""")
    connection.execute("""
        INSERT INTO origin (attempt_id, source, competency)
        SELECT id, 'unknown', nullif(json_extract(question, '$.competency'), '') FROM attempt""")
    connection.execute("""
        CREATE TABLE about (
            attempt_id TEXT PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            title TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '',
            rating INTEGER,
            told_before INTEGER NOT NULL DEFAULT 0
        )""")
    connection.execute("""
        CREATE TABLE tag (
            attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            tag TEXT NOT NULL,
            PRIMARY KEY (attempt_id, tag)
        )""")
    connection.execute("""
        CREATE TABLE earlier (
            id INTEGER PRIMARY KEY,
            attempt_id TEXT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            replaced_at TEXT NOT NULL,
            attempt TEXT NOT NULL
        )""")
    connection.execute("""
        CREATE TABLE document (
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (kind, id)
        )""")


@migration(4)
def searched(connection: sqlite3.Connection) -> None:
    """Store normalised text to search; SQLite's full-text index would retain deleted words in its segments."""
    connection.execute("""
        CREATE TABLE searched (
            attempt_id TEXT PRIMARY KEY REFERENCES attempt (id) ON DELETE CASCADE,
            spoken TEXT NOT NULL,
            written TEXT NOT NULL DEFAULT ''
        )""")
    for row in connection.execute("SELECT id, prompt, transcript FROM attempt").fetchall():
        spoken = " ".join(word["text"] for word in json.loads(row["transcript"])["words"])
        connection.execute(
            "INSERT INTO searched (attempt_id, spoken) VALUES (?, ?)",
            (row["id"], searchable(row["prompt"] or "", spoken)),
        )
    # Version 3 was never released with a way to write titles, so there are none to normalise.


@migration(5)
def pauses_known(connection: sqlite3.Connection) -> None:
    """Store whether silence could be distinguished from noise; unknown for older attempts."""
    connection.execute("ALTER TABLE origin ADD COLUMN pauses_known INTEGER")
