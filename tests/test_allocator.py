"""What the C library does with memory that is freed, seen from a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

FAULTS = """
import resource
from rehearse.files import malloc_tuning
if {kept}:
    malloc_tuning.keep_what_is_freed()
b"x" * (64 << 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
b"x" * (64 << 20)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(*, kept: bool) -> int:
    """Count the pages fetched when 64 MiB are asked for a second time."""
    code = FAULTS.format(kept=kept)
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has the choice")
def test_what_was_freed_is_not_fetched_again() -> None:
    assert faults(kept=True) < 100
    assert faults(kept=False) > 1000


def test_a_system_without_the_choice_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    from rehearse.files import malloc_tuning

    asked: list[str | None] = []
    monkeypatch.setattr(malloc_tuning.ctypes, "CDLL", lambda name: asked.append(name) or object())
    malloc_tuning.keep_what_is_freed()
    monkeypatch.setattr(malloc_tuning.sys, "platform", "win32")
    malloc_tuning.keep_what_is_freed()
    assert asked == [None], "there, nothing may be looked for"
