"""Where the pages' files lie, as Streamlit wants to be told when it switches between them."""

from __future__ import annotations

from pathlib import Path

_PAGES = Path(__file__).parent.parent

PRACTICE = str(_PAGES / "practice" / "page.py")
PREPARE = str(_PAGES / "prepare" / "page.py")
INTERVIEW = str(_PAGES / "interview" / "page.py")
FEEDBACK = str(_PAGES / "feedback" / "page.py")
PROGRESS = str(_PAGES / "progress" / "page.py")
COMPARE = str(_PAGES / "compare" / "page.py")
LIBRARY = str(_PAGES / "library" / "page.py")
YOUR_DATA = str(_PAGES / "your_data" / "page.py")
SETTINGS = str(_PAGES / "settings" / "page.py")
