"""The pages, served as a person serves them, by a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import PATIENCE, until

ROOT = Path(__file__).parent.parent
REHEARSE = (sys.executable, "-c", "from rehearse.cli import run; run()")
"""The ``rehearse`` command, whether or not it is on the path."""


@dataclass(frozen=True, slots=True)
class Served:
    """Pages that are served.

    Attributes:
        address: Where they are, without the key.
        key: What lets in.
        process: The program that was started.
        log: All that it printed.

    """

    address: str
    key: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        """Port that is listened on."""
        return int(self.address.rpartition(":")[2])

    @property
    def cookie(self) -> dict[str, str]:
        """What a browser that was let in sends."""
        return {f"rehearse_{self.port}": self.key}

    def way_in(self, path: str = "") -> str:
        """Give the address that lets in to a page."""
        return f"{self.address}/{path}{'&' if '?' in path else '?'}key={self.key}"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    data: Path,
    *options: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = (*REHEARSE, "page", "--no-browser", "--port"),
) -> Iterator[Served]:
    """Serve the pages of a data folder on a free port, and see that ending the command ends them."""
    port = free_port()
    log = data / f"server-{port}.log"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "REHEARSE_DATA": str(data), **(environment or {})}
    with log.open("w") as output:
        started = [*command, str(port), *options]
        process = subprocess.Popen(started, cwd=cwd or data, env=environment, stdout=output, stderr=output)
        try:
            until(lambda: process.poll() is not None or "?key=" in log.read_text())
            found = re.search(r"open (http://127\.0\.0\.1:\d+)/\?key=(\S+) ", log.read_text())
            assert found, f"the pages were not served: {log.read_text()}"
            yield Served(found[1], found[2], process, log)
        finally:
            process.terminate()
            process.wait(PATIENCE)
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", port)), "ending the launcher must end the pages"
