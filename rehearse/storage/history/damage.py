"""The error message shown when part of the history cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Turn any error caused by a damaged row or document into one sentence that names it.

    Raises:
        ValueError: Replaces whatever error was raised during reading.

    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        msg = f"{what} in the history is damaged: delete it, or put a copy of the history in place"
        raise ValueError(msg) from error
