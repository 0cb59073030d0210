"""The server of the pages has imported what is slow before a browser asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = r"""
import sys
from types import SimpleNamespace
from streamlit import runtime
from rehearse.pages import serving
runtime.exists, runtime.get_instance = lambda: True, lambda: \
    SimpleNamespace(state=runtime.RuntimeState.NO_SESSIONS_CONNECTED)
serving.time.sleep = lambda seconds: print(*sys.modules)
serving.prepare()
print(*sys.modules)
"""


def test_what_all_pages_need_comes_first_and_missing_weights_stop_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "REHEARSE_MODELS": str(tmp_path), "REHEARSE_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True, text=True)
    first, later = (set(line.split()) for line in done.stdout.splitlines())
    assert {"rehearse.pages.shared.services", "rehearse.views.report"} <= first
    assert not {"pandas", "spacy"} & first
    assert {"pandas", "spacy"} <= later
    assert "altair" not in later
