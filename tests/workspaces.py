"""What the person keeps whose data folder a test has named."""

from __future__ import annotations

from rehearse.app.workspace import Workspace, open_workspace
from rehearse.storage.profiles import named


def mine() -> Workspace:
    """Open the first profile of the data folder, as the commands do."""
    return open_workspace(named(None))
