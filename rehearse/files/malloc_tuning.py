"""Tunes the C library's memory allocator, where that is possible."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Constants from glibc's ``malloc.h``."""
LONG = 600.0
"""Seconds of sound above which memory matters more than 0.1 s of time (house default)."""
_LARGER_THAN_ANY = 1 << 30


def return_free_memory(seconds: float) -> None:
    """Return all free memory to the system if the C library can and a recording of this length is worth it.

    It takes 0.1 s for some hundred MB, and as long again to fetch them anew.
    """
    wanted = sys.platform == "linux" and seconds >= LONG
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if wanted else None
    if trim:
        trim(0)


def keep_what_is_freed() -> None:
    """Make this process retain memory that it has freed.

    Call this before starting any threads, and only in short-lived programs.

    Whisper frees and reallocates some 300 MB for each 30 s that it encodes. By default glibc returns it to the
    system each time, and page-faulting it in again takes a third of the encoder's time. Other C libraries have
    no such option, and everything works without it.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        # One arena for all threads: any other than the first is too small for Whisper's allocations.
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGER_THAN_ANY)
        mallopt(_TRIM_THRESHOLD, _LARGER_THAN_ANY)
