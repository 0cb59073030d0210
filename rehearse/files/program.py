"""The program as it is installed: the name of its distribution, and its version."""

from __future__ import annotations

from importlib.metadata import version

DISTRIBUTION = "rehearse-aloud"
"""The package index has somebody else's project under ``rehearse``, the name of the import and of the command."""


def program_version() -> str:
    """Return the version that is installed."""
    return version(DISTRIBUTION)
