"""Paths of the pages' scripts, as Streamlit expects them for navigation."""

from __future__ import annotations

from pathlib import Path

_PAGES = Path(__file__).parent.parent

HOME = str(_PAGES / "home" / "home.py")
PRACTICE = str(_PAGES / "practice" / "practice.py")
PREPARE = str(_PAGES / "prepare" / "prepare.py")
INTERVIEW = str(_PAGES / "interview" / "interview.py")
FEEDBACK = str(_PAGES / "feedback" / "feedback.py")
PROGRESS = str(_PAGES / "progress" / "progress.py")
COMPARE = str(_PAGES / "compare" / "compare.py")
LIBRARY = str(_PAGES / "library" / "library.py")
YOUR_DATA = str(_PAGES / "your_data" / "your_data.py")
SETTINGS = str(_PAGES / "settings" / "settings.py")
