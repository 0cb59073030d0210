"""Whole rounds in a real browser: the questions come, the recorder runs by itself, a reload loses nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, WebSocketRoute, expect

from rehearse import interview
from rehearse.app.settings import Reader, Settings, write_settings
from rehearse.interview import Round, Rounds, member_named
from rehearse.pages import question_sound, recorder_socket
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from rehearse.synthesis import Voice, speak
from tests.browser.conftest import ALLOWED, DEVICE, READY, RECORDING, SIDEWAYS, Open, hurried, only_local_hosts, settled
from tests.playing import BLAME

ANALYSED = 2 * READY
HEARD = re.compile("^(I didn't hear|You said)$")
VOICES = """
window.spoken = []
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
const synthesis = {
  getVoices: () => %s,
  addEventListener: () => {},
  cancel: () => {},
  speak: (utterance) => { spoken.push([utterance.voice.name, utterance.text]); setTimeout(() => utterance.onend(), 50)
  },
}
Object.defineProperty(window, "speechSynthesis", { value: synthesis })
"""
REMOTE = '{ name: "remote", lang: "en-GB", localService: false }'
LOCAL = '{ name: "local", lang: "en-GB", localService: true }'
FOREIGN = '{ name: "foreign", lang: "de-DE", localService: true }'

Speak = Callable[[str], Page]


@pytest.fixture
def speaking(open_page: Open, microphone_file: Path) -> Speak:
    """Open a page whose microphone hears the nurse's answer, from its beginning each time."""

    def opened(path: str) -> Page:
        flags = (ALLOWED, DEVICE, f"--use-file-for-fake-audio-capture={microphone_file}%noloop")
        return hurried(open_page(path, flags=flags))

    return opened


def saying(text: str, folder: Path) -> tuple[Path, float]:
    """Write a microphone file in which somebody says this; give it with its seconds."""
    sound, rate = soundfile.read(io.BytesIO(speak(text, Voice())), dtype="float32")
    path = folder / "answer.wav"
    soundfile.write(path, np.concatenate([sound, np.zeros(rate, np.float32)]), rate, subtype="PCM_16")
    return path, len(sound) / rate


def begin(page: Page) -> None:
    page.get_by_role("button", name="Start").click(timeout=READY)


def phase(page: Page, name: str) -> None:
    page.locator(f".interviewer[data-phase={name}]").wait_for(timeout=READY)


def question(page: Page, number: int, count: int) -> None:
    page.get_by_text(f"question {number} of {count}").wait_for(timeout=READY)


def answer(page: Page) -> None:
    """Speak for a little, then say that it is enough."""
    page.get_by_role("button", name="I have finished").wait_for(timeout=READY)
    page.wait_for_timeout(2000)
    page.get_by_role("button", name="I have finished").click()


def newest(history: History) -> Round:
    return Rounds(history.documents).all()[0]


def takes_of(store: TakeStore, one: Round) -> list[Take]:
    return [take for take in store.all() if take.origin.round == one.id]


def test_a_panel_asks_in_voices_runs_to_its_debrief_and_a_reload_loses_nothing(
    speaking: Speak, store: TakeStore, history: History
) -> None:
    page = speaking("interview?mode=panel&think=1&answer=6")
    with only_local_hosts(page):
        page.get_by_role("radio", name="3", exact=True).click(timeout=READY)
        begin(page)
        question(page, 1, 3)
        second = newest(history).steps[1]
        asked = interview.words_of(newest(history), second)
        expect(page.get_by_role("heading", name=asked)).to_be_visible(timeout=READY)
        expect(page.get_by_text(member_named(second.asker).introduction)).to_be_visible()
        page.reload()
        page.get_by_role("button", name="Resume the round").click(timeout=READY)
        expect(page.get_by_role("heading", name=asked)).to_be_visible(timeout=READY)
        question(page, 3, 3)
        page.get_by_role("heading", name="Debrief").wait_for(timeout=ANALYSED)
        expect(page.get_by_text("3 of 3 questions answered")).to_be_visible()
        expect(page.locator("[class*=st-key-concern_]").get_by_text(HEARD)).to_have_count(3)
        expect(page.get_by_role("heading", name="Asked twice")).to_be_visible()
        expect(page.get_by_role("link", name="Read the feedback")).to_have_count(3)
        sounds = dict(page.evaluate("() => sounds"))
        assert len(sounds) == 2, "each question since the reload was read to its end, in a sound of its own"
        assert all(question_sound.PATH in address and seconds > 3 for address, seconds in sounds.items())

    one = newest(history)
    assert len(one.takes) == 3
    assert {take.id for take in takes_of(store, one)} == set(one.takes)
    attempts = [attempt for take_id in one.takes if (attempt := history.get(take_id))]
    assert [attempt.question for attempt in attempts] == [step.question for step in one.steps]
    assert {attempt.origin.round for attempt in attempts} == {one.id}
    # A browser that gets too little of a busy processor hands over less than was said.
    assert any("spring" in attempt.transcript.text for attempt in attempts)


