"""``rehearse report``: write one answer, or a whole round, to a file for a coach."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli import assert_replaceable, measured_workspace
from rehearse.files.terminal import escaped

if TYPE_CHECKING:
    from rehearse.model import Attempt
    from rehearse.storage.history import History
    from rehearse.storage.takes import TakeStore


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``report``."""
    parser = commands.add_parser(
        "report",
        help="write one answer, or a round of them, as an HTML file for a coach",
        description="Write one answer or a whole round, with feedback, transcript and numbers, as one HTML file "
        "that any browser can open and print.",
        epilog="example: rehearse report --audio --output for-my-coach.html",
    )
    parser.add_argument(
        "id", nargs="?", metavar="TAKE_ID", help="an id from `rehearse history`; otherwise the newest answer"
    )
    parser.add_argument(
        "--round", nargs="?", const="", metavar="ROUND_ID", help="write a whole round; without an id, the newest"
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE.html", help="where to write it; otherwise report-ID.html in this folder"
    )
    parser.add_argument("--audio", action="store_true", help="include the recording in the file, to play there")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the report and print its path."""
    from rehearse.app.feedback_context import feedback_context
    from rehearse.app.round_report import round_report
    from rehearse.app.settings import read_settings
    from rehearse.interview import Rounds
    from rehearse.model import FeedbackContext
    from rehearse.views.report import render

    if args.id is not None and args.round is not None:
        msg = "name one answer or --round, not both"
        raise ValueError(msg)
    mine = measured_workspace(args)
    history, store = mine.history, mine.takes
    if args.round is None:
        attempt = _attempt(history, args.id)
        context = feedback_context(history.documents, attempt)
        name, written = attempt.id, render(attempt, _sound(store, attempt) if args.audio else None, context=context)
    else:
        name, attempts = _round(history, args.round)
        sounds = {attempt.id: _sound(store, attempt) for attempt in attempts} if args.audio else {}
        context = FeedbackContext(read_settings(history.documents).unjudged)
        written = round_report(attempts, sounds, Rounds(history.documents), context)
    path = args.output or Path(f"report-{re.sub(r'[^A-Za-z0-9-]', '_', name)}.html")
    assert_replaceable(path, force=args.force)
    _write(path, written.encode())
    print(escaped(str(path)))
    return 0


def _round(history: History, wanted: str) -> tuple[str, tuple[Attempt, ...]]:
    """Return the id and answers of a round, or of the newest round if ``wanted`` is empty."""
    name = wanted or next((summary.round for summary in history.summaries() if summary.round), "")
    attempts = history.attempts(round=name) if name else ()
    if not attempts:
        msg = (
            f"no round has the id {wanted!r}"
            if wanted
            else "there is no round to report on yet: start `rehearse` and practise one"
        )
        raise ValueError(msg)
    return name, attempts


def _attempt(history: History, take_id: str | None) -> Attempt:
    if take_id is None:
        newest = history.summaries(limit=1)
        if not newest:
            msg = "there is no answer to report on yet: start `rehearse` and speak one"
            raise ValueError(msg)
        take_id = newest[0].id
    attempt = history.get(take_id)
    if attempt is None:
        msg = f"no analysed answer has the id {take_id!r}: `rehearse history` lists them"
        raise ValueError(msg)
    return attempt


def _sound(store: TakeStore, attempt: Attempt) -> bytes:
    take = store.get(attempt.id)
    if take is None:
        msg = f"the recording of {attempt.id} is no longer on this computer: write the report without --audio"
        raise ValueError(msg)
    return take.audio.read_bytes()


def _write(path: Path, data: bytes) -> None:
    from rehearse.files.atomic_files import write_safely

    try:
        write_safely(path, data)
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}): name another file with --output"
        raise OSError(msg) from error
