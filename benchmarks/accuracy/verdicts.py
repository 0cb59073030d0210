"""What follows from the figures: where another way is better, why the default model, and the ranges on the page."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping

from benchmarks.accuracy import figures
from benchmarks.accuracy.errors import ONE_SPEAKER, held, rate_error
from benchmarks.accuracy.figures import GROUPS, Outputs, pair
from benchmarks.accuracy.matching import total
from benchmarks.accuracy.results import OURS, Results
from benchmarks.accuracy.tables import heading, row
from rehearse import weights
from rehearse.metrics import METRICS
from rehearse.progress.measurement_error import COVERAGE, FILE, Counts, likely_range

LIMITS = """
## What these figures do not say

- The recordings are few: 54 filled pauses in all. Read the intervals, not the second digit.
- Monologues and short clips are one man, and he says 26 of the 32 human filled pauses: the human figures are mostly
  about his voice. One of his two monologues lies 13 dB above hiss and rumble. The meetings have several speakers and a
  distant sound. None is an interview answer at a desk.
- The head that finds filled pauses was trained on these recordings where times are known, and on others. Read the table
  with the corpus left out: what it says of a voice that is not here is worth more than any other. Its threshold and its
  recipe were chosen on that very table.
- The synthetic voice is one voice, and its um and uh may be plainer than a person's.
- Pauses and times of the monologues have one labeller, who labelled them once."""

_LOWER_IS_BETTER = ("share of content words wrong", "speech-rate error", "false alarms a minute of read speech")


def lost(results: Results) -> Iterator[str]:
    """List every figure in which another way of listening is better with the same model."""
    yield from ("", "## Where another way is better", "")
    lines = list(_losses(results))
    yield from lines or ["Nowhere in the tables above."]


def _losses(results: Results) -> Iterator[str]:
    for model, outputs in results.outputs.items():
        tables = {way: _figures(results, out) for way, out in outputs.items()}
        own = tables.pop(OURS)
        for name, value in own.items():
            others = {way: table[name] for way, table in tables.items()}
            ahead = [f"{way} {other:.3f}" for way, other in others.items() if _is_better(name, other, value)]
            if ahead:
                yield f"- {model}, {name}: {', '.join(ahead)}; rehearse {value:.3f}."


def _is_better(name: str, other: float | None, value: float | None) -> bool:
    if other is None or value is None or round(other, 3) == round(value, 3):
        return False
    return other < value if name.endswith(_LOWER_IS_BETTER) else other > value


def _figures(results: Results, outputs: Outputs) -> Mapping[str, float | None]:
    """Give the figures by which the ways are compared."""
    found: dict[str, float | None] = {}
    for group in ("human", "synthetic", "monologue", "clip", "meeting"):
        heard = pair(results.truths, outputs, *GROUPS[group])
        score = total([one.filled_pauses for one in heard])
        errors, rate = figures.content_errors(heard), rate_error(heard)
        found[f"{group}: precision"] = score.precision
        found[f"{group}: recall"] = score.recall
        found[f"{group}: F1"] = score.f1
        found[f"{group}: share of content words wrong"] = errors[0] / errors[1] if errors and errors[1] else None
        if group in ("synthetic", "monologue"):
            found[f"{group}: speech-rate error"] = rate[0] if rate else None
    labelled = total(figures.labelled_pauses(pair(results.truths, outputs, "monologue")))
    found["labelled pauses: precision"] = labelled.precision
    found["labelled pauses: recall"] = labelled.recall
    alarms, minutes = figures.false_alarms(pair(results.truths, outputs, "read"))
    found["false alarms a minute of read speech"] = alarms / minutes
    return found


def default(results: Results) -> Iterator[str]:
    """Say which model is the default, beside the others."""
    yield from heading(
        "The default model",
        *("rehearse with", "F1 human", "F1 synthetic", "content words wrong, human", "synthetic", "download"),
        says=f"`{results.default}` is the default: half the download of the next one, understands English alone and "
        "needs not guess the language, "
        "and takes the least time (last section). It stays so while the other does not hear filled pauses clearly "
        "better:",
    )
    for model, outputs in results.outputs.items():
        table = _figures(results, outputs[OURS])
        names = [f"{g}: {f}" for f in ("F1", "share of content words wrong") for g in ("human", "synthetic")]
        cells = [f"{table[name]:.2f}" if "F1" in name else f"{100 * (table[name] or 0):.1f} %" for name in names]
        yield row(model, *cells, f"{_megabytes(model)} MB")


def _megabytes(model: str) -> int:
    return round(weights.models()[model].size / 1e6)


def ranges(results: Results) -> Iterator[str]:
    """Tell the ranges that the page shows beside a value, and how often they held."""
    yield from heading(
        "The ranges beside the numbers",
        *("model", "value", "measured", "range shown"),
        says=f"From these errors rehearse tells beside a value in which range the true one lies in {COVERAGE:.0%} of "
        "answers "
        "(`rehearse/progress/measurement_error.py` has the formulas). Counts come from all recordings of one "
        "speaker, widths from synthetic answers and monologues.",
    )
    for model, known in tomllib.loads(FILE.read_text(encoding="utf-8"))["models"].items():
        for name, found in known["counts"].items():
            counts = Counts(found["right"], found["wrong"], found["missed"])
            measured = f"{counts.right} right, {counts.wrong} wrong, {counts.missed} missed"
            yield row(model, name.replace("_", " "), measured, ", ".join(_examples(counts)))
        for name, width in known["widths"].items():
            yield row(model, METRICS[name].label.lower(), f"{width['recordings']} recordings", _half(name, width))
    yield ""
    yield "The true number of filled pauses lay inside the range, each range from the errors of the other recordings:"
    yield ""
    for model, outputs in results.outputs.items():
        inside, every = held(pair(results.truths, outputs[OURS], *ONE_SPEAKER))
        yield f"- {model}: in {inside} of {every} recordings."


def _examples(counts: Counts) -> Iterator[str]:
    for found in (0, 3, 7, 15):
        known = likely_range(found, counts)
        yield f"{found} found: {known[0]} to {known[1]}" if known else f"{found} found: no range"


def _half(name: str, width: Mapping[str, float]) -> str:
    if "relative" in width:
        return f"± {100 * width['relative']:.1f} %"
    return f"± {width['absolute']:.2f} {METRICS[name].unit}"
