"""Entry for ``streamlit run`` in a checkout, which imports it; the pages live in the package."""

import streamlit as st

from rehearse.pages.app import main
from rehearse.pages.serving import SCRIPT, protected

if __name__ == "__main__":
    main()  # as Streamlit's own tests run it, without a server
else:
    app = st.App(SCRIPT, **protected())
