"""Today: the first start in one sentence, later the few minutes of today."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from rehearse.interview import Rounds
from rehearse.pages.home import first_start, today
from rehearse.pages.shared import routes
from rehearse.pages.shared.past import everything
from rehearse.pages.shared.services import services

# Query parameters of Practice, which once stood at this address. (Streamlit would draw a string here.)
_PRACTICE = ("question", "after", "parent", "again")


def page() -> None:
    """Show the page."""
    asked = {name: st.query_params[name] for name in _PRACTICE if name in st.query_params}
    if asked:
        st.switch_page(routes.PRACTICE, query_params=asked)
    shared = services()
    day = dt.datetime.now().astimezone().date()
    answers = everything(shared.history)
    rounds = Rounds(shared.history.documents).all()
    left = next((one for one in rounds if one.position is not None and one.takes), None)
    if not answers and left is None:
        first_start.show(shared, day)
    else:
        today.show(shared, answers, left, day)


page()
