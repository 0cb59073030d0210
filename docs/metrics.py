"""Write the table of measurements from their registry: ``make docs`` puts it into ``docs/metrics.md``."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator

from rehearse.metrics import METRICS, Band, Metric
from rehearse.metrics.registry import SHARE_OF_LIMIT

HEAD = """# Measurements

Written by `make docs` from `rehearse/metrics/`; change it there. A value that cannot be known is missing, never 0. The
band is what
is comfortable to listen to; a measurement without one is shown and not judged. Words exclude filled pauses.
"""


def page() -> Iterator[str]:
    """Give the lines of the page, family by family."""
    yield from HEAD.splitlines()
    for family, members in itertools.groupby(METRICS.values(), key=lambda metric: metric.family):
        yield from ("", f"## {family.replace('_', ' ').capitalize()}")
        for metric in members:
            yield from entry(metric)


def entry(metric: Metric) -> Iterator[str]:
    """Give the lines of one measurement."""
    summary = (metric.compute.__doc__ or "").splitlines()[0]
    yield from ("", f"### {metric.label}: `{metric.name}`", "", summary, "")
    yield f"- Unit: {metric.unit}"
    yield f"- Formula: `{metric.formula}`"
    yield f"- Band: {bands(metric)}"
    if metric.is_limited:
        yield f"- In a round: at most the time given, and from {SHARE_OF_LIMIT:.0%} of it where that is less"
    if metric.judged_from:
        yield f"- Judged from: {metric.judged_from} words"
    yield f"- Source: {metric.source}"
    yield f"- Version: {metric.version}"


def bands(metric: Metric) -> str:
    """Tell the comfortable band, with the kinds of question that have their own."""
    if not metric.by_kind:
        return f"{limits(metric.typical)}, whatever the question" if metric.typical else "none"
    usual = limits(metric.typical) if metric.typical else "none"
    own: dict[str, list[str]] = {}
    for kind, band in metric.by_kind.items():
        own.setdefault(limits(band), []).append(kind)
    return "; ".join([usual, *(f"{', '.join(kinds)}: {band}" for band, kinds in own.items() if band != usual)])


def limits(band: Band) -> str:
    """Write a band in words, such as "up to 5"."""
    if band.low is None:
        return "open" if band.high is None else f"up to {band.high:g}"
    return f"from {band.low:g}" if band.high is None else f"{band.low:g} to {band.high:g}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.writelines(f"{line}\n" for line in page())
