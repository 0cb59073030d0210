"""Measure rehearse and three others on recordings of known truth, and write it down.

    python -m benchmarks.accuracy [--models tiny.en base] [--document docs/ACCURACY.md]

Writes the document and ``rehearse/data/known_errors.toml``. Takes about ten minutes on two processors. ``erm`` is
installed into an environment that is thrown away; ``REHEARSE_ERM`` may name a Python that has it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import fit_fillers
from benchmarks.accuracy import document, erm, errors, listeners, texts
from benchmarks.accuracy.figures import Outputs
from benchmarks.accuracy.results import Results
from benchmarks.accuracy.truth import RECORDINGS, Truth, load
from rehearse import weights

MODELS = ("tiny.en", "base")
DOCUMENT = Path(__file__).parents[2] / "docs" / "ACCURACY.md"
_STARTED = time.perf_counter()


def main() -> None:
    """Measure everything and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", default=MODELS)
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    args = parser.parse_args()
    truths = load()
    missing = [_absent(model) for model in args.models if not weights.is_present(model)]
    outputs = {model: dict(_listen(model, truths)) for model in args.models if weights.is_present(model)}
    missing += _add_erm(outputs, truths)
    tell("labelled sentences")
    scored = texts.score_texts()
    errors.write(truths, {model: out["rehearse"] for model, out in outputs.items()})
    results = Results(truths, outputs, missing, _left_out(truths), scored, weights.DEFAULT)
    args.document.write_text("".join(f"{line.rstrip()}\n" for line in document.page(results)), encoding="utf-8")
    tell(f"wrote {args.document}")


def tell(what: str) -> None:
    """Print where the work stands."""
    print(f"{time.perf_counter() - _STARTED:6.0f} s  {what}", flush=True)


def _absent(model: str) -> str:
    return f"the model {model} is not on this machine; `rehearse models fetch {model}` brings it."


def _listen(model: str, truths: Sequence[Truth]) -> Iterator[tuple[str, Outputs]]:
    """Listen in every way of our own process; each model is loaded once and let go."""
    makers = {
        "plain": lambda: listeners.plain(model),
        "prompted": lambda: listeners.plain(model, listeners.LIST),
        "rehearse": lambda: listeners.rehearse(model),
    }
    for way, load_model in makers.items():
        tell(f"{model}: {way}")
        listen = load_model()
        yield way, {truth.path: listen(truth.path) for truth in truths}


def _add_erm(outputs: dict[str, dict[str, Outputs]], truths: Sequence[Truth]) -> list[str]:
    """Add erm's outputs before ours; say in a sentence why where that cannot be done."""
    try:
        with erm.installed() as python:
            for model, out in outputs.items():
                tell(f"{model}: erm")
                found = erm.listen(python, weights.path(model), [truth.path for truth in truths])
                out["erm"] = found
                out["rehearse"] = out.pop("rehearse")
    except erm.NotInstalledError as reason:
        return [f"erm {erm.VERSION}: {reason}."]
    return []


def _left_out(truths: Sequence[Truth]) -> dict[str, Sequence[fit_fillers.Score]]:
    tell(f"weights of the last step, on proposals of {weights.DEFAULT} from {RECORDINGS.name}")
    parts = list(fit_fillers.collect(weights.DEFAULT, truths))
    return {
        "in use": [part.score(fit_fillers.in_use()) for part in parts],
        "without the recording": fit_fillers.left_out(parts, fit_fillers.by_recording),
        "without its source": fit_fillers.left_out(parts, fit_fillers.by_source),
    }


if __name__ == "__main__":
    main()
