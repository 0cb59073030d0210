"""The numbers of two answers, and which differences mean anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from rehearse.metrics.value_text import amount
from rehearse.model import Attempt
from rehearse.pages.feedback.measurements import CARDS
from rehearse.pages.shared import tables
from rehearse.pages.shared.services import Services
from rehearse.pages.shared.text import plain
from rehearse.progress.comparison import Difference, Yardstick, differences
from rehearse.progress.comparison.numbers import SPREAD_FROM
from rehearse.views.charts import setup_words


def show(shared: Services, earlier: Attempt, later: Attempt) -> None:
    """Show the few numbers, and fold away all others."""
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
        "how far apart two answers of yours lie in 19 of 20 cases when you change nothing (Weir 2005). With fewer "
        f"than {SPREAD_FROM} answers only the first is known. With this many numbers, expect one or two to pass it "
        "by accident. This is about these two answers; Progress tells whether you change over time."
    )


def summary(found: Iterable[Difference]) -> str:
    """Say which numbers of the two answers differ enough to count, or why it cannot be said of any."""
    told = list(found)
    said = [_moved(told, by) for by in _MORE_THAN]
    if any(said):
        return " ".join(filter(None, said))
    meanings = {one.meaning for one in told} - {None}
    if meanings == {"other_setup"}:
        return "These answers were measured in different ways, so their numbers cannot be compared."
    if "same" not in meanings:
        return f"With {SPREAD_FROM} answers measured in the same way, it can be said which differences count."
    if any(one.by == "spread" for one in told):
        return "These two answers differ no more than two of your answers usually do."
    return "These two answers differ no more than the measurement's own error."


_MORE_THAN: Mapping[Yardstick, str] = {
    "spread": "more than your answers usually differ",
    "error": "more than the measurement's own error",
}


def _moved(found: Iterable[Difference], by: Yardstick) -> str:
    """Name the numbers that moved by more than this yardstick."""
    moved = [one for one in found if one.by == by and one.meaning in ("more", "less")]
    names = [f"{one.metric.label.lower()} is {'higher' if one.meaning == 'more' else 'lower'}" for one in moved]
    if not names:
        return ""
    known = f" How much your answers usually differ is known from {SPREAD_FROM} on." if by == "error" else ""
    return f"In the later answer, {', '.join(names)}: {_MORE_THAN[by]}.{known}"


def _rows(found: Iterable[Difference], *, smallest: bool = False) -> list[dict[str, str]]:
    return [
        {
            "Measurement": one.metric.label,
            "Earlier": amount(one.earlier, one.metric.unit),
            "Later": amount(one.later, one.metric.unit),
            "Difference": _words(one),
            **({"Smallest that counts": _smallest(one)} if smallest else {}),
        }
        for one in found
    ]


def _smallest(one: Difference) -> str:
    return "not known" if one.smallest is None else amount(one.smallest, one.metric.unit)


def _words(one: Difference) -> str:
    if one.meaning is None:
        return ""
    if one.setups:
        return f"Measured in another way: {plain(setup_words(*one.setups))}"
    usual: Yardstick = one.by or "spread"
    return {
        "more": f"Higher, by {_MORE_THAN[usual]}",
        "less": f"Lower, by {_MORE_THAN[usual]}",
        "same": "Within the measurement's own error" if one.by == "error" else "No more than usual for you",
        "too_few": "Not known yet",
    }[one.meaning]
