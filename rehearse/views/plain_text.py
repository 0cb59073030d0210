"""Text for a terminal: the one strength and the one change of an answer, in lines that fit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rehearse.files.terminal import escaped
from rehearse.model import Finding, FindingKind

HEADINGS: dict[FindingKind, str] = {"strength": "What worked", "change": "One change for the next take"}
WIDTH = 80
"""Columns of a terminal that nobody has widened."""


def advice(findings: Sequence[Finding]) -> list[str]:
    """Return the lines to print: the first strength and the first change, each with its heading.

    Args:
        findings: All findings on an answer, the most important first.

    Returns:
        Lines of at most ``WIDTH`` columns, without anything that a terminal would obey.

    """
    lines: list[str] = []
    for kind, heading in HEADINGS.items():
        first = next((finding for finding in findings if finding.kind == kind), None)
        if first is not None:
            starter = f" Next take: {first.starter}" if first.starter else ""
            lines += wrapped(f"{heading}: {first.message}{starter}")
    return lines


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break text of one paragraph into lines of at most ``WIDTH`` columns, escaped for a terminal."""
    return textwrap.wrap(escaped(text), WIDTH, initial_indent=indent, subsequent_indent=indent)
