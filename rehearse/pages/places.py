"""Where the pages' files lie, as Streamlit wants to be told when it switches between them."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

PRACTICE = str(_HERE / "practice.py")
PREPARE = str(_HERE / "prepare.py")
INTERVIEW = str(_HERE / "interview.py")
FEEDBACK = str(_HERE / "feedback.py")
PROGRESS = str(_HERE / "progress.py")
COMPARE = str(_HERE / "compare.py")
LIBRARY = str(_HERE / "library.py")
YOUR_DATA = str(_HERE / "your_data.py")
SETTINGS = str(_HERE / "settings.py")
