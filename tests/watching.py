"""Watch a whole program, native libraries included, for what it sends, looks up and writes.

``strace`` sees every call. Where tracing is not permitted, a network of the program's own, in which the only name
server
is ours, shows each name that is asked for, and nothing gets out of it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol

_SENDING = ("connect", "bind", "sendto", "sendmsg", "sendmmsg")
_MAKING = ("open", "openat", "openat2", "creat", "mkdir", "mkdirat", "mknod", "mknodat")
_NAMING = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat")
# The question mark passes over a call that this processor does not have.
_CALLS = ",".join(f"?{name}" for name in (*_SENDING, *_MAKING, *_NAMING))

_CALL = re.compile(r"\d+ +(\w+)\((.*)")
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_NAME_SERVICE = re.compile(r'sun_path=@?"[^"]*(nscd|resolve|avahi|mdns|dnsmasq)[^"]*"', re.IGNORECASE)
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?("(?:[^"\\]|\\.)*")')
_WRITES = re.compile(r"O_CREAT|O_TRUNC|O_WRONLY|O_RDWR")
_FAILED = re.compile(r"= -1 E")
_NO_FILE = re.compile(r"/dev/|/proc/")
"""Devices, named semaphores in memory, and the kernel's own."""

_APART = Path(__file__).with_name("apart.py")


class Watch(Protocol):
    """A way to see what a program does."""

    def command(self, *command: str) -> list[str]:
        """Give the command that runs another under watch."""

    def inside(self, process: subprocess.Popen[str]) -> int:
        """Number of the process that is watched."""

    def browser(self, executable: str, process: subprocess.Popen[str]) -> str:
        """Give a browser that reaches the pages the watched process serves."""

    def offences(self, *own: Path) -> list[str]:
        """List, once the program has ended, what it sent elsewhere, looked up, or wrote outside its own folders."""


def watch(folder: Path) -> Watch:
    """Choose the way that works here; a machine on which none does fails the test."""
    if _traces():
        return Traced(folder / "trace")
    if _parts():
        return Apart(folder)
    message = "this machine permits neither strace nor a network of one's own (unshare): allow one of them"
    raise AssertionError(message)


@dataclass(frozen=True)
class Traced:
    """Every call is written down by strace."""

    log: Path

    def command(self, *command: str) -> list[str]:
        return [_strace(), "-f", "-qq", "-y", "-s", "300", "--seccomp-bpf", "-e", _CALLS, "-o", str(self.log), *command]

    def inside(self, process: subprocess.Popen[str]) -> int:
        return _first_child(process.pid)

    def browser(self, executable: str, process: subprocess.Popen[str]) -> str:  # noqa: ARG002 - it is reached as ever
        return executable

    def offences(self, *own: Path) -> list[str]:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if _is_sent(line) or any(not _inside(path, own) for path in _written(line))]


@dataclass(frozen=True)
class Apart:
    """The program has a network of its own, in which every look-up is written down."""

    folder: Path

    def command(self, *command: str) -> list[str]:
        return [*_unshare(), sys.executable, str(_APART), str(self.folder), *command]

    def inside(self, process: subprocess.Popen[str]) -> int:
        return _first_child(process.pid)

    def browser(self, executable: str, process: subprocess.Popen[str]) -> str:
        script = self.folder / "browser"
        same = "--net" if os.geteuid() == 0 else "--user --preserve-credentials --net"
        nobody = '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"'
        script.write_text(
            f'#!/bin/sh\nexec nsenter --target {self.inside(process)} {same} {executable} {nobody} "$@"\n',
            encoding="utf-8",
        )
        script.chmod(0o700)
        return str(script)

    def offences(self, *_own: Path) -> list[str]:
        asked = self.folder / "asked"
        assert asked.exists(), "the name server never ran"
        return asked.read_text(encoding="utf-8").splitlines()


def _is_sent(line: str) -> bool:
    """Whether a call reaches for another computer, or for whoever looks one up."""
    call = _CALL.match(line)
    if call is None or call[1] not in _SENDING:
        return False
    addresses = [v4 or v6 for v4, v6 in _ADDRESS.findall(call[2])]
    away = any(not ip_address(address).is_loopback for address in addresses)
    return away or "htons(53)" in call[2] or _NAME_SERVICE.search(call[2]) is not None


def _written(line: str) -> Iterator[str]:
    """Give the path of each file or folder that a call makes or opens for writing."""
    call = _CALL.match(line)
    if call is None or call[1] in _SENDING or _FAILED.search(line):
        return
    if call[1].startswith("open") and not _WRITES.search(call[2]):
        return
    paths = [os.path.join(folder, ast.literal_eval(name)) for folder, name in _PATH.findall(call[2])]  # noqa: PTH118
    yield from paths[-1:] if call[1] in _NAMING else paths[:1]


def _inside(path: str, own: Sequence[Path]) -> bool:
    real = Path(os.path.realpath(path))
    return bool(_NO_FILE.match(path)) or any(real.is_relative_to(folder.resolve()) for folder in own)


def _first_child(pid: int) -> int:
    """Give the process that another waits for; the whole of it has started by then."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])


@cache
def _traces() -> bool:
    return _works([shutil.which("strace") or "", "-f", "-o", os.devnull, "true"])


@cache
def _parts() -> bool:
    return _works([*_unshare(), "true"])


def _unshare() -> list[str]:
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return [shutil.which("unshare") or "unshare", *root, "--net", "--mount"]


def _strace() -> str:
    return shutil.which("strace") or "strace"


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
