"""A report stands alone, shows what a person said as text only, and is written whole or not at all."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rehearse.cli import main
from rehearse.metrics import METRICS
from rehearse.model import Attempt, Filler, Origin, Pause, Span, Story, Transcript, Word
from rehearse.pages.shared import routes
from rehearse.views.report import render, render_round
from tests.factories import QUESTION, attempt
from tests.playing import STORY
from tests.waiting import PATIENCE
from tests.workspaces import mine

ROOT = Path(__file__).parent.parent
HOSTILE = (
    """<img/onerror=alert(1)> </p></style><script>alert(2)</script> "'`{{7*7}}{% raw %}&lt; \u202etfel-ot-thgir שלום"""
)
LOADS = {"audio", "embed", "iframe", "img", "link", "object", "script", "source", "svg", "video", "form", "base", "a"}
ALL_VALUES = dict.fromkeys(METRICS, 3.0)


class Page(HTMLParser):
    """What a browser makes of a document: its elements and its text."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.opened: dict[str, str] = {}
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.opened[data] = self.elements[-1][0] if self.elements else ""

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, with a data folder of its own."""
    monkeypatch.setenv("REHEARSE_DATA", str(tmp_path / "data"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


def taken(**told: Any) -> str:
    """Put a take with its attempt on the disk; return its id."""
    take = mine().takes.save(b"RIFF sound", suffix=".wav", question=QUESTION, origin=Origin("upload"))
    mine().history.add(attempt(take.id, **told))
    return take.id


def hostile() -> Attempt:
    quote = Span(1.0, 2.0, HOSTILE)
    return attempt(
        text=f"{HOSTILE} {'x' * 10_000}",
        question=replace(QUESTION, prompt=HOSTILE),
        model=HOSTILE,
        values=ALL_VALUES,
        story=Story("story", quote, (quote,), (quote,), (quote,), (quote,), (quote,)),
    )


@pytest.mark.parametrize("sound", [None, b"RIFF sound"], ids=["silent", "with sound"])
def test_hostile_words_and_questions_are_text_and_nothing_else(sound: bytes | None) -> None:
    mild = Page(render(attempt(values=ALL_VALUES), sound))
    page = Page(render(hostile(), sound))
    assert page.tags() - mild.tags() == set()
    assert page.tags() & LOADS == ({"audio", "script"} if sound else set())
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []
    assert HOSTILE in page.text
    assert "x" * 10_000 in page.text


def test_a_right_to_left_word_cannot_turn_its_neighbours_round() -> None:
    page = Page(render(replace(hostile(), model="tiny.en")))
    # A paragraph of its own ends such a mark's reach, and so does <bdi>.
    assert {page.opened[text] for text in page.texts if "\u202e" in text} <= {"bdi", "h1", "p"}
    assert any("\u202e" in text and page.opened[text] == "bdi" for text in page.texts)


@pytest.mark.parametrize("sound", [None, b"RIFF sound"], ids=["silent", "with sound"])
def test_nothing_comes_from_outside(sound: bytes | None) -> None:
    document = render(attempt(values=ALL_VALUES), sound)
    page = Page(document)
    assert re.findall(r"https?:|url\(|@import", document) == []
    addresses = [
        value or "" for _, attributes in page.elements for name, value in attributes.items() if name in ("src", "href")
    ]
    assert all(address.startswith("data:") for address in addresses)
    policy = next(a["content"] or "" for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    assert policy.startswith("default-src 'none'")
    assert ("'none'" in policy.partition("script-src ")[2]) == (sound is None)


def test_the_sound_travels_inside_only_where_it_is_asked_for() -> None:
    assert "data:" not in render(attempt()).replace("media-src data:", "")
    assert f"wav;base64,{base64.b64encode(b'RIFF').decode()}" in render(attempt(), b"RIFF")


def test_it_names_the_question_the_finding_and_the_model() -> None:
    told = attempt(text=STORY, values=ALL_VALUES, model="base")
    page = Page(render(told))
    assert QUESTION.prompt in page.text
    assert "What worked" in page.text
    assert "One change for the next take" in page.text
    assert "Try this:" in page.text
    assert "transcribed by the speech model base" in page.text
    assert "“last spring I led”" not in page.text
    assert "“I led” 0:02" in page.text


def test_every_measurement_is_there_with_its_source() -> None:
    page = Page(render(attempt(values=ALL_VALUES)))
    missing = [
        name for name, metric in METRICS.items() if f"{metric.label}" not in page.text or metric.source not in page.text
    ]
    assert missing == []


def test_a_value_that_is_not_known_is_never_a_zero() -> None:
    cells = Page(render(attempt(values={"speech_rate": None}))).text.partition("Speech rate")[2]
    assert "Judged from 40 words. not judged" in cells
    assert " 0 " not in cells.partition("Also measured")[0]


@pytest.mark.usefixtures("new_york")
def test_the_date_is_in_the_local_zone() -> None:
    assert "14 Mar 2025, 05:26 EDT" in Page(render(attempt())).text


def test_fillers_and_long_pauses_are_marked_by_sign_and_text_not_by_colour_alone() -> None:
    said = "Um, I mean it so the list fell."
    heard = Transcript(tuple(Word(text, place * 1.0, place + 0.8) for place, text in enumerate(said.split())))
    fillers = (
        Filler("filled_pause", "um", Span(0, 0.8), index=0),
        Filler("discourse_marker", "i mean", Span(1, 2.8), index=1),
        Filler("discourse_marker", "so", Span(4, 4.8), status="possible", index=4),
    )
    spoken = replace(
        attempt(), transcript=heard, fillers=fillers, pauses=(Pause(Span(4.8, 5.9)), Pause(Span(2.8, 3.0)))
    )
    assert "Um,● I○ mean○ it so? the [pause 1.1 s] list fell." in Page(render(spoken)).text


def test_a_long_transcript_shows_the_time_where_sentences_begin() -> None:
    page = Page(render(attempt(text="One thing went on. " * 30, duration=60.0)))
    starts = [text for text in page.texts if re.fullmatch(r"\d:\d\d", text)]
    assert starts[:3] == ["0:00", "0:20", "0:40"]


def test_an_answer_without_words_has_a_report_too() -> None:
    silent = replace(attempt(text="", question=None, values=dict.fromkeys(METRICS), story=Story(None)), duration=3.0)
    page = Page(render(silent))
    assert "No words could be made out." in page.text
    assert "Nothing stood out this time" in page.text


def test_letters_that_no_file_can_hold_are_replaced() -> None:
    assert "broken ?" in Page(render(attempt(question=replace(QUESTION, prompt="broken \ud800")))).text


def test_without_an_id_the_newest_take_is_reported(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken()
    newest = taken(spoken_at=attempt().spoken_at.replace(year=2026))
    assert main(["report"]) == 0
    assert capsys.readouterr().out == f"report-{newest}.html\n"
    (place / f"report-{newest}.html").write_text("an earlier one")
    assert main(["report", "--force"]) == 0
    assert (place / f"report-{newest}.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_sound_of_the_take_goes_into_the_file(place: Path) -> None:
    assert main(["report", taken(), "--audio", "--output", "mine.html"]) == 0
    assert base64.b64encode(b"RIFF sound").decode() in (place / "mine.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["report"], "there is no answer to report on yet"),
        (["report", "../../nobody"], "no analysed answer has the id '../../nobody'"),
        (["report", "--round"], "there is no round to report on yet"),
        (["report", "--round", "nobody"], "no round has the id 'nobody'"),
        (["report", "mine", "--round"], "name one answer or --round, not both"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    arguments: list[str], sentence: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"rehearse: {sentence}")
    assert told.count("\n") == 1
    assert list(place.iterdir()) == []


def test_a_recording_that_is_gone_is_said_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine().history.add(attempt("gone"))
    assert main(["report", "gone", "--audio"]) == 1
    assert "the recording of gone is no longer on this computer" in capsys.readouterr().err
    assert list(place.iterdir()) == []


def of_round(name: str, *, minute: int, prompt: str = QUESTION.prompt) -> Attempt:
    spoken_at = attempt().spoken_at.replace(minute=minute)
    told = attempt(f"take-{minute}", spoken_at=spoken_at, question=replace(QUESTION, prompt=prompt), values=ALL_VALUES)
    return replace(told, origin=Origin("browser", round=name))


def test_a_round_is_one_file_with_a_table_of_its_answers_in_their_order() -> None:
    second, first = of_round("r", minute=40, prompt=HOSTILE), of_round("r", minute=30)
    page = Page(render_round([second, first], {second.id: b"RIFF sound"}))
    assert page.text.index("1. Tell me about") < page.text.index(f"2. {HOSTILE[:6]}")
    assert [tag for tag, _ in page.elements].count("article") == 2
    assert [tag for tag, _ in page.elements].count("audio") == 1
    assert page.tags() & LOADS == {"audio", "script"}
    assert "2 answers" in page.text


def test_a_round_without_answers_is_no_report() -> None:
    with pytest.raises(ValueError, match="at least one analysed answer"):
        render_round([])


def test_the_newest_round_is_reported_and_any_other_by_its_id(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for told in (of_round("old/../round", minute=10), of_round("new", minute=30), of_round("new", minute=31)):
        mine().history.add(told)
    assert main(["report", "--round"]) == 0
    assert main(["report", "--round", "old/../round"]) == 0
    assert capsys.readouterr().out.split() == ["report-new.html", "report-old____round.html"]
    assert (place / "report-new.html").read_text(encoding="utf-8").count("<article ") == 2


def test_what_the_person_judged_and_corrected_is_told() -> None:
    heard = Transcript(
        (Word("Um,", 0, 0.8), Word("Kubernetes", 1, 1.8, recognised="Cuban Eddies"), Word("fell.", 2, 2.8))
    )
    filler = Filler("filled_pause", "um", Span(0, 0.8), index=0, verdict="dismissed")
    assert "Um, Kubernetes* fell." in Page(render(replace(attempt(), transcript=heard, fillers=(filler,)))).text


def test_a_report_replaces_a_file_only_when_asked_and_finished(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "mine.html").write_text("the old one")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rehearse.files.atomic_files.os.fsync", full)
    mine().history.add(attempt("mine"))
    assert main(["report", "mine", "--output", "mine.html"]) == 1
    assert "mine.html exists already: name another file, or replace it with --force" in capsys.readouterr().err
    assert main(["report", "mine", "--output", "mine.html", "--force"]) == 1
    assert capsys.readouterr().err == (
        "rehearse: mine.html cannot be written (No space left on device): name another file with --output\n"
    )
    assert [(file.name, file.read_text()) for file in place.iterdir()] == [("mine.html", "the old one")]


def test_the_feedback_page_offers_it() -> None:
    taken()
    at = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=PATIENCE).run()
    at.switch_page(routes.FEEDBACK).run()
    assert not at.exception
    assert [button.proto.label for button in at.get("download_button")] == ["Save the report"]
