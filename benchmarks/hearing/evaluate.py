"""Run the whole program over recordings with known filled pauses, and keep all that it weighed.

    python -m benchmarks.hearing.evaluate OUT.json FOLDER... [--model tiny.en] [--left-out WORK]

A folder holds recordings and ``truth.json``. With ``--left-out WORK`` each recording is heard by the head that has not
seen its corpus (``benchmarks.hearing.train --measure``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.hearing.corpora import family
from benchmarks.hearing.train import without
from rehearse import audio, transcription, weights
from rehearse.analysis.assemble import answer_from_sound
from rehearse.transcription import filled_pauses, filler_head


def heard(path: Path, listen: transcription.Transcriber, head: filler_head.FillerHead) -> dict[str, Any]:
    """Return what is found in a recording, and each filled pause that the head heard."""
    weighed: list[dict[str, Any]] = []
    weigh = filled_pauses.confidence

    def noted(pause: filler_head.HeardPause, *, written: bool) -> float:
        weighed.append({**asdict(pause), "written": written})
        return weigh(pause, written=written)

    recording = audio.load(path)
    with patch.object(filled_pauses, "confidence", noted), patch.object(filler_head, "load", lambda: head):
        output = listen(recording)
    answer = answer_from_sound(recording, output)
    fillers = [
        {"start": f.span.start, "end": f.span.end, "text": f.text, "probability": f.probability, "status": f.status}
        for f in answer.fillers
        if f.kind == "filled_pause"
    ]
    words = [{"text": w.text, "start": w.start, "end": w.end} for w in answer.transcript.words]
    return {"weighed": weighed, "fillers": fillers, "words": words, "duration": recording.duration}


def unseen(work: Path | None, name: str) -> filler_head.FillerHead:
    """Return the head that has not seen the corpus of a recording."""
    path = without(work, family(name)) if work else None
    return filler_head.read(path) if path and path.exists() else filler_head.load()


def main() -> None:
    """Write one object for each recording."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--model", default=weights.DEFAULT)
    parser.add_argument("--left-out", type=Path)
    given = parser.parse_args()
    listen = transcription.whisper(given.model)
    rows: list[dict[str, Any]] = []
    for folder in given.folders:
        items: Sequence[dict[str, Any]] = json.loads((folder / "truth.json").read_text())
        for item in items:
            found = heard(folder / item["file"], listen, unseen(given.left_out, item["file"]))
            rows.append({"truth": item, "corpus": family(item["file"]), **found})
        given.out.write_text(json.dumps(rows))


if __name__ == "__main__":
    main()
