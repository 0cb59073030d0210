"""Runs our own Python processes without importing anything from the current folder.

Python searches the current folder for imports if it is started with ``-m`` or ``-c``, or if ``PYTHONPATH``
has an empty or relative entry. A downloads folder, for example, may contain a ``pypdf.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ROOT = str(Path(__file__).parent.parent.parent)
"""The folder that contains this package, which is trusted."""


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module in a new Python process, to be used with ``environment``."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment(**own: str) -> dict[str, str]:
    """Return this process's environment, without current-folder imports or Streamlit settings; ``own`` is added."""
    remaining = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    remaining.pop("PYTHONPATH", None)
    trusted = [path for path in _asked_for() if Path(path).is_absolute() or _absolute(path) == _ROOT]
    paths = {"PYTHONPATH": os.pathsep.join(map(_absolute, trusted))} if trusted else {}
    return {**remaining, **paths, "PYTHONSAFEPATH": "1", **own}


def leave_out_current_folder() -> None:
    """Stop this process from importing anything more from the current folder."""
    foreign = {_absolute(path) for path in _asked_for() if not Path(path).is_absolute()} - {_ROOT}
    here = [_ROOT] if _absolute("") == _ROOT else []
    sys.path[:] = [found for path in sys.path if path not in foreign for found in ([path] if path else here)]


def _asked_for() -> list[str]:
    given = os.environ.get("PYTHONPATH")
    return given.split(os.pathsep) if given else []


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - Path("") is the folder "."
