"""How well answers are judged as text, and what the recogniser costs when they are spoken; how fast.

    python benchmarks/py [ANSWERS.jsonl]     (default: tests/data/answers_heldout.jsonl)

The answers are spoken by espeak-ng, whose voices are harder to understand than people, and heard with the default
model.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rehearse import audio, transcription
from rehearse.analysis.assemble import answer_from_sound, answer_from_text
from rehearse.model import Story, Transcript
from rehearse.story import find_claims, find_story, key_words, load

DEFAULT = Path(__file__).parent.parent / "tests" / "data" / "answers_heldout.jsonl"
PARTS = ("situation", "task", "action", "result", "quantified")
VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-us+f3", "en-gb+f2")
WORDS_A_MINUTE = 150

Answer = dict[str, Any]


def balanced(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Mean of the two hit rates over (true, found)."""
    pairs = list(pairs)
    rates = [statistics.mean(found == side for true, found in pairs if true == side) for side in (True, False)]
    return statistics.mean(rates)


def report(name: str, answers: Sequence[Answer], stories: Sequence[Story]) -> None:
    """Print one line of figures."""
    judged = list(zip(answers, stories, strict=True))
    one = balanced((answer["type"] == "story", story.type == "story") for answer, story in judged)
    types = statistics.mean(answer["type"] == story.type for answer, story in judged)
    parts = [balanced((answer[part], bool(getattr(story, part))) for answer, story in judged) for part in PARTS]
    shown = ", ".join(f"{part} {value:.2f}" for part, value in zip(PARTS, parts, strict=True))
    print(f"{name}: story or not {one:.2f}, five types {types:.2f}, parts {statistics.mean(parts):.2f} ({shown})")


def report_slices(answers: Sequence[Answer], stories: Sequence[Story]) -> None:
    """Print for each slice how many types are right, and how often the presence of a part is."""
    judged = list(zip(answers, stories, strict=True))
    for name in sorted({answer["slice"] for answer in answers}):
        here = [(answer, story) for answer, story in judged if answer["slice"] == name]
        types = sum(answer["type"] == story.type for answer, story in here)
        parts = sum(answer[part] == bool(getattr(story, part)) for answer, story in here for part in PARTS)
        print(f"  {name}: types {types} of {len(here)}, parts {parts} of {len(here) * len(PARTS)}")


def report_order(answers: Sequence[Answer], stories: Sequence[Story]) -> None:
    """Print how many stories stay stories when their sentences are shuffled."""
    told = [a["answer"] for a, s in zip(answers, stories, strict=True) if a["type"] == s.type == "story"]
    shuffled = random.Random(0)
    kept = 0
    for answer in told:
        sentences = re.split(r"(?<=[.?!]) ", answer)
        shuffled.shuffle(sentences)
        kept += find_story(answer_from_text(" ".join(sentences)).transcript).type == "story"
    print(f"sentences shuffled: {kept} of {len(told)} stories stay stories")


def judge(answers: Sequence[Answer], read: Callable[[Answer], Transcript]) -> list[Story]:
    """Judge every answer as ``read`` gives it."""
    return [find_story(read(answer), answer.get("kind")) for answer in answers]


def judge_spoken(answers: Sequence[Answer]) -> list[Story]:
    """Speak every answer, hear it, and judge what was heard."""
    hear = transcription.whisper()
    voices = {answer["id"]: VOICES[i % len(VOICES)] for i, answer in enumerate(answers)}
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "answer.wav"

        def heard(answer: Answer) -> Transcript:
            speak = ["espeak-ng", "-v", voices[answer["id"]], "-s", str(WORDS_A_MINUTE), "-w", str(sound)]
            subprocess.run([*speak, answer["answer"]], check=True)
            recording = audio.load(sound)
            return answer_from_sound(recording, hear(recording), None).transcript

        return judge(answers, heard)


def print_speed(answers: Sequence[Answer]) -> None:
    """Print the time of loading, and of judging 200 words."""
    started = time.perf_counter()
    load()
    print(f"parser loaded in {time.perf_counter() - started:.2f} s")
    words = " ".join(" ".join(answer["answer"] for answer in answers[:5]).split()[:200])
    times = []
    for i in range(10):
        transcript = answer_from_text(f"{words} {i}").transcript  # another text each time: the parser remembers
        started = time.perf_counter()
        find_story(transcript)
        find_claims(transcript)
        key_words(transcript)
        times.append(time.perf_counter() - started)
    print(
        f"200 words judged, with their figures and key words, in {statistics.median(times):.3f} s (the first time "
        f"{times[0]:.3f} s)"
    )


def main() -> None:
    """Print all figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    answers = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    print_speed(answers)
    as_text = judge(answers, lambda answer: answer_from_text(answer["answer"]).transcript)
    report("as text", answers, as_text)
    report_slices(answers, as_text)
    report_order(answers, as_text)
    if shutil.which("espeak-ng"):
        report("spoken and heard", answers, judge_spoken(answers))


if __name__ == "__main__":
    main()
