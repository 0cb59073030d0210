"""Run a command in a network that holds nothing but this computer and a name server that writes down what it is asked.

To be started by ``unshare --net --mount``: ``python apart.py FOLDER COMMAND ...``; FOLDER/asked has a name a line.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
_BIND = 4096


def loopback_up() -> None:
    """Switch on the one interface that a new network has."""
    with socket.socket() as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        _, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, request))
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def use_own_name_server(folder: Path) -> None:
    """Put our server's address where the C library looks for it, in this mount namespace alone."""
    resolver = folder / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions attempts:1 timeout:1\n")
    done = ctypes.CDLL(None).mount(bytes(resolver), b"/etc/resolv.conf", None, _BIND, None)
    assert done == 0, "the name server's address could not be put into place"


def answer(server: socket.socket, asked: Path) -> None:
    """Write down each name, and say that there is none such."""
    with asked.open("a", encoding="utf-8") as file:
        while True:
            query, sender = server.recvfrom(512)
            parts, at = [], 12
            while query[at]:
                parts.append(query[at + 1 : at + 1 + query[at]].decode(errors="replace"))
                at += 1 + query[at]
            print(".".join(parts), file=file, flush=True)
            server.sendto(query[:2] + b"\x81\x83" + query[4:6] + bytes(6) + query[12 : at + 5], sender)


def main() -> int:
    """Run the command beside the name server; return its exit status."""
    folder = Path(sys.argv[1])
    loopback_up()
    use_own_name_server(folder)
    (folder / "asked").touch()
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))
        command = subprocess.Popen(sys.argv[2:])
        helper = os.fork()
        if helper == 0:
            answer(server, folder / "asked")
        try:
            return command.wait()
        finally:
            os.kill(helper, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
