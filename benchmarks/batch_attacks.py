"""Kill batches at random moments, and let one read what is broken in every way that chance finds.

    python -m benchmarks.batch_attacks [KILLS] [MUTATIONS] [SEED]     (default: 20 200 0)

A batch that was killed as often as it took to come to its end has to write the same bytes as one that was left alone,
and may have measured no recording twice. A folder of mutated recordings has to give one row each, measured or refused,
without a traceback and without a pause longer than --limit. POSIX only.
"""

from __future__ import annotations

import csv
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.mutated import bitten
from rehearse.app.batch.log import FILE

RECORDINGS = Path(__file__).parent.parent / "tests" / "data" / "recordings" / "human"
BATCH = [sys.executable, "-c", "from rehearse.cli import run; run()", "batch"]
LIMIT_SECONDS = 60.0
LONGEST_WAIT = 12.0
"""Most seconds until a batch is killed."""
CLIPS = 8
HOURS_OF_SILENCE = 5


def contents(out: Path) -> dict[str, bytes]:
    """Read the files of a batch but for its store and its log, which holds times."""
    files = (path for path in out.rglob("*") if path.is_file() and path.suffix not in (".db", ".log", ".lock"))
    return {str(path.relative_to(out)): path.read_bytes() for path in files if ".db-" not in path.name}


def killed(base: Path, kills: int, chance: random.Random) -> None:
    """Kill batches until as many kills are spent; each is resumed until it ends by itself."""
    folder = base / "recordings"
    folder.mkdir()
    for path in sorted(RECORDINGS.glob("mfa_*.flac"))[:CLIPS]:
        shutil.copy(path, folder)
    subprocess.run([*BATCH, str(folder), "--out", str(base / "whole")], check=True, capture_output=True)
    whole = contents(base / "whole")
    found: Counter[str] = Counter()
    while found["kills"] < kills:
        out = base / f"killed-{found['batches']}"
        while True:
            process = subprocess.Popen(
                [*BATCH, str(folder), "--out", str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
            try:
                _, said = process.communicate(timeout=chance.uniform(0.3, LONGEST_WAIT))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                found["kills"] += 1
                continue
            break
        found["batches"] += 1
        found["tracebacks"] += b"Traceback" in said
        found["other bytes"] += contents(out) != whole
        lines = [line.split("\t") for line in (out / FILE).read_text().splitlines()]
        measured = Counter(line[4] for line in lines if line[1] == "measured")
        found["measured twice"] += sum(count > 1 for count in measured.values())
        shutil.rmtree(out)
    print("killed:   ", ", ".join(f"{name} {count}" for name, count in found.items()))


def mutate(folder: Path, count: int, chance: random.Random) -> int:
    """Write broken recordings; return how many."""
    sounds = [path.read_bytes() for path in sorted(RECORDINGS.glob("mfa_*.flac"))[:CLIPS]]
    waves = []
    for path in sorted(RECORDINGS.glob("mfa_*.flac"))[:CLIPS]:
        soundfile.write(folder / "x.wav", *soundfile.read(path))
        waves.append((folder / "x.wav").read_bytes())
    (folder / "x.wav").unlink()
    for number in range(count):
        kind, source = chance.choice([(".flac", sounds), (".wav", waves)])
        data = chance.choice(source)
        match chance.randrange(4):
            case 0:
                data = data[: chance.randrange(len(data))]
            case 1:
                data = data[:4] + chance.randbytes(40) + data[44:]
            case 2:
                kind = chance.choice((".mp3", ".webm", ".m4a", ".txt.wav"))
            case _:
                data = bitten(data, chance)
        (folder / f"{number:05}{kind}").write_bytes(data)
    with soundfile.SoundFile(folder / "silence.flac", "w", 16_000, 1) as file:
        for _ in range(HOURS_OF_SILENCE * 60):
            file.write(np.zeros(60 * 16_000, np.int16))
    (folder / "empty.wav").touch()
    return count + 2


def mutated(base: Path, count: int, chance: random.Random) -> None:
    """Measure broken recordings."""
    folder = base / "mutated"
    folder.mkdir()
    total, begun = mutate(folder, count, chance), time.monotonic()
    command = [*BATCH, str(folder), "--out", str(base / "out"), "--limit", str(LIMIT_SECONDS)]
    ended = subprocess.run(command, check=False, capture_output=True)
    seconds = time.monotonic() - begun
    tables = {}
    for name in ("results.csv", "errors.csv"):
        with (base / "out" / name).open(encoding="utf-8-sig", newline="") as file:
            tables[name] = [row["file"] for row in csv.DictReader(file)]
    longest = max(float(line.split("\t")[2]) for line in (base / "out" / FILE).read_text().splitlines())
    rows = Counter(file for found in tables.values() for file in found)
    found = {
        "status": ended.returncode,
        "measured": len(tables["results.csv"]),
        "refused": len(tables["errors.csv"]),
        "without exactly one row": total - sum(count == 1 for count in rows.values()),
        "tracebacks": ended.stderr.count(b"Traceback"),
    }
    told = ", ".join(f"{name} {count}" for name, count in found.items())
    print(f"mutated:   {total} files in {seconds:.0f} s, {told}, slowest {longest:.1f} s")


def main() -> None:
    """Run the campaign and print what came of it."""
    kills, mutations, seed = (int(given) for given in (*sys.argv[1:], *("20", "200", "0")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="rehearse-attacks-") as name:
        if kills:
            killed(Path(name), kills, random.Random(seed))
        if mutations:
            mutated(Path(name), mutations, random.Random(seed))


if __name__ == "__main__":
    main()
