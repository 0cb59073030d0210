"""``rehearse history``: list, show, delete, export and import answers."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli import assert_replaceable, measured_workspace, workspace
from rehearse.files.terminal import escaped, json_line
from rehearse.language.words import printable
from rehearse.model import QUESTION_KINDS
from rehearse.views.plain_text import WIDTH, advice, wrapped

if TYPE_CHECKING:
    from rehearse.model import Attempt
    from rehearse.storage.history import AttemptSummary, Entry

_LINE = "{:16}  {:>6}  {:>9}  {:>6}  {}"
_INDENT = "  "


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``history`` and its sub-commands."""
    parser = commands.add_parser(
        "history",
        help="list, show, delete, export and import what you practised",
        description="The answers you practised, newest first, in your local time.",
        epilog="example: rehearse history --kind behavioral --csv answers.csv",
    )
    parser.add_argument("--question", metavar="ID", help="only answers to this question")
    parser.add_argument("--kind", choices=QUESTION_KINDS, help="only answers to this kind of question")
    parser.add_argument("--search", metavar="WORDS", default="", help="only answers with these words in them")
    parser.add_argument("--tag", help="only answers that you gave this tag")
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print one JSON object per line")
    output.add_argument("--csv", metavar="FILE", type=Path, help="write a table for a spreadsheet")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.set_defaults(run=_list)
    own = parser.add_subparsers(title="commands", metavar="COMMAND")
    show = own.add_parser(
        "show",
        help="show one answer: its numbers and its transcript",
        description="Show one answer: its numbers and its transcript.",
        epilog="example: rehearse history show 20250314T092653000Z-0a1b2c3d",
    )
    show.add_argument("id")
    show.set_defaults(run=_show)
    _add_delete(own)
    _add_exchange(own)


