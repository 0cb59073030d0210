"""The numbers of two answers, and which differences mean anything."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from rehearse.comparing import Difference, differences
from rehearse.comparing.numbers import SPREAD_FROM
from rehearse.datatypes import Attempt
from rehearse.pages.numbers import CARDS
from rehearse.pages.services import Services
from rehearse.pages.text import plain
from rehearse.phrases import amount


def show(shared: Services, earlier: Attempt, later: Attempt) -> None:
    """Show the few numbers, and fold away all others."""
    shown = differences(shared.history, earlier, later, CARDS)
    st.header("Numbers", anchor=False)
    st.markdown(plain(summary(shown)))
    st.table(_table(shown).set_index("Measurement"))
    details = st.expander(
        "All numbers, and the smallest difference that means something", key="all_differences", on_change="rerun"
    )
    if details.open:
        with details:
            _all(shared, earlier, later)


def _all(shared: Services, earlier: Attempt, later: Attempt) -> None:
    found = differences(shared.history, earlier, later)
    st.table(_table(found, smallest=True).set_index("Measurement"))
    st.caption(
        "The smallest difference that means something is the larger of two: what the measuring itself may be off "
        "by, and what two answers of yours differ by in 19 of 20 cases when nothing has changed (Weir 2005). "
        "Of so many numbers, one or two pass it by chance alone."
    )


def summary(found: Iterable[Difference]) -> str:
    """Say which numbers differ by more than chance, and why of none it can be said."""
    told = list(found)
    moved = [one for one in told if one.meaning in ("more", "less")]
    if moved:
        names = [f"{one.metric.label.lower()} ({'higher' if one.meaning == 'more' else 'lower'})" for one in moved]
        return f"Beyond chance: {', '.join(names)}."
    meanings = {one.meaning for one in told} - {None}
    if meanings == {"other_setup"}:
        return "These answers were measured in different ways, so their numbers cannot be compared."
    if "same" not in meanings:
        return f"With {SPREAD_FROM} answers measured in the same way, it can be said which differences mean anything."
    return "No difference that means anything."


def _table(found: Iterable[Difference], *, smallest: bool = False) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Measurement": one.metric.label,
                "Earlier": amount(one.earlier, one.metric.unit),
                "Later": amount(one.later, one.metric.unit),
                "Difference": _words(one),
                **({"Smallest that counts": _smallest(one)} if smallest else {}),
            }
            for one in found
        ]
    )


def _smallest(one: Difference) -> str:
    return "not known" if one.smallest is None else amount(one.smallest, one.metric.unit)


def _words(one: Difference) -> str:
    if one.meaning is None:
        return ""
    return {
        "more": "Higher, beyond chance",
        "less": "Lower, beyond chance",
        "same": "None that means anything",
        "too_few": "Not known yet",
        "other_setup": "Measured in another way",
    }[one.meaning]
