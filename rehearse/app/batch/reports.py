"""The pages of a batch: the summary, and a report on each person; where nobody is named, on each recording."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rehearse.app.batch import remote, versions
from rehearse.app.batch.results import rows
from rehearse.app.batch.run import Done, Settings
from rehearse.app.batch.sources import Problem
from rehearse.app.batch.store import WorkStore, explained
from rehearse.app.batch.summary import Tally, group
from rehearse.files.atomic_files import write_safely
from rehearse.metrics.value_text import clock
from rehearse.model import Attempt, FeedbackContext
from rehearse.storage.history.json_codec import attempt_in
from rehearse.views.batch_summary import render_batch
from rehearse.views.report import Summary, render, render_round

FILE = "summary.html"
_FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class _Report:
    """One page of reports.

    Attributes:
        name: The person, or the recording where nobody is named.
        file: Relative to the folder of the results.
        done: The recordings in it.

    """

    name: str
    file: str
    done: Sequence[Done]


def write_pages(
    folder: Path, done: Sequence[Done], problems: Iterable[Problem], store: WorkStore, settings: Settings
) -> Path:
    """Write the summary and the reports that are new or have changed; return the path of the summary.

    Raises:
        OSError: A page cannot be written.

    """
    reports = _reports(done)
    context = FeedbackContext(frozenset(settings.choices.unjudged))
    with explained(folder):
        (folder / _FOLDER).mkdir(mode=0o700, exist_ok=True)
        for report in reports:
            _write_report(folder, report, store, settings, context)
        tally = Tally()
        measured = (found for found in done if found.key and found.error is None)
        for found, row in zip(measured, rows(done, store, settings), strict=True):
            tally.add(found.item, row)
        errors = [*problems, *(found.problem for found in done if found.problem)]
        addresses = {report.name: report.file for report in reports}
        page = render_batch(tally.summary([found.item for found in done], errors, addresses))
        write_safely(folder / FILE, page.encode())
    return folder / FILE


def _reports(done: Sequence[Done]) -> list[_Report]:
    groups: dict[tuple[str, str], list[Done]] = {}
    for found in done:
        if found.error is None:
            groups.setdefault(group(found.item), []).append(found)
    return [_Report(person or file, _file(person, file), members) for (person, file), members in groups.items()]


def _file(person: str, file: str) -> str:
    """Return where a report is written; what was typed becomes no part of a path but its plain letters."""
    shown = unicodedata.normalize("NFKD", person or Path(file).stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", shown).strip("-")[:40] or "report"
    digest = hashlib.sha256((person or file).encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{_FOLDER}/{slug}-{digest}.html"


def _write_report(
    folder: Path, report: _Report, store: WorkStore, settings: Settings, context: FeedbackContext
) -> None:
    about = [(found.key, found.item.file, found.item.person, _moment(found)) for found in report.done]
    digest = versions.digest(versions.reported_with(), settings.derived_with, about)
    if store.is_written(report.file, digest) and (folder / report.file).is_file():
        return
    attempts = [attempt for found in report.done if (attempt := _attempt(found, store)) is not None]
    write_safely(folder / report.file, _rendered(report, attempts, context).encode())
    store.note_written(report.file, digest)


def _rendered(report: _Report, attempts: Sequence[Attempt], context: FeedbackContext) -> str:
    if len(attempts) == 1:
        return render(attempts[0], context=context)
    seconds = clock(sum(attempt.duration or 0.0 for attempt in attempts))
    labels = {attempt.id: f"{number}." for number, attempt in enumerate(attempts, 1)}
    summary = Summary(report.name, (f"{len(attempts)} answers", f"{seconds} min recorded"), labels=labels)
    contexts: Mapping[str, FeedbackContext] = {attempt.id: context for attempt in attempts}
    return render_round(attempts, contexts=contexts, summary=summary)


def _attempt(found: Done, store: WorkStore) -> Attempt | None:
    text = store.attempt(found.key) if found.key else None
    if text is None:
        return None
    # One recording may answer two questions, and answers of one report need different ids.
    return replace(attempt_in(text), id=str(found.index), spoken_at=_moment(found), audio=Path(found.item.file).name)


def _moment(found: Done) -> datetime:
    """Return when an answer was spoken, as far as that is known."""
    if found.item.spoken_at is not None:
        return found.item.spoken_at
    if remote.is_address(found.item.file):
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromtimestamp(Path(found.item.file).stat().st_mtime, UTC)
