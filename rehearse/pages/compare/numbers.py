"""The measurements of two answers, and which differences are meaningful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from rehearse.metrics.value_text import amount
from rehearse.model import Attempt
from rehearse.pages.feedback.measurements import CARDS
from rehearse.pages.progress.wording import from_to
from rehearse.pages.shared import tables
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain
from rehearse.progress.comparison import Difference, Yardstick, differences
from rehearse.progress.comparison.numbers import SPREAD_FROM
from rehearse.views.charts import setup_words


def show(shared: Services, earlier: Attempt, later: Attempt) -> None:
    """Show the main values, with all others in a collapsed section."""
    shown = differences(shared.history, earlier, later, CARDS)
    st.header("Numbers", anchor=False)
    st.markdown(plain(summary(shown)))
    tables.show(_rows(shown), by="Measurement")
    details = st.expander(
        "All numbers, and the smallest difference that counts", key="all_differences", on_change="rerun"
    )
    if details.open:
        with details:
            _all(shared, earlier, later)


def _all(shared: Services, earlier: Attempt, later: Attempt) -> None:
    found = differences(shared.history, earlier, later)
    tables.show(_rows(found, smallest=True), by="Measurement")
    st.caption(
        "The smallest difference that counts is the larger of two: how far off the measurement itself may be, and "
        "how far apart two of your answers lie in 19 of 20 cases when you change nothing (Weir 2005). With fewer "
        f"than {SPREAD_FROM} answers only the first is known. With this many numbers, expect one or two to pass it "
        "by accident. This is about these two answers; Progress shows whether you change over time."
    )


def summary(found: Iterable[Difference]) -> str:
    """Describe which values differ meaningfully between the two answers, or why none can be said to."""
    listed = list(found)
    sentences = [_moved(listed, by) for by in _MORE_THAN]
    if any(sentences):
        return " ".join(filter(None, sentences))
    meanings = {difference.meaning for difference in listed} - {None}
    if meanings == {"other_setup"}:
        return "These answers were measured in different ways, so their numbers cannot be compared."
    if "same" not in meanings:
        return f"With {SPREAD_FROM} answers measured in the same way, I can say which differences count."
    if any(difference.by == "spread" for difference in listed):
        return "These two answers differ no more than two of your answers usually do."
    return "These two answers differ no more than the measurement's own error."


_MORE_THAN: Mapping[Yardstick, str] = {
    "spread": "more than your answers usually differ",
    "error": "more than the measurement's own error",
}


def _moved(found: Iterable[Difference], by: Yardstick) -> str:
    """Name the values that differ by more than this yardstick."""
    moved = [
        from_to(difference.earlier, difference.later, difference.metric)
        for difference in found
        if difference.by == by and difference.meaning in ("more", "less")
        if difference.earlier is not None and difference.later is not None
    ]
    if not moved:
        return ""
    told = " and ".join([moved[0], *(name[:1].lower() + name[1:] for name in moved[1:])])
    known = f" I'll know how much your answers usually differ once you have {SPREAD_FROM}." if by == "error" else ""
    return f"{told}: {_MORE_THAN[by]}.{known}"


def _rows(found: Iterable[Difference], *, smallest: bool = False) -> list[dict[str, str]]:
    return [
        {
            "Measurement": difference.metric.label,
            "Earlier": amount(difference.earlier, difference.metric.unit),
            "Later": amount(difference.later, difference.metric.unit),
            "Difference": _words(difference),
            **({"Smallest that counts": _smallest(difference)} if smallest else {}),
        }
        for difference in found
    ]


def _smallest(difference: Difference) -> str:
    return "not known" if difference.smallest is None else amount(difference.smallest, difference.metric.unit)


def _words(difference: Difference) -> str:
    if difference.meaning is None:
        return ""
    if difference.setups:
        return f"Measured differently: {plain(setup_words(*difference.setups))}"
    usual: Yardstick = difference.by or "spread"
    return {
        "more": f"Higher, by {_MORE_THAN[usual]}",
        "less": f"Lower, by {_MORE_THAN[usual]}",
        "same": "Within the measurement's own error" if difference.by == "error" else "No more than usual for you",
        "too_few": "Not known yet",
    }[difference.meaning]
