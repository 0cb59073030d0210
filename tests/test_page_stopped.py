"""The pages end when they are told to, whoever reads what they print."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.served import REHEARSE
from tests.waiting import PATIENCE, until

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_pages_end_when_told_to_though_nobody_reads_their_output(number: signal.Signals, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*REHEARSE, "page", "--no-browser"],
        env={**os.environ, "REHEARSE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as pages:
        assert pages.stdout
        assert pages.stderr
        found = re.search(r"http://127\.0\.0\.1:\d+", pages.stdout.readline())
        assert found
        until(lambda: _served(found[0]))
        pages.stdout.close()
        pages.stderr.close()
        # A terminal sends Ctrl+C to all that runs in it.
        (os.killpg if number == signal.SIGINT else os.kill)(pages.pid, number)
        try:
            pages.wait(PATIENCE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pages.pid, signal.SIGKILL)
    assert not _served(found[0])


def _served(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own pages
            return True
    except (URLError, ConnectionError):
        return False