def _add_delete(own: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    delete = own.add_parser(
        "delete",
        help="delete one answer, or all of them",
        description="Delete one answer: its recording, transcript and numbers, what you wrote about it, and its "
        "earlier analyses. With --all, everything in the profile. This cannot be undone.",
        epilog="example: rehearse history delete 20250314T092653000Z-0a1b2c3d --yes",
    )
    what = delete.add_mutually_exclusive_group(required=True)
    what.add_argument("id", nargs="?")
    what.add_argument(
        "--all",
        action="store_true",
        help="every answer, and also interviews, preparation, settings and question sets of your own",
    )
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(run=_delete)


def _add_exchange(own: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    out = own.add_parser(
        "export",
        help="write everything into one ZIP file",
        description="Write everything in the profile into one ZIP file: recordings, answers as JSON and as a table, "
        "interviews, preparation, settings and question sets of your own.",
        epilog="example: rehearse history export answers.zip",
    )
    out.add_argument("file", type=Path, metavar="FILE")
    out.add_argument("--force", action="store_true", help="replace FILE if it exists")
    out.set_defaults(run=_export)
    bring = own.add_parser(
        "import",
        help="import everything in an export",
        description="Import everything in an export, or nothing if something is wrong with it. "
        "What is here already stays as it is. A rule that deletes old recordings is never imported.",
        epilog="example: rehearse history import answers.zip",
    )
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--replace", action="store_true", help="replace what is here already")
    bring.set_defaults(run=_import)


def _list(args: argparse.Namespace) -> int:
    from rehearse.files.csv_files import write_csv
    from rehearse.storage.history import table

    history = measured_workspace(args).history
    found = history.summaries(question_id=args.question, kind=args.kind, text=args.search, tag=args.tag)
    if args.json:
        for summary in found:
            measured = {metric: {"value": value} for metric, value in summary.values.items()}
            print(json_line({**summary.row(), "measurements": measured}))
    elif not found:
        print(_empty(args))
    elif args.csv:
        if args.csv.is_file():
            assert_replaceable(args.csv, force=args.force)
        columns, rows = table(found)
        write_csv(args.csv, columns, [{name: _rounded(cell) for name, cell in row.items()} for row in rows])
    else:
        print(_table(found))
    return 0


def _rounded(cell: object) -> object:
    """Round off floating-point noise, as ``analyze`` does."""
    return round(cell, 3) if isinstance(cell, float) else cell


def _empty(args: argparse.Namespace) -> str:
    if args.question or args.kind or args.search or args.tag:
        return "No answer in your history matches; `rehearse history` lists them all."
    return "Your history is empty: start `rehearse`, choose a question and speak your first answer."


def _table(found: Sequence[AttemptSummary]) -> str:
    head = _LINE.format("spoken", "length", "words/min", "um/min", "answer")
    return "\n".join([head, *(line for summary in found for line in _lines(summary))])


def _lines(summary: AttemptSummary) -> list[str]:
    """Return the numbers of an answer, its question, and the id that the other commands want."""
    numbers = _LINE.format(
        f"{summary.spoken_at.astimezone():%Y-%m-%d %H:%M}",
        _length(summary.duration),
        _number(summary.values.get("speech_rate"), 0),
        _number(summary.values.get("filled_pause_rate"), 1),
        (summary.story_type or "-").replace("_", " "),
    )
    question = printable(summary.title or summary.prompt or "-")
    return [
        numbers,
        _INDENT + textwrap.shorten(question, WIDTH - len(_INDENT), placeholder="..."),
        _INDENT + escaped(summary.id),
    ]


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _length(seconds: float | None) -> str:
    from rehearse.metrics.value_text import clock

    return "-" if seconds is None else clock(seconds)


def _show(args: argparse.Namespace) -> int:
    from rehearse.app.feedback_context import feedback_context
    from rehearse.feedback import give_feedback

    history = measured_workspace(args).history
    entry = history.entry(args.id)
    if entry is None:
        raise ValueError(_unknown(args.id))
    findings = give_feedback(entry.attempt, feedback_context(history.documents, entry.attempt))
    attempt = entry.attempt
    print("\n".join([*_heading(attempt), *advice(findings), *_numbers_and_words(attempt), *_written(entry)]))
    return 0


def _written(entry: Entry) -> list[str]:
    """Return lines with what the person wrote about an answer, and the models of its earlier analyses."""
    from rehearse.storage.history import RATINGS

    about = entry.about
    models = dict.fromkeys(earlier.attempt.model or "nobody" for earlier in entry.earlier)
    fields = {
        "title": about.title,
        "tags": ", ".join(about.tags),
        "note": about.note,
        "your rating": "" if about.rating is None else f"{about.rating} of {RATINGS[-1]}",
        "used before": "in the first interview" if about.told_before else "",
        "transcribed before by": ", ".join(models),
    }
    lines = [line for name, text in fields.items() if text for line in wrapped(f"{name}: {printable(text)}")]
    return ["", *lines] if lines else []


def _unknown(take_id: str) -> str:
    return f"no answer has the id {take_id!r}: `rehearse history` lists them"


def _heading(attempt: Attempt) -> list[str]:
    spoken = f"{attempt.spoken_at.astimezone():%Y-%m-%d %H:%M}"
    source = f"transcribed by {printable(attempt.model)}" if attempt.model else "typed, not spoken"
    question = wrapped(printable(attempt.question.prompt)) if attempt.question else []
    return [*question, f"{spoken}, {_length(attempt.duration)}, {source}", ""]


def _numbers_and_words(attempt: Attempt) -> list[str]:
    from rehearse.metrics import METRICS

    lines = [""]
    for found in attempt.measurements:
        metric = METRICS.get(found.metric)
        label, unit = (metric.label, metric.unit) if metric else (printable(found.metric), "")
        lines.append(f"{label:32} {_number(found.value, 1):>8} {unit}".rstrip())
    words = wrapped(printable(attempt.counted_transcript.text)) or ["(no words)"]
    return [*lines, "", *words]


def _delete(args: argparse.Namespace) -> int:
    from rehearse.storage.retention import delete_answer, delete_everything

    mine = workspace(args)
    history, store = mine.history, mine.takes
    if not args.all and args.id not in history.ids() and store.get(args.id) is None:
        raise ValueError(_unknown(args.id))
    if not args.yes and not _agreed("everything you practised" if args.all else args.id):
        print("nothing was deleted", file=sys.stderr)
        return 1
    if args.all:
        delete_everything(store, history, mine.questions.folder)
        return 0
    delete_answer(store, history, args.id)
    return 0


def _agreed(what: str) -> bool:
    if not sys.stdin.isatty():
        msg = f"{what} is not deleted without asking first: add --yes"
        raise ValueError(msg)
    try:
        answer = input(f"Delete the recording, transcript and numbers of {what} for good? [y/N] ")
    except EOFError:
        # End of input is not consent, and leaves the cursor after the prompt.
        print(file=sys.stderr)
        return False
    return answer.strip().lower() in ("y", "yes")


def _export(args: argparse.Namespace) -> int:
    from rehearse.app.archive import export

    assert_replaceable(args.file, force=args.force)
    mine = workspace(args)
    done = export(mine.takes, mine.history, mine.questions.folder, args.file)
    file = escaped(str(args.file))
    print(f"{file}: recordings {done.takes}, analysed answers {done.answers}, documents {done.documents}")
    return 0


def _import(args: argparse.Namespace) -> int:
    from rehearse.app.archive import restore_file

    mine = workspace(args)
    folder = mine.questions.folder
    done = restore_file(mine.takes, mine.history, folder, args.file, replace=args.replace, notice=print)
    print(f"Imported: recordings {done.takes}, analysed answers {done.answers}, documents {done.documents}.")
    if done.skipped:
        print(f"Already here and left as they were: {done.skipped}; --replace imports them too.")
    return 0
