"""Removes quotes of a deleted answer from its follow-up questions."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any

from rehearse.language.words import unquoted
from rehearse.model import Attempt


def without_quote(attempt: Attempt) -> Attempt:
    """Return an answer to a follow-up question with the quote removed from the question."""
    question = attempt.question
    return (
        attempt if question is None else replace(attempt, question=replace(question, prompt=unquoted(question.prompt)))
    )


def has_parent(connection: sqlite3.Connection, attempt: Attempt) -> bool:
    """Whether the answer that this attempt follows up exists; also true if it follows up none."""
    parent = attempt.origin.parent
    found = connection.execute("SELECT 1 FROM attempt WHERE id = ?", (parent,)).fetchone()
    return parent is None or found is not None


def forget_earlier(connection: sqlite3.Connection, parent: str) -> None:
    """Remove the quotes from replaced analyses of answers that follow up ``parent``."""
    rows = connection.execute(
        "SELECT id, attempt FROM earlier WHERE attempt_id IN (SELECT attempt_id FROM origin WHERE parent = ?)",
        (parent,),
    ).fetchall()
    for row in rows:
        text = _text(_unquoted(json.loads(row["attempt"]), None))
        connection.execute("UPDATE earlier SET attempt = ? WHERE id = ?", (text, row["id"]))


def forget_in_documents(connection: sqlite3.Connection, parent: str) -> None:
    """Remove the quotes from questions that rounds ask after ``parent``."""
    for row in connection.execute("SELECT kind, id, data FROM document WHERE instr(data, ?)", (parent,)).fetchall():
        text = _text(_unquoted(json.loads(row["data"]), parent))
        if text != row["data"]:
            connection.execute("UPDATE document SET data = ? WHERE (kind, id) = (?, ?)", (text, row["kind"], row["id"]))


def _unquoted(value: Any, parent: str | None) -> Any:
    """Remove quotes from every question stored with this parent; if None, from every question."""
    if isinstance(value, list):
        return [_unquoted(inner, parent) for inner in value]
    if not isinstance(value, dict):
        return value
    changed = {key: _unquoted(inner, parent) for key, inner in value.items()}
    asked = changed.get("question")
    if isinstance(asked, dict) and isinstance(asked.get("prompt"), str) and parent in (None, changed.get("parent")):
        changed["question"] = {**asked, "prompt": unquoted(asked["prompt"])}
    return changed


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
