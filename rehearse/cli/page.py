"""``rehearse page``, or just ``rehearse``: open the pages in the browser."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
from contextlib import suppress

from rehearse import weights
from rehearse.cli.models import fetch_with_bar
from rehearse.files import isolation

ADDRESS = "127.0.0.1"
PORT = 8501
_LAST_PORT = 65535


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``page``."""
    parser = commands.add_parser(
        "page",
        help="open the pages in the browser (the same as plain rehearse)",
        description="Serve the pages on this computer only, and open them in the browser.",
        epilog="example: rehearse page --port 9000 --no-browser",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add options that may also precede the command, so they set no default of their own."""
    parser.add_argument(
        "--port",
        type=_port,
        default=argparse.SUPPRESS,
        help=f"port to listen on (default: {PORT}, or a free one if it is taken)",
    )
    parser.add_argument(
        "--no-browser", action="store_true", default=argparse.SUPPRESS, help="only print the address to open"
    )


def _port(text: str) -> int:
    with suppress(ValueError):
        if 1 <= int(text) <= _LAST_PORT:
            return int(text)
    msg = f"{text!r} is not a port; name a whole number from 1 to {_LAST_PORT}"
    raise argparse.ArgumentTypeError(msg)


def run(args: argparse.Namespace) -> int:
    """Serve the pages until stopped; return the server's exit status."""
    port = _asked_port(args.port) if args.port else _free_port()
    _ensure_weights()
    # The server prints the address itself, because it contains a key that must not appear on a command line.
    opening = [] if args.no_browser else ["--browser"]
    command = isolation.command("rehearse.pages.serving", f"--port={port}", *opening)
    asked = {"REHEARSE_PROFILE": args.profile} if args.profile else {}
    server = subprocess.Popen(command, env=isolation.environment(**asked))  # noqa: S603 - our own program and flags
    # Terminating this program must stop the server too, which would otherwise keep running.
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _asked_port(port: int) -> int:
    try:
        return _bound(port)
    except OSError as error:
        msg = f"port {port} cannot be used ({error.strerror}); name another with --port, or none to get a free one"
        raise OSError(msg) from None


def _bound(port: int) -> int:
    """Check that a port can be bound, and return its number; 0 means any free port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(os.name == "posix"))
        probe.bind((ADDRESS, port))
        return int(probe.getsockname()[1])


def _free_port() -> int:
    """Return the default port, so that the address can be bookmarked, or else any free port."""
    for port in (PORT, 0):
        with suppress(OSError):
            return _bound(port)
    msg = f"no free port on {ADDRESS}; name one with --port"
    raise OSError(msg)


def _ensure_weights() -> None:
    """Fetch the needed models if they are missing, with a progress bar."""
    for name in weights.NEEDED:
        try:
            weights.path(name)
        except ValueError:
            fetch_with_bar(name)
