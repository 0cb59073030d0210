"""Entry for ``streamlit run`` in a checkout; the pages live in the package."""

from rehearse.pages.app import main

main()
