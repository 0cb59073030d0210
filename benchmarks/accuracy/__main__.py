"""Measure rehearse and three others on recordings of known truth, and write it down.

    python -m benchmarks.accuracy [--models tiny.en base] [--keep] [--document docs/ACCURACY.md]

Writes the document and ``rehearse/progress/measurement_error.toml``. Takes about ten minutes on two processors.
``erm`` is
installed into an environment that is thrown away; ``REHEARSE_ERM`` may name a Python that has it. With ``--keep`` what
the
others gave in the last run is taken again, and rehearse alone listens: two minutes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy import document, erm, errors, listeners, store, texts
from benchmarks.accuracy.figures import Outputs
from benchmarks.accuracy.results import OURS, Results
from benchmarks.accuracy.truth import Truth, load
from benchmarks.hearing import figures as hearing
from rehearse import weights

MODELS = ("tiny.en", "base")
DOCUMENT = Path(__file__).parents[2] / "docs" / "ACCURACY.md"
_STARTED = time.perf_counter()


def main() -> None:
    """Measure everything and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", default=MODELS)
    parser.add_argument("--keep", action="store_true", help="take what the other ways gave in the last run")
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    args = parser.parse_args()
    truths = load()
    missing = [_absent(model) for model in args.models if not weights.is_present(model)]
    outputs = {
        model: dict(_listen(model, truths, keep=args.keep)) for model in args.models if weights.is_present(model)
    }
    missing += _add_erm(outputs, truths, keep=args.keep)
    tell("labelled sentences")
    scored = texts.score_texts()
    errors.write(truths, {model: out["rehearse"] for model, out in outputs.items()})
    results = Results(truths, outputs, missing, hearing.load(), scored, weights.DEFAULT, kept=args.keep)
    args.document.write_text("".join(f"{line.rstrip()}\n" for line in document.page(results)), encoding="utf-8")
    tell(f"wrote {args.document}")


def tell(what: str) -> None:
    """Print where the work stands."""
    print(f"{time.perf_counter() - _STARTED:6.0f} s  {what}", flush=True)


def _absent(model: str) -> str:
    return f"the model {model} is not on this machine; `rehearse models fetch {model}` brings it."


def _listen(model: str, truths: Sequence[Truth], *, keep: bool) -> Iterator[tuple[str, Outputs]]:
    """Listen in every way of our own process; each model is loaded once and let go."""
    makers: dict[str, Callable[[], listeners.Listener]] = {
        "plain": lambda: listeners.plain(model),
        "prompted": lambda: listeners.plain(model, listeners.LIST),
        OURS: lambda: listeners.rehearse(model),
    }
    for way, load_model in makers.items():
        outputs = store.get(model, way) if keep and way != OURS else None
        if outputs is None:
            tell(f"{model}: {way}")
            listen = load_model()
            store.put(model, way, outputs := {truth.path: listen(truth.path) for truth in truths})
        yield way, outputs


def _add_erm(outputs: dict[str, dict[str, Outputs]], truths: Sequence[Truth], *, keep: bool) -> list[str]:
    """Add erm's outputs before ours; say in a sentence why where that cannot be done."""
    found: dict[str, Outputs] = {model: out for model in outputs if keep and (out := store.get(model, erm.NAME))}
    open_models = [model for model in outputs if model not in found]
    missing = []
    try:
        if open_models:
            with erm.installed() as python:
                found |= {model: _erm(python, model, truths) for model in open_models}
    except erm.NotInstalledError as reason:
        missing = [f"erm {erm.VERSION} with {' and '.join(open_models)}: {reason}."]
    for model, heard in found.items():
        outputs[model] |= {erm.NAME: heard, OURS: outputs[model].pop(OURS)}
    return missing


def _erm(python: Path, model: str, truths: Sequence[Truth]) -> Outputs:
    tell(f"{model}: {erm.NAME}")
    found = erm.listen(python, weights.path(model), [truth.path for truth in truths])
    store.put(model, erm.NAME, found)
    return found


if __name__ == "__main__":
    main()
