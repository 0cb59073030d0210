"""Compare two runs of ``rehearse analyze --json`` over the same inputs, field by field.

    rehearse analyze --json recordings/ > before.jsonl       (in the checkout before a change)
    rehearse analyze --json recordings/ > after.jsonl        (in the one behind it)
    python benchmarks/same_results.py before.jsonl after.jsonl

Numbers are compared to the last digit that is printed. What only one side has is listed with its name, and so is each
field that differs, with how often it does and one example.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the path and both values of each leaf that differs; positions in lists are written ``[]``."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from differences(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from differences(old, new, f"{path}[]")
    elif before != after:
        yield path, before, after


def rows(path: Path) -> dict[str, Any]:
    """Read rows by what names their input."""
    found = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {Path(row["file"]).name if "file" in row else str(row.get("id", row.get("line"))): row for row in found}


def main(before: Path, after: Path) -> None:
    """Print what differs."""
    old, new = rows(before), rows(after)
    found: dict[str, list[str]] = defaultdict(list)
    changed = set()
    for name in old.keys() & new.keys():
        for path, was, now in differences({**old[name], "file": ""}, {**new[name], "file": ""}):
            changed.add(name)
            found[path].append(f"{name}: {json.dumps(was)[:80]} -> {json.dumps(now)[:80]}")
    print(
        f"{len(old.keys() & new.keys())} inputs in both, {len(changed)} differ; alone {sorted(old.keys() ^ new.keys())}"
    )
    for path, examples in sorted(found.items(), key=lambda entry: -len(entry[1])):
        print(f"{len(examples):4} {path}   {examples[0]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
