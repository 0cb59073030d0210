"""The words of one answer; words missing from the other answer are marked by symbol and style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import streamlit as st

from rehearse.progress.comparison import Stretch

_HERE = Path(__file__).parent.parent / "components"
_wordings = st.components.v2.component(
    "rehearse_wordings",
    css=(_HERE / "wordings.css").read_text(encoding="utf-8"),
    js=(_HERE / "wordings.js").read_text(encoding="utf-8"),
)


def show(stretches: Sequence[Stretch], *, label: str, key: str) -> None:
    """Show the words; ``label`` is their label for screen readers."""
    _wordings(data={"label": label, "stretches": [asdict(stretch) for stretch in stretches]}, key=key)
