"""Entry for ``streamlit run`` in a checkout; the pages live in the package."""

import streamlit as st

from rehearse.pages.serving import SCRIPT, protected

app = st.App(SCRIPT, **protected())
