"""A real server, started as a person starts it, and a real Chromium whose microphone is a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from rehearse.storage.history import History
from rehearse.storage.takes import TakeStore
from tests.browser.windows import Chromium, Window, Windows
from tests.served import Served, served
from tests.waiting import PATIENCE

ROOT = Path(__file__).parent.parent.parent
RECORDING = ROOT / "tests" / "data" / "recordings" / "synthetic" / "nurse_conflict.flac"
ALLOWED = "--use-fake-ui-for-media-stream"
DEVICE = "--use-fake-device-for-media-stream"
OMNIBOX = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Two pages of the address bar's, which nobody sees here: to load them in each window takes as long as to open it."""
WITHOUT = (
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off; of two such lists Chromium takes the last one alone."""
READY = 1000 * PATIENCE
"""Milliseconds."""
HOSTILE = '<img src=x onerror="document.title=1"> **b** $x$ :smile: :red[r] [l](https://example.com) www.example.com'
SIDEWAYS = (
    """() => Math.max(...[...document.querySelectorAll('html, .stMain')].map(e => e.scrollWidth - e.clientWidth))"""
)

HURRIED = """
window.sounds = []
const { play } = HTMLMediaElement.prototype
HTMLMediaElement.prototype.play = function () {
  this.playbackRate = 8
  this.addEventListener("ended", () => sounds.push([this.src, this.duration]), { once: true })
  return play.call(this)
}
"""
"""Sounds are played to their end, but quickly; those that were are in ``sounds``."""

HOME = "?"

expect.set_options(timeout=READY)

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give each file a folder of its own, so that two files can run at once and in any order."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def store(data: Path) -> TakeStore:
    return TakeStore(data / "takes")


@pytest.fixture(scope="module")
def history(data: Path) -> History:
    return History(data / "history.db")


@pytest.fixture(scope="module")
def pages(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the pages from a folder of no interest, as an installed program would."""
    with served(data, cwd=tmp_path_factory.mktemp("elsewhere")) as started:
        yield started


@pytest.fixture(scope="module")
def address(pages: Served) -> str:
    return pages.address


@pytest.fixture(scope="session")
def microphone_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nurse's answer as Chromium's fake microphone wants it: 16-bit WAV that ends in silence."""
    sound, rate = soundfile.read(RECORDING, dtype="float32")
    path = tmp_path_factory.mktemp("microphone") / "answer.wav"
    soundfile.write(path, np.concatenate([sound, np.zeros(rate, np.float32)]), rate, subtype="PCM_16")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """One Chromium for each choice of flags: starting one takes longer than most tests."""
    browsers: dict[tuple[str, ...], Browser] = {}

    def started(flags: tuple[str, ...]) -> Browser:
        if flags not in browsers:
            turned_off = f"--disable-features={','.join((*WITHOUT, *OMNIBOX))}"
            args = ["--no-sandbox", "--disable-gpu", turned_off, *flags]
            browsers[flags] = playwright.chromium.launch(executable_path=_chromium(), args=args)
        return browsers[flags]

    yield started
    for browser in browsers.values():
        browser.close()


@pytest.fixture(scope="module")
def windows(chromium: Chromium) -> Iterator[Windows]:
    """Keep the windows of a file: in one that showed the pages before, their scripts need not be compiled again."""
    kept = Windows(chromium)
    yield kept
    kept.close()


@pytest.fixture
def open_window(windows: Windows) -> Iterator[Open]:
    """Open an empty window with nothing left of earlier ones; ``flags`` choose its microphone, the rest its context."""
    given: list[Window] = []

    def opened(*, flags: tuple[str, ...] = (ALLOWED, DEVICE), **context: object) -> Page:
        given.append(windows.take(flags, {"viewport": {"width": 1280, "height": 900}, **context}))
        return given[-1].page

    yield opened
    for window in given:
        windows.give_back(window)


@pytest.fixture
def open_page(open_window: Open, pages: Served) -> Open:
    """Open a page of the program in such a window: without a path the one on which one answers; ``HOME`` the first."""

    def opened(path: str = "", **window: object) -> Page:
        page = open_window(**window)
        page.goto(pages.way_in(path or "practice"))
        return page

    return opened


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "these tests need Chromium: apt-get install chromium"
    return found


def settled(page: Page) -> Page:
    """Wait until the page has answered, as a person does before the next click."""
    page.locator("[data-testid='stApp'][data-test-script-state='notRunning']").wait_for(timeout=READY)
    return page


def hurried(page: Page) -> Page:
    """Play sounds on this page quickly from now on: a question takes ten seconds to read."""
    page.add_init_script(HURRIED)
    page.reload()
    return page


@contextmanager
def only_local_hosts(page: Page) -> Iterator[set[str]]:
    """Fail if the page asks any other host while the block runs."""
    from urllib.parse import urlsplit

    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or "inside the page"))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname or "inside the page"))
    yield hosts
    assert hosts <= {"127.0.0.1", "localhost", "inside the page"}


def shows_hostile_text_as_it_is(page: Page, path: str) -> None:
    """Fail if ``HOSTILE`` becomes anything but text on the page at this path."""
    with only_local_hosts(page):
        page.goto(urljoin(page.url, path))
        page.get_by_test_id("stMainBlockContainer").get_by_text("<img src=x").first.wait_for(timeout=READY)
        page.wait_for_timeout(500)
        assert page.locator("img[src=x]").count() == 0
        assert page.locator("a[href*='example.com']").count() == 0
        assert page.locator(".katex").count() == 0
        assert page.title() != "1"
