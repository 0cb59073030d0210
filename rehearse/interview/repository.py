"""Storage of rounds, written after every transition, so that leaving or a crash loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rehearse.files.json_decode import known_fields, question_from
from rehearse.interview.rounds import Round, Step, mode_named
from rehearse.storage.history import Documents

KIND = "round"
"""Document kind under which rounds are stored."""


class Rounds:
    """The stored rounds of one user."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def save(self, interview_round: Round) -> None:
        """Store a round in its current state."""
        self._documents.put(
            KIND, interview_round.id, {**asdict(interview_round), "began_at": interview_round.began_at.isoformat()}
        )

    def get(self, name: str) -> Round | None:
        """Return a round; None if it does not exist or cannot be read."""
        found = self._documents.get(KIND, name)
        return None if found is None else _round(found)

    def all(self) -> tuple[Round, ...]:
        """Return the readable rounds, most recently changed first."""
        found = map(_round, self._documents.all(KIND).values())
        return tuple(interview_round for interview_round in found if interview_round is not None)

    def delete(self, name: str) -> None:
        """Delete a round; its recordings stay in the library."""
        self._documents.delete(KIND, name)


def _round(data: Mapping[str, Any]) -> Round | None:
    """Decode a round; None if another version of rehearse wrote it in a format that this one cannot read."""
    try:
        mode_named(str(data.get("mode")))
        steps = tuple(
            Step(**{**known_fields(Step, step), "question": question_from(step["question"])}) for step in data["steps"]
        )
        began_at = datetime.fromisoformat(data["began_at"])
        return Round(**{**known_fields(Round, data), "steps": steps, "began_at": began_at})
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
