"""Text on a terminal: characters that it would obey are shown instead.

File names, transcripts, imported answers and question sets may hold sequences that clear the screen, change the title,
write over a line or turn the direction of reading. Nothing of that reaches the person's terminal.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

_OBEYED = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters of ASCII and Latin-1, marks of direction and of lines, and halves of characters."""
_ALL = re.compile(f"[{_OBEYED}]")
_BUT_LINES = re.compile(rf"(?![\n\t])[{_OBEYED}]")
_BUT_BARS = re.compile(rf"(?![\n\t\r])[{_OBEYED}]")
"""A progress bar returns to the start of its line."""


def escaped(text: str) -> str:
    r"""Write on one line what a name or a sentence holds, with what a terminal would obey escaped.

    >>> escaped("a\x1b[2J\nb.wav")
    'a\\x1b[2J\\nb.wav'
    """
    return _ALL.sub(_shown, text)


def json_line(value: Any) -> str:
    r"""Write a value as JSON on one line, which every reader reads back as it was and no terminal obeys.

    >>> json_line({"file": "\x9b2J é"})
    '{"file": "\\u009b2J é"}'
    """
    narrow = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"
    written = json.dumps(value, ensure_ascii=narrow)
    return _ALL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


@contextmanager
def guarded() -> Iterator[None]:
    """Let nothing that is printed meanwhile be obeyed by the terminal, or fail for want of a character there."""
    out, err = sys.stdout, sys.stderr
    # A program started with a stream that is shut has none there.
    sys.stdout = cast("TextIO", _Guarded(out, _BUT_LINES)) if out else out
    sys.stderr = cast("TextIO", _Guarded(err, _BUT_BARS)) if err else err
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def outlive_readers() -> None:
    """Let this process go on, and end when it is told to, though nobody reads any more what it prints."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream:
            setattr(sys, name, cast("TextIO", _Unread(stream)))


class _Unread:
    """A stream of text for which it is no fault that its reader has gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(BrokenPipeError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(BrokenPipeError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Guarded:
    """A stream of text that is another one but for what it writes."""

    def __init__(self, stream: TextIO, obeyed: re.Pattern[str]) -> None:
        self._stream, self._obeyed = stream, obeyed

    def write(self, text: str) -> int:
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        shown = self._obeyed.sub(_shown, text).encode(encoding, "backslashreplace").decode(encoding)
        return self._stream.write(shown)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _shown(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
