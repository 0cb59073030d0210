"""Libraries that would report their use to their makers, told not to.

onnxruntime, inside the speech detector, keeps a number for this computer below the cache folder and looks up its
maker's host some seconds after it has loaded; the hub's client adds who asks to what it asks.
"""

from __future__ import annotations

import os

_UNWANTED = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def forbid() -> None:
    """Forbid it to what is loaded from now on, here and in programs started from here, whatever was set before."""
    os.environ.update(_UNWANTED)
