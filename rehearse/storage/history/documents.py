"""Documents stored with the attempts: rounds, preparation, settings; each is a JSON object with a kind and an id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from rehearse.files.json_decode import read_strictly
from rehearse.storage.history.damage import readable
from rehearse.storage.history.database import Database


@dataclass(frozen=True, slots=True)
class Document:
    """One stored document.

    Attributes:
        kind: For example ``round`` or ``settings``.
        name: Unique among documents of the same kind.
        saved_at: When it was written, as stored in the file.
        data: A JSON object.

    """

    kind: str
    name: str
    saved_at: str
    data: Mapping[str, Any]


class Documents:
    """Stores JSON objects in the history's file, so that exporting or deleting the history includes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, kind: str, name: str, data: Mapping[str, Any]) -> None:
        """Write a document, replacing any with the same kind and name.

        Raises:
            ValueError: The data cannot be written as JSON (NaN, or a type that JSON does not have).

        """
        document = Document(kind, name, datetime.now(UTC).isoformat(), data)
        with self._database.transaction("IMMEDIATE") as connection:
            write_document(connection, document)

    def everything(self) -> tuple[Document, ...]:
        """Return all documents of all kinds."""
        with self._database.transaction() as connection:
            rows = connection.execute("SELECT * FROM document ORDER BY kind, id").fetchall()
        return tuple(Document(row["kind"], row["id"], row["saved_at"], _data(row["data"], row["kind"])) for row in rows)

    def get(self, kind: str, name: str) -> dict[str, Any] | None:
        """Return a document, or None if there is none."""
        with self._database.transaction() as connection:
            row = connection.execute("SELECT data FROM document WHERE kind = ? AND id = ?", (kind, name)).fetchone()
        return row and _data(row["data"], kind)

    def all(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return all documents of a kind by name, most recently written first."""
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT id, data FROM document WHERE kind = ? ORDER BY saved_at DESC, id", (kind,)
            ).fetchall()
        return {row["id"]: _data(row["data"], kind) for row in rows}

    def delete(self, kind: str, name: str) -> None:
        """Delete a document; does nothing if it does not exist."""
        with self._database.transaction("IMMEDIATE") as connection:
            connection.execute("DELETE FROM document WHERE kind = ? AND id = ?", (kind, name))


def _data(text: str, kind: str) -> dict[str, Any]:
    with readable(f"a document of the kind {kind!r:.40}"):
        return dict(json.loads(text))


def documents_text(documents: Iterable[Document]) -> str:
    """Serialise documents as a JSON list."""
    return json.dumps([asdict(document) for document in documents], ensure_ascii=False, allow_nan=False)


def documents_in(text: str | bytes) -> tuple[Document, ...]:
    """Parse documents serialised by ``documents_text``.

    Raises:
        ValueError: The text is not a list of documents; the message names the first invalid field.

    """
    return read_strictly(tuple[Document, ...], text, "the documents cannot be read")


def write_document(connection: sqlite3.Connection, document: Document) -> None:
    """Write a document within a transaction, replacing any with the same kind and name.

    Raises:
        ValueError: The data cannot be written as JSON (NaN, or a type that JSON does not have).

    """
    kind, name = document.kind, document.name
    try:
        text = json.dumps(document.data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        msg = f"the {kind} {name} cannot be kept: {error}"
        raise ValueError(msg) from error
    connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", (kind, name, document.saved_at, text))
