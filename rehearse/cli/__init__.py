"""The ``rehearse`` command: one module for each sub-command.

Each module has ``add_parser(commands)``, which sets ``run`` as the parser's
default; ``run(args)`` returns the exit status. Heavy packages are imported
inside ``run``, so that ``rehearse --help`` answers at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules


def build_parser() -> argparse.ArgumentParser:
    """Build the parser from the modules of this folder."""
    parser = argparse.ArgumentParser(
        prog="rehearse",
        description="Practise second-interview answers out loud. Without a command: opens the page in the browser.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        import_module(f"{__name__}.{module.name}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status.

    Bad input (``ValueError``, ``OSError``) becomes one sentence on standard
    error and status 1.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    args = build_parser().parse_args(given or ["page"])
    try:
        return int(args.run(args))
    except (ValueError, OSError) as error:
        print(f"rehearse: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("rehearse: stopped", file=sys.stderr)
        return 130
