"""Tables of ready texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st


def show(rows: Sequence[Mapping[str, str]], *, by: str) -> None:
    """Show rows with the same columns; the column ``by`` names each of them."""
    import pandas as pd  # takes a third of a second, and most tables stay folded away

    st.table(pd.DataFrame(rows, columns=list(rows[0]) if rows else [by]).set_index(by))
