"""Words are counted as they are said: figures, dashes, "the ER" and marks that nobody sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rehearse import audio
from rehearse.analysis.assemble import answer_from_sound, answer_from_text, measure
from rehearse.app.batch import analyze_answers, analyze_files
from rehearse.cli.analyze import _for_people
from rehearse.language.spoken import spoken_words
from rehearse.language.words import filled_pauses, quotation
from rehearse.metrics.pace import pace_over_time
from rehearse.model import Answer
from rehearse.transcription import Transcriber
from tests.factories import say, silence
from tests.sounds import DATA, GERMAN, write_wav

FAULTS = DATA / "faults"


def value(answer: Answer, metric: str) -> float | None:
    return next(found.value for found in measure(answer) if found.metric == metric)


def heard(transcriber: Transcriber, name: str) -> Answer:
    recording = audio.load(FAULTS / name)
    return answer_from_sound(recording, transcriber(recording))


def pauses(text: str) -> list[str]:
    return [filler.text for filler in answer_from_text(text).fillers if filler.kind == "filled_pause"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$1,200,000", "one million two hundred thousand dollars"),
        ("12.5%", "twelve point five percent"),
        ("2019.", "twenty nineteen"),
        ("1905", "nineteen oh five"),
        ("2005", "two thousand five"),
        ("104", "one hundred four"),
        ("24/7", "twenty four seven"),
        ("24-7", "twenty four seven"),
        ("9-10", "nine to ten"),
        ("9\u201310", "nine to ten"),
        ("$5-10k", "five to ten thousand dollars"),
        ("20\u201330%", "twenty to thirty percent"),
        ("2019-2021", "twenty nineteen to twenty twenty one"),
        ("9:30", "nine thirty"),
        ("9:05am,", "nine oh five am"),
        ("10:30-11:00", "ten thirty to eleven"),
        ("21st", "twenty first"),
        ("1990s", "nineteen nineties"),
        ("3/4", "three quarters"),
        ("2\u00bd", "two and one half"),
        ("3/14/2024", "three fourteen twenty twenty four"),
        ("555-0199", "five five five zero one nine nine"),
        ("07700900123", "zero seven seven zero zero nine zero zero one two three"),
        ("$19.99", "nineteen ninety nine dollars"),
        ("$0.50", "fifty cents"),
        (".5", "point five"),
        ("-5%", "minus five percent"),
        ("\u00a33bn", "three billion pounds"),
        ("R&D", "R and D"),
        ("and/or", "and or"),
        ("Covid-19", "Covid nineteen"),
        ("#1", "number one"),
        ("3:1", "three to one"),
        ("2021/22", "twenty twenty one twenty two"),
        ("well-known,", "well-known"),
        ("don\u2019t", "don't"),
        ("\u2014", ""),
        ("...", ""),
    ],
)
def test_figures_and_signs_count_as_the_words_with_which_they_are_read(written: str, read: str) -> None:
    assert " ".join(spoken_words(written)) == read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I cut it by 12.5% in 2019.", 11),
        ("I led three people for two years.", 7),
        ("We moved \u2014 all of us \u2014 to Leeds.", 7),
        ("We moved\u2014all of us\u2014to Leeds.", 7),
        ("We moved \u2013 all of us - to Leeds.", 7),
        ("We moved--all of us--to Leeds.", 7),
        ("We moved\u2026all of us...to Leeds.", 7),
        ("A well-known set-up, state-of-the-art, twenty-four.", 5),
        ("A well\u2011known set\u2010up.", 3),
    ],
)
def test_an_answer_has_as_many_words_as_are_said_whatever_dashes_and_figures_stand_in_it(text: str, words: int) -> None:
    assert value(answer_from_text(text), "word_count") == words


def test_a_filled_pause_before_a_dash_is_found_and_the_word_behind_it_kept() -> None:
    text = "Um\u2014it was a shoplifting call."
    answer = answer_from_text(text)
    assert (pauses(text), value(answer, "word_count")) == (["um"], 5)
    assert [text[int(word.start) : int(word.end)] for word in answer.transcript.words[:2]] == ["Um\u2014", "it"]


def test_the_pace_and_every_rate_of_figures_go_by_the_words_said() -> None:
    figures, letters = (
        say("$1,200,000 " * 20, seconds=60.0),
        say("one million two hundred thousand dollars " * 20, seconds=60.0),
    )
    for metric in ("speech_rate", "word_count", "mean_length_of_run", "articulation_rate"):
        assert value(figures, metric) == pytest.approx(value(letters, metric)), metric
    assert figures.speech is not None
    assert dict(pace_over_time(figures.transcript.words, figures.speech))[30.0] == pytest.approx(120.0)


def test_a_recording_full_of_figures_has_the_pace_at_which_it_is_spoken(transcriber: Transcriber) -> None:
    assert value(heard(transcriber, "numbers.ogg"), "speech_rate") == pytest.approx(173, rel=0.1)


def test_a_clear_answer_full_of_figures_is_understood(transcriber: Transcriber) -> None:
    answer = heard(transcriber, "figures_153.ogg")
    assert len(answer.transcript.words) >= 40
    assert value(answer, "speech_rate") == pytest.approx(153, rel=0.1)


def test_another_language_is_told_from_silence(transcriber: Transcriber, tmp_path: Path) -> None:
    quiet = write_wav(tmp_path / "quiet.wav", silence(5.0))
    german, nothing = (_for_people(row) for row in analyze_files([GERMAN, quiet], transcriber))
    assert german.endswith("I couldn't make out any words. Noise, several voices or another language can cause that.")
    assert nothing.endswith("I can't hear any speech")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I worked in the ER for nine years.", []),
        ("She came into the E.R. with chest pain.", []),
        ("I studied at UM, then at HM Treasury with an ERM team.", []),
        ("ER nurses stay calm.", []),
        ("The gap was 3 mm wide, then three mm and \u00bd mm.", []),
        ("A deal of 5 MM dollars.", []),
        ("i worked in the er for nine years", []),
        ("I WORKED IN THE ER FOR NINE YEARS.", []),
        ("ER, I WORKED IN THE ER, AND UM, I LEFT.", ["er", "um"]),
        ("Er, I worked there, and um, I left.", ["er", "um"]),
        ("UM, I think so.", ["um"]),
        ("Hmm. I went into the, er, ward.", ["hmm", "er"]),
        ("Mm, yes, we did.", ["mm"]),
        ("I had the um old one.", ["um"]),
    ],
)
def test_a_word_that_looks_like_a_filled_pause_stays_a_word(text: str, found: list[str]) -> None:
    assert pauses(text) == found


def test_a_quote_keeps_the_er() -> None:
    assert quotation("So, um, she came into the ER with pain.") == "she came into the ER with pain"


def test_a_nurse_who_speaks_of_the_er_is_said_to_have_no_filled_pause(transcriber: Transcriber) -> None:
    answer = heard(transcriber, "er_counted.mp3")
    assert value(answer, "filled_pause_rate") == 0
    assert [word.text.strip(".,") for word in answer.transcript.words].count("ER") == 5


def test_a_filled_pause_that_is_put_behind_a_number_is_no_unit() -> None:
    assert filled_pauses(["3", "um,", "four"]) == [False, True, False]
    assert filled_pauses(["3", "mm", "wide"]) == [False, False, False]


@pytest.mark.parametrize("text", ["3 mm, wide", "the um, ward", "3, mm, four"])
def test_the_same_words_are_filled_pauses_for_every_reader(text: str) -> None:
    answer = answer_from_text(text)
    count = len(answer.fillers)
    assert value(answer, "word_count") == len(text.split()) - count


def marked(mark: str) -> Callable[[str], str]:
    """Put a mark before the text and behind every third letter."""
    return lambda text: mark + "".join(letter + mark * (at % 3 == 0) for at, letter in enumerate(text))


CHANGES: dict[str, Callable[[str], str]] = {
    **{
        f"U+{ord(mark):04X}": marked(mark)
        for mark in "\ufeff\u200b\u200d\u2060\u00ad\u200e\u200f\u202a\u2066\ufe0f\u3164"
    },
    **{
        f"apostrophe U+{ord(mark):04X}": lambda text, mark=mark: text.replace("'", mark)  # type: ignore[misc]
        for mark in "\u2019\u2018\u02bc\u2032\uff07`\u00b4"
    },
    "hyphen U+2011": lambda text: text.replace("-", "\u2011"),
    "space U+00A0": lambda text: text.replace(" ", "\u00a0"),
}


def judged(items: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """What is judged of each answer, without its quotes."""
    return [
        (
            row["story"]["type"],
            [len(row["story"][part]) for part in ("situation", "task", "action", "result", "quantified")],
            [finding["code"] for finding in row["findings"]],
            [(filler["text"], filler["index"]) for filler in row["fillers"]],
            {name: found["value"] for name, found in row["measurements"].items()},
        )
        for row in analyze_answers([json.dumps(item) for item in items])
    ]


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    lines = (DATA / "answers_heldout.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        {key: item[key] for key in ("id", "kind", "question", "answer") if key in item}
        for item in map(json.loads, lines[:5])
    ]


@pytest.mark.parametrize("name", CHANGES)
def test_marks_that_nobody_sees_change_no_judgement(name: str, answers: list[dict[str, Any]]) -> None:
    changed = [{**item, "answer": CHANGES[name](item["answer"])} for item in answers]
    assert judged(changed) == judged(answers)
