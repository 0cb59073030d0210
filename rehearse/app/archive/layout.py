"""File and folder names in an export."""

from __future__ import annotations

FORMAT = "rehearse export"
SCHEMA = 1

MANIFEST = "manifest.json"
DOCUMENTS = "documents.json"
TABLE = "answers.csv"
ANSWERS = "answers"
TAKES = "takes"
QUESTION_SETS = "question_sets"
