"""Parses stored JSON that another version wrote, or that was imported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rehearse.model import Question

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Value = TypeVar("Value")


def read_strictly(kind: type[Value], text: str | bytes, wrong: str) -> Value:
    """Parse JSON as a value of a given type; unknown fields from newer versions are ignored.

    Raises:
        ValueError: The JSON does not match; the message is ``wrong`` followed by the first invalid field.

    """
    # Imported here, because reading what rehearse itself wrote does not need it.
    from pydantic import ValidationError

    try:
        value: Value = _reader(cast("Any", kind)).validate_json(_with_todays_names(text), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"{wrong}: {'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}"
        raise ValueError(msg) from error
    return value


def known_fields(kind: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a JSON object that a flat dataclass has, with lists as tuples; others are ignored."""
    names = {field.name for field in fields(kind)}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in names}


def with_todays_names(value: Any) -> Any:
    """Return stored JSON with current field names: the recogniser's text of a corrected word used to be ``heard``.

    >>> with_todays_names([{"text": "ward", "start": 0.1, "end": 0.4, "heard": "wart"}])
    [{'text': 'ward', 'start': 0.1, 'end': 0.4, 'recognised': 'wart'}]
    """
    if isinstance(value, list):
        return [with_todays_names(item) for item in value]
    if not isinstance(value, dict):
        return value
    is_word = {"text", "start", "end"} <= value.keys()
    return {"recognised" if is_word and key == "heard" else key: with_todays_names(item) for key, item in value.items()}


def question_from(data: Mapping[str, Any]) -> Question:
    """Parse a stored question; in older versions, the id of a follow-up contains its parent's id.

    >>> question_from({"id": "why-us~probe-1", "prompt": "Why now?", "kind": "motivation"}).parent_id
    'why-us'
    """
    question = Question(**known_fields(Question, data))
    parent, mark, part = question.id.partition("~")
    if not mark or "parent_id" in data:
        return question
    return replace(question, parent_id=parent, is_probe=part.startswith("probe-"))


def _with_todays_names(text: str | bytes) -> str | bytes:
    """Rename the fields of JSON text from older versions; invalid JSON is returned unchanged."""
    if '"heard"' not in (text if isinstance(text, str) else text.decode(errors="replace")):
        return text
    try:
        return json.dumps(with_todays_names(json.loads(text)))
    except (ValueError, RecursionError):
        return text


@lru_cache(maxsize=8)
def _reader(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
