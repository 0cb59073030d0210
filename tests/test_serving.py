"""The server of the pages has imported what is slow before a browser asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from types import SimpleNamespace
from streamlit import runtime
from rehearse.pages import serving
runtime.exists, runtime.get_instance = lambda: True, lambda: SimpleNamespace(state=runtime.RuntimeState.NO_SESSIONS_CONNECTED)
serving.prepare()
print(*sys.modules)
"""


def test_what_pages_need_is_imported_once_the_server_is_up_even_where_weights_are_missing(tmp_path: Path) -> None:
    environment = {**os.environ, "REHEARSE_MODELS": str(tmp_path), "REHEARSE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert {"rehearse.pages.services", "rehearse.report", "pandas", "spacy"} <= loaded
    assert "altair" not in loaded