def test_an_answer_is_followed_up_in_its_own_words_by_the_member_who_asked(
    open_page: Open, history: History, tmp_path: Path
) -> None:
    microphone, seconds = saying(BLAME, tmp_path)
    flags = (ALLOWED, DEVICE, f"--use-file-for-fake-audio-capture={microphone}%noloop")
    page = hurried(open_page("interview?mode=panel&think=1&answer=60", flags=flags))
    follow_up = page.get_by_role("heading", name=re.compile("“.+”"))
    with only_local_hosts(page):
        begin(page)
        for number in (2, 3):
            page.get_by_role("button", name="I have finished").wait_for(timeout=READY)
            page.wait_for_timeout(1000 * seconds)
            page.get_by_role("button", name="I have finished").click()
            # Where the processor is too busy to understand it in time, it is come back to after the next answer.
            follow_up.or_(page.get_by_text(f"question {number} of 4")).first.wait_for(timeout=READY)
            if follow_up.is_visible():
                break
        expect(page.get_by_text(re.compile("a follow-up to question [12] of 4"))).to_be_visible()
        phase(page, "think")
        one = newest(history)
        current = one.current
        assert current is not None
        asker = member_named(current.asker)
        assert asker is not None
        expect(page.get_by_text(f"{asker.introduction} · A follow-up question")).to_be_visible()
    sounds = page.evaluate("() => sounds")
    assert sounds[-1][0].endswith(question_sound.offer(interview.words_of(one, current), asker.voice))
    asked = next(step for step in one.steps if current.parent in step.takes)
    assert asked.asker == asker.name
    answer_given = history.get(current.parent or "")
    assert answer_given is not None
    [quote] = re.findall("“(.+?)”", current.question.prompt)
    assert quote in " ".join(word.text for word in answer_given.transcript.words)


def test_a_case_round_answers_questions_gives_time_for_notes_and_looks_at_the_thinking(
    speaking: Speak, store: TakeStore, history: History
) -> None:
    page = speaking("interview?mode=case&think=60&answer=60")
    with only_local_hosts(page):
        begin(page)
        page.get_by_placeholder("Your question").fill("Is it in all branches?")
        page.get_by_role("button", name="Ask", exact=True).click()
        page.get_by_text("six sold far less").wait_for(timeout=READY)
        page.get_by_role("button", name="Record", exact=True).click()
        answer(page)
        # The caption is gone before it can be seen where the question is transcribed at once.
        reply = page.get_by_text("Make a sensible assumption")
        page.get_by_text("Your question is being transcribed.").or_(reply).first.wait_for(timeout=READY)
        page.get_by_text("Make a sensible assumption").wait_for(timeout=ANALYSED)
        page.get_by_role("button", name="Go on to your answer").click()
        page.get_by_label("Notes, for you only").fill("six branches first")
        page.get_by_role("button", name="Answer now").click()
        expect(page.locator(".mark.due")).to_have_text("Structure")
        answer(page)
        question(page, 2, 2)
        page.get_by_role("button", name="Answer now").click(timeout=READY)
        answer(page)
        page.get_by_role("heading", name="Debrief").wait_for(timeout=ANALYSED)
        expect(page.get_by_text("You didn't ask")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="Recommendation")).to_be_visible()

    one = newest(history)
    assert [len(step.takes) for step in one.steps] == [1, 1, 1]
    assert one.steps[1].notes == "six branches first"
    assert {take.id for take in takes_of(store, one)} == set(one.takes)


