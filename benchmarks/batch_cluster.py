"""A batch on a cluster of two nodes, of which one is killed in the middle: complete, and as one without a cluster.

    pip install 'rehearse-aloud[cluster]'
    python -m benchmarks.batch_cluster [--files 12]

Both nodes are on this machine, each with one processor; the second finds no weights and gets them from the first.
Prints how long the batch took, and how many rows differ from those of worker processes.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

from benchmarks.batch_card import make
from rehearse.app.batch.cluster import RayEngine
from rehearse.app.batch.engine import Engine, LocalEngine
from rehearse.app.batch.results import rows
from rehearse.app.batch.run import Done, Settings, run
from rehearse.app.batch.sources import Item
from rehearse.app.batch.store import WorkStore

STORE_BYTES = 200_000_000


def batch(files: list[Path], folder: Path, engine: Engine, report: list[Done]) -> list[dict[str, object]]:
    """Run a batch; return its rows."""
    store = WorkStore(folder)
    try:
        run([Item(str(file)) for file in files], store, engine, Settings(), report.append)
        return list(rows(sorted(report, key=lambda found: found.index), store, Settings()))
    finally:
        store.close()


class Struck(list[Done]):
    """A list of what is done, at a certain length of which a node dies."""

    def __init__(self, at: int, strike: object) -> None:
        super().__init__()
        self.at, self.strike = at, strike

    def append(self, found: Done) -> None:
        """Add what is done."""
        super().append(found)
        print(f"  {len(self)} done: {Path(found.item.file).name} {found.error or ''}", flush=True)
        if len(self) == self.at and callable(self.strike):
            self.strike()


def main() -> None:
    """Run both batches and compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=12)
    count = parser.parse_args().files
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    with tempfile.TemporaryDirectory(prefix="rehearse-cluster-") as name:
        base = Path(name)
        (base / "answers").mkdir()
        files = make(base / "answers", count, random.Random(2))
        processes: list[Done] = []
        expected = batch(files, base / "processes", LocalEngine("tiny.en"), processes)
        node = {"num_cpus": 1, "object_store_memory": STORE_BYTES}
        cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        second = cluster.add_node(**node, env_vars={"REHEARSE_MODELS": str(base / "models")})
        cluster.wait_for_nodes()
        begun = time.monotonic()

        def strike() -> None:
            print(f"  the second node dies; weights were there: {(base / 'models' / 'tiny.en').exists()}", flush=True)
            cluster.remove_node(second, allow_graceful=False)

        done = Struck(max(1, len(files) // 3), strike)
        found = batch(files, base / "cluster", RayEngine("tiny.en", cluster.address), done)
        seconds = time.monotonic() - begun
        cluster.shutdown()
    differing = sum(one != other for one, other in zip(expected, found, strict=False))
    print(
        f"{len(files)} recordings on two nodes, one killed after {done.at}: {seconds:.0f} s, {len(found)} rows, "
        f"{len(expected) - len(found)} missing, {differing} different from those of worker processes"
    )


if __name__ == "__main__":
    main()
