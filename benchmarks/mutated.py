"""Files with something wrong in them, made at random."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

NASTY: tuple[Any, ...] = (
    None, "", "two words", "x" * 3000, "0001-01-01", "9999-12-31T23:59:59+00:00", "2025-01-01T00:00:00", 0, -1, 1e300,
    2**63, 10**30, True, [], {}, "\ud800", "\x00", "../../x",
)  # fmt: skip


def bitten(data: bytes, chance: random.Random) -> bytes:
    """Change, cut, double or nest a piece of a file."""
    changed = bytearray(data)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randint(1, 8)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        case 1:
            del changed[chance.randrange(len(changed)) :]
        case 2:
            place = chance.randrange(len(changed))
            changed[place:place] = changed[: chance.randrange(len(changed))]
        case 3:
            place = chance.randrange(len(changed))
            changed[place : place + chance.randrange(64)] = chance.randbytes(chance.randrange(64))
        case _:
            place = chance.randrange(len(changed))
            changed[place:place] = chance.choice((b"[", b'{"a":', b'"', b"\xff\xfe", b"\n", b";")) * chance.choice(
                (1, 5000)
            )
    return bytes(changed)


def reworded(data: bytes, chance: random.Random) -> bytes:
    """Change one value somewhere in a JSON file."""
    whole = json.loads(data)
    places = list(_places(whole))
    if not places:
        return data
    parent, key = chance.choice(places)
    parent[key] = chance.choice(NASTY)
    return json.dumps(whole).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield value, key
        yield from _places(part)
