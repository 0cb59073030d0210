"""Tunes the C library's memory allocator, where that is possible."""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Constants from glibc's ``malloc.h``."""
_LARGER_THAN_ANY = 1 << 30


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
