"""How the C library hands out memory, where that can be chosen."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of glibc's ``malloc.h``."""
LONG = 600.0
"""Seconds of sound from which memory counts for more than 0.1 s (house default)."""
_LARGER_THAN_ANY = 1 << 30


def give_back_what_is_freed(seconds: float) -> None:
    """Give the system all memory that is free here, where the C library can and a recording of so many seconds is worth it.

    It takes 0.1 s for some hundred MB, and as long again to fetch them anew.
    """
    asked = sys.platform == "linux" and seconds >= LONG
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if asked else None
    if trim:
        trim(0)


def keep_what_is_freed() -> None:
    """Let this process keep memory it has freed; to be called before there are threads, and only by a short-lived program.

    Whisper frees and asks again for some 300 MB in each 30 s that it encodes. glibc, left alone, gives it back to the
    system each time, and fetching it anew, page by page, takes a third of the encoder's time. Other C libraries have
    no such choice, and all works without.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        # One arena for all threads: any but the first is too small for what Whisper asks for.
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGER_THAN_ANY)
        mallopt(_TRIM_THRESHOLD, _LARGER_THAN_ANY)
