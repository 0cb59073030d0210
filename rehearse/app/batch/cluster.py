"""A batch on a Ray cluster, or on this machine through Ray: it schedules, places and retries; nothing of that is ours.

Each recording is one Ray task that takes the recording's bytes, so that nodes need no common disk. A worker loads the
weights once. A node without them gets them from the one that started the batch, and uses them only if they are what the
manifest says, byte for byte.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from rehearse import weights
from rehearse.app.batch import versions
from rehearse.app.batch.derived import Failure, Task, derive
from rehearse.app.batch.engine import Result
from rehearse.transcription import CPU, BatchTranscriber, Computing, named, whisper
from rehearse.transcription.card import computing_on

Mark = TypeVar("Mark")

LOCAL = "local"
"""In place of an address: a cluster of this machine alone, for the time of the batch."""
_RETRIES = 3
"""How often a recording is tried again whose node or worker has died (house default)."""
_AHEAD = 2
"""Recordings in hand for each of the cluster's processors."""
_STORE_BYTES = 200_000_000
"""Shared memory of a cluster of this machine; the weights and the recordings in hand have to fit (house default)."""
_WAIT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Order:
    """How recordings are to be measured.

    Attributes:
        model: A model of the manifest.
        device: Where the recogniser is computed.
        fingerprints: Of weights, code and libraries; a node that has others would give other results.

    """

    model: str
    device: str
    fingerprints: tuple[str, str]

    @classmethod
    def here(cls, model: str, computing: Computing) -> Order:
        """Return the order that this machine would give."""
        recognised = versions.recognised_with(model, computing)
        return cls(model, computing.device, (recognised, versions.derived_with()))


class RayEngine:
    """The workers of a Ray cluster."""

    def __init__(self, model: str, address: str, *, workers: int | None = None, computing: Computing = CPU) -> None:
        """Connect to a cluster, or start one on this machine.

        Args:
            model: A model of the manifest.
            address: Of the cluster's head, as ``ray start`` prints it, or ``LOCAL``.
            workers: Processors of a local cluster; None takes all.
            computing: Where the recogniser is computed, and how.

        Raises:
            ValueError: Ray is not installed, or the model is none of the manifest.
            OSError: The cluster cannot be reached.

        """
        if model not in weights.models():
            msg = f"{model}: on a cluster use a model of `rehearse models list`, whose weights every node can check"
            raise ValueError(msg)
        self._order = Order.here(model, computing)
        self._ray = _connected(address, workers)

    def outcomes(self, tasks: Iterable[tuple[Mark, Task]]) -> Generator[tuple[Mark, Result]]:
        """Measure tasks, as ``Engine`` says."""
        cards = int(self._order.device != CPU.device)
        measure = self._ray.remote(num_cpus=1, num_gpus=cards, max_retries=_RETRIES)(measured)
        folder = weights.path(self._order.model)
        files = {file.name: (folder / file.name).read_bytes() for file in weights.models()[self._order.model].files}
        stored = self._ray.put(files)
        running: dict[Any, tuple[Mark, Task]] = {}
        try:
            for mark, task in tasks:
                sound = Path(task.path).read_bytes()
                job = measure.remote(replace(task, path=""), sound, self._order, [stored])
                running[job] = (mark, task)
                yield from self._ended(running, most=max(1, _AHEAD * self._processors()))
            while running:
                yield from self._ended(running, most=1)
        finally:
            self._ray.shutdown()

    def _processors(self) -> int:
        return int(self._ray.cluster_resources().get("CPU", 1))

    def _ended(self, running: dict[Any, tuple[Mark, Task]], *, most: int) -> Iterator[tuple[Mark, Result]]:
        """Yield what has ended; wait while as many as ``most`` are in hand."""
        while running:
            timeout = _WAIT_SECONDS if len(running) >= most else 0
            done, _ = self._ray.wait(list(running), num_returns=1, timeout=timeout)
            for job in done:
                mark, task = running.pop(job)
                yield mark, self._result(job, task)
            if not done and len(running) < most:
                return

    def _result(self, job: Any, task: Task) -> Result:
        try:
            result: Result = self._ray.get(job)
        except self._ray.exceptions.RayError as error:
            kind = type(error).__name__
            return Failure(f"{task.name}: no node could measure it ({kind}); run the batch again", "failed")
        return result


def measured(task: Task, sound: bytes, order: Order, files: list[Any]) -> Result:
    """Measure one recording on a node.

    Args:
        task: The recording, without a path.
        sound: Its bytes.
        order: How it is to be measured.
        files: A reference to the weights, fetched only where they are missing.

    """
    _present(order.model, files)
    if Order.here(order.model, computing_on(order.device)) != order:
        return Failure(
            f"{task.name}: a node has another rehearse or other libraries than the one that started the batch; "
            "install the same on all nodes",
            "failed",
        )
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        path = Path(folder) / f"recording{Path(task.name).suffix}"
        path.write_bytes(sound)
        [result] = derive(
            [replace(task, path=str(path))], named(order.model), lambda: _loaded(order.model, order.device)
        )
    return result


def _present(model: str, files: list[Any]) -> None:
    """Make sure that a node has the weights, checked against the manifest."""
    with suppress(ValueError):
        weights.path(model)
        return
    import ray

    contents: Mapping[str, bytes] = ray.get(files[0])
    with tempfile.TemporaryDirectory(prefix="rehearse-") as folder:
        for name, content in contents.items():
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        weights.fetch(model, source=folder)


@cache
def _loaded(model: str, device: str) -> BatchTranscriber:
    return whisper(model, threads=1, computing=computing_on(device))


def _connected(address: str, workers: int | None) -> Any:
    # Ray reports its use to its makers unless it is told not to before it is imported.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError:
        msg = "--ray needs another package: pip install 'rehearse-aloud[cluster]'"
        raise ValueError(msg) from None
    own = {"num_cpus": workers, "object_store_memory": _STORE_BYTES, "include_dashboard": False}
    settings: dict[str, Any] = own if address == LOCAL else {"address": address}
    try:
        ray.init(log_to_driver=False, configure_logging=False, **settings)
    except (ConnectionError, RuntimeError, OSError) as error:
        msg = f"{address}: this cluster cannot be used ({str(error).splitlines()[0]}); start it, or use --ray local"
        raise OSError(msg) from None
    return ray
