"""The person's attempts, kept in one SQLite file.

Facts are stored: transcript with word times, fillers, pauses, story and one
row for each measurement with the version of its formula. Opinions (findings,
bands, medians) are derived each time, so better rules improve old attempts.
"""

from rehearse.history.about import RATINGS, About
from rehearse.history.documents import Documents
from rehearse.history.lists import AttemptSummary
from rehearse.history.store import History

__all__ = ["RATINGS", "About", "AttemptSummary", "Documents", "History"]
