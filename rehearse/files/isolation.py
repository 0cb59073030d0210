"""Programs of our own, in which nothing runs that lies in the folder a person happens to be in.

Python looks for what it imports in the current folder where it is started with ``-m`` or ``-c``, or where ``PYTHONPATH``
has an entry that is empty or relative. A folder of downloads may hold a ``pypdf.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ROOT = str(Path(__file__).parent.parent.parent)
"""Where this very package lies, which is trusted."""


def command(module: str, *arguments: str) -> list[str]:
    """Give the command that runs a module in a Python of its own; ``environment`` belongs to it."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment(**own: str) -> dict[str, str]:
    """Give this program's environment, without what lets the current folder in, and without settings of Streamlit."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    kept.pop("PYTHONPATH", None)
    trusted = [path for path in _asked_for() if Path(path).is_absolute() or _absolute(path) == _ROOT]
    paths = {"PYTHONPATH": os.pathsep.join(map(_absolute, trusted))} if trusted else {}
    return {**kept, **paths, "PYTHONSAFEPATH": "1", **own}


def leave_out_current_folder() -> None:
    """Let this program import nothing more from the current folder."""
    foreign = {_absolute(path) for path in _asked_for() if not Path(path).is_absolute()} - {_ROOT}
    here = [_ROOT] if _absolute("") == _ROOT else []
    sys.path[:] = [found for path in sys.path if path not in foreign for found in ([path] if path else here)]


def _asked_for() -> list[str]:
    given = os.environ.get("PYTHONPATH")
    return given.split(os.pathsep) if given else []


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - a Path made of an empty text is the folder "."
