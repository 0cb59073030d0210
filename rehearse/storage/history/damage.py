"""What a person reads where a part of the history cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Turn whatever a damaged row or document breaks into one sentence that names it.

    Raises:
        ValueError: In place of what was raised while it was read.

    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        msg = f"{what} in the history is damaged: delete it, or put a copy of the history in place"
        raise ValueError(msg) from error
