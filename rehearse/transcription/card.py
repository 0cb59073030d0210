"""NVIDIA graphics cards: whether there is one, and whether the libraries that CTranslate2 needs on it can be loaded.

CTranslate2 opens its libraries by name when it first computes: where one is missing, the error would come in the middle
of a batch, so that it is looked for before.
"""

from __future__ import annotations

import ctypes
import sys
from importlib.util import find_spec
from pathlib import Path

from rehearse.transcription import CARD, CPU, Computing

LIBRARIES = {
    "libcublas.so.12": "nvidia-cublas-cu12",
    "libcublasLt.so.12": "nvidia-cublas-cu12",
    "libcudnn.so.9": "nvidia-cudnn-cu12",
}
"""Each library by name, with the package that brings it."""


def computing_on(device: str) -> Computing:
    """Return how to compute on a device: ``cpu``, ``cuda``, or ``auto`` for a card where one can be used.

    Raises:
        ValueError: A card is wanted, and there is none, or a library for it is missing.

    """
    if device == "cpu":
        return CPU
    problem = card_problem()
    if problem is None:
        return CARD
    if device == "cuda":
        raise ValueError(problem)
    return CPU


def card_problem() -> str | None:
    """Return why no card can be used, in one sentence that says what to do; None if one can."""
    import ctranslate2

    if not ctranslate2.get_cuda_device_count():
        return "no NVIDIA card was found: install its driver, or use --device cpu"
    missing = [name for name in LIBRARIES if not _loads(name)] if sys.platform == "linux" else []
    if missing:
        packages = " ".join(dict.fromkeys(LIBRARIES[name] for name in missing))
        return f"the card needs {', '.join(missing)}: pip install {packages}, or use --device cpu"
    return None


def _loads(name: str) -> bool:
    """Load a library for the whole process, from the system or from the package that brings it."""
    for candidate in (name, *_packaged(name)):
        try:
            ctypes.CDLL(str(candidate), mode=ctypes.RTLD_GLOBAL)
        except OSError:
            continue
        return True
    return False


def _packaged(name: str) -> list[Path]:
    spec = find_spec("nvidia")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return [found for folder in folders for found in Path(folder).glob(f"*/lib/{name}")]
