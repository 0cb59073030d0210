"""The recorder itself: pause, two tabs, keys, a phone, and browsers that cannot stream."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rehearse import audio
from rehearse.app.settings import Settings, write_settings
from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests.browser.conftest import ALLOWED, DEVICE, READY, SIDEWAYS, Open
from tests.waiting import until

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
IN_THE_DARK = {**PHONE, "color_scheme": "dark", "reduced_motion": "reduce"}
CANNOT_STREAM = "delete window.AudioWorkletNode"


def voice(file: Path) -> tuple[str, ...]:
    return ALLOWED, DEVICE, f"--use-file-for-fake-audio-capture={file}"


def ready(page: Page) -> Page:
    page.locator(".recorder[data-ready]").wait_for(timeout=READY)
    return page


def seconds(page: Page) -> int:
    minutes, rest = page.get_by_role("timer").inner_text().split(":")
    return 60 * int(minutes) + int(rest)


def spoke(page: Page, least: int) -> None:
    until(lambda: page.wait_for_timeout(50) or seconds(page) >= least)


def ended(page: Page) -> None:
    page.locator(".st-key-findings").or_(page.get_by_text("I can't hear a voice")).first.wait_for(timeout=2 * READY)


def problems(page: Page) -> list[str]:
    found = Axe().run(page, context=".recorder").response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_a_pause_leaves_out_what_is_not_meant_to_be_heard_and_stop_opens_the_feedback(
    open_page: Open, microphone_file: Path, store: TakeStore
) -> None:
    page = ready(open_page("", flags=voice(microphone_file)))
    page.get_by_role("button", name="Record", exact=True).click()
    spoke(page, 3)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Paused")).to_be_visible()
    page.wait_for_timeout(300)
    shown = seconds(page)
    page.wait_for_timeout(2500)
    assert seconds(page) == shown
    page.get_by_role("button", name="Go on", exact=True).click()
    spoke(page, shown + 2)
    page.get_by_role("button", name="Stop recording").click()
    ended(page)
    [take] = [take for take in store.all() if take.id in page.url]
    assert abs(audio.length(take.audio) - (shown + 2)) < 2


def test_whoever_wants_to_know_is_told_when_the_length_to_aim_for_is_passed(
    open_page: Open, microphone_file: Path, history: History
) -> None:
    write_settings(history.documents, Settings(length_cue=True))
    try:
        page = ready(open_page("", flags=voice(microphone_file)))
        aim = page.locator(".recorder .aim")
        expect(aim).to_contain_text("aim for")
        page.get_by_role("button", name="Record", exact=True).click()
        spoke(page, 1)
        page.evaluate(
            "() => { const { state } = document.querySelector('.recorder'); state.samples = 500 * state.rate }"
        )
        expect(aim).to_have_text("You're past the length to aim for")
        page.get_by_role("button", name="Stop recording").click()
        ended(page)
    finally:
        write_settings(history.documents, Settings())


def test_two_tabs_record_without_disturbing_each_other(
    open_page: Open, microphone_file: Path, store: TakeStore
) -> None:
    tabs = [ready(open_page("", flags=voice(microphone_file))) for _ in range(2)]
    before = {take.id for take in store.all()}
    for page in tabs:
        page.get_by_role("button", name="Record", exact=True).click()
    for page in tabs:
        spoke(page, 3)
        page.get_by_role("button", name="Stop recording").click()
        ended(page)
    takes = [take for take in store.all() if take.id not in before]
    assert len(takes) == 2
    assert all(audio.length(take.audio) > 2 for take in takes)


def test_with_the_keyboard_alone_on_a_phone_in_the_dark_nothing_is_missing(
    open_page: Open, microphone_file: Path
) -> None:
    page = ready(open_page("", flags=voice(microphone_file), **IN_THE_DARK))
    assert problems(page) == []
    record = page.get_by_role("button", name="Record", exact=True)
    box = record.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 64
    record.focus()
    page.keyboard.press("Enter")
    spoke(page, 1)
    expect(page.get_by_role("status").get_by_text("Recording", exact=True)).to_be_visible()
    assert problems(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    assert page.locator(".recorder .level").evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    ended(page)


def test_a_browser_that_cannot_stream_gets_the_plain_recorder(open_page: Open, store: TakeStore) -> None:
    page = open_page("library")
    page.add_init_script(CANNOT_STREAM)
    page.goto(page.url.replace("library", "practice"))
    expect(page.get_by_test_id("stAudioInput")).to_be_visible(timeout=READY)
    expect(page.get_by_text("only saves the recording when you press Stop")).to_be_visible()
    page.locator(".trouble").first.wait_for(state="attached", timeout=READY)
    before = len(store.all())
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Stop recording").wait_for(timeout=READY)
    page.wait_for_timeout(800)
    page.get_by_role("button", name="Stop recording").click()
    ended(page)
    assert len(store.all()) == before + 1
