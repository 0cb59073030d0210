"""The ``rehearse`` command: one module for each sub-command.

Each module has ``add_parser(commands)``, which sets ``run`` as the parser's
default; ``run(args)`` returns the exit status. Heavy packages are imported
inside ``run``, so that ``rehearse --help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NoReturn, TextIO

from rehearse import places
from rehearse.disk import NO_ROOM
from rehearse.profiles import find
from rehearse.terminal import escaped, guarded
from rehearse.weights import NoSourceError

_CLOSED = 141
"""Exit status of a program whose reader went away: 128 and the number of SIGPIPE."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints, which quote what was given, stay on their line."""

    def error(self, message: str) -> NoReturn:
        super().error(escaped(message))


def build_parser() -> argparse.ArgumentParser:
    """Build the parser from the modules of this folder."""
    parser = _Parser(
        prog="rehearse",
        description="Practise second-interview answers out loud. Without a command: opens the page in the browser.",
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="whose answers (default: REHEARSE_PROFILE, else the first profile)"
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
        places.use(_folder(args.profile))
        status = int(args.run(args))
        _flush(sys.stdout)
    except BrokenPipeError:
        # Whoever read the output has enough of it; what is left to write must not fail once more at the end.
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
    finally:
        places.use(None)


def _sentence(error: ValueError | OSError) -> str:
    """Give the sentence of an error, on one line unless it lists ways out; the system's own words become one too."""
    if isinstance(error, NoSourceError):
        return str(error)
    if isinstance(error, UnicodeError):
        return "something that was to be read is not UTF-8 text: save it as UTF-8, then try again"
    if isinstance(error, OSError) and error.errno is not None:
        named = f"{error.filename}: " if error.filename else ""
        if error.errno in NO_ROOM:
            return escaped(f"{named}there is no room left on the disk: free some space, then try again")
        return escaped(f"{named}{error.strerror}: check that file or name another")
    return escaped(str(error))


def _parsed(given: list[str]) -> argparse.Namespace:
    parser = build_parser()
    args = parser.parse_args(given)
    if "run" not in args:
        args = parser.parse_args([*given, "page"])
    if args.command != "page" and (args.port is not None or args.no_browser):
        parser.error("--port and --no-browser are for the page alone, not for a command")
    return args


def run() -> None:
    """Be the program: run the command line and leave at once, since taking the models apart would take 0.2 s."""
    # The threads of Whisper's GNU OpenMP wait busily for the next step, which keeps the processor from those that work.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    # While one thread imports, others that come back from Whisper's C++ would each time wait Python's usual 5 ms.
    sys.setswitchinterval(0.0005)
    status = main()
    _flush(sys.stderr)
    os._exit(status)


def _flush(stream: TextIO | None) -> None:
    """Write out what is left; a program started with a stream that is shut has none there."""
    if stream is not None:
        stream.flush()


def assert_replaceable(path: Path, *, force: bool) -> None:
    """Make sure that writing a file loses nothing a person did not give up with ``--force``.

    Raises:
        ValueError: Something is in the file already, or it is a pipe or a device, which nothing may take the place of.

    """
    if path.exists() and not path.is_file() and not path.is_dir():
        msg = f"{path} is a pipe or a device: name a file"
        raise ValueError(msg)
    if not force and path.is_file() and path.stat().st_size:
        msg = f"{path} exists already: name another file, or replace it with --force"
        raise ValueError(msg)


def _folder(profile: str | None) -> Path | None:
    name = profile or os.environ.get("REHEARSE_PROFILE")
    return find(name).folder if name else None
