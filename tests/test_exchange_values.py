"""A value that no rehearse writes never comes in, so that no page meets it afterwards."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from rehearse.app.archive import export, restore_file
from rehearse.interview import Rounds, plan_case
from rehearse.model import Origin
from rehearse.preparation.preparation import save
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests import factories
from tests.test_exchange_documents import PREPARED

ANSWER = "attempt"
WORDS = "attempt.transcript.words.0"


@pytest.fixture
def parts(tmp_path: Path, store: TakeStore, history: History) -> dict[str, Any]:
    """Give every JSON file of an export that holds an answer, its notes, a round and a preparation."""
    take = store.save(b"sound", suffix=".wav", question=factories.QUESTION, origin=Origin("upload"))
    history.add(factories.attempt(take.id))
    Rounds(history.documents).save(plan_case(next(one for one in shipped_questions() if one.kind == "case"), 2))
    save(history.documents, PREPARED.interview)
    export(store, history, tmp_path / "question_sets", tmp_path / "answers.zip")
    with zipfile.ZipFile(tmp_path / "answers.zip") as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}


def changed(value: Any, place: Sequence[str], new: Any) -> Any:
    """Give a JSON value with one of its places changed."""
    first, *rest = place
    copy = deepcopy(value)
    key: Any = int(first) if isinstance(copy, list) else first
    copy[key] = changed(copy[key], rest, new) if rest else new
    return copy


def refusal(tmp_path: Path, files: dict[str, Any], file: str, place: str, new: Any) -> str:
    """Import an export with one value changed; give the sentence that refuses it, once nothing of it is here."""
    [name] = [name for name in files if file in name]
    there, zipped = tmp_path / "there", tmp_path / "changed.zip"
    there.mkdir()
    with zipfile.ZipFile(tmp_path / "answers.zip") as old, zipfile.ZipFile(zipped, "w") as archive:
        for other in old.namelist():
            whole = changed(files[name], place.split("."), new) if other == name else None
            archive.writestr(other, old.read(other) if whole is None else json.dumps(whole))
    store, history = TakeStore(there / "takes"), History(there / "history.db")
    with pytest.raises(ValueError, match=r"^changed\.zip cannot be imported: ") as refused:
        restore_file(store, history, there / "question_sets", zipped)
    assert (history.ids(), store.ids(), history.documents.everything()) == (frozenset(), (), ())
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (f"{WORDS}.text", "two words"),
        (f"{WORDS}.text", ""),
        (f"{WORDS}.text", "x" * 501),
        (f"{WORDS}.text", "half \ud83d"),
        (f"{WORDS}.start", -1.0),
        (f"{WORDS}.end", -0.5),
        (f"{WORDS}.end", 1e12),
        (f"{WORDS}.probability", 1.5),
        ("attempt.transcript.language", "English"),
        ("attempt.spoken_at", "0001-01-01T00:00:00+00:00"),
        ("attempt.spoken_at", "9999-12-31T23:59:59+00:00"),
        ("attempt.spoken_at", "2025-01-01T00:00:00"),
        ("attempt.duration", 0.0),
        ("attempt.duration", -3.0),
        ("attempt.duration", 1e8),
        ("attempt.fillers.0.index", -1),
        ("attempt.fillers.0.index", 999),
        ("attempt.fillers.0.text", ""),
        ("attempt.fillers.0.probability", -0.1),
        ("attempt.measurements.0.value", 1e300),
        ("attempt.measurements.0.version", 0),
        ("attempt.measurements.0.version", 2**63),
        ("attempt.question.kind", "duel"),
        ("attempt.question.prompt", " "),
        ("attempt.question.seconds", [120, 60]),
        ("attempt.question.difficulty", 2**31),
        ("attempt.audio", "../../etc/passwd"),
        ("attempt.pauses.0.span.end", 0.5),
        ("about.rating", 9),
    ],
)
def test_an_answer_with_a_value_that_cannot_be_is_refused_in_one_sentence(
    tmp_path: Path, parts: dict[str, Any], place: str, new: Any
) -> None:
    assert "in it is no analysed answer" in refusal(tmp_path, parts, "answers/", place, new) or place == "about.rating"


@pytest.mark.parametrize(
    ("file", "place", "new"),
    [
        ("documents.json", "0.data.date", "0001-01-01"),
        ("documents.json", "0.data.planned_on", "9999-12-31"),
        ("documents.json", "0.data.people.0.name", " "),
        ("documents.json", "1.data.began_at", "9999-12-31T23:59:59+00:00"),
        ("documents.json", "1.data.began_at", "2025-01-01T00:00:00"),
        ("documents.json", "1.data.id", "another"),
        ("documents.json", "1.data.steps", []),
        ("documents.json", "1.data.steps.0.limit_seconds", -5),
        ("documents.json", "1.data.steps.0.think_seconds", 10**12),
        ("documents.json", "1.data.steps.-1.part", "clarify"),
        ("documents.json", "1.data.steps.0.question.kind", "duel"),
        ("take.json", "question.kind", "duel"),
        ("take.json", "question.think_seconds", -1),
        ("take.json", "question.seconds", [0, 0]),
    ],
)
def test_a_round_a_preparation_or_notes_with_a_value_that_cannot_be_are_refused_in_one_sentence(
    tmp_path: Path, parts: dict[str, Any], file: str, place: str, new: Any
) -> None:
    sentence = refusal(tmp_path, parts, file, place, new)
    assert place.rsplit(".", maxsplit=1)[-1] in sentence or ".-1." in place
