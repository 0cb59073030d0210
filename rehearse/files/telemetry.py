"""Disables telemetry in libraries.

onnxruntime, used by the speech detector, stores an id for this computer below the cache folder and looks up its
vendor's host a few seconds after loading; the model hub's client adds details of the caller to its requests.
"""

from __future__ import annotations

import os

_UNWANTED = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def forbid() -> None:
    """Disable telemetry in libraries loaded from now on, here and in child processes, overriding the environment."""
    os.environ.update(_UNWANTED)
