"""The ``rehearse`` command: one module per sub-command.

Each module defines ``add_parser(commands)``, which sets ``run`` as a parser
default; ``run(args)`` returns the exit status. Heavy packages are imported
inside ``run``, so that ``rehearse --help`` responds immediately.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NoReturn, TextIO

from rehearse.files import isolation
from rehearse.files.atomic_files import NO_ROOM, is_pipe_or_device
from rehearse.files.terminal import escaped, guarded
from rehearse.storage.profiles import find, named
from rehearse.weights import NoSourceError

if TYPE_CHECKING:
    from rehearse.app.workspace import Workspace
    from rehearse.questions import QuestionLibrary

_CLOSED = 141
"""Exit status of a program whose reader has closed the pipe: 128 plus the number of SIGPIPE."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints, which quote what was given, stay on their line."""

    def error(self, message: str) -> NoReturn:
        super().error(escaped(message))


def build_parser() -> argparse.ArgumentParser:
    """Build the parser from the modules in this folder."""
    parser = _Parser(
        prog="rehearse",
        description="Practise second-interview answers out loud. Without a command, it opens the page in the browser.",
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="whose answers (default: REHEARSE_PROFILE, otherwise the first profile)"
    )
    import_module(f"{__name__}.page").add_options(parser)
    parser.set_defaults(port=None, no_browser=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        import_module(f"{__name__}.{module.name}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status.

    Bad input (``ValueError``, ``OSError``) becomes one sentence on standard
    error and status 1.
    """
    with guarded():
        return _run(list(sys.argv[1:] if arguments is None else arguments))


def _run(given: list[str]) -> int:
    try:
        args = _parsed(given)
        status = int(args.run(args))
        _flush(sys.stdout)
    except BrokenPipeError:
        # The reader has closed the pipe; flushing the remaining output at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CLOSED
    except (ValueError, OSError) as error:
        print(f"rehearse: {_sentence(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rehearse: stopped", file=sys.stderr)
        return 130
    else:
        return status


def workspace(args: argparse.Namespace) -> Workspace:
    """Open the workspace of the profile named on the command line.

    Raises:
        ValueError: The history is damaged, or was written by a newer version of rehearse.
        OSError: The history cannot be read or created.

    """
    from rehearse.app.workspace import open_workspace

    return open_workspace(named(args.profile))


def measured_workspace(args: argparse.Namespace) -> Workspace:
    """Open the workspace like ``workspace``, after bringing every answer's measurements up to date.

    If the history cannot be written, it is used as it is.
    """
    from rehearse.app.up_to_date import bring_up_to_date

    opened = workspace(args)
    with suppress(OSError):
        bring_up_to_date(opened.history, opened.takes)
    return opened


def question_library(args: argparse.Namespace) -> QuestionLibrary:
    """Return the questions of the profile named on the command line; nothing is created."""
    from rehearse.app.workspace import questions_of

    return questions_of(named(args.profile))


def _sentence(error: ValueError | OSError) -> str:
    """Give the sentence of an error, on one line unless it lists ways out; the system's own words become one too."""
    if isinstance(error, NoSourceError):
        return str(error)
    if isinstance(error, UnicodeError):
        return "a file to be read is not UTF-8 text: save it as UTF-8, then try again"
    if isinstance(error, OSError) and error.errno is not None:
        named = f"{error.filename}: " if error.filename else ""
        if error.errno in NO_ROOM:
            return escaped(f"{named}there is no room left on the disk: free some space, then try again")
        return escaped(f"{named}{error.strerror}: check that file or name another")
    return escaped(str(error))


def _parsed(given: list[str]) -> argparse.Namespace:
    """Parse the arguments, and check that the profile exists before any command runs."""
    parser = build_parser()
    args = parser.parse_args(given)
    if "run" not in args:
        args = parser.parse_args([*given, "page"])
    if args.command != "page" and (args.port is not None or args.no_browser):
        parser.error("--port and --no-browser are for the page alone, not for a command")
    args.profile = args.profile or os.environ.get("REHEARSE_PROFILE")
    if args.profile:
        find(args.profile)
    return args


def run() -> None:
    """Entry point: run the command line and exit without cleanup, since deallocating the models takes 0.2 s."""
    isolation.leave_out_current_folder()
    # While one thread imports, others returning from Whisper's C++ would wait for Python's default of 5 ms each time.
    sys.setswitchinterval(0.0005)
    status = main()
    _flush(sys.stderr)
    os._exit(status)


def _flush(stream: TextIO | None) -> None:
    """Flush a stream; it is None if the program was started with the stream closed."""
    if stream is not None:
        stream.flush()


def assert_replaceable(path: Path, *, force: bool) -> None:
    """Check that writing a file overwrites no data, unless ``--force`` is given.

    Raises:
        ValueError: The file exists and is not empty, or it is a pipe or a device, which nothing may replace.

    """
    if is_pipe_or_device(path):
        msg = f"{path} is a pipe or a device: name a file"
        raise ValueError(msg)
    if not force and path.is_file() and path.stat().st_size:
        msg = f"{path} exists already: name another file, or replace it with --force"
        raise ValueError(msg)
