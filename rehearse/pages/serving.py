"""The server of the pages: Streamlit behind a guard, which imports what the first visitor needs while their browser loads.

Streamlit runs a page's file, and so its imports, only when the page is asked for. A browser takes a second to get that
far, in which the server has little to do.
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
from rehearse.pages import faults
from rehearse.pages.guard import ADDRESS, Guard, entrance, leading, new_key, origins

SCRIPT = Path(__file__).parent / "app.py"
"""What Streamlit runs."""

_FIRST = ("rehearse.pages.shared.services", "rehearse.interview", "rehearse.views.report")
"""What all pages need, and takes longest to import."""
_LOOK_EVERY = 0.1
"""Seconds (house default)."""
_FIRST_PAGE = 2.0
"""Seconds in which the page that opens first is on the screen: importing meanwhile would delay it (house default)."""


def protected(*, browser: bool = False) -> dict[str, Any]:
    """Give what stands between Streamlit and the world, with a new key, for ``streamlit.App``.

    Args:
        browser: Open the person's browser once the pages are served.

    """
    key = new_key()
    return {
        "middleware": [Middleware(Guard, key=key)],
        "lifespan": _lifespan(key, browser=browser),
        "on_script_error": partial(faults.show, script=SCRIPT, draw=draw),
    }


def draw() -> None:
    """Show the page that the address names, as ``SCRIPT`` does."""
    import_module("rehearse.pages.app").main()


def _lifespan(key: str, *, browser: bool) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def served(_app: st.App) -> AsyncGenerator[None]:
        address = entrance(int(config.get_option("server.port")), key)
        with suppress(OSError):  # nobody reads what is printed
            sys.stdout.write(f"rehearse: open {address} (stop with Ctrl+C)\n")
            sys.stdout.flush()
        with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
            if browser:
                _open(address, Path(folder))
            yield

    return served


def _open(address: str, folder: Path) -> None:
    """Open the browser with a file that leads on to the address.

    All accounts can read which arguments a program was started with, so the browser's must not hold the key. A key
    that is good for one visit alone would not do: who reads it quickly enough comes before the browser. The file is
    in a folder of mode 0700.
    """
    page = folder / "rehearse.html"
    with os.fdopen(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(leading(address))
    # A browser for the terminal would keep the server from serving.
    threading.Thread(target=cli_util.open_browser, args=(page.as_uri(),), daemon=True).start()


def options(port: int) -> dict[str, Any]:
    """Give Streamlit's settings: the shipped ones, and what depends on the port."""
    table = tomllib.loads(shipped(".streamlit/config.toml").read_text(encoding="utf-8"))
    return {
        **dict(_dotted(table, "")),
        "server.port": port,
        "server.headless": True,
        "browser.serverAddress": ADDRESS,
        "browser.serverPort": port,
        # What our own handler of faults cannot catch, such as a fault of its own.
        "client.showErrorDetails": "none",
        # Streamlit would let its makers' sites command the page, and say where files are uploaded to.
        "client.allowedOrigins": origins(port),
        # Streamlit's welcome brings an offer to developers, and the address without its key.
        "logger.hideWelcomeMessage": True,
    }


def use_no_other_settings() -> None:
    """Let Streamlit read no settings and no secrets from the current folder or the person's own.

    They could have fonts and themes fetched from elsewhere, or set environment variables.
    """
    config.get_config_files = _no_files


def _no_files(file_name: str) -> list[str]:  # noqa: ARG001 - Streamlit's own function of that name has it
    return []


def _dotted(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def prepare() -> None:
    """Import what pages need, once the server listens; what some of them need when the first one has been shown."""
    while not runtime.exists() or runtime.get_instance().state is RuntimeState.INITIAL:
        time.sleep(_LOOK_EVERY)
    for name in _FIRST:
        import_module(name)
    time.sleep(_FIRST_PAGE)
    import_module("pandas")  # for tables, and for some of Streamlit's own parts
    with suppress(ValueError, OSError):  # the page that needs it says so
        import_module("rehearse.language.parser").load()


def main() -> None:
    """Serve until somebody ends it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    # Uvicorn reports its address, which lets nobody in, and its process id.
    LOGGING_CONFIG["loggers"]["uvicorn"]["level"] = "WARNING"
    # Uvicorn ends in good order and then sends itself the signal again.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    use_no_other_settings()
    threading.Thread(target=prepare, daemon=True).start()
    with suppress(KeyboardInterrupt):
        st.App(SCRIPT, **protected(browser=given.browser)).run(config=options(given.port))


if __name__ == "__main__":
    main()
