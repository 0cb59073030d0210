"""``rehearse batch``: measure many recordings, take up where an earlier run stopped, and write tables and a summary."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.cli import question_library
from rehearse.cli.analyze import add_choices, choices_of
from rehearse.files.terminal import escaped
from rehearse.storage.profiles import named

if TYPE_CHECKING:
    from rehearse.app.batch.engine import Engine
    from rehearse.app.batch.run import Done, Settings
    from rehearse.app.batch.sources import Listing
    from rehearse.app.batch.store import WorkStore
    from rehearse.model import Question

_WATCHED_SECONDS = 2.0
"""How often the sources are looked at (house default)."""
_SETTLED_SECONDS = 3.0
"""How long a file has to be left alone before it is taken as whole (house default)."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``batch``."""
    parser = commands.add_parser(
        "batch",
        help="measure many recordings; stopped, it goes on where it was",
        description="Measure the recordings of folders, patterns, manifests or addresses. What is finished is not done "
        "again: run the same command once more after a stop, or when recordings have come.",
        epilog="A manifest is a CSV or JSON Lines file with the columns file, person, question, kind, date, tags; "
        "only file is needed. example: rehearse batch answers.csv --out results; "
        "rehearse batch 'recordings/**/*.m4a' --out results --workers 4",
    )
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="folder, file, pattern, manifest or address")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the results; made if missing")
    parser.add_argument("--model", metavar="NAME_OR_FOLDER", help="Whisper weights (default: tiny.en)")
    parser.add_argument("--question", metavar="ID", help="the question where a manifest names none")
    parser.add_argument("--by-folder", action="store_true", help="take the name of a recording's folder as its person")
    parser.add_argument(
        "--into-history",
        action="store_true",
        help="also add the answers and recordings to the practice history, each to the profile named like its person",
    )
    parser.add_argument(
        "--watch", action="store_true", help="go on, and measure what arrives in the sources, until Ctrl-C"
    )
    parser.add_argument("--check", action="store_true", help="read the sources and say what is wrong; measure nothing")
    parser.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="where the recogniser is computed: a graphics card where there is one (auto), processor, or NVIDIA card",
    )
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="worker processes (default: one per processor, as far as the memory goes)",
    )
    parser.add_argument(
        "--together",
        type=_count,
        metavar="N",
        help="recordings transcribed together (default: 1 on a processor); the last digits then depend on neighbours",
    )
    parser.add_argument(
        "--limit",
        type=float,
        metavar="SECONDS",
        help="give a recording up after this long without progress (default: 300)",
    )
    parser.add_argument(
        "--ray", metavar="ADDRESS", help="use a Ray cluster: its address, or `local` for this machine through Ray"
    )
    add_choices(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure what is new, and write the results."""
    listing = _listing(args)
    for note in listing.notes:
        print(escaped(note), file=sys.stderr)
    for problem in listing.problems:
        print(escaped(problem.error), file=sys.stderr)
    if args.check:
        count, wrong = len(listing.items), len(listing.problems)
        print(f"{_files(count)} to measure, {wrong} problem{'s' * (wrong != 1)}")
        return int(bool(wrong))
    if not listing.items:
        msg = "there is no recording to measure"
        raise ValueError(msg)
    return _watched(listing, args) if args.watch else _measured(listing, args)


def _watched(listing: Listing, args: argparse.Namespace) -> int:
    """Measure again whenever the sources have something new, once it has stopped growing."""
    from rehearse.app.batch.sources import settled

    status = _measured(listing, args)
    print("waiting for new recordings; Ctrl-C ends it", file=sys.stderr)
    while True:
        time.sleep(_WATCHED_SECONDS)
        found = settled(_listing(args), _SETTLED_SECONDS)
        if {item.file for item in found.items} - {item.file for item in listing.items}:
            listing = found
            status = max(status, _measured(listing, args))


def _measured(listing: Listing, args: argparse.Namespace) -> int:
    from rehearse.app.batch.into_history import add_to_history
    from rehearse.app.batch.reports import write_pages
    from rehearse.app.batch.results import write_results
    from rehearse.app.batch.store import WorkStore

    settings = _settings(args)
    store = WorkStore(args.out)
    try:
        done = _done(listing, args, store, settings)
        written = write_results(args.out, done, listing.problems, store, settings)
        written.append(write_pages(args.out, done, listing.problems, store, settings))
        if args.into_history:
            count = add_to_history(done, store, named(args.profile))
            print(f"{count} new in the practice history", file=sys.stderr)
    finally:
        store.close()
    failed = sum(found.error is not None for found in done) + len(listing.problems)
    print(_summary(done, failed), file=sys.stderr)
    print("\n".join(escaped(str(path)) for path in written))
    return int(failed > 0)


def _done(listing: Listing, args: argparse.Namespace, store: WorkStore, settings: Settings) -> list[Done]:
    from tqdm import tqdm

    from rehearse.app.batch.log import BatchLog
    from rehearse.app.batch.run import run as run_batch

    done: list[Done] = []
    log = BatchLog(args.out)
    with log, tqdm(total=len(listing.items), unit="file", file=sys.stderr, dynamic_ncols=True, smoothing=0.05) as bar:

        def report(found: Done) -> None:
            done.append(found)
            log.add(found)
            bar.update()
            if found.error is not None:
                bar.write(escaped(found.error), file=sys.stderr)

        try:
            run_batch(listing.items, store, _engine(args, settings), settings, report)
        except KeyboardInterrupt:
            bar.close()
            count = sum(found.error is None for found in done)
            print(f"{_files(count)} of {len(listing.items)} done; the same command goes on from there", file=sys.stderr)
            raise
    return sorted(done, key=lambda found: found.index)


def _engine(args: argparse.Namespace, settings: Settings) -> Engine:
    from rehearse.app.batch.engine import LIMIT_SECONDS, LocalEngine

    if args.ray:
        from rehearse.app.batch.cluster import RayEngine

        return RayEngine(settings.model, args.ray, workers=args.workers, computing=settings.computing)
    return LocalEngine(
        settings.model,
        workers=args.workers,
        computing=settings.computing,
        together=settings.together,
        limit_seconds=args.limit or LIMIT_SECONDS,
    )


def _settings(args: argparse.Namespace) -> Settings:
    from rehearse import weights
    from rehearse.app.batch.engine import recordings_together
    from rehearse.app.batch.run import Settings
    from rehearse.transcription.card import computing_on

    model = args.model or weights.DEFAULT
    weights.resolve(model)
    computing = computing_on(args.device)
    together = 1 if args.ray else args.together or recordings_together(computing)
    return Settings(model, choices_of(args), computing, together)


def _listing(args: argparse.Namespace) -> Listing:
    from rehearse.app.batch.manifest import add_manifest
    from rehearse.app.batch.sources import Gathering, add_source, is_manifest

    library = question_library(args).read()
    common = question_library(args).find(args.question) if args.question else None
    known = {question.id: question for question in library.questions}
    texts = {" ".join(question.prompt.casefold().split()): question for question in library.questions}

    def find(text: str) -> Question | None:
        return known.get(text) or texts.get(text.casefold())

    gathering = Gathering()
    for source in args.sources:
        if is_manifest(source):
            add_manifest(gathering, Path(source), common, find)
        else:
            add_source(gathering, source, common, by_folder=args.by_folder)
    return gathering.listing()


def _summary(done: list[Done], failed: int) -> str:
    states = [found.state for found in done]
    parts = {
        "measured": states.count("measured"),
        "measured again without transcribing": states.count("again"),
        "finished before": states.count("stored"),
        "failed": failed,
    }
    return f"{_files(len(done))}: " + ", ".join(f"{count} {name}" for name, count in parts.items() if count)


def _files(count: int) -> str:
    return f"{count} recording{'s' * (count != 1)}"


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        msg = f"a number of 1 or more is wanted (got {text!r:.20})"
        raise argparse.ArgumentTypeError(msg)
    return int(text)
