"""Write ``docs/ACCURACY.md`` from the figures.

Timings have a section of their own, since they alone change from run to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.accuracy import figures, verdicts
from benchmarks.accuracy.errors import rate_error
from benchmarks.accuracy.figures import pair
from benchmarks.accuracy.listeners import LIST
from benchmarks.accuracy.matching import COLLAR, NARROW, Score, total
from benchmarks.accuracy.results import OURS, Results, heard, ways
from benchmarks.accuracy.tables import heading, row, share, text_rows, with_interval
from benchmarks.hearing import figures as hearing


def page(results: Results) -> Iterator[str]:
    """Give the lines of the page."""
    yield from _head(results)
    yield from _recordings(results)
    yield from _filled_pauses(results)
    yield from _parts(results)
    yield from _by_time(results)
    yield from _left_out(results)
    yield from _pauses(results)
    yield from _words_and_pace(results)
    yield from _texts(results)
    yield from verdicts.lost(results)
    yield from verdicts.default(results)
    yield from verdicts.ranges(results)
    yield from verdicts.LIMITS.splitlines()
    yield from _timings(results)


def _head(results: Results) -> Iterator[str]:
    yield "# How accurate rehearse is"
    yield ""
    yield (
        "Written by `make accuracy` from the recordings and texts in `tests/data`; change nothing here. "
        "`docs/accuracy-notes.md` says what"
    )
    yield (
        "was tuned on what, and what follows from it. Brackets hold 95 % intervals: 2000 bootstrap draws over "
        "recordings, always the same"
    )
    yield "draws. All figures but the timings come out the same each time on one kind of machine."
    yield ""
    yield (
        "*Plain* is faster-whisper's `transcribe` (int8, beam 5, word timestamps); *prompted* the same with "
        f"“{LIST}” as `initial_prompt`;"
    )
    yield (
        "*erm* is the nearest published tool, version 0.4.0, at its own settings; *rehearse* is this program at "
        "its default settings."
    )
    for sentence in results.missing:
        yield ""
        yield f"**Not measured:** {sentence}"


def _recordings(results: Results) -> Iterator[str]:
    yield from heading("What was measured", "recordings", "files", "minutes", "voices", "filled pauses")
    names = {
        "synthetic": "synthetic answers",
        "monologue": "human: monologues",
        "clip": "human: short clips",
        "meeting": "human: meetings, several speakers",
        "read": "human: read speech, no filled pauses",
    }
    for group, name in names.items():
        own = [truth for truth in results.truths if truth.group == group]
        minutes = sum(truth.duration for truth in own) / 60
        voices = len({truth.source for truth in own})
        yield row(name, len(own), f"{minutes:.1f}", voices, sum(truth.filled_pauses for truth in own))
    yield ""
    yield (
        "Monologues and short clips are one man. “Voices” of meetings counts meetings. *Human* below is all of "
        "these but the read speech."
    )


def _filled_pauses(results: Results) -> Iterator[str]:
    yield from heading(
        "Filled pauses",
        *(
            "model",
            "way",
            "recordings",
            "precision",
            "recall",
            "F1",
            "right / wrong / missed",
            "false alarms a minute of read speech",
        ),
        says="Within 0.5 s where times are known, else by sentence, else by number in the recording: there a miss "
        "and a false alarm cancel.",
    )
    for model, way in ways(results):
        alarms, minutes = figures.false_alarms(heard(results, model, way, "read"))
        for group in ("human", "synthetic"):
            scores = [one.filled_pauses for one in heard(results, model, way, group)]
            read = f"{alarms / minutes:.2f} ({alarms} in {minutes:.1f} min)" if group == "human" else ""
            yield row(model, way, group, *_three(scores), read)


def _three(scores: Sequence[Score]) -> tuple[str, str, str, str]:
    return (
        with_interval(scores, lambda score: score.precision),
        with_interval(scores, lambda score: score.recall),
        with_interval(scores, lambda score: score.f1),
        str(total(scores)),
    )


def _parts(results: Results) -> Iterator[str]:
    yield from heading(
        "The human recordings, part by part",
        "model",
        "way",
        "monologues",
        "short clips",
        "meetings",
        says="F1, and right / wrong / missed.",
    )
    for model, way in ways(results):
        scores = [
            total([one.filled_pauses for one in heard(results, model, way, group)])
            for group in ("monologue", "clip", "meeting")
        ]
        yield row(model, way, *(f"{share(score.f1)} ({score})" for score in scores))


def _by_time(results: Results) -> Iterator[str]:
    yield from heading(
        "Where the times are known",
        *("model", "way", f"F1 at {COLLAR} s", f"F1 at {NARROW} s", f"right / wrong / missed at {NARROW} s"),
        says="Meetings (times by their annotators) and monologues (times by eye, see `labels.json`): middles at most "
        "so far apart.",
    )
    for model, way in ways(results):
        both = [*heard(results, model, way, "monologue"), *heard(results, model, way, "meeting")]
        wide, narrow = figures.timed(both, COLLAR), figures.timed(both, NARROW)
        yield row(
            model,
            way,
            *(with_interval(scores, lambda score: score.f1) for scores in (wide, narrow)),
            total(narrow),
        )


def _left_out(results: Results) -> Iterator[str]:
    yield from heading(
        "With its own corpus left out",
        *("corpus", "precision", "recall", "F1", "right / wrong / missed", f"F1 at {NARROW} s", "start, end off by"),
        says="The head that finds filled pauses learned from these corpora. Here each is heard by a head that has not "
        "seen it (`benchmarks/hearing`); by number in the clips, whose times are not known. Errors of start and end "
        "are medians.",
    )
    for corpus, name in hearing.NAMES.items():
        rows = [row for row in results.left_out if row.corpus == corpus]
        wide = [row.wide for row in rows]
        if corpus == "libri":
            minutes = sum(row.minutes for row in rows)
            yield row(name, *["-"] * 3, total(wide), "-", f"{total(wide).wrong} in {minutes:.1f} min")
        else:
            yield row(name, *_left_out_cells(rows))
    yield row("all but read speech", *_left_out_cells([r for r in results.left_out if r.corpus != "libri"]))


def _left_out_cells(rows: Sequence[hearing.LeftOut]) -> tuple[str, ...]:
    narrow = [row.narrow for row in rows if row.narrow]
    edges = hearing.edge_error(rows)
    off = f"{edges[0]:.2f} s, {edges[1]:.2f} s" if edges else "-"
    return *_three([row.wide for row in rows]), with_interval(narrow, lambda score: score.f1) if narrow else "-", off


def _pauses(results: Results) -> Iterator[str]:
    yield from heading(
        "Silent pauses",
        *(
            "model",
            "way",
            "made pauses found",
            "mean error of those",
            "labelled pauses: precision",
            "recall",
            "right / wrong / missed",
        ),
        says="Made pauses: silences of 0.5 s and more put into the synthetic answers, found where start and length "
        "are within 0.25 s. Labelled: "
        "every silence of 0.25 s and more in the two monologues, by eye; right where the two share half of the time "
        "that either covers.",
    )
    for model, way in ways(results):
        own = heard(results, model, way, "synthetic")
        if own[0].output.pauses is None:
            yield row(model, way, *["tells none"] * 5)
            continue
        found, true, error = figures.made_pauses(own)
        labelled = total(figures.labelled_pauses(heard(results, model, way, "human")))
        mean = "" if error is None else f"{error:.2f} s"
        yield row(model, way, f"{found} of {true}", mean, share(labelled.precision), share(labelled.recall), labelled)
    yield from ("", "rehearse by recording, right / wrong / missed of the labelled ones:", "")
    for model, outputs in results.outputs.items():
        for one in pair(results.truths, outputs[OURS], "monologue"):
            (score,) = figures.labelled_pauses([one])
            yield f"- {model}, {one.truth.path.name}: {score}"


def _words_and_pace(results: Results) -> Iterator[str]:
    yield from heading(
        "Words and pace",
        *("model", "way", "content word errors, human", "synthetic", "speech-rate error, synthetic", "monologues"),
        says="Content words are all but filled pauses; monologues and clips, no meetings. The speech-rate error is "
        "the mean of its size.",
    )
    for model, way in ways(results):
        yield row(model, way, *_word_cells(results, model, way))


def _word_cells(results: Results, model: str, way: str) -> Iterator[str]:
    for group in ("human", "synthetic"):
        errors = figures.content_errors(heard(results, model, way, group))
        yield f"{100 * errors[0] / errors[1]:.1f} % ({errors[0]} of {errors[1]})" if errors else "tells none"
    for group in ("synthetic", "monologue"):
        error = rate_error(heard(results, model, way, group))
        yield f"{100 * error[0]:.1f} % ({error[1]} recordings)" if error else "tells none"


def _texts(results: Results) -> Iterator[str]:
    yield from heading("Fillers in text", "labelled sentences", "clean", "who has seen it", "precision", "recall", "F1")
    yield from text_rows(results.texts)


def _timings(results: Results) -> Iterator[str]:
    yield from heading(
        "Timings of this run",
        *("model", "way", "seconds a minute of sound, all recordings", "the 62 s answer alone"),
        says="On the clock, loading of the model left out (erm loads it each time), on a shared machine: only the "
        "ratios say something. Many "
        "recordings last a few seconds, and Whisper works through 30 s for each. `benchmarks/README.md` has whole "
        "processes, in turns."
        + (" All but rehearse were timed in an earlier run, so not even the ratios do." if results.kept else ""),
    )
    for model, way in ways(results):
        every = pair(results.truths, results.outputs[model][way], "synthetic", "monologue", "clip", "meeting", "read")
        longest = max(every, key=lambda one: one.truth.duration)
        yield row(model, way, *(f"{figures.seconds_a_minute(part):.1f}" for part in (every, [longest])))
