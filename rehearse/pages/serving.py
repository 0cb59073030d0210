"""The server of the pages: Streamlit behind a guard, with the modules of the first page imported in advance.

Streamlit runs a page's script, and hence its imports, only when the page is requested. A browser needs a second to get
that far, during which the server is idle.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit import cli_util, config, runtime
from streamlit.runtime import RuntimeState
from uvicorn.config import LOGGING_CONFIG

from rehearse.files.paths import shipped
from rehearse.files.terminal import outlive_readers
from rehearse.pages import faults, question_sound, recorder_socket
from rehearse.pages.guard import ADDRESS, Guard, entrance, leading, new_key, origins

SCRIPT = Path(__file__).parent / "app.py"
"""The script that Streamlit runs."""

_FIRST = ("rehearse.pages.shared.services", "rehearse.interview", "rehearse.views.report")
"""Modules that all pages need and that take longest to import."""
_POLL_INTERVAL = 0.1
"""In seconds (house default)."""
_FIRST_PAGE = 2.0
"""Seconds until the first page is on the screen: importing during that time would delay it (house default)."""


def protected(*, browser: bool = False) -> dict[str, Any]:
    """Return the arguments for ``streamlit.App`` that protect the pages and our own routes, with a new key.

    Args:
        browser: Whether to open the person's browser once the pages are served.

    """
    key = new_key()
    return {
        "middleware": [Middleware(Guard, key=key)],
        "routes": [recorder_socket.route(), question_sound.route()],
        "lifespan": _lifespan(key, browser=browser),
        "on_script_error": partial(faults.show, script=SCRIPT, draw=draw),
    }


def draw() -> None:
    """Show the page at the requested address, as ``SCRIPT`` does."""
    import_module("rehearse.pages.app").main()


def _lifespan(key: str, *, browser: bool) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def served(_app: st.App) -> AsyncGenerator[None]:
        address = entrance(int(config.get_option("server.port")), key)
        with suppress(OSError):  # standard output is closed
            sys.stdout.write(f"rehearse: open {address} (stop with Ctrl+C)\n")
            sys.stdout.flush()
        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            if browser:
                _open(address, Path(folder))
            yield

    return served


def _open(address: str, folder: Path) -> None:
    """Open the browser with a file that redirects to the address.

    Every account can read the command line of a running program, so the browser's must not contain the key. A key that
    is valid only once would not help: whoever reads it quickly enough would be first. The file is in a folder of mode
    0700.
    """
    page = folder / "rehearse.html"
    with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(leading(address))
    # A terminal browser would block the server.
    threading.Thread(target=cli_util.open_browser, args=(page.as_uri(),), daemon=True).start()


def options(port: int) -> dict[str, Any]:
    """Return Streamlit's settings: the shipped ones, and those that depend on the port."""
    table = tomllib.loads(shipped(".streamlit/config.toml").read_text(encoding="utf-8"))
    return {
        **dict(_dotted(table, "")),
        "server.port": port,
        "server.headless": True,
        "browser.serverAddress": ADDRESS,
        "browser.serverPort": port,
        # For errors that our own handler cannot catch, such as one in the handler itself.
        "client.showErrorDetails": "none",
        # By default Streamlit lets its makers' sites control the page and set where files are uploaded.
        "client.allowedOrigins": origins(port),
        # Streamlit's welcome message contains an offer to developers, and the address without the key.
        "logger.hideWelcomeMessage": True,
    }


def use_no_other_settings() -> None:
    """Stop Streamlit from reading settings and secrets in the current folder or the home folder.

    They could load fonts and themes from elsewhere, or set environment variables.
    """
    config.get_config_files = _no_files


def _no_files(file_name: str) -> list[str]:  # noqa: ARG001 - the signature is Streamlit's
    return []


def _dotted(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def prepare() -> None:
    """Import what all pages need once the server listens, and what some of them need after the first is shown."""
    while not runtime.exists() or runtime.get_instance().state is RuntimeState.INITIAL:
        time.sleep(_POLL_INTERVAL)
    for name in _FIRST:
        import_module(name)
    time.sleep(_FIRST_PAGE)
    import_module("pandas")  # for tables and some Streamlit elements
    with suppress(ValueError, OSError):  # the page that needs it reports it
        import_module("rehearse.language.parser").load()


def main() -> None:
    """Serve until the process is stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--browser", action="store_true")
    arguments = parser.parse_args()
    # Uvicorn logs its address, which does not grant access, and its process id.
    LOGGING_CONFIG["loggers"]["uvicorn"]["level"] = "WARNING"
    # Uvicorn shuts down cleanly and then sends itself the signal again.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    # Streamlit prints before it stops, and would not stop if that failed.
    outlive_readers()
    use_no_other_settings()
    threading.Thread(target=prepare, daemon=True).start()
    with suppress(KeyboardInterrupt):
        st.App(SCRIPT, **protected(browser=arguments.browser)).run(config=options(arguments.port))


if __name__ == "__main__":
    main()
