"""Streamlit puts the folder of the pages first on the path, where their names could hide modules of Python itself."""

from __future__ import annotations

import sys

from tests.pages.driving import ROOT


def test_no_page_hides_a_module_that_a_library_may_still_import() -> None:
    names = {path.stem for path in (ROOT / "rehearse" / "pages").glob("*.py")}
    loaded_long_before = {"numbers"}
    assert names & sys.stdlib_module_names <= loaded_long_before
