"""Tables of formatted texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st


def show(rows: Sequence[Mapping[str, str]], *, by: str) -> None:
    """Show rows with the same columns; ``by`` is the index column."""
    import pandas as pd  # takes a third of a second, and most tables stay collapsed

    st.table(pd.DataFrame(rows, columns=list(rows[0]) if rows else [by]).set_index(by))
