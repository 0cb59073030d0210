"""Rounds in the private store, written after every move, so that leaving or a crash loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rehearse.files.json_decode import known_fields, question_from
from rehearse.interview.rounds import Round, Step, mode_named
from rehearse.storage.history import Documents

KIND = "round"
"""Of the documents."""


class Rounds:
    """All rounds of this person."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def save(self, one: Round) -> None:
        """Write a round as it stands now."""
        self._documents.put(KIND, one.id, {**asdict(one), "began_at": one.began_at.isoformat()})

    def get(self, name: str) -> Round | None:
        """Find a round; None where there is none, or where it cannot be read."""
        found = self._documents.get(KIND, name)
        return None if found is None else _round(found)

    def all(self) -> tuple[Round, ...]:
        """List the rounds that can be read, the one that was changed last first."""
        found = map(_round, self._documents.all(KIND).values())
        return tuple(one for one in found if one is not None)

    def delete(self, name: str) -> None:
        """Forget a round; its recordings stay in the library."""
        self._documents.delete(KIND, name)


def _round(data: Mapping[str, Any]) -> Round | None:
    """Read a round; None where another version of rehearse wrote it in a way this one cannot follow."""
    try:
        mode_named(str(data.get("mode")))
        steps = tuple(
            Step(**{**known_fields(Step, step), "question": question_from(step["question"])}) for step in data["steps"]
        )
        began_at = datetime.fromisoformat(data["began_at"])
        return Round(**{**known_fields(Round, data), "steps": steps, "began_at": began_at})
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