@pytest.mark.parametrize(
    ("reader", "voices", "result"),
    [
        ("browser", f"[{REMOTE}, {LOCAL}]", ("local", "")),
        ("browser", f"[{REMOTE}, {FOREIGN}]", (None, "any of this computer's own voices")),
        ("interviewer", f"[{REMOTE}, {LOCAL}]", ("local", "your browser's voice reads the questions")),
    ],
    ids=["a local voice", "no local English voice", "our own voice fails"],
)
def test_only_a_voice_of_this_computer_reads_the_question(
    open_page: Open, history: History, reader: Reader, voices: str, result: tuple[str | None, str]
) -> None:
    write_settings(history.documents, Settings(reader=reader))
    page = open_page("interview?mode=one_way&think=60")
    page.add_init_script(VOICES % voices)
    page.route(f"**{question_sound.PATH}*", lambda route: route.fulfill(status=503))
    page.reload()
    begin(page)
    phase(page, "think")
    said, note = result
    question_shown = page.get_by_role("heading", level=1).inner_text()
    assert page.evaluate("() => spoken") == ([[said, question_shown]] if said else [])
    expect(page.locator(".interviewer .note")).to_contain_text(note)
    write_settings(history.documents, Settings())


def test_an_answer_is_not_lost_to_a_click_and_a_round_shows_no_other_way_out(
    open_page: Open, store: TakeStore, history: History
) -> None:
    page = open_page("interview?mode=mock&think=0&answer=60")
    lines: list[WebSocketRoute] = []

    def pass_on(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket(f"**{recorder_socket.PATH}?*", pass_on)
    settled(page).get_by_text("Read the questions aloud").click(timeout=READY)
    begin(settled(page))
    page.get_by_role("button", name="I have finished").wait_for(timeout=READY)  # it records
    expect(page.get_by_role("button", name="Go on without an answer")).to_be_disabled()
    page.get_by_role("button", name="Leave").click()
    page.get_by_text("Finish this answer first").wait_for(timeout=READY)
    expect(page.get_by_role("timer")).to_have_count(1)
    expect(page.get_by_role("button", name="Stop recording")).to_be_hidden()
    lines[0].send('{"remark": "Sorry to step in."}')
    expect(page.get_by_text("Sorry to step in.")).to_be_visible()
    expect(page.get_by_role("meter")).to_be_visible()
    expect(page.get_by_role("link", name="Library")).to_be_hidden()
    page.get_by_role("button", name="I have finished").click()
    question(page, 2, 6)
    expect(page.get_by_text("Sorry to step in.")).to_be_hidden()
    assert len(takes_of(store, newest(history))) == 1


def test_without_the_browsers_microphone_the_answer_can_be_uploaded(
    open_page: Open, store: TakeStore, history: History
) -> None:
    page = open_page("interview?mode=mock&think=0", flags=(DEVICE,))
    begin(page)
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible(timeout=READY)
    page.get_by_text("Upload a file").click()
    page.get_by_text("Choose the recording of your answer below.").wait_for(timeout=READY)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(RECORDING)
    question(page, 2, 6)
    [take] = takes_of(store, newest(history))
    assert take.name == RECORDING.name
    settled(page).get_by_role("button", name="Leave").click()
    expect(page.get_by_role("link", name="Library")).to_be_visible()


def test_a_phone_needs_no_sideways_scroll_in_a_round(open_page: Open) -> None:
    phone = {"width": 390, "height": 844}
    page = hurried(open_page("interview?mode=panel", viewport=phone, is_mobile=True, has_touch=True))
    page.get_by_role("button", name="Start").wait_for(timeout=READY)
    page.wait_for_timeout(500)
    assert page.evaluate(SIDEWAYS) <= 0
    begin(page)
    phase(page, "think")
    page.wait_for_timeout(500)
    assert page.evaluate(SIDEWAYS) <= 0
