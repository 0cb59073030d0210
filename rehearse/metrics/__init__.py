"""Metrics: one decorated function each, one file per family, discovered in this folder.

To add one, write a function decorated with ``@metric`` in a file here; analysis,
feedback, history, the command line, the charts and the documentation iterate
over ``METRICS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from rehearse.metrics.registry import DELIVERY, REGISTERED, Band, Metric, metric

__all__ = ["DELIVERY", "METRICS", "Band", "Metric", "metric"]

for _module in sorted(found.name for found in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")

METRICS: Mapping[str, Metric] = MappingProxyType(REGISTERED)
"""Every metric by name, in the order of files and functions."""
