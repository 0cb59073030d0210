"""Make a plausible practice history, for timing the pages and for their pictures.

    python benchmarks/generated_history.py FOLDER [TAKES]     (default: 2000 takes; FOLDER becomes REHEARSE_DATA)

Seeded: the same count makes the same history, but for its dates, which end today. Some thirty answers of
``tests/data/answers.jsonl`` are timed and measured as if they had been spoken; the takes are those with their numbers
varied.
Another model listens in the first quarter, and filled pauses halve seven tenths of the way through.
"""

from __future__ import annotations

import io
import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import soundfile

from rehearse.analysis.assemble import answer_from_text, measure
from rehearse.coaching import find_confirmed_story
from rehearse.language.words import is_filled_pause
from rehearse.model import Answer, Attempt, Filler, Origin, Pause, Question, Span, Transcript, Word
from rehearse.questions import shipped_questions
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore

ROOT = Path(__file__).parent.parent
ANSWERS = ROOT / "tests" / "data" / "answers.jsonl"
RETELLINGS = ROOT / "tests" / "data" / "retellings.jsonl"
QUESTIONS = 30
SPREAD = 0.22
"""Standard deviation of a value's logarithm from take to take."""
CALMER_FROM, DEFAULT_MODEL_FROM = 0.7, 0.25
SHORTEST_PAUSE = 0.25
FILLED = 6.0
"""Filled pauses a minute before they halve: written answers have too few to show."""
NOT_TOLD = 0.03
"""Share of values that a take leaves unknown."""


def fill(folder: Path, takes: int, *, days: float = 60.0, seed: int = 1) -> tuple[str, ...]:
    """Put takes and their attempts into a data folder; give their ids, oldest first."""
    store, history, sound = TakeStore(folder / "takes"), History(folder / "history.db"), beep()
    chance = random.Random(seed)
    spoken = list(bases(chance))
    last = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    for place in range(takes):
        done = place / max(takes - 1, 1)
        when = last - timedelta(days=days * (1 - done), minutes=chance.randrange(180) if place < takes - 1 else 0)
        base = chance.choice(spoken[min(int(chance.expovariate(0.12)), len(spoken) - 1)])
        take_id = f"{when:%Y%m%dT%H%M%S}000Z-{place:08x}"
        take = store.save(sound, suffix=".wav", question=base.question, origin=base.origin)
        take.folder.rename(store.root / take_id)
        history.add(varied(replace(base, id=take_id, spoken_at=when), done, chance))
    return tuple(sorted(history.ids()))


def beep() -> bytes:
    """Give half a second of a soft tone as a WAV file."""
    out = io.BytesIO()
    soundfile.write(out, 0.05 * np.sin(np.arange(8000) / 16_000 * 2 * math.pi * 220), 16_000, format="WAV")
    return out.getvalue()


def bases(chance: random.Random) -> Iterator[list[Attempt]]:
    """Analyse a few written answers as if they had been spoken: each question with the answers it gets."""
    asked = shipped_questions()
    behavioral = [question for question in asked if question.kind == "behavioral"]
    for question, (_, told) in zip(behavioral, groupby(rows(RETELLINGS), key=itemgetter("story")), strict=False):
        yield [analysed(row["answer"], question, chance) for row in told]
    longest = sorted(rows(ANSWERS), key=lambda row: -len(row["answer"]))[: 2 * QUESTIONS]
    for row in chance.sample(longest, QUESTIONS):
        question = chance.choice([question for question in asked if question.kind == row["kind"]])
        yield [analysed(row["answer"], question, chance)]


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def analysed(text: str, question: Question, chance: random.Random) -> Attempt:
    """Analyse a written answer as if it had been spoken."""
    answer = spoken(text, question, chance)
    return Attempt(
        id="",
        question=question,
        spoken_at=datetime.now(UTC),
        duration=answer.duration,
        model="tiny.en",
        transcript=answer.transcript,
        fillers=answer.fillers,
        pauses=answer.pauses,
        measurements=measure(answer),
        story=find_confirmed_story(answer.transcript, question.kind),
        audio="audio.wav",
        sha256="0" * 64,
        speech=answer.speech,
        origin=Origin("browser"),
        program="0.1.0",
    )


def spoken(text: str, question: Question, chance: random.Random) -> Answer:
    """Give the words of a written answer times, with a pause behind some of them."""
    written = answer_from_text(text, question.kind)
    words: list[Word] = []
    pauses: list[Pause] = []
    now = chance.uniform(0.3, 1.2)
    for found in written.transcript.words:
        length = 0.09 * math.sqrt(len(found.text)) + chance.uniform(0.1, 0.35)
        words.append(Word(found.text, now, now + length, chance.uniform(0.6, 1.0)))
        ends = found.text[-1] in ".,?!"
        gap = chance.lognormvariate(-0.9, 0.5) if ends or is_filled_pause(found.text) else 0.0
        if gap >= SHORTEST_PAUSE:
            pauses.append(Pause(Span(now + length, now + length + gap), inside_sentence=found.text[-1] not in ".?!"))
        now += length + gap
    return replace(
        written,
        transcript=Transcript(tuple(words)),
        fillers=tuple(_at(filler, words) for filler in written.fillers),
        pauses=tuple(pauses),
        hedges=(),
        repetitions=(),
        speech=Span(words[0].start, words[-1].end),
        duration=words[-1].end + 1.0,
        seconds=question.seconds,
    )


def _at(filler: Filler, words: list[Word]) -> Filler:
    first = words[filler.index or 0]
    return replace(filler, span=Span(first.start, first.end, first.text), evidence=("transcript", "sound"))


def varied(attempt: Attempt, done: float, chance: random.Random) -> Attempt:
    """Vary the numbers of a take that stands at ``done`` (0 to 1) of the whole history."""
    factor = 0.5 if done > CALMER_FROM else 1.0
    measured = []
    for one in attempt.measurements:
        value = FILLED * factor if one.metric.startswith("filled") else one.value
        known = value is not None and chance.random() > NOT_TOLD
        measured.append(replace(one, value=value * chance.lognormvariate(0, SPREAD) if known else None))
    model = "tiny.en" if done > DEFAULT_MODEL_FROM else "base.en"
    return replace(attempt, measurements=tuple(measured), model=model)


if __name__ == "__main__":
    folder, takes = [*sys.argv[1:], "2000"][:2]
    print(f"{len(fill(Path(folder), int(takes)))} takes in {folder}")
