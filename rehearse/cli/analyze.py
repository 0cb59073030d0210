"""``rehearse analyze``: measure recordings or text answers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from rehearse.cli import assert_replaceable, question_library
from rehearse.files.atomic_files import assert_file
from rehearse.files.terminal import escaped, json_line
from rehearse.views.plain_text import HEADINGS

if TYPE_CHECKING:
    from rehearse.app.batch import Choices
    from rehearse.model import Question
    from rehearse.transcription import Transcriber

_Read = TypeVar("_Read")

_TABLE = ("answer_length", "speech_rate", "filled_pause_rate", "discourse_marker_rate", "longest_pause")
_TEXT_TABLE = ("word_count", "filled_pauses_per_100_words")
"""The other metrics in the table need the sound."""
_LINE = "  {:30}{}"

_CONNECTED = ("/dev/fd/", "/dev/stdin")
"""Where a shell connects another program, which ends: `rehearse analyze --json --transcript <(other program)`."""

_HEAD = ("file", "id", "sha256", "model", "duration")
"""Columns of a spreadsheet before the measurements; ``id`` identifies a text answer."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``analyze``."""
    parser = commands.add_parser(
        "analyze",
        help="measure one recording or a whole folder",
        description="Measure recorded answers: length, pace, pauses, fillers, whether there is a concrete example. "
        "Nothing is written into the practice history.",
        epilog='A line of --transcript is one JSON object: {"id": "anna-3", "question": "Why us?", '
        '"kind": "motivation", "answer": "Because ..."}; only "answer" is needed, '
        'and "question" counts where the kind is known. What --question names holds for the lines that leave it out. '
        "example: rehearse analyze --json answer.wav; rehearse analyze --csv results.csv recordings/; "
        "rehearse analyze --marker innit --unjudged pace answer.wav",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object per line")
    form.add_argument("--csv", type=Path, metavar="FILE", help="write one row per recording to this file")
    parser.add_argument("--force", action="store_true", help="replace the --csv file if it exists")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", help="Whisper weights (default: tiny.en)")
    parser.add_argument("--question", metavar="ID", help="the question that was asked; decides the bands")
    parser.add_argument("--transcript", type=Path, metavar="FILE.jsonl", help="answers as text, one object per line")
    add_choices(parser)
    parser.add_argument("sources", nargs="*", type=Path, metavar="FILE_OR_FOLDER")
    parser.set_defaults(run=_run, usage_error=parser.error)


def add_choices(parser: argparse.ArgumentParser) -> None:
    """Add options for the choices in the page's settings, which are not read here, so that results are reproducible."""
    parser.add_argument(
        "--marker",
        action="append",
        default=[],
        type=_marker,
        metavar="WORD",
        help="also count a filler word of your own",
    )
    parser.add_argument(
        "--no-marker", action="append", default=[], type=_shipped, metavar="WORD", help="do not count this filler word"
    )
    parser.add_argument(
        "--unjudged",
        default=frozenset(),
        type=_families,
        metavar="LIST",
        help="measure but do not judge, separated by commas: fillers, pace, pauses, voice",
    )


def _marker(text: str) -> str:
    from rehearse.events.markers import marker

    return _checked(marker, text)


def _shipped(text: str) -> str:
    from rehearse.events.markers import chosen_markers

    _checked(lambda name: chosen_markers(removed=[name]), text)
    return text


def _families(text: str) -> frozenset[str]:
    from rehearse.app.settings import families

    return _checked(families, text)


def _checked(read: Callable[[str], _Read], text: str) -> _Read:
    """Parse an argument; errors are reported with our own message."""
    try:
        return read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def choices_of(args: argparse.Namespace) -> Choices:
    """Return what is to be counted and judged."""
    from rehearse.app.batch import Choices
    from rehearse.events.markers import chosen_markers

    return Choices(chosen_markers(args.marker, args.no_marker), args.unjudged)


def _run(args: argparse.Namespace) -> int:
    if bool(args.sources) == bool(args.transcript):
        args.usage_error("name recordings or folders, or --transcript FILE.jsonl")
    answers = _lines(args.transcript) if args.transcript else None
    if args.csv:
        _assert_free(args.csv, force=args.force)
    rows = _recording_rows(args) if answers is None else _text_rows(answers, args)
    errors = ["error" in row for row in _shown(rows, args)]
    if args.csv or (args.json and any(errors)):
        print(_summary(len(errors), sum(errors), args), file=sys.stderr)
    return int(any(errors))


def _summary(total: int, failed: int, args: argparse.Namespace) -> str:
    count = f"{total} {'answer' if args.transcript else 'file'}{'s' * (total != 1)}"
    if not failed:
        return f"{count} measured: {escaped(str(args.csv))}"
    reasons = f"{escaped(str(args.csv))} has the reasons" if args.csv else 'each has its reason under "error"'
    return f"{count}, {total - failed} measured, {failed} failed: {reasons}"


def _lines(path: Path) -> list[str]:
    if not (path.is_fifo() and str(path).startswith(_CONNECTED)):
        assert_file(path)
    try:
        # Not splitlines(): other line separators may occur inside a JSON string.
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        msg = f"{path.name}: not UTF-8 text; save it as JSON Lines in UTF-8"
        raise ValueError(msg) from None
    except FileNotFoundError:
        msg = f"{path}: no such file"
        raise FileNotFoundError(msg) from None


def _text_rows(lines: list[str], args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from rehearse.app.batch import analyze_answers

    return analyze_answers(lines, question=_question(args), choices=choices_of(args))


def _question(args: argparse.Namespace) -> Question | None:
    return question_library(args).find(args.question) if args.question else None


def _recording_rows(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Check the arguments immediately, before anything is written; the rows are measured lazily."""
    from rehearse import audio, weights
    from rehearse.files import malloc_tuning

    model = args.model or weights.DEFAULT
    weights.resolve(model)
    files = [file for source in args.sources for file in audio.recordings(source)]
    _tell_left_out([file for source in args.sources for file in audio.left_out(source)])
    if not files:
        msg = f"no recordings in {', '.join(str(source) for source in args.sources)}"
        raise ValueError(msg)
    malloc_tuning.keep_what_is_freed()
    transcriber = _transcriber(model)  # now, so that it loads in parallel with the imports in _measured
    return _measured(files, transcriber, _question(args), args)


def _tell_left_out(files: list[Path]) -> None:
    if files:
        endings = ", ".join(sorted({file.suffix.lower() or "none" for file in files}))
        count = f"{len(files)} file{'s' * (len(files) != 1)}"
        print(
            f"{count} left out, not named like recordings (endings: {endings}); name a file itself to have it read",
            file=sys.stderr,
        )


def _measured(
    files: list[Path], transcriber: Transcriber, question: Question | None, args: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    from tqdm import tqdm

    from rehearse.app.batch import analyze_files

    with tqdm(total=len(files), unit="file", file=sys.stderr, disable=len(files) == 1 or None) as bar:
        for row in analyze_files(files, transcriber, question=question, choices=choices_of(args)):
            bar.update()
            yield row


@cache
def _transcriber(model: str) -> Transcriber:
    from rehearse.transcription import whisper

    return whisper(model)


def _shown(rows: Iterable[dict[str, Any]], args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Print or write each row in the requested format, and yield it."""
    if args.csv:
        yield from _written(rows, args.csv)
        return
    for row in rows:
        print(json_line(row) if args.json else _for_people(row), flush=True)
        yield row


def _written(rows: Iterable[dict[str, Any]], path: Path) -> list[dict[str, Any]]:
    """Write each row as soon as it is ready, so that a long run that is stopped loses nothing."""
    from rehearse.files.csv_files import unfinished, write_csv
    from rehearse.metrics import METRICS

    done: list[dict[str, Any]] = []

    def flat() -> Iterator[dict[str, Any]]:
        for row in rows:
            done.append({"error": row["error"]} if "error" in row else {})
            yield _flat(row)

    try:
        write_csv(path, [*_HEAD, *METRICS, "story", "transcript", "quality", "error"], flat())
    except BaseException:
        if unfinished(path.resolve()).exists():
            print(f"{escaped(str(unfinished(path.resolve())))} has what was measured until then", file=sys.stderr)
        raise
    return done


def _assert_free(path: Path, *, force: bool) -> None:
    """Find out before the work, not behind it, whether its results can be kept; no file appears before they come."""
    from rehearse.files.csv_files import unfinished

    gathered = unfinished(path.resolve())
    device = path.exists() and not path.is_file()
    for file in () if device else (path, gathered):
        assert_replaceable(file, force=force)
    tried = path if device else gathered
    new = not tried.exists()
    try:
        tried.open("a", encoding="utf-8").close()
        if new:
            tried.unlink()
    except OSError as error:
        msg = f"{path} cannot be written ({error.strerror}); name another file for --csv"
        raise OSError(msg) from None


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten a row for a spreadsheet, with one column per measurement."""
    if "error" in row:
        return {"file": row.get("file"), "id": row.get("id"), "error": row["error"]}
    head = {name: row.get(name) for name in _HEAD}
    values = {name: found["value"] for name, found in row["measurements"].items()}
    text = row["transcript"]["text"] if "transcript" in row else row["answer"]
    story, quality = row["story"]["type"], " ".join(row.get("quality", ()))
    return {**head, **values, "story": story, "transcript": text, "quality": quality, "error": None}


def _for_people(row: Mapping[str, Any]) -> str:
    from rehearse.metrics import METRICS
    from rehearse.metrics.value_text import STORY_TYPES, amount

    if "error" in row:
        return escaped(_sentence(row))
    lines = [escaped(_name(row))]
    if (nothing := _nothing(row)) is not None:
        return f"{lines[0]}\n  {nothing}"
    for metric in _TABLE if "transcript" in row else _TEXT_TABLE:
        value = amount(row["measurements"][metric]["value"], METRICS[metric].unit)
        lines.append(_LINE.format(METRICS[metric].label, value))
    lines.append(_LINE.format("Story", STORY_TYPES.get(row["story"]["type"], "not judged")))
    for kind, label in HEADINGS.items():
        message = next((f["message"] for f in row["findings"] if f["kind"] == kind), None)
        if message:
            lines.append(_LINE.format(label, escaped(message)))
    return "\n".join(lines)


def _nothing(row: Mapping[str, Any]) -> str | None:
    """Return why there is nothing to measure, or None if there is something."""
    if "transcript" in row:
        if row["transcript"]["words"] or row["fillers"]:
            return None
        spoken = row["measurements"]["answer_length"]["value"] is not None
        return " ".join(row["quality"]) if spoken else "I can't hear any speech"
    return None if row["answer"].strip() else "there are no words"


def _name(row: Mapping[str, Any]) -> str:
    if "file" in row:
        return str(row["file"])
    return f"line {row['line']}" if row["id"] is None else str(row["id"])


def _sentence(row: Mapping[str, Any]) -> str:
    """Return the error message; a recording's message starts with its file name, replaced here by its full path."""
    error = str(row["error"])
    if "file" not in row:
        return error
    file = str(row["file"])
    return f"{file}: {error.removeprefix(f'{Path(file).name}: ')}"
