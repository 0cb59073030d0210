"""A value as a small picture: the comfortable band, the earlier answers as rings, this answer as a dot."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from rehearse.metrics import Band
from rehearse.metrics.value_text import number

_MARGIN = 0.12
"""Share of the range that is left empty at either end, so that no dot is cut off (house default)."""


def show(value: float, band: Band | None, earlier: Sequence[float], label: str) -> None:
    """Draw a value; nothing is drawn that could be compared with nothing.

    Args:
        value: Of this answer.
        band: The comfortable band; None if it is not judged.
        earlier: Values of earlier answers, oldest first.
        label: What was measured, for screen readers.

    """
    if band is None and not earlier:
        return
    scale = _Scale([value, *earlier, *(edge for edge in _edges(band) if edge is not None)], band)
    marks = [_band(scale, band)] if band else []
    marks += [_mark("ring", scale.percent(old)) for old in earlier]
    marks.append(_mark("dot", scale.percent(value)))
    name = escape(_description(value, band, earlier, label), quote=True)
    st.html(f'<div class="picture" role="img" aria-label="{name}">{"".join(marks)}</div>')


class _Scale:
    """Where a value stands, in percent of the picture's width; an open side of the band reaches its edge."""

    def __init__(self, values: Sequence[float], band: Band | None) -> None:
        low, high = min(values), max(values)
        if band and band.low is None:
            low = min(low, 0.0)
        span = (high - low) or 1.0
        self.low, self.width = low - _MARGIN * span, (1 + 2 * _MARGIN) * span

    def percent(self, value: float) -> float:
        return 100 * (value - self.low) / self.width


def _edges(band: Band | None) -> tuple[float | None, float | None]:
    return (band.low, band.high) if band else (None, None)


def _band(scale: _Scale, band: Band) -> str:
    left = 0.0 if band.low is None else scale.percent(band.low)
    right = 100.0 if band.high is None else scale.percent(band.high)
    return f'<span class="band" style="left:{left:.1f}%;width:{right - left:.1f}%"></span>'


def _mark(name: str, percent: float) -> str:
    return f'<span class="{name}" style="left:{percent:.1f}%"></span>'


def _description(value: float, band: Band | None, earlier: Sequence[float], label: str) -> str:
    text = f"{label}: {number(value)} in this answer"
    low, high = _edges(band)
    if low is not None and high is not None:
        text += f", comfortable from {number(low)} to {number(high)}"
    elif band is not None:
        text += f", comfortable up to {number(high)}" if high is not None else f", comfortable from {number(low or 0)}"
    return text + (f", before it {', '.join(map(number, earlier))}" if earlier else "")
