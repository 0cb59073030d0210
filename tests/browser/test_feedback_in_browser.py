"""The feedback page in a browser: words that play and can be changed, keys, shapes, hostile text, small and dark
screens."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from rehearse.analysis.corrections import remeasure
from rehearse.model import Origin, Pause, Question, Span, Story
from rehearse.storage.history import History
from rehearse.storage.takes import Take, TakeStore
from tests import factories
from tests.browser.conftest import HOSTILE, READY, RECORDING, SIDEWAYS, Open, shows_hostile_text_as_it_is

PLAYER_TIME = "() => document.querySelector('audio').currentTime"
SILENT_PLAYER = "() => { const a = document.querySelector('audio'); a.play = () => Promise.resolve() }"
SLOW_PLAYER = "() => { document.querySelector('audio').playbackRate = 0.5 }"
"""What a busy browser does late, it does less late in the sound."""
CONTRAST = """element => {
  const canvas = document.createElement('canvas').getContext('2d')
  const rgb = (colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0,
  0, 1, 1).data] }
  const light = (colour) => { const [r, g, b] = rgb(colour).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055)
  / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  const [ink, paper] = [getComputedStyle(element).color,
  getComputedStyle(document.querySelector('.stApp')).backgroundColor].map(light)
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)
}"""


@pytest.fixture
def take(store: TakeStore, history: History) -> Take:
    """An answer whose tenth word, an um, begins at 9 s, and whose 13th comes after a pause of 1.5 s."""
    question = Question("hostile", HOSTILE, "behavioral", probes=(f"And then? {HOSTILE}",))
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=question, origin=Origin("upload"), name=HOSTILE)
    text = f"one two um four five six seven eight nine um eleven twelve thirteen {HOSTILE} fin"
    story = Story("story", Span(0, 1, HOSTILE), action=(Span(20, 21, HOSTILE),))
    seconds = len(text.split()) * 1.0
    told = factories.attempt(take.id, text=text, question=question, duration=seconds, story=story)
    pauses = (Pause(Span(10.5, 12.0)),)
    history.add(remeasure(replace(told, pauses=pauses, speech=Span(0.0, seconds))))
    return take


@pytest.fixture
def feedback(open_page: Open, take: Take) -> Page:
    page = open_page(f"feedback?take={take.id}")
    page.locator(".word").first.wait_for(timeout=READY)
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    return page


def word(page: Page, text: str) -> Locator:
    return page.locator(".word").get_by_text(text, exact=True).first


def card(page: Page) -> Locator:
    return page.locator(".st-key-card_filled_pause_rate")


def test_a_word_plays_from_its_own_moment(feedback: Page) -> None:
    feedback.evaluate(SILENT_PLAYER)
    for text, start in (("eleven", 10.0), ("four", 3.0)):
        word(feedback, text).click()
        assert abs(feedback.evaluate(PLAYER_TIME) - start) < 0.15


def test_a_word_stops_a_little_behind_itself_unless_the_player_plays_on_its_own(feedback: Page) -> None:
    feedback.evaluate(SLOW_PLAYER)
    word(feedback, "four").click()
    feedback.wait_for_function("() => document.querySelector('audio').currentTime > 5.3")
    feedback.wait_for_function("() => document.querySelector('audio').paused")
    assert feedback.evaluate(PLAYER_TIME) < 6.2
    feedback.evaluate("() => document.querySelector('audio').play()")
    word(feedback, "one").click()
    feedback.wait_for_function("() => document.querySelector('audio').currentTime > 2.9")
    assert not feedback.evaluate("() => document.querySelector('audio').paused")
    own, page = (
        feedback.locator(place).evaluate("e => getComputedStyle(e).backgroundColor")
        for place in (".st-key-player", ".stApp")
    )
    assert own == page, "what scrolls by behind the player shows through"


def test_the_keyboard_walks_through_words_fillers_and_pauses(feedback: Page) -> None:
    feedback.evaluate(SILENT_PLAYER)
    word(feedback, "one").focus()
    feedback.keyboard.press("ArrowRight")
    feedback.keyboard.press("f")
    expect(feedback.get_by_role("button", name="um, filled pause, at 2.0 seconds")).to_be_focused()
    assert abs(feedback.evaluate(PLAYER_TIME) - 2.0) < 0.15
    feedback.keyboard.press("f")
    assert abs(feedback.evaluate(PLAYER_TIME) - 9.0) < 0.15
    feedback.keyboard.press("p")
    expect(word(feedback, "thirteen")).to_be_focused()
    assert abs(feedback.evaluate(PLAYER_TIME) - 10.5) < 0.15
    feedback.keyboard.press("Enter")
    assert abs(feedback.evaluate(PLAYER_TIME) - 12.0) < 0.15


def test_the_keys_work_on_the_whole_page_and_say_what_they_did(feedback: Page) -> None:
    feedback.evaluate(SILENT_PLAYER)
    said = feedback.locator(".jump[role=status]")
    feedback.get_by_role("heading", level=1).click()
    feedback.keyboard.press("f")
    expect(said).to_have_text("Filler 1 of 2: \u201cum\u201d, at 0:02")
    expect(feedback.get_by_role("button", name="um, filled pause, at 2.0 seconds")).to_be_focused()
    feedback.get_by_role("heading", level=1).click()
    feedback.keyboard.press("F")
    expect(said).to_have_text("Filler 2 of 2: \u201cum\u201d, at 0:09")
    feedback.keyboard.press("f")
    expect(said).to_have_text("That was the last filler. Press again for the first.")
    feedback.get_by_role("heading", level=1).click()
    feedback.keyboard.press("f")
    expect(said).to_have_text("Filler 1 of 2: \u201cum\u201d, at 0:02")
    feedback.get_by_role("heading", level=1).click()
    feedback.keyboard.press("p")
    expect(said).to_have_text("Long pause 1 of 1: 1.5 s, at 0:10")


def test_space_plays_from_anywhere_but_where_it_presses_or_is_typed(feedback: Page) -> None:
    feedback.evaluate(
        "() => { window.plays = 0; document.querySelector('audio').play = async () => { window.plays += 1 } }"
    )
    feedback.get_by_role("heading", level=1).click()
    feedback.keyboard.press(" ")
    assert feedback.evaluate("() => window.plays") == 1
    word(feedback, "four").click()
    feedback.get_by_role("button", name="Correct", exact=True).click()
    before = feedback.evaluate("() => window.plays")
    feedback.get_by_label("What was said").fill("")
    feedback.keyboard.type("f p")
    expect(feedback.get_by_label("What was said")).to_have_value("f p")
    assert feedback.evaluate("() => window.plays") == before
    feedback.get_by_role("button", name="Report for a coach").focus()
    feedback.keyboard.press(" ")
    expect(feedback.get_by_text("One file with feedback")).to_be_visible(timeout=READY)
    assert feedback.evaluate("() => window.plays") == before


def test_space_plays_and_stops_and_the_word_being_said_is_marked(feedback: Page) -> None:
    word(feedback, "seven").focus()
    feedback.evaluate(SLOW_PLAYER)
    feedback.evaluate("() => { document.querySelector('audio').currentTime = 7.8 }")
    expect(feedback.locator(".word.now")).to_have_text("eight")
    feedback.keyboard.press(" ")
    expect(feedback.locator(".word.now")).to_have_text("nine")
    feedback.keyboard.press(" ")
    feedback.wait_for_function("() => document.querySelector('audio').paused")
    expect(feedback.locator(".bar")).to_be_hidden()


def test_a_quote_plays_its_moment_and_stops_behind_it(feedback: Page) -> None:
    feedback.evaluate(SLOW_PLAYER)
    feedback.get_by_role("button", name="Play this moment, 0:20").last.click()
    feedback.wait_for_function("() => document.querySelector('audio').currentTime > 20.8")
    feedback.wait_for_function("() => document.querySelector('audio').paused")
    assert feedback.evaluate(PLAYER_TIME) < 22


def test_the_time_line_plays_what_it_shows(feedback: Page) -> None:
    feedback.evaluate(SILENT_PLAYER)
    feedback.get_by_role("button", name="um, filled pause, 1.0 seconds, at 0:02").click()
    assert abs(feedback.evaluate(PLAYER_TIME) - 1.0) < 0.15
    feedback.keyboard.press("ArrowRight")
    feedback.keyboard.press("Enter")
    assert abs(feedback.evaluate(PLAYER_TIME) - 8.0) < 0.15


def test_dismissing_a_filler_changes_the_count_everywhere(feedback: Page, history: History, take: Take) -> None:
    before = card(feedback).inner_text()
    feedback.evaluate(SILENT_PLAYER)
    feedback.get_by_role("button", name="um, filled pause, at 9.0 seconds").click()
    feedback.get_by_role("button", name="It isn't a filler").click()
    expect(card(feedback)).not_to_have_text(before, timeout=READY)
    expect(feedback.locator(".bar")).to_contain_text("Not counted, as you said")
    assert abs(feedback.evaluate(PLAYER_TIME) - 9.0) < 0.15, "the player must not start anew"
    value = next(one.values["filled_pause_rate"] for one in history.summaries() if one.id == take.id)
    assert value is not None
    expect(card(feedback)).to_contain_text(f"{value:.1f} per min")
    trend = {point.attempt_id: point.value for point in history.trend("filled_pause_rate")}
    assert trend[take.id] == value
    feedback.locator(".bar").get_by_role("button", name="Undo").click()
    expect(feedback.locator(".bar")).to_contain_text("Counted as um or uh", timeout=READY)
    expect(card(feedback)).to_have_text(before, use_inner_text=True)


def test_a_doubtful_filler_is_heard_and_decided(feedback: Page, history: History, take: Take) -> None:
    kept = history.get(take.id)
    assert kept is not None
    first = replace(kept.fillers[0], status="possible")
    history.add(remeasure(replace(kept, fillers=(first, *kept.fillers[1:]))))
    feedback.reload()
    expect(feedback.locator(".doubt")).to_contain_text("1 may be a filler", timeout=READY)
    feedback.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    feedback.evaluate(SILENT_PLAYER)
    feedback.get_by_role("button", name="Listen and decide").click()
    assert abs(feedback.evaluate(PLAYER_TIME) - 1.0) < 0.15
    feedback.get_by_role("button", name="It is a filler").click()
    expect(feedback.locator(".bar")).to_contain_text("Counted as um or uh, as you said", timeout=READY)
    expect(feedback.locator(".doubt")).to_be_hidden()


def test_a_misheard_word_is_corrected_with_the_keyboard(feedback: Page, history: History, take: Take) -> None:
    feedback.evaluate(SILENT_PLAYER)
    word(feedback, "four").focus()
    feedback.keyboard.press("Enter")
    feedback.get_by_role("button", name="Correct", exact=True).focus()
    feedback.keyboard.press("Enter")
    feedback.get_by_role("button", name="+ next word").click()
    feedback.get_by_label("What was said").fill("<b>forty</b> five")
    feedback.keyboard.press("Enter")
    expect(feedback.locator(".bar")).to_contain_text("Transcribed as “four five”", timeout=READY)
    expect(feedback.locator(".words")).to_contain_text("<b>forty</b>")
    kept = history.get(take.id)
    assert kept is not None
    assert [(one.text, one.start) for one in kept.transcript.words[3:5]] == [("<b>forty</b>", 3.0), ("five", 4.0)]
    feedback.get_by_role("button", name="Undo the correction").click()
    expect(word(feedback, "four")).to_be_visible(timeout=READY)


def test_what_is_marked_is_told_by_shape_and_sign_as_well_as_colour(feedback: Page) -> None:
    border = "element => getComputedStyle(element).borderTopStyle + getComputedStyle(element).borderTopWidth"
    sign = "element => getComputedStyle(element, '::after').content"
    filler = feedback.locator(".word.filled_pause").first
    assert filler.evaluate(border) == "solid1px"
    assert filler.evaluate("e => getComputedStyle(e).borderTopColor") != "rgba(0, 0, 0, 0)"
    assert "\N{BLACK CIRCLE}" in filler.evaluate(sign)
    plain = word(feedback, "one")
    assert plain.evaluate("e => getComputedStyle(e).borderTopColor") == "rgba(0, 0, 0, 0)"
    assert plain.evaluate(sign) in ("none", "normal")
    expect(feedback.locator(".gap")).to_have_text("[pause 1.5 s]")
    expect(feedback.locator(".tag")).to_have_text("action")


def test_hostile_words_and_names_stay_text_and_ask_nobody(open_page: Open, take: Take) -> None:
    shows_hostile_text_as_it_is(open_page(), f"feedback?take={take.id}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_in_the_light_and_the_dark_shows_it_without_sideways_scroll(
    open_page: Open, take: Take, scheme: str
) -> None:
    page = open_page(
        f"feedback?take={take.id}",
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        color_scheme=scheme,
    )
    page.locator(".word").first.wait_for(timeout=READY)
    page.evaluate(SILENT_PLAYER)
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    word(page, "eleven").tap()
    page.wait_for_function(f"() => Math.abs(({PLAYER_TIME})() - 10.0) < 0.15")  # a tap comes as a click only later
    page.locator(".words").evaluate("words => words.scrollIntoView(true)")
    expect(page.locator("audio")).to_be_in_viewport()
    page.get_by_role("button", name="Correct", exact=True).tap()
    expect(page.get_by_label("What was said")).to_have_value("eleven")
    assert page.evaluate(SIDEWAYS) <= 0
    for quiet in (".gap", ".tag", ".name", ".tick"):
        assert page.locator(quiet).first.evaluate(CONTRAST) >= 4.5, quiet


def test_a_follow_up_question_leads_to_the_recorder(feedback: Page) -> None:
    question = feedback.locator(".st-key-probe_0 p").first.inner_text()
    feedback.get_by_role("button", name="Answer it by voice").first.click()
    expect(feedback.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(question)), timeout=READY)
    expect(feedback.get_by_role("button", name="Record", exact=True)).to_be_visible(timeout=READY)


def test_ten_minutes_of_words_stay_smooth(open_page: Open, store: TakeStore, history: History) -> None:
    take = store.save(RECORDING.read_bytes(), suffix=".flac", question=None, origin=Origin("upload"))
    history.add(factories.attempt(take.id, text="and um so we moved it " * 250, question=None, duration=600.0))
    page = open_page(f"feedback?take={take.id}")
    expect(page.locator(".word")).to_have_count(1500, timeout=READY)
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    milliseconds = page.evaluate("""() => {
      const audio = document.querySelector('audio')
      let at = 0
      Object.defineProperty(audio, 'currentTime', { get: () => at, configurable: true })
      const start = performance.now()
      for (let count = 0; count < 200; count += 1) {
        at = (count * 37) % 600
        audio.dispatchEvent(new Event('timeupdate'))
      }
      return (performance.now() - start) / 200
    }""")
    assert milliseconds < 4, "a frame has 16 ms, and the page needs most of them"
    expect(page.locator(".word.now")).to_have_count(1)
