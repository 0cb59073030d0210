"""The person's attempts, stored in one SQLite file.

Facts are stored: the transcript with word times, fillers, pauses, the story and one
row for each measurement with the version of its formula. Opinions (findings,
bands, medians) are derived each time, so better rules also improve old attempts.
"""

from rehearse.storage.history.documents import Document, Documents, documents_in, documents_text
from rehearse.storage.history.filters import Filter, excerpt
from rehearse.storage.history.json_codec import Earlier, Entry, entry_in, entry_text
from rehearse.storage.history.queries import AttemptSummary, table
from rehearse.storage.history.store import History
from rehearse.storage.history.user_notes import LONGEST_NOTE, LONGEST_TITLE, MOST_TAGS, RATINGS, About

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_TITLE",
    "MOST_TAGS",
    "RATINGS",
    "About",
    "AttemptSummary",
    "Document",
    "Documents",
    "Earlier",
    "Entry",
    "Filter",
    "History",
    "documents_in",
    "documents_text",
    "entry_in",
    "entry_text",
    "excerpt",
    "table",
]
