"""Validates imported documents against the types that their readers expect."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, get_type_hints

from rehearse.app.archive.values import check_values
from rehearse.files.json_decode import read_strictly
from rehearse.interview import Round
from rehearse.interview.repository import KIND as ROUND
from rehearse.preparation import preparation
from rehearse.storage.history import Document


def check_documents(documents: Iterable[Document]) -> None:
    """Check that every document can be read by its owner; settings are not checked, since reading them never fails.

    Raises:
        ValueError: A document is invalid; the message names it and the first invalid field.

    """
    for document in documents:
        wanted = _form(document)
        if wanted is not None:
            wrong = f"the {document.kind} {document.name!r:.40} in it cannot be read"
            data = preparation.with_current_names(wanted, document.data)
            value = read_strictly(wanted, json.dumps(data), wrong)
            check_values(value, wrong)
            if isinstance(value, Round) and value.id != document.name:
                msg = f"{wrong}: id: it is of another round"
                raise ValueError(msg)


def _form(document: Document) -> Any:
    if document.kind == preparation.KIND:
        return get_type_hints(preparation.Preparation).get(document.name)
    return Round if document.kind == ROUND else None
